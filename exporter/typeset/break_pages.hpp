// Where pages turn: a pure function from heights. Dynamic programming over a whole chain of pages, so
// that a fault on one page is weighed against those of all others, with the costs named in PageCosts.
#pragma once

#include <cstdint>
#include <vector>

#include "model/length.hpp"

namespace epitome::typeset {

using model::Length;

// What a page turn costs. Only their order and rough distances matter: a fault is never bought by
// any number of smaller ones that a chain is likely to hold.
struct PageCosts {
  static constexpr std::int64_t page = 500;  // each page: paper, and something to turn
  // A page that stays short by n grid lines: n² times this (an empty half page is worse than two quarter pages).
  static constexpr std::int64_t short_line = 10;
  // Facing pages whose depths differ by n ≤ 2 lines: n² times this; each line beyond two costs `spread_fault`.
  static constexpr std::int64_t spread_line = 20;
  static constexpr std::int64_t spread_fault = 1'500;
  // A page that ends because a part that could run on begins the next: a short page's cost divided by this.
  static constexpr std::int64_t part_end_share = 8;
  static constexpr std::int64_t introduced = 250;     // a quotation or list parted from the line that announces it
  static constexpr std::int64_t hyphen = 600;         // the page's last word is divided
  static constexpr std::int64_t thin_end = 6'000;     // each line that the last page has too few
  static constexpr std::int64_t piece_split = 8'000;  // a piece that should stay whole
  static constexpr std::int64_t note_split = 12'000;  // a footnote goes on on the next page
  static constexpr std::int64_t widow = 60'000;       // a paragraph's single line (or orphan)
  static constexpr std::int64_t stranded = 120'000;   // a heading, or term, parted from its text
  static constexpr std::int64_t forbidden = 10'000'000;
  static constexpr std::int64_t overfull = 1'000'000'000;  // a box higher than the page
};

// What the breaker sees of something that no page turn divides: a line, a table's row, a figure.
struct Box {
  Length height;
  Length before;                            // space before it, dropped at a page's head
  Length head_above, head_below;            // added at a page's head (a repeated table head; an opener's empty line)
  bool to_grid = false;                     // what follows begins on the next grid line
  bool opens = false;                       // a part's title: before it pages may end short
  bool stretches = false;                   // fills what its page has left: the page is never short
  std::int64_t turn_cost = 0;               // of a page turn before it
  std::vector<int> notes;                   // the number of lines of each footnote whose mark stands in it
  std::vector<std::uint32_t> note_indices;  // the caller's: which footnotes
};

struct PageShape {
  Length height;  // of the block: a whole number of grid lines
  Length grid;
  Length sink;                     // left empty at the head of the first page
  Length note_head, note_leading;  // above the first note's line (the rule's place); a note's line
  int lines_before_turn = 2;       // least lines of a divided footnote on each side
  int last_lines = 4;              // least lines of the last page
  bool facing = false;             // even depths are asked of a verso and the recto after it
  bool first_is_verso = false;
};

// Boxes [first, last) and `note_lines` lines from the queue of footnotes stand on one page.
struct PageRange {
  std::uint32_t first = 0, last = 0;
  Length depth;  // from the block's head to the foot of the last box
  int note_lines = 0;
};

// The height that `lines` lines of footnotes take from the foot of a page, in whole grid lines.
Length note_area(const PageShape& shape, int lines);

// The pages with the least sum of costs; of equals, the one with fuller first pages. At least one page;
// every box on exactly one page and in order. Time is linear in the number of boxes.
std::vector<PageRange> break_pages(const std::vector<Box>& boxes, const PageShape& shape);

// The tops of a page's boxes below the block's head, `sink` being what is left empty above the first.
std::vector<Length> box_tops(const std::vector<Box>& boxes, const PageRange& page, Length grid, Length sink);

}  // namespace epitome::typeset
