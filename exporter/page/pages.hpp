// Positioned glyph runs, rules, images, links and structure marks: everything that a page writer needs
// and nothing else. Origin at the trim box's top left corner, y downwards.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "image/image.hpp"
#include "model/apart.hpp"
#include "model/length.hpp"
#include "style/layout.hpp"
#include "text/glyph_run.hpp"

namespace epitome::page {

using model::Length;
using model::Point;
using model::Rect;
using style::Colour;

inline constexpr std::uint32_t no_index = 0xFFFFFFFF;

// ---- what is drawn ------------------------------------------------------------------------------

// The languages of runs are named by the book and the layout's data: these live as long.
struct Text {
  text::GlyphRun run;
  Point origin;  // of the first glyph, on the baseline
  Colour colour;
};
// A filled rectangle without a dash, else a line of `thickness` along the rectangle's longer side's middle.
struct Rule {
  Rect box;
  Colour colour;
  // Zero: solid. dash_on zero with dash_off > 0: round dots of the line's thickness, dash_off from centre to centre.
  Length dash_on, dash_off;
};
struct Picture {
  std::uint32_t image = 0;  // index into Pages::images
  Rect box;
};

// Items with the same mark stand together: one marked-content sequence.
struct Item {
  std::uint32_t mark = no_index;  // index into Pages::marks
  std::variant<Text, Rule, Picture> value;
};

// Items [first, last) are drawn inside `box` alone. `turned`: they are a turned page's, whose corner stands there.
struct Clip {
  std::uint32_t first = 0, last = 0;
  Rect box;
  std::optional<Point> turned;
};

struct Page {
  Rect trim;     // 0, 0, width, height: as it is read
  Length bleed;  // on every side
  // Its paper stands like that of the other pages, upright: it is read with the paper turned to the right, and viewers
  // show it so.
  bool turned = false;
  std::string label;        // "iv", "12"
  std::deque<Item> items;   // in reading order where they are real content
  std::vector<Clip> clips;  // on sheets: one after another, none inside another
};

// ---- what it means (ISO 32000-1 14.7, 14.8) ------------------------------------------------------

enum class Role : std::uint8_t {
  document,
  sect,
  h1,
  h2,
  h3,
  p,
  toc,
  toci,
  reference,
  l,
  li,
  lbl,
  lbody,
  table,
  thead,
  tbody,
  tr,
  th,
  td,
  figure,
  caption,
  block_quote,
  quote,
  note,
  link,
  span,
  ruby,
  rb,
  rt,
  div,
};

// The box of a page on its paper as it stands, from that one's top left corner.
inline Rect on_paper(const Page& page, const Rect& box) {
  if (!page.turned) return box;
  return {box.y, page.trim.width - box.x - box.width, box.height, box.width};
}

struct Kid {
  bool is_mark = false;     // else an element
  std::uint32_t index = 0;  // into Pages::marks or Pages::elements
};

// What few elements say.
struct Details {
  std::string lang;         // only where it changes
  std::string alternative;  // Alt
  std::string actual;       // ActualText: what it says, whatever its glyphs show
  std::string title;        // T
  std::string id;           // needed for Note and for TH that cells point to
  model::Rect box{};        // Layout BBox, figures and tables; zero: none
};

struct Element {
  Role role = Role::span;
  enum class ThScope : std::uint8_t { none, column, row } scope = ThScope::none;
  enum class Numbering : std::uint8_t { none, decimal, unordered, ordered } numbering = Numbering::none;
  std::uint32_t parent = no_index;  // no_index: the Document element, index 0
  int column_span = 1, row_span = 1;
  std::vector<Kid> kids;  // logical order, whatever the place on the page
  model::Apart<Details> details;
};
using Elements = std::deque<Element>;

enum class ArtifactKind : std::uint8_t { none, header, footer, layout, page, background };

// A marked-content sequence on one page: part of an element, or an artifact.
struct Mark {
  std::uint32_t page = 0;
  std::uint32_t element = no_index;
  ArtifactKind artifact = ArtifactKind::none;  // not none exactly where element is no_index
};

struct Link {
  std::uint32_t page = 0;
  std::vector<Rect> boxes;           // one a line
  std::string destination;           // a Destination's name, or empty
  std::string uri;                   // or this
  std::string description;           // Contents; never empty
  std::uint32_t element = no_index;  // its Link element
};

struct Destination {
  std::string name;  // ASCII
  std::uint32_t page = 0;
  Length y;  // the top of what is to be seen
};

struct OutlineEntry {
  int level = 0;  // 0, 1, 2: never skips one
  std::string title;
  std::string destination;
};

enum class LabelStyle : std::uint8_t { none, arabic, roman };
struct LabelRange {
  std::uint32_t first_page = 0;  // index
  LabelStyle style = LabelStyle::arabic;
  std::string prefix;
  int start = 1;
};

struct Metadata {
  std::string title;  // "The Push: a summary" in the document's language
  std::vector<std::string> authors;
  std::string subject, description;
  std::vector<std::string> keywords;
  std::string lang;
  std::string identifier;  // URI
  std::string publisher;
  std::string rights, rights_href;
  std::string source_type;        // IPTC's digital source type, a URI; may be empty
  std::string created, modified;  // ISO 8601 with zone, "2026-11-22T00:00:00Z"
  bool rtl = false;
};

struct Pages {
  Metadata metadata;
  std::vector<Page> pages;
  std::vector<image::Image> images;
  Elements elements;  // 0 is Document
  std::vector<Mark> marks;
  std::vector<Link> links;
  std::vector<Destination> destinations;  // by name
  std::vector<OutlineEntry> outline;      // in order, depth first
  std::vector<LabelRange> labels;
  bool facing = false;  // opens as two pages, the first on the right
  style::Printing printing;
  // False: sheets for a printer. They have no elements, marks, links, destinations or outline, and no item has a mark.
  bool tagged = true;
};

// Points with at most three decimals, from integers: the same text on every machine.
std::string points(Length length);

// The pages as readable text, coordinates in points with three decimals: what goldens compare.
std::string dump_pages(const Pages& pages);

// Whether the pages keep what this header says: items of a mark stand together on the mark's page, text is
// marked, the elements are a tree under the Document in which every mark of content hangs once, links have a
// description, an element and a target, notes an id, figures an alternative, runs a face, no missing glyph and
// ordered clusters, labels and outline are in order. Reports each fault as E0901; false if there was one.
bool check_pages(const Pages& pages, diag::Sink& sink);

}  // namespace epitome::page
