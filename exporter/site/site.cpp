#include "site/site.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "site/pages.hpp"

namespace epitome::site {

namespace {

// Which entries are of one work. Each is at first its own; those that turn out to be of one become one.
class Works {
 public:
  explicit Works(std::size_t count) : first_(count) { std::iota(first_.begin(), first_.end(), std::size_t{0}); }
  std::size_t of(std::size_t entry) {
    while (first_[entry] != entry) entry = first_[entry] = first_[first_[entry]];
    return entry;
  }
  void add(std::size_t entry, const std::string& key) {
    const auto [at, is_new] = known_.emplace(key, entry);
    if (!is_new) first_[of(entry)] = of(at->second);
  }

 private:
  std::vector<std::size_t> first_;
  std::map<std::string, std::size_t> known_;
};

std::map<std::string, std::string> join(const std::vector<Entry>& entries) {
  Works works(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    works.add(i, "work " + entries[i].work);
    for (const std::string& key : entries[i].work_keys) works.add(i, key);
  }
  std::map<std::size_t, std::string> least;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto [at, is_new] = least.emplace(works.of(i), entries[i].work);
    if (!is_new) at->second = std::min(at->second, entries[i].work);
  }
  std::map<std::string, std::string> out;
  for (std::size_t i = 0; i < entries.size(); ++i) out.emplace(entries[i].work, least.at(works.of(i)));
  return out;
}

}  // namespace

Site::Site(Settings settings, std::vector<Entry> entries)
    : settings_(std::move(settings)),
      addresses_(settings_.base),
      joined_(join(entries)),
      entries_(std::move(entries)),
      style_path_(file_address("site.css", settings_.style).path),
      script_path_(file_address("site.js", settings_.script).path),
      icon_path_(file_address("icon.svg", settings_.icon).path) {
  for (Entry& entry : entries_) entry.work = joined_.at(entry.work);
  // Editions of one work stand together; editions() leans on it.
  std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.work, a.lang, a.variant, a.page) < std::tie(b.work, b.lang, b.variant, b.page);
  });
  lists_ = make_lists(entries_);
  for (const Entry& entry : entries_) updated_ = std::max(updated_, entry.modified);
}

std::vector<const Entry*> Site::editions(const Entry& entry) const {
  // Of the manifest's entries or of these: a joined work is joined to itself.
  Entry wanted;
  wanted.work = joined_.at(entry.work);
  const auto by_work = [](const Entry& a, const Entry& b) { return a.work < b.work; };
  const auto [begin, end] = std::equal_range(entries_.begin(), entries_.end(), wanted, by_work);
  std::vector<const Entry*> out;
  for (auto at = begin; at != end; ++at) out.push_back(&*at);
  return out;
}

std::string Site::page(const Entry& entry) const { return summary_page(*this, entry); }

void Site::write_parts(const Put& put) const {
  put(style_path_, settings_.style);
  put(script_path_, settings_.script);
  put(icon_path_, settings_.icon);
}

void Site::write_lists(const Put& put) const {
  const auto list_pages = [&](const List& list) {
    for (std::size_t n = list.page_count(); n > 0; --n) {
      put(feed_path(list, n, ".xml"), opds1_page(*this, list, n));
      put(feed_path(list, n, ".json"), opds2_page(*this, list, n));
      put(html_path(list, n), list_page(*this, list, n));
    }
  };
  for (const Facet& facet : lists_.facets) {
    for (const List& list : facet.lists) list_pages(list);
    put(facet_feed_path(facet, ".xml"), opds1_facet(*this, facet));
    put(facet_feed_path(facet, ".json"), opds2_facet(*this, facet));
    put(facet_path(facet), facet_page(*this, facet));
  }
  put("search.json", search_index(*this));
  list_pages(lists_.newest);
  put("opds.xml", opds1_root(*this));
  put("opds.json", opds2_root(*this));
  put("_headers", headers());
  put("robots.txt", robots(*this));
  if (!addresses_.are_whole()) return;
  write_sitemaps(*this, put);
  put("rss.xml", rss(*this));
}

}  // namespace epitome::site
