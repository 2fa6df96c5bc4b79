// How it should look: page geometry, styles, furniture, read from data in layouts/. Speaks of start
// and end and of meanings, never of left, right or italic: right-to-left and large print need no code.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "model/kinds.hpp"
#include "model/length.hpp"
#include "style/style_sheet.hpp"

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
  // The first line's and the turn-over's (every other line's) are added to start_indent.
  Length first_line_indent, start_indent, end_indent, turnover_indent;
  Alignment alignment = Alignment::start;
  bool hyphenate = false;
  bool balance = false;               // lines of about equal length
  bool small_caps = false;            // smcp + c2sc of the font, never scaled
  bool accent = false;                // in the layout's accent colour
  std::int32_t tracking = 0;          // 1/1000 em
  int keep_with_next = 0;             // lines of what follows that must stand on the same page
  int whole_up_to = 0;                // the piece stays whole if it has at most so many grid lines; 0: no such rule
  Length measure;                     // the longest line, where it is shorter than the block; 0: the block's width
  bool optical_start = false;         // display sizes: lines align by the first glyph's ink
  std::vector<std::string> features;  // OpenType, HarfBuzz's notation: "onum", "ss11=1"; the layout's own come first
};

// TextStyle::whole_up_to and Group::whole_up_to of what is never divided.
inline constexpr int always_whole = 1000000;

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
  title_small,     // the title where it would exceed Pieces::TitlePage::lines_max lines, or a word the measure
  title_subtitle,  // on the title page
  title_brand,
  contents_page,  // the page numbers in the contents
  leader,         // their leaders' dots
  discussion_numeral,
  count
};

// A style's name as it stands in layout files ("text-first").
std::string_view style_name(StyleName name);

// Limits for justified lines, in 1/1000 of the font's word space and of one em.
struct Justification {
  int space_min = 800, space = 1000, space_max = 1400;  // `space`: what a line would like to have
  // How wide a line's spaces may become so that its page is full; beyond `widest_usual` also last lines may be shorter
  // and more hyphens in a row for it.
  int page_space = 1500;
  static constexpr int widest_usual = 1500;
  int letter_min = -8, letter_max = 12;
  int glyph_scale_min = 1000, glyph_scale_max = 1000;  // 1/1000 of a glyph's width; never in scripts that join
  // The most by which a line may end before or beyond its measure.
  Length edge;
  int hyphen_price = 1000;  // against evenness, 1/1000 of text::Costs::hyphen
  int max_consecutive_hyphens = 2;
  bool kashida = false;  // joins of letters take a part of what spaces would, in languages that draw them out
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
  bool superior = false;  // the font's sups, else raised and smaller
  bool inferior = false;
  bool marks = false;     // shown by quotation marks instead
  bool hyphenate = true;  // false: no hyphen inside
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

// A piece of several paragraphs that is kept together: a takeaway, a question with its answer.
struct Group {
  Length before, after;
  int whole_up_to = 0;  // grid lines, as TextStyle's
};

// The measures of everything that is more than a line of text. "Lines" are grid lines; a place "on
// line 7" is the page's seventh baseline. Every number comes from the layout's files.
struct Pieces {
  // Least lines of a paragraph each side of a page turn, and of a part on its last page.
  int lines_before_turn = 0, lines_after_turn = 0, part_end_lines = 0;

  // The short heavy rule over a part's title, in the accent. `rise`: of its middle over the baseline of its line.
  struct PickedLine {
    Length width, thickness, rise;
  } picked_line;
  struct Opener {
    int picked_on_line = 0;
    int empty_after_picked = 0, empty_after_title = 0;
  } opener;
  struct RunOn {
    int empty_before = 0, empty_after_title = 0;
    int lines_min = 0;  // of the part that must fit under its title, or all of it
  } run_on;
  // Like an opener's picked line, after `sink_lines` empty lines; the text follows on the next line.
  struct Hook {
    int sink_lines = 0;
  } hook;
  struct TitlePage {
    int author_on_line = 0, title_on_line = 0;
    int lines_max = 0;  // of the title at full size
    int empty_before_picked = 0, empty_after_picked = 0;
  } title_page;
  struct BrandPage {
    int field_lines = 0, field_picks = 0;
    Length field_width;
    int empty_after_field = 0, empty_before_link = 0;
  } brand_page;

