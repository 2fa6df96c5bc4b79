// How it should look: page geometry, styles, furniture, read from data in layouts/. Speaks of start
// and end and of meanings, never of left, right or italic: right-to-left and large print need no code.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "model/document.hpp"
#include "model/length.hpp"

namespace epitome::style {

using model::Length;

struct Colour {
  std::uint8_t red = 0, green = 0, blue = 0;
  friend bool operator==(const Colour&, const Colour&) = default;
};

// An index into Layout::faces.
using FaceIndex = std::uint8_t;

// A face the layout uses: a name of its own and the fonts manifest's family and style.
struct FaceChoice {
  std::string name;    // "regular", "italic", "semibold"
  std::string family;  // "Vollkorn"
  std::string style;   // "Regular"
};

enum class Alignment : std::uint8_t { justified, start, end, centre };

// One row of a layout's styles. Lengths are absolute (the module u is already multiplied out).
struct TextStyle {
  FaceIndex face = 0;
  Length size, leading;
  Length before, after;  // nothing is added at the head of a page
  Length first_line_indent, start_indent, end_indent, turnover_indent;
  Alignment alignment = Alignment::start;
  bool hyphenate = false;
  bool balance = false;               // lines of about equal length
  bool small_caps = false;            // smcp + c2sc of the font, never scaled
  bool accent = false;                // in the layout's accent colour
  std::int32_t tracking = 0;          // 1/1000 em
  int keep_with_next = 0;             // lines of what follows that must stand on the same page
  int whole_up_to = 0;                // the piece stays whole if it has at most so many grid lines; 0: no such rule
  std::vector<std::string> features;  // OpenType, HarfBuzz's notation: "onum", "ss11=1"
};

enum class StyleName : std::uint8_t {
  text,
  text_first,
  part_title,
  chapter_title,
  headline,
  numeral,
  hook,
  hook_source,
  quote,
  attribution,
  verse,
  letter,
  aside,
  aside_title,
  term,
  definition,
  warning_term,
  warning_place,
  list_item,
  discussion_question,
  cue_prompt,
  cue_answer,
  table_head,
  row_head,
  cell,
  caption,
  footnote,
  contents_part,
  contents_chapter,
  running_head,
  label,
  brand,
  brand_text,
  folio,
  imprint,
  title_author,
  title,
  title_kind,
  title_contains,
  source,
  count
};

// A style's name as it stands in layout files ("text-first"), and back.
std::string_view style_name(StyleName name);
std::optional<StyleName> style_by_name(std::string_view name);

// Limits for justified lines, in 1/1000 of the font's word space and of one em.
struct Justification {
  int space_min = 800, space_max = 1400;
  int letter_min = -8, letter_max = 12;
  int glyph_scale_min = 1000, glyph_scale_max = 1000;  // 1/1000 of a glyph's width
  int max_consecutive_hyphens = 2;
  Length last_line_min;
};

// How far a character hangs into the margin, in 1/1000 of its own advance.
struct Protrusion {
  char32_t character = 0;
  int start = 0, end = 0;
};

// Changes of face for a meaning: by_face[i] is the face to take where face i is in force.
struct MeaningStyle {
  std::vector<FaceIndex> by_face;  // empty: no change
  bool small_caps = false;
  bool marks = false;  // shown by quotation marks instead
};

struct Geometry {
  Length page_width, page_height;  // trim
  Length bleed;
  bool facing = false;  // start/end below are inner/outer
  Length module;        // u
  Length measure;       // the block's width
  Length margin_start, margin_head;
  Length grid;  // g: the distance of baselines
  int lines = 0;
  // The baseline of line n (from 1): margin_head + n g − first_baseline_drop.
  Length first_baseline_drop;
  // The folio's and the running head's baselines, in grid lines below the last and above the first line.
  int folio_drop = 2, running_head_rise = 2;
};

struct Layout {
  std::string name;  // "book", "a4", "letter", or the folder's
  Geometry geometry;
  std::vector<FaceChoice> faces;
  std::array<TextStyle, static_cast<std::size_t>(StyleName::count)> styles;
  std::array<MeaningStyle, 10> meanings;  // by model::Meaning
  Justification justification;
  std::vector<Protrusion> protrusion;
  Colour ink{0, 0, 0};
  Colour accent{138, 42, 31};
  bool black_only = false;       // the accent becomes ink
  bool every_part_opens = true;  // false: parts run on, except those that always open
  bool endpaper = true;
  bool card_columns_two = true;
  int cards_first_page = 6, cards_page = 6;
  bool stack_definitions = false;  // large print: term over definition
  bool picked_line = true;
  std::string epub_first_sheet, epub_second_sheet;  // the style sheets' text

  const TextStyle& style(StyleName n) const { return styles[static_cast<std::size_t>(n)]; }
};

}  // namespace epitome::style
