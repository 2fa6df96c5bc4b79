// The document as chains of atoms: lines, rows, pictures. The page breaker sees the height of each atom, the placer its
// contents. Lengths across run from the block's start edge, so that right-to-left documents are mirrored when placed.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "page/pages.hpp"
#include "text/paragraph.hpp"
#include "typeset/flow/box.hpp"

namespace epitome::typeset {

using page::ArtifactKind;
inline constexpr std::uint32_t none = page::no_index;

// A text's lines as they are set: a paragraph's, a cell's, a label's.
struct Lines : std::vector<text::Line> {
  Lines(std::vector<text::Line> lines, diag::Span of) : std::vector<text::Line>(std::move(lines)), span(of) {}
  diag::Span span;           // of the text in the source; {0, 0}: the program's own
  std::optional<int> extra;  // of an alternative that the pages take: how many lines it has more than the best lines
};

// The number of a page that a text span shows: that of the page on which an id stands.
struct ShownPage {
  std::string id;
  std::string label;         // as it was set
  std::uint32_t offset = 0;  // in the span's text
};

// To which element, link and place in the document the characters of a text span belong.
struct Tag {
  std::uint32_t element = none;
  std::uint32_t link = none;        // into Flow::links
  std::uint32_t place = none;       // into Flow::places; none: generated text
  std::uint32_t start = 0;          // offset of the span's document characters in the place's text
  std::uint32_t lead = 0;           // bytes of generated text (a quotation mark) before them
  std::uint32_t length = 0;         // bytes of document text
  std::uint32_t annotation = none;  // the element of the ruby text over the span
  std::uint32_t note = none;        // into Flow::notes: the span is that note's mark
  // Into Flow::destinations: they land where the span's first line is placed.
  model::Apart<std::vector<std::uint32_t>> destinations;
  model::Apart<std::vector<ShownPage>> pages;
  style::Dots dots = style::Dots::none;  // over or under its ideographs and kana
  style::Colour colour;
};

struct LinkTarget {
  std::string destination;  // a Destination's name, or empty
  std::string uri;          // or this
  std::string name;         // of what it leads to
  std::uint32_t element = none;
};

// One line of a paragraph that was set before. `measure` is the paragraph's.
struct TextBox {
  std::shared_ptr<const Lines> lines;
  std::uint32_t line = 0;
  Length start, measure, baseline;  // baseline: below the atom's top
  Length leading;
  ArtifactKind artifact = ArtifactKind::none;  // else the tags' elements
};
struct RuleBox {
  Length start, top, width, height;
  style::Colour colour;
  Length dash_on, dash_off;
};
struct PictureBox {
  std::uint32_t image = 0;  // into Flow::images
  Length start, top, width, height;
  std::uint32_t element = none;  // none: decorative
};
// Items that are drawn already: on the page, or in a box of that width below the atom's top.
struct Drawing {
  std::shared_ptr<const std::vector<page::Item>> items;
  std::uint32_t element = none;
  ArtifactKind artifact = ArtifactKind::none;
  bool on_page = false;  // they count from the page's corner, else from the box's
  Length start, top, width;
};
// The element is attached to its parent here even if nothing of it is drawn (an empty table cell).
struct Attach {
  std::uint32_t element = none;
};
// A place of the document that has no text begins here: a picture, a separator.
struct Start {
  std::uint32_t place = none;  // into Flow::places
};
// A destination lands at `top`.
struct Anchor {
  std::uint32_t destination = none;  // into Flow::destinations
  Length top;
};
// Leaders and the page number of a contents entry; `from` is where the name ends.
struct PageNumber {
  std::uint32_t destination = none;
  std::uint32_t tag = 0;
  Length from, baseline;
};
// Dotted lines to write on, `lines_min` or as many as the page has room for.
struct WritingLines {
  Length start, width;
};

// What the block has for text, in whole grid lines, when its page is turned: it is as high as it was wide.
inline Length turned_height(const style::Geometry& g) { return round_down(g.measure, g.grid); }

using Content = std::variant<TextBox, RuleBox, PictureBox, Drawing, Attach, Start, Anchor, PageNumber, WritingLines>;

struct Atom {
  std::vector<Content> contents;   // in logical order
  std::uint32_t strip = none;      // into Flow::strips
  std::uint32_t group = none;      // what divides beside something: on a page the lines of each are placed together
  std::uint32_t part = none;       // into Flow::parts: to which part it belongs
  std::uint32_t paragraph = none;  // into Chain::paragraphs: of which it holds a line
  bool opens = false;              // a part's title: an opener at a page's head
  Length outward;                  // how far it reaches into the outer margin; its contents count from there on a verso
};

// Atoms that share edges, which are drawn at their ends on each page: a table's rows.
struct Strip {
  std::vector<Content> repeat;     // at a page's head, above any atom but the first (its height: Box::head_above)
  std::vector<Content> foot_edge;  // under the last on a page, from its foot
};

struct Note {
  std::uint32_t element = none;
  std::vector<std::vector<Content>> lines;  // each one note leading high
};

struct DestinationTarget {
  std::string name;  // ASCII; empty: only its page's label is asked for
  std::string id;    // the document's, or the program's own: with a full stop
};

struct OutlineTarget {
  int level = 0;
  std::string title;
  std::uint32_t destination = none;
};

enum class Numbering : std::uint8_t { roman, arabic };

enum class Side : std::uint8_t { any, recto, verso };
// Pages of the front matter that change places where pages face each other. The endpaper gives its place to the imprint
// where the text would begin on a verso; the imprint stands behind a cover that has no endpaper; the hook may stand at
// the end of the front matter or before the text.
enum class Front : std::uint8_t { other, cover, endpaper, imprint, hook };

// A paragraph whose lines are an atom each: it may be set again in another number of lines.
struct SetParagraph {
  std::uint32_t first = 0, count = 0;  // its atoms
  std::size_t number = 0;              // in the ParagraphCache
  Length measure;
  bool fixed = false;     // it can't be set again: something else is placed by its lines
  std::int64_t cost = 0;  // in PageCosts' unit, if it is set again (Lines::extra)