  Group takeaway, question, list, pair, stanza;
  // A takeaway's number and a discussion question's stand in a column of their own at the start.
  Length takeaway_column, discussion_column;
  struct Lists {
    Length hang;          // the marker's column; a deeper list adds another
    std::string marker;   // of unordered lists
    int spaced_over = 0;  // items longer than so many lines set the list's Group::before and after
  } lists;
  struct Definitions {
    Length term_column, warning_column, cue_column, gutter;  // cue_column: of memory cues
    bool stacked = false;                                    // the definition under its term
  } definitions;
  struct Aside {
    Length rule_thickness, padding;  // hairlines above and below, and the space inside them
  } aside;
  struct Separator {
    int rules = 0;
    Length width, gap, thickness, heavy_thickness;  // the middle one is heavy, in the accent
    Length empty_before, empty_after;               // from the neighbours' lines to the rule's middle
  } separator;

  struct Tables {
    Length rule_heavy, rule_head, row_padding, gutter, first_column;
    Length narrow_size, narrow_leading;  // for a table that is wider than the measure
    Length outer;                        // how far one may reach into the outer margin
    bool turned = false;                 // one that is wider still stands on a page of its own, turned
  } tables;
  struct Footnotes {
    Length rule_width, rule_thickness, rule_distance;  // from the rule down to the first note's line
    Length hang;
  } footnotes;
  struct Contents {
    Length gap_before, pitch_gap, end_column;  // after the name; between dots' edges; for the page numbers
    int dots_min = 0;
    std::string dot;
    int entries_min = 0;  // a summary with fewer entries has no contents
  } contents;
  struct Writing {
    Length pitch, first_drop, dot, dot_pitch;  // first_drop: the dots stand so much above their line's foot
    int lines_min = 0, lines_max = 0;          // for each question
  } writing;
  struct Figures {
    int resolution = 0;  // pixels an inch where the file doesn't say
  } figures;
};

// What a file asks of the dialogue in which it is printed (ISO 32000-1, table 150).
struct Printing {
  enum class Duplex : std::uint8_t { unsaid, no, long_edge, short_edge } duplex = Duplex::unsaid;
  bool actual_size = false;   // not fitted to the paper
  bool tray_by_size = false;  // the paper is chosen by the size of the page
  friend bool operator==(const Printing&, const Printing&) = default;
};

struct Layout {
  std::string name;  // "book", "a4", "letter", or the folder's
  Geometry geometry;
  Pieces pieces;
  std::vector<FaceChoice> faces;
  std::array<TextStyle, static_cast<std::size_t>(StyleName::count)> styles;
  std::array<MeaningStyle, model::meaning_count> meanings;  // by model::Meaning
  Justification justification;
  std::vector<Protrusion> protrusion;
  Colour ink{0, 0, 0};
  Colour accent{138, 42, 31};
  bool black_only = false;  // the accent becomes ink
  // By model::PartKind: starts a page; else it runs on (Pieces::run_on).
  std::array<bool, model::part_kind_count> part_opens{};
  bool chapters_open = false;  // a story's chapters start pages
  bool endpaper = true;
  // No cover; title, contents, warnings and hook share the first page, imprint and brand the last.
  bool front_runs_on = false;
  Printing printing;
  Length script_size_min;  // of superiors and inferiors
  StyleSheet epub_first_sheet, epub_second_sheet;

  const TextStyle& style(StyleName n) const { return styles[static_cast<std::size_t>(n)]; }
};

}  // namespace epitome::style
