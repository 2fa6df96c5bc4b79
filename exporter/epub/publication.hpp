// What the document becomes before it is a package: its content documents as trees, their elements with ids, and the
// cross-references, whose targets are set when all content documents are written. Ids that this room makes hold a
// full stop ("page.12", "note.1"): those of the document can't, so that the two never meet.
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
#include "epub/xml.hpp"

namespace epitome::epub {

// Where the publication's resources are, from the container's root.
inline constexpr std::string_view content_folder = "EPUB/";
inline constexpr std::string_view cover_path = "images/cover.jpg";

// The XHTML file of one section (EPUB 3.3, 6.1).
struct ContentDocument {
  std::string path;  // from the content folder: "story.xhtml"
  const book::Section* section = nullptr;
  pugi::xml_document xml;
  pugi::xml_node body;
  std::size_t order = 0;  // reading order, on the same scale as Anchor::order
};

// An element with an id.
struct Anchor {
  const ContentDocument* file = nullptr;
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
  const ContentDocument* file = nullptr;
  pugi::xml_node node;  // its href is set when all files are known
  std::string target;
};

struct Publication {
  const Inputs& inputs;
  diag::Sink& sink;
  std::deque<ContentDocument> files{};  // in spine order; addresses stay valid
  std::map<std::string, Anchor, std::less<>> anchors{};
  std::vector<OpenReference> references{};
  std::vector<PlacedBreak> breaks{};                                         // in the order in which they were placed
  std::map<std::string, std::vector<std::size_t>, std::less<>> breaks_of{};  // by element id, in page order; emptied
  std::map<std::string, std::string, std::less<>> image_paths{};             // of `src` to path in the package
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

// The content document of one section, without anything in it: head with title and style sheets, body.
ContentDocument& add_file(Publication& publication, const book::Section& section);
// Fills the section's content document; of the contents only the page breaks: the rest is write_navigation's.
void write_section(Publication& publication, ContentDocument& file);

// The path in the package of an image that the document names; empty if it was not given.
std::string image_path(Publication& publication, const std::string& source);

// The package document (EPUB 3.3, 5); its manifest lists `resources`.
pugi::xml_document package_document(const Publication& publication, const std::vector<Resource>& resources);

}  // namespace epitome::epub
