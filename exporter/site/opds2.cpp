#include <fmt/format.h>

#include "site/json.hpp"
#include "site/pages.hpp"
#include "site/products.hpp"

namespace epitome::site {

namespace {

constexpr std::string_view feed_type = "application/opds+json";

class JsonFeed {
 public:
  JsonFeed(const Site& site, std::string path, std::string_view title, const std::string& updated)
      : site_(site), path_(std::move(path)) {
    json_.begin();
    json_.begin("metadata");
    json_.put("title", title);
    json_.put("modified", day(updated));
  }
  void count(const List& list, std::size_t number) {
    json_.put("numberOfItems", list.entries.size());
    json_.put("itemsPerPage", list.page(1).size());
    json_.put("currentPage", number);
  }
  // Behind the feed's metadata: its links.
  void begin_links() {
    json_.end();
    json_.begin_list("links");
    link("self", path_, feed_type);
    link("start", "opds.json", feed_type);
  }
  void link(std::string_view rel, std::string_view path, std::string_view type) {
    json_.begin();
    json_.put("rel", rel);
    json_.put("href", to(path));
    json_.put("type", type);
    json_.end();
  }
  void begin_list(std::string_view key) {
    json_.end_list();
    json_.begin_list(key);
  }
  void row(std::string_view title, std::string_view path, std::string_view rel = {}) {
    json_.begin();
    json_.put("title", title);
    json_.put("href", to(path));
    json_.put("type", feed_type);
    json_.put("rel", rel);
    json_.end();
  }
  void publication(const Entry& entry) {
    json_.begin();
    metadata(entry);
    json_.begin_list("links");
    for (const Product& product : products) {
      const Download* const file = product.in_feeds ? entry.download(product.name) : nullptr;
      if (file == nullptr) continue;
      json_.begin();
      json_.put("rel", "http://opds-spec.org/acquisition/open-access");
      json_.put("href", to(file->path));
      json_.put("type", product.media_type);
      json_.put("title", product.label);
      json_.put("size", file->bytes);
      json_.end();
    }
    link("alternate", entry.page, "text/html");
    json_.end_list();
    json_.begin_list("images");
    for (const char* const name : {"cover", "thumbnail"}) {
      const Download* const file = entry.download(name);
      if (file == nullptr) continue;
      json_.begin();
      json_.put("href", to(file->path));
      json_.put("type", file->path.ends_with(".png") ? "image/png" : "image/jpeg");
      json_.put("width", file->width);
      json_.put("height", file->height);
      json_.end();
    }
    json_.end_list();
    json_.end();
  }
  std::string take() {
    json_.end_list();
    json_.end();
    return json_.take() + '\n';
  }

 private:
  static std::string day(const std::string& date) { return date.empty() ? date : date + "T00:00:00Z"; }
  std::string to(std::string_view path) const { return site_.addresses().whole(path_, path); }

  void metadata(const Entry& entry) {
    json_.begin("metadata");
    json_.put("@type", "http://schema.org/Book");
    json_.put("identifier", entry.identifier);
    json_.put("title", entry.name);
    json_.put("sortAs", entry.sort_title);
    if (!entry.editor.empty()) json_.put("author", entry.editor);
    if (!entry.authors.empty()) {
      json_.begin_list(entry.editor.empty() ? "author" : "contributor");
      for (const std::string& author : entry.authors) json_.item(author);
      json_.end_list();
    }
    json_.put("language", entry.lang);
    json_.put("publisher", entry.brand);
    json_.put("published", entry.date);
    json_.put("modified", day(entry.modified));
    json_.put("description", entry.description);
    if (const std::uint64_t pages = page_count(entry); pages != 0) json_.put("numberOfPages", pages);
    if (!entry.subjects.empty()) {
      json_.begin_list("subject");
      for (const std::string& subject : entry.subjects) json_.item(subject);
      json_.end_list();
    }
    json_.end();
  }

  const Site& site_;
  const std::string path_;
  Json json_;
};

}  // namespace

std::string opds2_root(const Site& site) {
  JsonFeed feed(site, "opds.json", site.settings().title, site.updated());
  feed.begin_links();
  feed.begin_list("navigation");
  feed.row("Newest", feed_path(site.lists().newest, 1, ".json"), "http://opds-spec.org/sort/new");
  for (const Facet& facet : site.lists().facets) feed.row(facet.title, facet_feed_path(facet, ".json"));
  return feed.take();
}

std::string opds2_facet(const Site& site, const Facet& facet) {
  JsonFeed feed(site, facet_feed_path(facet, ".json"), facet.title, site.updated());
  feed.begin_links();
  feed.link("up", "opds.json", feed_type);
  feed.begin_list("navigation");
  for (const List& list : facet.lists) feed.row(list.title, feed_path(list, 1, ".json"));
  return feed.take();
}

std::string opds2_page(const Site& site, const List& list, std::size_t number) {
  const auto path = [&](std::size_t page) { return feed_path(list, page, ".json"); };
  JsonFeed feed(site, path(number), list.title, updated_of(site, list, number));
  feed.count(list, number);
  feed.begin_links();
  feed.link("up", "opds.json", feed_type);
  if (list.page_count() > 1) {
    feed.link("first", path(1), feed_type);
    feed.link("last", path(list.page_count()), feed_type);
  }
  if (number > 1) feed.link("previous", path(number - 1), feed_type);
  if (number < list.page_count()) feed.link("next", path(number + 1), feed_type);
  feed.begin_list("publications");
  for (const std::size_t entry : list.page(number)) feed.publication(site.entries()[entry]);
  return feed.take();
}

std::string search_index(const Site& site) {
  Json json;
  json.begin_list();
  for (const std::size_t number : site.lists().newest.entries) {
    const Entry& entry = site.entries()[number];
    json.begin();
    json.put("href", Addresses::relative("search.json", entry.page));
    json.put("title", entry.title);
    json.put("authors", entry.author_line);
    json.put("lang", entry.lang);
    json.put("dir", entry.rtl ? "rtl" : "ltr");
    json.put("language", entry.language_name);
    json.put("variant", entry.variant);
    json.put("pages", page_count(entry));
    if (const Download* const cover = entry.download("thumbnail")) {
      json.put("cover", Addresses::relative("search.json", cover->path));
      json.put("width", cover->width);
      json.put("height", cover->height);
    }
    json.begin_list("subjects");
    for (const std::string& subject : entry.subjects) json.item(subject);
    json.end_list();
    json.end();
  }
  json.end_list();
  return json.take() + '\n';
}

}  // namespace epitome::site
