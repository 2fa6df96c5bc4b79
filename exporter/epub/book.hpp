// The package while it is made: the XHTML files as trees, the places that have ids, and the cross-references,
// which are patched when all files are known. Ids that this room makes hold a full stop ("page.12", "note.1"):
// those of the document can't, so that the two never meet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "book/sections.hpp"
#include "epub/package.hpp"

namespace epitome::epub {

// Where the publication's resources are, from the container's root.
inline constexpr std::string_view content_folder = "EPUB/";
inline constexpr std::string_view cover_path = "images/cover.jpg";

struct File {
  std::string path;  // from the content folder: "story.xhtml"
  const book::Section* section = nullptr;
  pugi::xml_document xml;
  pugi::xml_node body;
  std::size_t order = 0;  // reading order, on the same scale as Anchor::order
};

// An element with an id.
struct Anchor {
  const File* file = nullptr;
  std::string id;         // empty: the file's start
  std::size_t order = 0;  // reading order over all files
  std::string href() const { return id.empty() ? file->path : file->path + "#" + id; }
};

// A page break that has been placed.
struct PlacedBreak {
  std::size_t number = 0;  // in PageMap::breaks
  Anchor anchor;
};

struct OpenReference {
  const File* file = nullptr;
  pugi::xml_node node;  // its href is set when all files are known
  std::string target;
};

struct Book {
  const Inputs& inputs;
  diag::Sink& sink;
  std::deque<File> files{};  // in spine order; addresses stay valid
  std::map<std::string, Anchor, std::less<>> anchors{};
  std::vector<OpenReference> references{};
  std::vector<PlacedBreak> breaks{};                                         // in the order in which they were placed
  std::map<std::string, std::vector<std::size_t>, std::less<>> breaks_of{};  // by element id, in page order; emptied
  std::map<std::string, std::string, std::less<>> image_paths{};             // source path to path in the package
  std::size_t order = 0;
  std::size_t notes = 0;  // in the lists of notes that are written

  std::string_view label(std::string_view key) const { return inputs.book.language.label(key); }
  const model::QuotationMarks& marks(model::MarksIndex index) const { return inputs.book.marks(index); }
  // A label that speaks of the work: its {title}, {title-bare} and {author} filled in.
  std::string sentence(std::string_view key) const { return inputs.book.sentence(key); }
  // A section's name, and what a reader sees of `inlines`, as plain text: for navigation and metadata.
  std::string name(const book::Section& section) const { return inputs.book.name(section); }
  std::string shown(const model::Inlines& inlines) const { return inputs.book.shown(inlines); }
};

// BCP 47 in its recommended case: "en-GB", "zh-Hant-TW".
std::string language_tag(std::string_view tag);

// ---- the XHTML files ---------------------------------------------------------------------------------

// The file of one section, without anything in it: head with title and style sheets, body.
File& add_file(Book& book, const book::Section& section);
// Fills the section's file; of the contents only the page breaks: the rest is write_navigation's.
void write_section(Book& book, File& file);

// The path in the package of an image that the document names; empty if it was not given.
std::string image_path(Book& book, const std::string& source);

// ---- navigation and package document -------------------------------------------------------------------

// The navigation document's lists, in the contents section's file. All other files are written.
void write_navigation(Book& book, File& file);
std::string toc_ncx(const Book& book);
// One entry of the contents, for both; depth first.
struct NavigationPoint {
  int level = 0;
  std::string name;
  const Anchor* anchor = nullptr;
  bool shown = true;  // on the contents page; the others are in the reader's own list only
};
std::vector<NavigationPoint> navigation_points(const Book& book);
// The places that readers have commands for, in order.
struct Landmark {
  const char* type;        // EPUB 3's
  const char* guide_type;  // OPF 2's
  std::string href, name;
};
std::vector<Landmark> landmarks(const Book& book);
std::string package_document(const Book& book, const std::vector<Resource>& resources);

// A tree as bytes: XML declaration with encoding, no white space of the writer's own.
std::string serialise(const pugi::xml_document& xml);
// A new child on a line of its own: for elements whose parent holds no text.
pugi::xml_node append_line(pugi::xml_node parent, const char* name);
// Text that pugixml escapes.
void append_text(pugi::xml_node parent, std::string_view text);
void set_attribute(pugi::xml_node node, const char* name, std::string_view value);

}  // namespace epitome::epub
