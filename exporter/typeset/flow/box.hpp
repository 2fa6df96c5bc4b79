// What page turns cost, and what the page breaker knows of the things between which pages may turn.
#pragma once

#include <cstdint>
#include <vector>

#include "model/apart.hpp"
#include "model/length.hpp"

namespace epitome::typeset {

using model::Length;

// What pages cost. The unit is 10,000 of a line's demerits (text::Costs): a line whose word spaces differ from the
// font's by a tenth. A paragraph may be set in an alternative: a line longer or shorter, or without a hyphen. An
// alternative costs the demerits that its lines have more than the best ones. Most cost 20 to 300 units. Where pages
// have a fault otherwise, alternatives with wide limits are offered, which cost up to 4,000: as much as both pages of
// a spread that are a line short. Every fault of a page costs more than that. Beyond it the order of the faults
// matters, not the numbers.
struct PageCosts {
  static constexpr std::int64_t demerits = 10'000;  // of text::Costs, in one unit
  static constexpr std::int64_t page = 200;         // each page: paper, and something to turn
  // An alternative costs so much besides its lines, and more right after another one: the eye compares neighbours.
  static constexpr std::int64_t reset = 20, reset_in_a_row = 60;
  // A page that is short by n grid lines costs the first and n² times the second: an empty half page is worse than two
  // empty quarters.
  static constexpr std::int64_t short_page = 2'000, short_line = 400;
  // A page whose spaces have grown by n grid lines together: its lines stand off the grid, its foot doesn't.
  static constexpr std::int64_t grown = 800, grown_line = 100;
  // Before a part that could also run on, a short page's cost is divided by this.
  static constexpr std::int64_t part_end_share = 8;
  static constexpr std::int64_t introduced = 10'000;  // a quotation or list parted from the paragraph before it
  // Facing pages that differ by n lines cost the first, and n² times the second if n is at most 2. Each line above two
  // costs the third. Two pages that are short by the same number of lines cost less.
  static constexpr std::int64_t uneven_spread = 20'000, spread_line = 800, spread_fault = 60'000;
  static constexpr std::int64_t spread_most = 4;  // lines: pages that differ by more are simply different
  static constexpr std::int64_t hyphen = 24'000;  // the page's last word is divided
  // A page turn between rows that a cell joins, or in a row that is higher than a page: better than twelve empty lines.
  static constexpr std::int64_t rows_parted = 60'000;
  static constexpr std::int64_t thin_end = 240'000;     // each line that the last page has too few
  static constexpr std::int64_t piece_split = 320'000;  // a piece that should stay whole
  static constexpr std::int64_t note_split = 12'000;  // a footnote goes on on the next page: five empty lines are worse
  static constexpr std::int64_t announced = 600'000;  // a colon parted from what it announces
  static constexpr std::int64_t lone_row = 1'200'000;     // a table's only row on a page
  static constexpr std::int64_t row_divided = 1'800'000;  // a table's row that a page could hold
  static constexpr std::int64_t widow = 2'400'000;        // a paragraph's single line (or orphan)
  static constexpr std::int64_t stranded = 4'800'000;     // a heading, or term, parted from its text
  static constexpr std::int64_t forbidden = 400'000'000;
  static constexpr std::int64_t overfull = 40'000'000'000;  // a box higher than the page
};

// What the page breaker knows of an atom: of a line, a table's row, a figure.
struct Box {
  Length height;
  Length before;                         // space before it, dropped at a page's head
  Length play;                           // by so much that space may grow, so that the page is full
  Length head_above, head_below;         // added at a page's head (a repeated table head; an opener's empty line)
  bool to_grid = false;                  // what follows begins on the next grid line
  bool opens = false;                    // a part's title: before it pages may end short
  bool stretches = false;                // fills what its page has left: the page is never short
  std::int64_t turn_cost = 0;            // of a page turn above it, because of what it is: a paragraph's last line
  std::int64_t keep_cost = 0;            // the same because of what it belongs to: a piece that should stay whole
  model::Apart<std::vector<int>> notes;  // the number of lines of each footnote whose mark stands in it
  model::Apart<std::vector<std::uint32_t>> note_indices;  // the caller's: which footnotes
  std::int64_t parting() const { return turn_cost > keep_cost ? turn_cost : keep_cost; }
};

// The greatest multiple of `grid` that is not more.
inline Length round_down(Length value, Length grid) { return grid * (value.raw() / grid.raw()); }
// The least multiple of `grid` that is not less.
inline Length round_up(Length value, Length grid) { return grid * ((value.raw() + grid.raw() - 1) / grid.raw()); }

}  // namespace epitome::typeset
