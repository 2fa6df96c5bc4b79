// The lists that lead to summaries: all of them, those in a language, of a subject, of a length. Each is a row of
// pages, for readers and for catalogues alike.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "site/entry.hpp"

namespace epitome::site {

struct List {
  std::string key;    // its folder: "newest", "language/en"
  std::string title;  // "English"
  std::string lang;   // of the title; empty: English
  std::vector<std::size_t> entries;
  std::string updated;  // the last day on which one of them changed

  std::size_t page_count() const;
  // Those of a page, counted from 1.
  std::span<const std::size_t> page(std::size_t number) const;
};

struct Facet {
  std::string title;  // "Languages"
  std::string key;    // "language"
  std::vector<List> lists;
  std::vector<std::size_t> named;  // the largest of the lists, in their order: those that every list's page names
};

struct Lists {
  List newest;
  std::vector<Facet> facets;
};

// Newest first, then by title.
Lists make_lists(const std::vector<Entry>& entries);

// The pages of the PDF: what a summary's length is told by. 0: there is none.
std::uint64_t page_count(const Entry& entry);

// Where a list's page stands: "index.html", "lists/language/en/1.html"; "opds/language/en/1.xml".
std::string html_path(const List& list, std::size_t page);
std::string feed_path(const List& list, std::size_t page, std::string_view ending);

}  // namespace epitome::site
