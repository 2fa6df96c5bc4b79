// The pages that may begin at some place of a chain: what the page breaker chooses among. What stands before such a
// page plays no part but for two things (PageBegin), so they are kept while the chain is broken again and again.
#pragma once

#include <cstdint>
#include <vector>

#include "typeset/break_pages.hpp"

namespace epitome::typeset {

// Where boxes may part. In the order of the text: each box's own place and then those inside of the alternatives that
// begin there, so that every way leads from lower to higher places.
class Places {
 public:
  static constexpr std::uint32_t none = 0xffffffffu;
  // One of the boxes that may follow at a place.
  struct Way {
    const Box* box = nullptr;
    std::uint32_t next = 0;            // the place after it
    std::uint32_t alternative = none;  // that begins with it
    bool leaves = false;               // it is the last of an alternative
    // Where a choice begins: how many boxes of one height, without notes, it leads to (0: they are not alike); the last
    // place; in which order of places the others lie.
    std::uint32_t even = 0, end = 0, inner = 0;
  };
  struct Place {
    const Box* box = nullptr;  // the box after it, or the first of those; null at the end
    std::uint32_t base = 0;    // its number, or that of the box that the alternative around begins at
    std::uint32_t inside = 0;  // boxes of the alternative before it
    std::vector<Way> ways;
  };

  explicit Places(const std::vector<Box>& boxes) : boxes_(boxes), own_(boxes.size() + 1), places_(1) {
    if (!boxes.empty()) places_[0].box = boxes.data();
  }
  // Adds those of the next boxes up to `box` at least, and of all alternatives that begin there.
  void extend(std::uint32_t box, const std::vector<Alternative>& alternatives);
  // No place before that one is asked for any more.
  void leave(std::uint32_t before);
  const Place& operator[](std::uint32_t at) const { return places_[at - first_]; }
  // After `count` boxes of a way that begins at `at`.
  std::uint32_t after(std::uint32_t at, const Way& way, std::uint32_t count) const {
    if (count == way.even) return way.end;
    return way.alternative == none ? own_[(*this)[at].base + count] : way.inner + count;
  }
  std::uint32_t of_box(std::uint32_t box) const { return own_[box]; }
  bool has_box(std::uint32_t box) const { return box <= extended_; }
  // The last of those that were added: without ways.
  std::uint32_t end() const { return first_ + static_cast<std::uint32_t>(places_.size()) - 1; }

 private:
  void add_box(std::uint32_t box, std::uint32_t first, std::uint32_t last,
               const std::vector<Alternative>& alternatives);
  Place& at(std::uint32_t place) { return places_[place - first_]; }

  const std::vector<Box>& boxes_;
  std::vector<std::uint32_t> own_;  // by box
  std::vector<Place> places_;       // from `first_` on
  std::uint32_t first_ = 0;
  std::uint32_t extended_ = 0, alternatives_ = 0;  // how many boxes and alternatives have been added
};

// A page that may begin at some place: what doesn't depend on the page that it faces.
struct Candidate {
  std::uint32_t end = 0;  // a place
  Length depth;
  int note_lines = 0, carried = 0;
  bool after_reset = false;
  PageCost cost;
  std::int64_t lines = 0;   // its depth as the facing page sees it
  bool compared = false;    // with the page that it faces
  std::int32_t taken = -1;  // the last of its alternatives: PageCandidates::Found::taken
};

// What a page takes over from the one before it.
struct PageBegin {
  std::uint32_t place = 0;
  bool after_reset = false;  // an alternative stands right before it
  int carried = 0;           // lines of a footnote that goes on
};

// The candidates for a margin (see first_margin), found when they are first asked for.
class PageCandidates {
 public:
  // No page before the place `first` will be asked for.
  PageCandidates(const Places& places, const std::vector<Alternative>& alternatives, const PageShape& shape,
                 std::int64_t margin, std::uint32_t first);

  // An alternative of a page, and the one before it there (-1: none).
  struct Taken {
    std::uint32_t alternative = 0;
    std::int32_t before = -1;
  };
  struct Found {
    bool after_reset = false;
    int carried = 0;
    std::uint32_t farthest = 0;  // place that was looked at
    std::vector<Candidate> pages;
    std::vector<Taken> taken;
  };
  // Valid until the next call.
  const Found& from(const PageBegin& begin);
  // Those alternatives are others (see PageBreaker::changed): what was found from the place `from` on and touches them
  // is forgotten.
  void forget(const std::vector<std::uint32_t>& alternatives, std::uint32_t from);
  // No page before that place is asked for any more.
  void leave(std::uint32_t before);

 private:
  // A page as far as it has come, up to some place.
  struct Partial {
    Length depth, foot;  // before and after the last box is brought to the grid
    int notes = 0, last_note = 0;
    bool after_reset = false, stretches = false;
    std::int64_t cost = 0;
    std::int32_t taken = -1;
  };
  struct Notes;

  void find(const PageBegin& begin, std::int64_t too_short);
  std::uint32_t add_boxes(std::uint32_t first, std::uint32_t at, const Partial& partial, const Places::Way& way);
  bool keep(std::uint32_t at, const Partial& partial);
  void add_candidate(std::uint32_t first, std::uint32_t end, const Partial& partial, const Notes& notes, bool overfull);
  static Notes fit_notes(const PageShape& shape, Length depth, int total, int last);

  const Places& places_;
  const std::vector<Alternative>& alternatives_;
  const PageShape& shape_;
  const std::int64_t margin_;
  std::int64_t too_short_ = 0;  // lines: a page that lacks so many costs more than the margin
  Length least_depth_;          // of a page that another follows: it must be deeper
  std::uint32_t first_;
  std::vector<std::vector<Found>> all_;         // by place from `first_` on
  Found found_;                                 // the one that is being found
  std::vector<std::vector<Partial>> partials_;  // by place from the page's begin on
};

}  // namespace epitome::typeset
