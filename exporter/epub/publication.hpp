// What the document becomes before it is a package: its content documents as trees, their elements with ids, and the
// cross-references, whose targets are set when all content documents are written. Ids are in the form of model/ids.hpp.
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
inline constexpr std::string_view navigation_path = "nav.xhtml";

// An XHTML file (EPUB 3.3, 6.1).
struct ContentDocument {
  std::string path;                        // from the content folder: "story.xhtml"
  const book::Section* section = nullptr;  // that it holds; the navigation document holds none
  pugi::xml_document xml;
  pugi::xml_node body;
  std::size_t order = 0;  // reading order, on the same scale as Anchor::order
};

// An element with an id.
struct Anchor {
  const ContentDocument* file = nullptr;
  std::string id;         // empty: the file's start
  std::size_t order = 0;  // reading order over all files
  pugi::xml_node node;    // the element; none at the file's start
  std::string landing;    // the id of the empty place that links lead to, if it isn't the element itself
  const std::string& open() const { return landing.empty() ? id : landing; }
  std::string href() const { return id.empty() ? file->path : file->path + "#" + open(); }
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
  ContentDocument navigation{};         // not in the spine
  std::map<std::string, Anchor, std::less<>> anchors{};
  std::vector<OpenReference> references{};
  std::vector<PlacedBreak> breaks{};                                         // in the order in which they were placed
  std::map<std::string, std::vector<std::size_t>, std::less<>> breaks_of{};  // by element id, in page order; emptied
  std::map<std::string, std::string, std::less<>> image_paths{};             // of `src` to path in the package
  std::size_t order = 0;

  std::string_view cover_path() const {
    return inputs.cover_kind == image::Kind::jpeg ? "images/cover.jpg" : "images/cover.png";
  }
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

// Head with title and style sheets, empty body.
void begin_document(const Publication& publication, ContentDocument& file, std::string_view title);
// The content document of one section, without anything in it.
ContentDocument& add_file(Publication& publication, const book::Section& section);
// Fills the section's content document; of the contents only the title: the list is write_contents'.
void write_section(Publication& publication, ContentDocument& file);

// Says which texts of the document have letters without an italic (class "upright"): the sheets don't slant them.
void mark_upright(const Publication& publication, ContentDocument& file);

// Makes a landing for each element that links lead to. Kobo's readers show an element with 9 to 5,000 characters that
// comes after the link in a pop-up, as they do a note (Kobo's EPUB specification, "Footnotes/Endnotes"): a list of
// contents, or a warning, would show what it only names. An empty place at its start is opened instead.
void make_landings(Publication& publication);

// The path in the package of an image that the document names; empty if it was not given.
std::string image_path(Publication& publication, const std::string& source);

// The package document (EPUB 3.3, 5); its manifest lists `resources`.
pugi::xml_document package_document(const Publication& publication, const std::vector<Resource>& resources);

}  // namespace epitome::epub
