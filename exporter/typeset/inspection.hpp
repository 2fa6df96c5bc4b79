// What a report says of each line and page beyond the figures that are always kept: made only where it is asked for
// (Inputs::inspect).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "diag/diagnostic.hpp"
#include "page/pages.hpp"
#include "typeset/pages/break_pages.hpp"

namespace epitome::typeset {

// Word spaces in 1/1000 of the font's own space. A reader notices spaces above the first (tests/quality) and can't miss
// spaces above the second.
inline constexpr std::int32_t loose_space = 1330, underfull_space = 1500;
// Letters that are widened by more than that, in 1/10000 of their width, are seen to be: in a line without spaces.
inline constexpr std::int32_t underfull_letters = 500;

// A line of text in its place; not running heads, folios, leaders and what is drawn.
struct InspectedLine {
  diag::Span place;          // of its paragraph in the source; {0, 0}: the program's own text
  page::Role role{};         // of the block that it belongs to; Role::document: of none
  std::string text;          // as set; an added hyphen is U+00AD
  Length left, right;        // of what is seen of it, without the space that hangs at its end
  Length baseline;           // on the page
  Length height;             // from its foot up to its head; its foot is a quarter of that below the baseline
  Length width, room;        // its own; what it was set to
  std::optional<int> extra;  // where its paragraph is a ResetParagraph: the same there
  bool justified = false;    // set to the full measure
  bool hyphenated = false, overfull = false;
  bool fragment = false;                // its paragraph's last line, the end of a divided word and nothing else
  bool channel = false, stack = false;  // a mark of its page's runs through it
  std::int32_t space_ratio = 1000;      // text::Line
  std::int32_t letter_fit = 0;
  std::int32_t glyph_scale = 1000;

  bool loose() const { return justified && space_ratio > loose_space; }
  bool underfull() const { return justified && (space_ratio > underfull_space || letter_fit > underfull_letters); }
};

// White through the word spaces of lines [first, last] of a page.
struct Channel {
  std::uint32_t first = 0, last = 0;
  Length left, right;
};
// Lines [first, last] of a page begin (end) with the same word.
struct Stack {
  std::uint32_t first = 0, last = 0;
  bool at_start = false;
  std::string word;
};

struct InspectedPage {
  model::Rect block;
  std::vector<InspectedLine> lines;  // in reading order; notes last
  std::vector<Channel> channels;
  std::vector<Stack> stacks;
  Length depth;  // from the block's head to the foot of its text, without notes
  PageCost cost;
  // The page's faults, as page breaking paid for them, beside those in PageFigures. The page's end is parted from what
  // begins the next page: a heading from its text, a piece that should stay whole, a line from what it announces.
  bool stranded = false, split = false, parted = false;
  bool note_continues = false;         // a footnote goes on on the next page
  bool uneven = false;                 // of another depth than the page it faces
  bool too_high = false;               // holds something that no page has room for
  int short_by = 0, thin_by = 0;       // grid lines, where no part ends; lines that a part's last page has too few
  diag::Span first_place, last_place;  // of the paragraphs at its head and foot
};

// A paragraph that isn't set in its best lines, for the page's sake.
struct ResetParagraph {
  std::uint32_t page = 0;  // that it begins on, from 0
  diag::Span place;
  int extra = 0;          // lines more than is best; 0: as many, without a hyphen at a page's end
  std::int64_t cost = 0;  // in PageCosts' unit
  std::string begins;     // its first line
};

struct Inspection {
  std::vector<InspectedPage> pages;
  std::vector<ResetParagraph> paragraphs;
  int full_depth = 0;  // grid lines of a page
};

}  // namespace epitome::typeset
