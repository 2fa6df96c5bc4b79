#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <vector>

#include "site/pages.hpp"

namespace epitome::site {

namespace {

// sitemaps.org: 50,000 addresses and 50 MB a file.
constexpr std::size_t most_addresses = 50'000;

// RFC 5322, 3.3, of YYYY-MM-DD.
std::string mail_date(std::string_view day) {
  constexpr std::array<const char*, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto number = [&](std::size_t at, std::size_t length) {
    unsigned value = 0;
    std::from_chars(day.data() + at, day.data() + at + length, value);
    return value;
  };
  if (day.size() != 10) return {};
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(number(0, 4))),
                                         std::chrono::month(number(5, 2)), std::chrono::day(number(8, 2))};
  if (!date.ok()) return {};
  const std::chrono::weekday weekday{std::chrono::sys_days(date)};
  return fmt::format("{}, {:02} {} {:04} 00:00:00 +0000", days.at(weekday.c_encoding()), number(8, 2),
                     months.at(number(5, 2) - 1), number(0, 4));
}

struct Place {
  std::string path, changed;
};

// All that a reader can open.
std::vector<Place> places(const Site& site) {
  std::vector<Place> out;
  const auto add = [&](const List& list) {
    for (std::size_t n = 1; n <= list.page_count(); ++n) out.push_back({html_path(list, n), {}});
  };
  add(site.lists().newest);
  for (const Facet& facet : site.lists().facets) {
    out.push_back({facet_path(facet), {}});
    for (const List& list : facet.lists) add(list);
  }
  for (const Entry& entry : site.entries()) out.push_back({entry.page, entry.modified});
  return out;
}

constexpr std::string_view xml_head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
constexpr std::string_view sitemap_space = "http://www.sitemaps.org/schemas/sitemap/0.9";

}  // namespace

void write_sitemaps(const Site& site, const Put& put) {
  const std::vector<Place> all = places(site);
  const auto address = [&](const std::string& path) { return site.addresses().whole("sitemap.xml", path); };
  const auto part = [&](std::size_t begin, std::size_t end) {
    MarkupWriter out;
    out.raw(xml_head);
    out.open("urlset", {{"xmlns", sitemap_space}});
    out.raw("\n");
    for (std::size_t i = begin; i < end; ++i) {
      out.open("url");
      out.element("loc", {}, address(all[i].path));
      out.element("lastmod", {}, all[i].changed);
      out.close("url");
    }
    out.close("urlset");
    return out.take();
  };
  if (all.size() <= most_addresses) return put("sitemap.xml", part(0, all.size()));
  MarkupWriter index;
  index.raw(xml_head);
  index.open("sitemapindex", {{"xmlns", sitemap_space}});
  for (std::size_t begin = 0; begin < all.size(); begin += most_addresses) {
    const std::string path = fmt::format("lists/sitemap-{}.xml", begin / most_addresses + 1);
    put(path, part(begin, std::min(begin + most_addresses, all.size())));
    index.open("sitemap");
    index.element("loc", {}, address(path));
    index.close("sitemap");
  }
  index.close("sitemapindex");
  put("sitemap.xml", index.take());
}

std::string rss(const Site& site) {
  MarkupWriter out;
  const auto to = [&](std::string_view path) { return site.addresses().whole("rss.xml", path); };
  out.raw(xml_head);
  out.open("rss", {{"version", "2.0"},
                   {"xmlns:atom", "http://www.w3.org/2005/Atom"},
                   {"xmlns:dc", "http://purl.org/dc/elements/1.1/"}});
  out.open("channel");
  out.element("title", {}, site.settings().title);
  out.element("link", {}, to("index.html"));
  out.element("description", {}, "The newest summaries");
  out.empty("atom:link", {{"rel", "self"}, {"href", to("rss.xml")}, {"type", "application/rss+xml"}});
  for (const std::size_t number : site.lists().newest.page(1)) {
    const Entry& entry = site.entries()[number];
    out.open("item");
    out.element("title", {}, entry.name);
    out.element("link", {}, to(entry.page));
    out.element("guid", {{"isPermaLink", "false"}}, entry.identifier);
    out.element("pubDate", {}, mail_date(entry.modified));
    out.element("description", {}, entry.description);
    out.element("dc:language", {}, entry.lang);
    for (const std::string& subject : entry.subjects) out.element("category", {}, subject);
    out.close("item");
  }
  out.close("channel");
  out.close("rss");
  return out.take();
}

std::string robots(const Site& site) {
  std::string out = "User-agent: *\nAllow: /\n";
  if (site.addresses().are_whole()) out += "Sitemap: " + site.addresses().whole("robots.txt", "sitemap.xml") + '\n';
  return out;
}

std::string headers() {
  return "/*\n  Content-Security-Policy: " + std::string(content_security_policy) +
         "; frame-ancestors 'none'\n"
         "  X-Content-Type-Options: nosniff\n"
         "  Referrer-Policy: no-referrer\n"
         "/f/*\n"
         "  Cache-Control: public, max-age=31536000, immutable\n"
         "/opds.xml\n"
         "  Content-Type: application/atom+xml;profile=opds-catalog;kind=navigation\n"
         "/opds.json\n"
         "  Content-Type: application/opds+json\n"
         "/opds/*.xml\n"
         "  Content-Type: application/atom+xml;profile=opds-catalog\n"
         "/opds/*.json\n"
         "  Content-Type: application/opds+json\n"
         "/rss.xml\n"
         "  Content-Type: application/rss+xml\n";
}

}  // namespace epitome::site
