#include "site/lists.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <numeric>
#include <tuple>

#include "site/addresses.hpp"

namespace epitome::site {

namespace {

constexpr std::size_t page_size = 48;  // divides into rows of two, three and four
// Lists of a facet that a list's page names itself; the page of all has the others.
constexpr std::size_t most_named = 12;

// "en" of "en-GB".
std::string primary_of(const std::string& tag) { return tag.substr(0, tag.find('-')); }

struct Length {
  const char* key;
  const char* title;
  std::uint64_t most;
};
constexpr std::array<Length, 3> lengths = {{{"short", "Up to 20 pages", 20},
                                            {"middle", "21 to 40 pages", 40},
                                            {"long", "More than 40 pages", std::numeric_limits<std::uint64_t>::max()}}};

// Puts what comes under each key into a list of its own.
class Sorter {
 public:
  explicit Sorter(std::string folder) : folder_(std::move(folder)) {}
  void add(const std::string& key, const std::string& title, const std::string& lang, std::size_t entry) {
    const auto [at, is_new] = lists_.try_emplace(key);
    if (is_new) at->second = {folder_ + '/' + key, title, lang, {}, {}};
    if (at->second.entries.empty() || at->second.entries.back() != entry) at->second.entries.push_back(entry);
  }
  std::vector<List> take() {
    std::vector<List> out;
    for (auto& [key, list] : lists_) out.push_back(std::move(list));
    return out;
  }
  std::vector<List> take_by_title() {
    std::vector<List> out = take();
    std::sort(out.begin(), out.end(),
              [](const List& a, const List& b) { return std::tie(a.title, a.key) < std::tie(b.title, b.key); });
    return out;
  }

 private:
  std::string folder_;
  std::map<std::string, List> lists_;
};

// The lists' indices. Chosen here once: chosen for each page they would cost the square of the number of subjects.
std::vector<std::size_t> largest_of(const std::vector<List>& lists) {
  std::vector<std::size_t> out(lists.size());
  std::iota(out.begin(), out.end(), std::size_t{0});
  if (out.size() <= most_named) return out;
  std::stable_sort(out.begin(), out.end(),
                   [&](std::size_t a, std::size_t b) { return lists[a].entries.size() > lists[b].entries.size(); });
  out.resize(most_named);
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

std::size_t List::page_count() const { return std::max<std::size_t>(1, (entries.size() + page_size - 1) / page_size); }

std::span<const std::size_t> List::page(std::size_t number) const {
  const std::size_t begin = std::min((number - 1) * page_size, entries.size());
  return std::span(entries).subspan(begin, std::min(page_size, entries.size() - begin));
}

std::uint64_t page_count(const Entry& entry) {
  const Download* const pdf = entry.download("pdf");
  const Download* const epub = entry.download("epub");
  return pdf != nullptr ? pdf->pages : epub != nullptr ? epub->pages : 0;
}

Lists make_lists(const std::vector<Entry>& entries) {
  Lists out;
  out.newest = {"newest", "Newest", {}, std::vector<std::size_t>(entries.size()), {}};
  std::iota(out.newest.entries.begin(), out.newest.entries.end(), std::size_t{0});
  std::sort(out.newest.entries.begin(), out.newest.entries.end(), [&](std::size_t a, std::size_t b) {
    const Entry &one = entries[a], &other = entries[b];
    return std::tie(other.modified, one.sort_title, one.page) < std::tie(one.modified, other.sort_title, other.page);
  });
  Sorter languages("language"), subjects("subject"), by_length("length");
  for (const std::size_t number : out.newest.entries) {
    const Entry& entry = entries[number];
    languages.add(primary_of(entry.lang), entry.language_name, entry.lang, number);
    for (const std::string& subject : entry.subjects) subjects.add(key_of(subject), subject, entry.lang, number);
    const std::uint64_t pages = page_count(entry);
    for (std::size_t i = 0; i < lengths.size() && pages != 0; ++i) {
      if (pages > lengths[i].most) continue;
      by_length.add(fmt::format("{}-{}", i + 1, lengths[i].key), lengths[i].title, {}, number);
      break;
    }
  }
  out.facets.push_back({"Languages", "language", languages.take_by_title(), {}});
  out.facets.push_back({"Subjects", "subject", subjects.take_by_title(), {}});
  out.facets.push_back({"Lengths", "length", by_length.take(), {}});
  const auto date = [&](List& list) {
    for (const std::size_t number : list.entries) list.updated = std::max(list.updated, entries[number].modified);
  };
  date(out.newest);
  for (Facet& facet : out.facets) {
    std::for_each(facet.lists.begin(), facet.lists.end(), date);
    facet.named = largest_of(facet.lists);
  }
  return out;
}

std::string html_path(const List& list, std::size_t page) {
  if (list.key == "newest" && page == 1) return "index.html";
  return fmt::format("lists/{}/{}.html", list.key, page);
}

std::string feed_path(const List& list, std::size_t page, std::string_view ending) {
  return fmt::format("opds/{}/{}{}", list.key, page, ending);
}

}  // namespace epitome::site
