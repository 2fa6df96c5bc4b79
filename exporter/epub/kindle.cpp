#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>

#include "epub/flavours.hpp"
#include "epub/publication.hpp"
#include "image/convert.hpp"

namespace epitome::epub {

namespace {

constexpr std::size_t cover_bytes = 127 * 1024, picture_bytes = 5'000'000;
constexpr std::uint64_t pixels_max = 4'000'000;
constexpr std::uint32_t cover_width = 1200;  // Kindle Publishing Guidelines 10.4.2

// The languages of Kindle Direct Publishing's books, as a converter of documents knows them too.
constexpr std::array kindle_languages = {"af", "ar", "br",  "ca", "co",  "cy",  "da", "de",  "en", "es", "eu",
                                         "fi", "fr", "frr", "fy", "ga",  "gd",  "gl", "gsw", "gu", "gv", "hi",
                                         "is", "it", "ja",  "kw", "lb",  "ml",  "mr", "nb",  "nl", "nn", "no",
                                         "oc", "pl", "pt",  "rm", "sco", "stq", "sv", "ta",  "zh"};

class Kindle {
 public:
  Kindle(Package& package, diag::Sink& sink) : package_(package), sink_(sink) {
    for (Resource& resource : package.resources) {
      if (resource.media_type == "application/oebps-package+xml") opf_ = root(resource);
    }
  }

  bool adapt() {
    check_language();
    drop_cover_page();
    return shrink_pictures();
  }

 private:
  static pugi::xml_node root(Resource& resource) {
    return std::get<pugi::xml_document>(resource.content).document_element();
  }
  static std::string full(std::string_view href) { return std::string(content_folder).append(href); }
  pugi::xml_node item(const char* attribute, std::string_view value) const {
    return opf_.child("manifest").find_child_by_attribute("item", attribute, std::string(value).c_str());
  }

  void check_language() {
    const std::string_view tag = opf_.child("metadata").child("dc:language").text().get();
    const std::string_view primary = tag.substr(0, tag.find('-'));
    if (std::find(kindle_languages.begin(), kindle_languages.end(), primary) != kindle_languages.end()) return;
    sink_.report(diag::Code::W0702, {}, fmt::format("Kindle has no books in the language '{}'", tag),
                 {"Send to Kindle may refuse the file; the format epub is for other readers"});
  }

  // The spine's first document shows the cover image, which Kindle shows itself.
  void drop_cover_page() {
    const pugi::xml_node reference = opf_.child("guide").find_child_by_attribute("reference", "type", "cover");
    if (!reference) return;
    const std::string href = reference.attribute("href").value();
    const std::string id = item("href", href).attribute("id").value();
    opf_.child("guide").remove_child(reference);
    opf_.child("spine").remove_child(opf_.child("spine").find_child_by_attribute("itemref", "idref", id.c_str()));
    opf_.child("manifest").remove_child(item("href", href));
    std::erase_if(package_.resources, [&](const Resource& r) { return r.path == full(href); });
    for (Resource& resource : package_.resources) {
      if (resource.media_type == content_document_type) drop_entries(root(resource), "a", "href", "li", href);
      if (resource.media_type == ncx_type) drop_pages(root(resource), href);
    }
  }

  static void drop_pages(pugi::xml_node ncx, const std::string& href) {
    drop_entries(ncx, "content", "src", "pageTarget", href);
    const auto left = ncx.child("pageList").children("pageTarget");
    ncx.child("head")
        .find_child_by_attribute("meta", "name", "dtb:totalPageCount")
        .attribute("content")
        .set_value(static_cast<unsigned>(std::distance(left.begin(), left.end())));
    // Places are counted from 1 without a gap (DAISY's NCX, playOrder).
    std::map<unsigned, unsigned> number;
    each_play_order(ncx, [&](pugi::xml_attribute order) { number[order.as_uint()] = 0; });
    unsigned count = 0;
    for (auto& [before, after] : number) after = ++count;
    each_play_order(ncx, [&](pugi::xml_attribute order) { order.set_value(number[order.as_uint()]); });
  }
  template <typename Visit>
  static void each_play_order(pugi::xml_node tree, const Visit& visit) {
    for (const pugi::xml_node child : tree.children()) {
      if (const pugi::xml_attribute order = child.attribute("playOrder")) visit(order);
      each_play_order(child, visit);
    }
  }

  // The entries of lists whose link leads into the document `href`.
  static void drop_entries(pugi::xml_node tree, const char* link, const char* attribute, const char* entry,
                           const std::string& href) {
    for (pugi::xml_node child = tree.first_child(); child;) {
      const pugi::xml_node next = child.next_sibling();
      const std::string_view leads = child.child(link).attribute(attribute).value();
      if (child.name() == std::string_view(entry) && leads.substr(0, leads.find('#')) == href) {
        tree.remove_child(child);
      } else {
        drop_entries(child, link, attribute, entry, href);
      }
      child = next;
    }
  }

  bool shrink_pictures() {
    const std::string cover = full(item("properties", "cover-image").attribute("href").value());
    for (Resource& resource : package_.resources) {
      if (!resource.media_type.starts_with("image/")) continue;
      const bool is_cover = resource.path == cover;
      auto& bytes = std::get<std::string>(resource.content);
      const bool png = resource.media_type == "image/png";
      image::Image seen = image::measure(std::move(bytes));
      const bool fits = seen.bytes.size() <= (is_cover ? cover_bytes : picture_bytes) &&
                        std::uint64_t{seen.width} * seen.height <= pixels_max && !(is_cover && png);
      bytes = std::move(seen.bytes);
      if (fits) continue;
      const std::optional<image::Image> read = image::check_image(std::move(bytes), resource.path, {}, sink_);
      std::optional<std::string> jpeg;
      if (read) {
        jpeg = is_cover ? image::as_jpeg(*read, {pixels_max, cover_bytes, cover_width}, {}, sink_)
                        : image::as_jpeg(*read, {pixels_max, picture_bytes}, {}, sink_);
      }
      if (!jpeg) return false;
      bytes = std::move(*jpeg);
      if (png) rename_to_jpeg(resource);
    }
    return true;
  }

  void rename_to_jpeg(Resource& picture) {
    const std::string before = picture.path.substr(content_folder.size());
    std::string stem = before.substr(0, before.rfind('.')), after = stem + ".jpg";
    while (item("href", after)) after = (stem += "-") + ".jpg";
    picture.path = full(after);
    picture.media_type = "image/jpeg";
    const pugi::xml_node listed = item("href", before);
    listed.attribute("href").set_value(after.c_str());
    listed.attribute("media-type").set_value("image/jpeg");
    for (Resource& resource : package_.resources) {
      if (resource.media_type == content_document_type) rename_sources(root(resource), before, after);
    }
  }
  static void rename_sources(pugi::xml_node tree, const std::string& before, const std::string& after) {
    for (const pugi::xml_node child : tree.children()) {
      const pugi::xml_attribute source = child.attribute("src");
      if (source && before == source.value()) pugi::xml_attribute(source).set_value(after.c_str());
      rename_sources(child, before, after);
    }
  }

  static constexpr std::string_view ncx_type = "application/x-dtbncx+xml";
  Package& package_;
  diag::Sink& sink_;
  pugi::xml_node opf_;
};

}  // namespace

std::optional<Package> kindle(Package package, diag::Sink& sink) {
  unfold(package);
  if (!Kindle(package, sink).adapt()) return {};
  return package;
}

}  // namespace epitome::epub
