// Where pages turn: a pure function from heights. Dynamic programming over a whole chain of pages, and over the
// numbers of lines that its paragraphs may have, so that a fault on one page is weighed against those of all others
// (in a long chain those of its window, see PageWindow), with the costs named in PageCosts.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "model/length.hpp"

namespace epitome::typeset {

using model::Length;

// What pages cost, in units of 10,000 of a line's demerits (text::Costs): a unit is a line whose word spaces differ
// from the font's by a tenth. A paragraph set otherwise (a line longer or shorter, or without a hyphen) costs what
// its lines then differ more, most often 20 to 300, and up to some 4,000 with the wide limits that are only offered
// where pages have a fault otherwise: what both pages of a spread cost that are a line short. So every fault of a page
// is above that, and their order among each other is what matters.
struct PageCosts {
  static constexpr std::int64_t demerits = 10'000;  // of text::Costs, in one unit
  static constexpr std::int64_t page = 200;         // each page: paper, and something to turn
  // A paragraph that is not set as is best for it, besides what its lines cost; another right after it: the
  // eye compares neighbours.
  static constexpr std::int64_t reset = 20, reset_in_a_row = 60;
  // A page that stays short at all; and by n grid lines n² times the second (an empty half page is worse than two
  // quarter pages).
  static constexpr std::int64_t short_page = 2'000, short_line = 400;
  // A page that ends because a part that could run on begins the next: a short page's cost divided by this.
  static constexpr std::int64_t part_end_share = 8;
  static constexpr std::int64_t introduced = 10'000;  // a quotation or list parted from the line that announces it
  // Facing pages of different depth: both short by as much is better. By n ≤ 2 lines, n² times the second more; each
  // line beyond costs `spread_fault`.
  static constexpr std::int64_t uneven_spread = 20'000, spread_line = 800, spread_fault = 60'000;
  static constexpr std::int64_t hyphen = 24'000;  // the page's last word is divided
  // Rows that a cell joins parted, or a row divided that no page can hold: rather than twelve lines left empty.
  static constexpr std::int64_t rows_parted = 60'000;
  static constexpr std::int64_t thin_end = 240'000;       // each line that the last page has too few
  static constexpr std::int64_t piece_split = 320'000;    // a piece that should stay whole
  static constexpr std::int64_t note_split = 480'000;     // a footnote goes on on the next page
  static constexpr std::int64_t lone_row = 1'200'000;     // a table's only row on a page
  static constexpr std::int64_t row_divided = 1'800'000;  // a table's row that a page could hold
  static constexpr std::int64_t widow = 2'400'000;        // a paragraph's single line (or orphan)
  static constexpr std::int64_t stranded = 4'800'000;     // a heading, or term, parted from its text
  static constexpr std::int64_t forbidden = 400'000'000;
  static constexpr std::int64_t overfull = 40'000'000'000;  // a box higher than the page
};

// What is paid for a page, by name.
struct PageCost {
  std::int64_t paragraphs = 0;  // set otherwise, that begin on it
  std::int64_t short_page = 0, uneven_spread = 0, thin_end = 0;
  std::int64_t turn = 0;   // what its last box and the next one's parting costs: a widow, an orphan, a hyphen …
  std::int64_t notes = 0;  // divided footnotes
  std::int64_t other = 0;  // the page itself; a box that is too high
  std::int64_t sum() const { return paragraphs + short_page + uneven_spread + thin_end + turn + notes + other; }
};

// What the breaker sees of something that no page turn divides: a line, a table's row, a figure.
struct Box {
  Length height;
  Length before;                            // space before it, dropped at a page's head
  Length head_above, head_below;            // added at a page's head (a repeated table head; an opener's empty line)
  bool to_grid = false;                     // what follows begins on the next grid line
  bool opens = false;                       // a part's title: before it pages may end short
  bool stretches = false;                   // fills what its page has left: the page is never short
  std::int64_t turn_cost = 0;               // of a page turn before it, for what stands in it
  std::int64_t keep_cost = 0;               // the same for what it belongs to: the larger of both holds
  std::vector<int> notes;                   // the number of lines of each footnote whose mark stands in it
  std::vector<std::uint32_t> note_indices;  // the caller's: which footnotes
  std::int64_t parting() const { return turn_cost > keep_cost ? turn_cost : keep_cost; }
};

// Boxes that may stand for those from `first` to before `last`: a paragraph set in another number of lines. Two
// alternatives stand for the same boxes or for none in common.
struct Alternative {
  std::uint32_t first = 0, last = 0;
  std::vector<Box> boxes;  // at least one; the parting of the first is that of the box at `first`
  std::int64_t cost = 0;   // not negative
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
  PageCost cost = {};
};

struct BrokenPages {
  std::vector<PageRange> pages;      // their boxes are numbered as they are with what was taken in its place
  std::vector<std::uint32_t> taken;  // alternatives, in order
  std::vector<std::uint32_t> turns;  // of each page: the box after it, as they are numbered with nothing taken
  std::int64_t cost = 0;             // the pages' sum
  std::size_t settled = 0;           // pages before the window; see PageBreaker::go_on
  bool complete = true;              // the last page is the chain's
};

// A long chain is broken window by window, or the time would grow faster than its pages: each change anywhere breaks
// all again. A window's pages but for the last `ahead` are settled when nothing in it changes any more; the next window
// begins after them. A chapter of an ordinary book is one window.
struct PageWindow {
  std::uint32_t pages = 40, ahead = 16;  // by their grid lines: a box counts as one
};

// The least multiple of `grid` that is not less.
inline Length round_up(Length value, Length grid) { return grid * ((value.raw() + grid.raw() - 1) / grid.raw()); }

// The height that `lines` lines of footnotes take from the foot of a page, in whole grid lines.
Length note_area(const PageShape& shape, int lines);

// How much worse than the best way that leads further a way to some place may be and still be followed. What is left
// aside costs at least the margin in the end, so that pages that cost no more than it are the best there are; while
// they cost more and hold a fault that a wider margin could spare, it is widened and the chain broken again.
inline constexpr std::int64_t first_margin = 400, widest_margin = 10'000'000;
// No margin lets an alternative be taken that is forbidden: the last step goes up to 16 times the widest.
static_assert(16 * widest_margin < PageCosts::forbidden);

// The pages with the least sum of costs; of equals, the one with fuller first pages. At least one page; every box, or
// what was taken for it, on exactly one page and in order. Of a chain longer than a window the least that windows find.
// Time is linear in the number of boxes.
BrokenPages break_pages(const std::vector<Box>& boxes, const std::vector<Alternative>& alternatives,
                        const PageShape& shape, std::int64_t first = first_margin, const PageWindow& window = {});

// The same again and again while what alternatives cost becomes known: what a change doesn't touch is kept.
class PageBreaker {
 public:
  // Boxes, alternatives and each alternative's boxes must stay where they are. Alternatives stand in the order of their
  // first boxes; before each run there must be all that begin before `reach`, later ones may be added afterwards.
  PageBreaker(const std::vector<Box>& boxes, const std::vector<Alternative>& alternatives, const PageShape& shape,
              std::int64_t first = first_margin, const PageWindow& window = {});
  ~PageBreaker();
  PageBreaker(const PageBreaker&) = delete;
  PageBreaker& operator=(const PageBreaker&) = delete;

  // Alternatives have other costs than before, their own or those of turns in them; their boxes are as high as before,
  // and their notes are others only if what they stand for has notes.
  void changed(const std::vector<std::uint32_t>& alternatives);
  // What the window looks at: from the box at which it begins, or in whose alternative, up to that one.
  std::uint32_t begin() const;
  std::uint32_t reach() const;
  // The settled pages and those up to the end of the window.
  BrokenPages run();
  // What the last run found stands, but for the pages ahead; the next window begins there. Only if it wasn't complete.
  // Alternatives that stand for boxes before its begin and aren't taken need their boxes no more.
  void go_on();
  // The turns (BrokenPages::turns) whose faults even the widest margin didn't spare: a fault there doesn't widen it
  // again in this window, whatever changes, or each change would take the time of the widest margin.
  const std::vector<std::uint32_t>& unavoidable() const;

 private:
  struct Data;
  std::unique_ptr<Data> data_;
};

// The tops of a page's boxes below the block's head, `sink` being what is left empty above the first.
std::vector<Length> box_tops(const std::vector<Box>& boxes, const PageRange& page, Length grid, Length sink);

}  // namespace epitome::typeset
