// What a site says of one summary: plain values, kept as JSON between two runs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace epitome::site {

// A file of a summary: one of `products` (products.hpp), or a picture.
struct Download {
  std::string product;  // "pdf"; "cover", "thumbnail"; empty: a picture of the text
  std::string path;     // in the site: "f/0123456789abcdef/the-push.pdf"
  std::uint64_t bytes = 0;
  std::uint64_t pages = 0;              // sides of sheets, of a booklet and of cards
  std::uint64_t width = 0, height = 0;  // of a picture of the cover, in pixels
};

// A part of the document, as it stands on the page.
struct Fragment {
  std::string kind;  // "takeaways"
  std::string html;  // headings from h2 on; relative addresses are those from the summary's page
};

struct Question {
  std::string question, answer;  // plain text
};

struct Entry {
  std::string page;  // the folder of its page in the site: "s/the-push-1a2b3c4d/en-gb/"
  std::string stem;  // of its files' names
  std::string work;  // UUID: what editions of one work share whose author is written in one script
  // What else tells that editions are of one work: it is enough to share one. Opaque.
  std::vector<std::string> work_keys;
  std::string lang, language_name;  // BCP 47; "English", as the language calls itself
  bool rtl = false;
  std::string variant;
  std::string identifier;        // a URI
  std::string title, subtitle;   // of the work
  std::string title_lang;        // empty: the edition's
  std::string sort_title, name;  // "Push, The"; "The Push: a summary"
  std::string kind, contains;    // "A summary"; "with takeaways and memory cues"
  std::vector<std::string> authors, subjects;
  std::string author_line;  // the authors, joined as the language does
  std::string description;
  std::string date, modified;  // YYYY-MM-DD
  std::string editor;          // who wrote the summary
  std::string brand, licence, licence_href, rights;
  std::string isbn, published, original_language;  // of the work
  std::string cover_alternative;
  std::vector<std::pair<std::string, std::string>> accessibility;  // schema.org's property and value
  std::string accessibility_summary;
  bool has_cues = false;
  std::vector<Fragment> fragments;  // in the order of the page
  std::vector<Question> questions;
  std::vector<Download> downloads;

  // Null: the summary has no such file.
  const Download* download(std::string_view product) const;
};

// A JSON object without line ends.
std::string write_entry(const Entry& entry);
// Nothing if it is none of write_entry's.
std::optional<Entry> read_entry(std::string_view json);

}  // namespace epitome::site
