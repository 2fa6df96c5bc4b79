#include <fmt/format.h>

#include <algorithm>

#include "site/addresses.hpp"
#include "site/pages.hpp"
#include "site/products.hpp"

namespace epitome::site {

namespace {

constexpr std::string_view navigation = "application/atom+xml;profile=opds-catalog;kind=navigation";
constexpr std::string_view acquisition = "application/atom+xml;profile=opds-catalog;kind=acquisition";

std::string_view image_type(std::string_view path) { return path.ends_with(".png") ? "image/png" : "image/jpeg"; }

// RFC 4287, 3.3. A day is all that is known; the hour is the same everywhere.
std::string time_of(std::string_view day) { return std::string(day.empty() ? "1970-01-01" : day) + "T00:00:00Z"; }

class Feed {
 public:
  // `name`: what the feed's identifier is made of; it stays when the address changes.
  // `updated`: the last day on which something that it names changed: a feed that names nothing of it stays as it is.
  Feed(const Site& site, std::string path, std::string_view name, std::string_view title, std::string_view updated,
       std::string_view type)
      : site_(site), path_(std::move(path)) {
    out_.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out_.open("feed", {{"xmlns", "http://www.w3.org/2005/Atom"},
                       {"xmlns:dc", "http://purl.org/dc/terms/"},
                       {"xmlns:opds", "http://opds-spec.org/2010/catalog"}});
    out_.element("id", {}, identifier(name));
    out_.element("title", {}, title);
    out_.element("updated", {}, time_of(updated));
    out_.open("author");
    out_.element("name", {}, site.settings().title);
    out_.close("author");
    link("self", path_, type);
    link("start", "opds.xml", navigation);
  }

  void link(std::string_view rel, std::string_view path, std::string_view type) {
    out_.empty("link", {{"rel", rel}, {"href", to(path)}, {"type", type}});
  }

  // A row that leads to another feed.
  void row(const std::string& name, std::string_view title, std::string_view content, std::string_view updated,
           const std::string& path, std::string_view type, std::string_view rel = "subsection") {
    out_.open("entry");
    out_.element("title", {}, title);
    out_.element("id", {}, identifier(name));
    out_.element("updated", {}, time_of(updated));
    out_.element("content", {{"type", "text"}}, content);
    link(rel, path, type);
    out_.close("entry");
  }

  void publication(const Entry& entry) {
    out_.open("entry", {{"xml:lang", entry.lang}});
    out_.element("title", {}, entry.name);
    out_.element("id", {}, entry.identifier);
    out_.element("updated", {}, time_of(entry.modified));
    // As in the EPUB: who wrote the summary made it; the book's authors came before.
    if (!entry.editor.empty()) person("author", entry.editor);
    for (const std::string& author : entry.authors) person(entry.editor.empty() ? "author" : "contributor", author);
    out_.element("dc:language", {}, entry.lang);
    out_.element("dc:publisher", {}, entry.brand);
    out_.element("dc:issued", {}, entry.date);
    for (const std::string& subject : entry.subjects) out_.empty("category", {{"term", subject}, {"label", subject}});
    out_.element("rights", {}, entry.rights.empty() ? entry.licence : entry.rights);
    out_.element("summary", {{"type", "text"}}, entry.description);
    picture("http://opds-spec.org/image", entry.download("cover"));
    picture("http://opds-spec.org/image/thumbnail", entry.download("thumbnail"));
    for (const Product& product : products) {
      const Download* const file = product.in_feeds ? entry.download(product.name) : nullptr;
      if (file == nullptr) continue;
      out_.empty("link", {{"rel", "http://opds-spec.org/acquisition/open-access"},
                          {"href", to(file->path)},
                          {"type", product.media_type},
                          {"length", std::to_string(file->bytes)},
                          {"title", product.label}});
    }
    out_.empty("link", {{"rel", "alternate"}, {"href", to(entry.page)}, {"type", "text/html"}});
    out_.close("entry");
  }

  std::string take() {
    out_.close("feed");
    return out_.take();
  }

 private:
  std::string to(std::string_view path) const { return site_.addresses().whole(path_, path); }
  // RFC 8141: a name of our own for what has none.
  std::string identifier(std::string_view name) const {
    const std::string digits = digits_of(site_.settings().base + "\n" + std::string(name), 32);
    return fmt::format("urn:uuid:{}-{}-8{}-8{}-{}", digits.substr(0, 8), digits.substr(8, 4), digits.substr(13, 3),
                       digits.substr(17, 3), digits.substr(20, 12));
  }
  void person(std::string_view element, std::string_view name) {
    out_.open(element);
    out_.element("name", {}, name);
    out_.close(element);
  }
  void picture(std::string_view rel, const Download* file) {
    if (file == nullptr) return;
    out_.empty("link", {{"rel", rel}, {"href", to(file->path)}, {"type", image_type(file->path)}});
  }

  const Site& site_;
  const std::string path_;
  MarkupWriter out_;
};

}  // namespace

std::string facet_feed_path(const Facet& facet, std::string_view ending) {
  return fmt::format("opds/{}{}", facet.key, ending);
}

std::string updated_of(const Site& site, const List& list, std::size_t number) {
  std::string out;
  for (const std::size_t entry : list.page(number)) out = std::max(out, site.entries()[entry].modified);
  return out;
}

std::string opds1_root(const Site& site) {
  Feed feed(site, "opds.xml", "opds", site.settings().title, site.updated(), navigation);
  const List& newest = site.lists().newest;
  feed.row("newest", "Newest", fmt::format("All {} summaries, the newest first", newest.entries.size()), newest.updated,
           feed_path(newest, 1, ".xml"), acquisition, "http://opds-spec.org/sort/new");
  for (const Facet& facet : site.lists().facets)
    feed.row(facet.key, facet.title, fmt::format("{} lists", facet.lists.size()), site.updated(),
             facet_feed_path(facet, ".xml"), navigation);
  return feed.take();
}

std::string opds1_facet(const Site& site, const Facet& facet) {
  Feed feed(site, facet_feed_path(facet, ".xml"), facet.key, facet.title, site.updated(), navigation);
  feed.link("up", "opds.xml", navigation);
  for (const List& list : facet.lists)
    feed.row(list.key, list.title, fmt::format("{} summaries", list.entries.size()), list.updated,
             feed_path(list, 1, ".xml"), acquisition);
  return feed.take();
}

std::string opds1_page(const Site& site, const List& list, std::size_t number) {
  const auto path = [&](std::size_t page) { return feed_path(list, page, ".xml"); };
  Feed feed(site, path(number), number == 1 ? list.key : fmt::format("{}/{}", list.key, number), list.title,
            updated_of(site, list, number), acquisition);
  feed.link("up", "opds.xml", navigation);
  if (list.page_count() > 1) {
    feed.link("first", path(1), acquisition);
    feed.link("last", path(list.page_count()), acquisition);
  }
  if (number > 1) feed.link("previous", path(number - 1), acquisition);
  if (number < list.page_count()) feed.link("next", path(number + 1), acquisition);
  for (const std::size_t entry : list.page(number)) feed.publication(site.entries()[entry]);
  return feed.take();
}

}  // namespace epitome::site
