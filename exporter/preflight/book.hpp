// What the package document says (EPUB 3.3, 5; Open Packaging Format 2.0.1), and what was seen in the documents.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "diag/diagnostic.hpp"
#include "preflight/container.hpp"
#include "preflight/findings.hpp"
#include "preflight/xml.hpp"

namespace epitome::preflight {

struct Item {
  std::string id, path, media_type, properties, overlay;
  diag::Span span;
  bool remote = false;
  int spine = -1;  // its place in the spine
  bool fixed = false;

  bool is_document() const { return media_type == "application/xhtml+xml" || media_type == "text/html"; }
  bool is_picture() const { return media_type.starts_with("image/") && media_type != "image/svg+xml"; }
};

// An element with an id.
struct Anchor {
  std::uint32_t order = 0;  // of elements in its document
  // The elements among which a link back from a note is looked for: its own, or where it is a phrase its parent's.
  std::uint32_t scope_begin = 0, scope_end = 0;
  std::uint32_t characters = 0;  // of its text, white space collapsed
  diag::Span span;
  bool note_type = false;
  bool note_inside = false;  // an element below or right above has the type of a note
};

struct Link {
  std::uint32_t order = 0;
  diag::Span span;
  std::string path, fragment;
  bool noteref = false;
  bool pops_up = false;  // is meant to: a note, a definition
  bool back = false;     // from a note to its mark
};

// A picture, style sheet or other resource that is named.
struct Use {
  diag::Span span;
  std::string path;
};

struct Document {
  std::string path, title, language;
  diag::Span html_span, title_span;
  std::unordered_map<std::string, Anchor> anchors;
  std::vector<Link> links;
  std::vector<Use> uses, pictures;
  std::vector<diag::Span> early_marks;  // pages' marks before the first block
  bool says_direction = false;
  bool has_script = false, has_svg = false, has_math = false, has_remote = false;
  bool has_text = false;
};

// An entry of the contents or the NCX.
struct ListEntry {
  diag::Span span;
  Target target;
};

struct Book {
  std::string package_path;
  int version = 3;
  std::string language;
  bool right_to_left = false;  // its language's script
  bool fixed = false;          // pre-paginated as a whole
  std::vector<Item> items;
  std::map<std::string, std::size_t, std::less<>> by_id, by_path;
  std::vector<std::size_t> spine;
  std::size_t nav = SIZE_MAX, ncx = SIZE_MAX, cover = SIZE_MAX;  // items
  // Files that need not be in the manifest: other renditions' packages, records that metadata link to.
  std::set<std::string, std::less<>> beside;
  bool has_guide = false, has_landmarks = false, has_contents = false, has_page_list = false, says_pages = false;

  std::map<std::string, Document, std::less<>> documents;  // by path
  // Elements of HTML5 that are used, with where first; those that a style sheet sets as blocks.
  std::map<std::string, std::pair<std::string, diag::Span>, std::less<>> new_elements;
  std::set<std::string, std::less<>> set_as_blocks;
  bool avoids_breaks = false, sheet_says_direction = false;

  const Item* find(const std::string& path) const {
    const auto at = by_path.find(path);
    return at == by_path.end() ? nullptr : &items[at->second];
  }
};

// What every check is given.
struct Check {
  Container& container;
  Book& book;
  Findings& findings;

  // A text of the container, parsed or as it is; E1050, and nothing, if it can't be.
  std::unique_ptr<Xml> xml(const std::string& path);
  std::optional<std::string> text(const std::string& path);
};

// The main subtag, in small letters.
std::string primary_language(std::string_view tag);
bool is_right_to_left(std::string_view tag);

// Reads the package document and checks it; false if there is none that can be read (E0802).
bool read_package(Check& check);
void check_metadata(Check& check, const Xml& package);
void check_container(Check& check, std::string_view bytes);
void scan_document(Check& check, const Item& item);
// All links between documents, once all are known.
void check_links(Check& check);
void check_navigation(Check& check);
// The style sheets of the book, and those inside the document's style elements.
struct SheetPlace {
  const std::string& path;
  bool of_fixed_pages = false;  // of no other
};
void check_sheet(Check& check, const SheetPlace& place, std::string_view text, std::uint32_t base);
void check_sheets(Check& check);
void check_pictures(Check& check);

}  // namespace epitome::preflight