  // If the paragraph gets one line more, all its lines are stretched: each by so many thousandths of the measure. It
  // may get one only if that is not more than `most_more`.
  std::int64_t stretched_by(const Lines& best) const {
    return (measure - best.back().width).raw() * 1000 / std::max<std::int64_t>(measure.raw() * count, 1);
  }
  bool takes_line(const Lines& best) const { return stretched_by(best) <= most_more; }
  static constexpr std::int64_t most_more = 130;
};

// Atoms that begin a page of their own and run on over as many as they need.
struct Chain {
  std::vector<Box> boxes;
  std::vector<Atom> atoms;
  std::vector<SetParagraph> paragraphs;  // in order
  Length sink;                           // empty head of the first page
  bool at_foot = false;                  // stands on the page's last lines
  Length foot_shift;                     // at_foot: from the last line's own foot to the grid's
  bool bare = false;                     // no running head, no folio
  std::string place;                     // the section's id, where its first page begins
  bool generated = false;                // all its text is the program's
  bool turned = false;                   // its pages are read with the book turned to the right
  bool continues = false;                // the one before, after turned pages: without atoms it is no page
  bool optional = false;                 // left out, unless the next chain would then begin on the wrong side
  Front front = Front::other;
  Side side = Side::any;  // where it begins: a verso must, a recto if it can
  Numbering numbering = Numbering::arabic;
};

struct PartName {
  std::string name;  // for the running head
};

struct Flow {
  std::vector<Chain> chains;
  std::vector<Strip> strips;
  std::vector<Note> notes;
  std::deque<Tag> tags;
  std::deque<std::string> places;  // ids
  std::vector<LinkTarget> links;
  std::vector<DestinationTarget> destinations;
  std::vector<OutlineTarget> outline;
  std::vector<PartName> parts;
  page::Elements elements;  // 0 is Document; kids are added when placed
  std::vector<const image::Image*> images;
};

// The label of the page on which each id stands, as a pass over the document found it.
using PageLabels = std::map<std::string, std::string, std::less<>>;

}  // namespace epitome::typeset
