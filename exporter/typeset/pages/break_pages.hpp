// Where pages turn: a pure function from heights. Dynamic programming over a whole chain of pages, and over the
// numbers of lines that its paragraphs may have, so that a fault on one page is weighed against those of all others
// (in a long chain those of its window, see PageWindow), with the costs named in PageCosts.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "typeset/flow/box.hpp"

namespace epitome::typeset {

// What is paid for a page, by name.
struct PageCost {
  std::int64_t paragraphs = 0;  // set otherwise, that begin on it
  std::int64_t short_page = 0, uneven_spread = 0, thin_end = 0;
  std::int64_t turn = 0;   // what its last box and the next one's parting costs: a widow, an orphan, a hyphen …
  std::int64_t notes = 0;  // divided footnotes
  std::int64_t other = 0;  // the page itself; spaces that have grown; a box that is too high
  std::int64_t sum() const { return paragraphs + short_page + uneven_spread + thin_end + turn + notes + other; }
};

// Boxes that may be taken in place of the boxes [first, last): a paragraph set in another number of lines. Two
// alternatives replace the same boxes, or they have no box in common.
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
  std::int64_t part_end_share = PageCosts::part_end_share;  // 1: a part is no reason for a short page
  bool facing = false;                                      // even depths are asked of a verso and the recto after it
  bool first_is_verso = false;
};

// Boxes [first, last) and `note_lines` lines from the queue of footnotes stand on one page.
struct PageRange {
  std::uint32_t first = 0, last = 0;
  Length depth;  // from the block's head to the foot of the last box
  int note_lines = 0;
  PageCost cost = {};
  Length grown = {};  // what its spaces have more than they ask for, together (Box::play)
};

struct BrokenPages {
  std::vector<PageRange> pages;      // boxes are numbered as they are once the alternatives are in their places
  std::vector<std::uint32_t> taken;  // alternatives, in order
  std::vector<std::uint32_t> turns;  // the box after each page; boxes are numbered as they are without alternatives
  std::int64_t cost = 0;             // the pages' sum
  std::size_t settled = 0;           // pages before the window; see PageBreaker::go_on
  bool complete = true;              // the last page is the chain's
};

// A long chain is broken window by window. Each change of an alternative breaks the whole window again: with one window
// for all pages the time would grow faster than their number. When nothing changes any more, the window's pages are
// settled, all but the last `ahead`, and the next window begins after them. A chapter of an ordinary book is one
// window.
struct PageWindow {
  std::uint32_t pages = 40, ahead = 16;  // by their grid lines: a box counts as one
};

// The height that `lines` lines of footnotes take from the foot of a page, in whole grid lines.
Length note_area(const PageShape& shape, int lines);

// The page breaker compares ways: rows of pages from the window's begin to some place. It gives up a way that costs
// more by the margin than the best one to that place or beyond. A way that was given up costs at least the margin when
// it reaches the end, so pages that cost less than the margin are the best there are. If the pages cost more, and have
// a fault that other ways might not have, the chain is broken again with a wider margin.
inline constexpr std::int64_t first_margin = 400, widest_margin = 10'000'000;
// A forbidden alternative costs more than any margin: the last step widens the margin to 16 times the widest at most.
static_assert(16 * widest_margin < PageCosts::forbidden);

// The pages with the least sum of costs; of two such, those with fuller first pages. There is at least one page. Every
// box, or the alternative in its place, stands on exactly one page, and in order. In a chain that is longer than a
// window the sum is the least of each window. Time is linear in the number of boxes.
BrokenPages break_pages(const std::vector<Box>& boxes, const std::vector<Alternative>& alternatives,
                        const PageShape& shape, std::int64_t first = first_margin, const PageWindow& window = {});

// Breaks the pages of a chain again and again, while the costs of its alternatives become known one by one. What a
// change doesn't touch is kept.
class PageBreaker {
 public:
  // Boxes, and the boxes of alternatives, must keep their addresses. Alternatives stand in the order of their first
  // boxes. Before each run all alternatives that begin before `reach` must be there; later ones may be added
  // afterwards.
  PageBreaker(const std::vector<Box>& boxes, const std::vector<Alternative>& alternatives, const PageShape& shape,
              std::int64_t first = first_margin, const PageWindow& window = {});
  ~PageBreaker();
  PageBreaker(const PageBreaker&) = delete;
  PageBreaker& operator=(const PageBreaker&) = delete;

  // To be told when alternatives have other costs than before: their own, or those of page turns in them. Their boxes
  // are as high as before. Their notes may only be others if the boxes that they replace have notes.
  void changed(const std::vector<std::uint32_t>& alternatives);
  // The window: the box at which it begins (or in whose alternative), and the box up to which it looks.
  std::uint32_t begin() const;
  std::uint32_t reach() const;
  // The settled pages and those up to the end of the window.
  BrokenPages run();
  // Settles the pages of the last run, all but those ahead, and begins the next window. Only if that run wasn't
  // complete. Alternatives before the new window that weren't taken don't need their boxes any more.
  void go_on();
  // The turns (BrokenPages::turns) that had a fault even with the widest margin. A fault at one of them doesn't widen
  // the margin again in this window, or each change would take the time that the widest margin takes.
  const std::vector<std::uint32_t>& unavoidable() const;

 private:
  struct Data;
  std::unique_ptr<Data> data_;
};

// How far below the block's head each box of a page begins; `sink` is left empty above the first. What the page's
// spaces have grown by is shared among them as Box::play says.
std::vector<Length> box_tops(const std::vector<Box>& boxes, const PageRange& page, Length grid, Length sink);

}  // namespace epitome::typeset
