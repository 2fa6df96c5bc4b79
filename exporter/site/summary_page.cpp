#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "site/pages.hpp"
#include "site/products.hpp"

namespace epitome::site {

namespace {

// The site's own words are English, and say so on pages in other languages.
constexpr Attribute english{"lang", "en"}, left_to_right{"dir", "ltr"};

class SummaryPage {
 public:
  SummaryPage(const Site& site, const Entry& entry) : site_(site), entry_(entry), path_(entry.page + "index.html") {}

  std::string write() {
    PageHead head{path_, entry_.name, entry_.description, entry_.lang, entry_.rtl ? "rtl" : "ltr", in_head()};
    begin_page(out_, site_, head);
    out_.open("article");
    work();
    downloads();
    for (const Fragment& fragment : entry_.fragments) {
      out_.raw(fragment.html);
      out_.raw("\n");
    }
    out_.close("article");
    end_page(out_, site_, head);
    return out_.take();
  }

 private:
  std::string to(std::string_view path) const { return Addresses::relative(path_, path); }

  std::string in_head() const {
    MarkupWriter out;
    const Addresses& addresses = site_.addresses();
    if (addresses.are_whole()) {
      const std::vector<const Entry*> editions = site_.editions(entry_);
      for (const Entry* const edition : editions) {
        const bool is_other = edition->lang == entry_.lang && edition->page != entry_.page;
        if (editions.size() < 2 || !edition->variant.empty() || is_other) continue;
        out.empty("link",
                  {{"rel", "alternate"}, {"hreflang", edition->lang}, {"href", addresses.whole(path_, edition->page)}});
      }
      out.empty("meta", {{"property", "og:type"}, {"content", "book"}});
      out.empty("meta", {{"property", "og:title"}, {"content", entry_.name}});
      out.empty("meta", {{"property", "og:description"}, {"content", entry_.description}});
      out.empty("meta", {{"property", "og:url"}, {"content", addresses.whole(path_, path_)}});
      if (const Download* const cover = entry_.download("cover"))
        out.empty("meta", {{"property", "og:image"}, {"content", addresses.whole(path_, cover->path)}});
    }
    for (const Product& product : products) {
      const Download* const file = entry_.download(product.name);
      if (file == nullptr || product.group != Group::screen) continue;
      out.empty(
          "link",
          {{"rel", "alternate"}, {"type", product.media_type}, {"href", to(file->path)}, {"title", product.label}});
    }
    out.open("script", {{"type", "application/ld+json"}});
    out.raw(json_ld(site_, entry_));
    out.close("script");
    return out.take();
  }

  void work() {
    out_.open("header", {{"class", "work"}});
    if (const Download* const cover = entry_.download("thumbnail")) {
      out_.empty("img", {{"src", to(cover->path)},
                         {"alt", entry_.cover_alternative},
                         {"width", std::to_string(cover->width)},
                         {"height", std::to_string(cover->height)}});
    }
    out_.open("div", {});
    out_.element("p", {{"class", "author"}}, entry_.author_line);
    out_.element("h1", {{"lang", entry_.title_lang}, {"dir", entry_.title_lang.empty() ? "" : "auto"}}, entry_.title);
    out_.element("p", {{"class", "subtitle"}}, entry_.subtitle);
    out_.element("p", {{"class", "kind"}}, entry_.kind);
    out_.element("p", {}, entry_.contains);
    editions();
    out_.close("div");
    out_.close("header");
  }

  void downloads() {
    out_.open("section", {{"class", "downloads"}, english, {"aria-labelledby", "download~"}});
    out_.element("h2", {{"id", "download~"}}, "Download");
    constexpr std::array<std::pair<Group, std::string_view>, 3> groups = {
        {{Group::screen, ""}, {Group::reader, "E-readers"}, {Group::print, "Print"}}};
    for (const auto& [group, name] : groups) {
      bool is_open = false;
      for (const Product& product : products) {
        const Download* const file = product.group == group ? entry_.download(product.name) : nullptr;
        if (file == nullptr) continue;
        if (!is_open) {
          out_.element("h3", {}, name);
          out_.open("ul", {{"class", group == Group::screen ? "buttons first" : "buttons"}});
          is_open = true;
        }
        button(product, *file);
      }
      if (is_open) out_.close("ul");
    }
    out_.close("section");
  }

  void button(const Product& product, const Download& file) {
    out_.open("li");
    const std::size_t slash = file.path.rfind('/');
    out_.open("a", {left_to_right,
                    {"href", to(file.path)},
                    {"download", std::string_view(file.path).substr(slash + 1)},
                    {"type", product.media_type}});
    out_.element("b", {}, product.label);
    out_.text(" ");
    out_.element("span", {}, size_of(file));
    out_.close("a");
    out_.close("li");
  }

  void editions() {
    const std::vector<const Entry*> editions = site_.editions(entry_);
    if (editions.size() < 2) return;
    out_.open("nav", {{"class", "editions"}, english, {"aria-label", "Other editions"}});
    out_.open("ul");
    for (const Entry* const edition : editions) {
      if (edition->page == entry_.page) continue;
      out_.open("li");
      out_.open("a", {{"href", to(edition->page)},
                      {"hreflang", edition->lang},
                      {"lang", edition->lang},
                      {"dir", edition->rtl ? "rtl" : "ltr"}});
      out_.text(edition->language_name);
      if (!edition->variant.empty()) out_.text(" (" + edition->variant + ")");
      if (edition->lang == entry_.lang && edition->variant == entry_.variant) out_.text(": " + edition->title);
      out_.close("a");
      out_.close("li");
    }
    out_.close("ul");
    out_.close("nav");
  }

  const Site& site_;
  const Entry& entry_;
  const std::string path_;
  MarkupWriter out_;
};

}  // namespace

std::string size_of(const Download& file) {
  constexpr std::uint64_t kilobyte = 1000, megabyte = 1'000'000;
  std::string size;
  if (file.bytes >= megabyte) {
    const std::uint64_t tenths = (file.bytes + megabyte / 20) / (megabyte / 10);
    size = fmt::format("{}.{} MB", tenths / 10, tenths % 10);
  } else {
    size = fmt::format("{} kB", std::max<std::uint64_t>(1, (file.bytes + kilobyte / 2) / kilobyte));
  }
  if (file.pages == 0) return size;
  return fmt::format("{} page{}, {}", file.pages, file.pages == 1 ? "" : "s", size);
}

std::string summary_page(const Site& site, const Entry& entry) { return SummaryPage(site, entry).write(); }

}  // namespace epitome::site
