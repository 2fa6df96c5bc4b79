// What the files of a site are written by: one function a kind. Each gives bytes and looks at nothing but its
// arguments.
#pragma once

#include <string>

#include "site/markup_writer.hpp"
#include "site/site.hpp"

namespace epitome::site {

// ---- HTML

// Only what the site itself has; styles and scripts are files. A block of JSON-LD is data, which no policy stops.
inline constexpr std::string_view content_security_policy =
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'";

std::string summary_page(const Site& site, const Entry& entry);
std::string list_page(const Site& site, const List& list, std::size_t number);
// A list of lists: all subjects.
std::string facet_page(const Site& site, const Facet& facet);
std::string facet_path(const Facet& facet);

// What all pages begin with, as far as the content of <main>, and what they end with.
struct PageHead {
  std::string path;   // in the site
  std::string title;  // of the browser's window
  std::string description;
  std::string lang, dir;
  std::string more;  // markup for <head>
};
void begin_page(MarkupWriter& out, const Site& site, const PageHead& head);
void end_page(MarkupWriter& out, const Site& site, const PageHead& head);

// "12 pages, 340 kB".
std::string size_of(const Download& file);

// JSON-LD (schema.org): the summary as a Book about a Book, its files, how it can be read; and its questions as an
// FAQPage. Ready for a <script> element: without "<".
std::string json_ld(const Site& site, const Entry& entry);

// ---- feeds

// OPDS 1.2: the catalogue's root (opds.xml), a list of lists, and a list's page, as Atom (RFC 4287).
std::string opds1_root(const Site& site);
std::string opds1_facet(const Site& site, const Facet& facet);
std::string opds1_page(const Site& site, const List& list, std::size_t number);
// OPDS 2.0, the same as JSON (opds.json).
std::string opds2_root(const Site& site);
std::string opds2_facet(const Site& site, const Facet& facet);
std::string opds2_page(const Site& site, const List& list, std::size_t number);
// Where a list of lists stands: "opds/subject.xml".
std::string facet_feed_path(const Facet& facet, std::string_view ending);

// The last day on which one of the summaries of a list's page changed.
std::string updated_of(const Site& site, const List& list, std::size_t number);

std::string search_index(const Site& site);
std::string rss(const Site& site);
std::string robots(const Site& site);
// The rules of Cloudflare Pages and Netlify.
std::string headers();
// Sitemaps (sitemaps.org, 0.9) of at most 50,000 addresses; if there are many, sitemap.xml lists them.
void write_sitemaps(const Site& site, const Put& put);

}  // namespace epitome::site
