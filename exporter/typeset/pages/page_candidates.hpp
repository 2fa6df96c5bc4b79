// Candidates: the pages that may begin at some place of a chain, among which the page breaker chooses. Of the pages
// before it only two things matter for a candidate (PageBegin). So candidates are kept while the chain is broken again.
#pragma once

#include <cstdint>
#include <vector>

#include "typeset/pages/break_pages.hpp"

namespace epitome::typeset {

// The places between boxes, at which a page may turn, numbered in the order of the text. Behind each box's own place
// come the places inside of the alternatives that begin there: so every step leads to a place with a higher number.
class Places {
 public:
  static constexpr std::uint32_t none = 0xffffffffu;
  // A step from a place to another one: over one of the boxes that may follow there.
  struct Way {
    const Box* box = nullptr;
    std::uint32_t next = 0;            // the place after it
    std::uint32_t alternative = none;  // that begins with it
    bool leaves = false;               // it is the last of an alternative
    // Of the first step into an alternative, or into the boxes that it replaces:
    std::uint32_t even = 0;   // how many boxes there are, if all have one height and none has notes; else 0
    std::uint32_t end = 0;    // the place behind the last of them
    std::uint32_t inner = 0;  // of an alternative: the place behind its first box is the one after this
  };
  struct Place {
    const Box* box = nullptr;  // the box behind it, as it is without alternatives; null at the end
    std::uint32_t base = 0;    // that box's number; inside of an alternative: of the box at which that begins
    std::uint32_t inside = 0;  // how many boxes of the alternative stand before the place
    std::vector<Way> ways;
  };

  explicit Places(const std::vector<Box>& boxes) : boxes_(boxes), own_(boxes.size() + 1), places_(1) {
    if (!boxes.empty()) places_[0].box = boxes.data();
  }
  // Adds the places of the next boxes, up to `box` at least, and of the alternatives that begin there.
  void extend(std::uint32_t box, const std::vector<Alternative>& alternatives);
  // Forgets the places before that one.
  void leave(std::uint32_t before);
  const Place& operator[](std::uint32_t at) const { return places_[at - first_]; }
  // The place behind `count` boxes of a way that begins at the place `at`.
  std::uint32_t after(std::uint32_t at, const Way& way, std::uint32_t count) const {
    if (count == way.even) return way.end;
    return way.alternative == none ? own_[(*this)[at].base + count] : way.inner + count;
  }
  std::uint32_t of_box(std::uint32_t box) const { return own_[box]; }
  bool has_box(std::uint32_t box) const { return box <= extended_; }
  // The last place that was added: no way leads on from it yet.
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

// A page that may begin at some place, with what is known of it before the page that it faces.
struct Candidate {
  std::uint32_t end = 0;  // a place
  Length depth, grown;
  int note_lines = 0, carried = 0;
  bool after_reset = false;
  PageCost cost;
  std::int64_t lines = 0;   // its depth, to be compared with the facing page's
  bool compared = false;    // whether it is: not before a part's end
  std::int32_t taken = -1;  // the last of its alternatives: PageCandidates::Found::taken
};

// What a page takes over from the one before it.
struct PageBegin {
  std::uint32_t place = 0;
  bool after_reset = false;  // an alternative stands right before it
  int carried = 0;           // lines of a footnote that goes on
};

// The candidates for one margin (see first_margin), each found when it is first asked for.
class PageCandidates {
 public:
  // Pages that begin before the place `first` won't be asked for.
  PageCandidates(const Places& places, const std::vector<Alternative>& alternatives, const PageShape& shape,
                 std::int64_t margin, std::uint32_t first);

  // An alternative that a page takes, and the number of the one that it takes before (-1: none).
  struct Taken {
    std::uint32_t alternative = 0;
    std::int32_t before = -1;
  };
  struct Found {
    bool after_reset = false;
    int carried = 0;
    std::uint32_t farthest = 0;  // the last place that was looked at
    std::vector<Candidate> pages;
    std::vector<Taken> taken;
  };
  // Valid until the next call.
  const Found& from(const PageBegin& begin);
  // Forgets the pages from the place `from` on that touch one of these alternatives: they have changed
  // (PageBreaker::changed).
  void forget(const std::vector<std::uint32_t>& alternatives, std::uint32_t from);
  // Forgets the pages that begin before that place.
  void leave(std::uint32_t before);

 private:
  // A page that is not full yet: what stands on it up to some place.
  struct Partial {
    Length depth, foot;  // down to the last box's foot; and down to the next grid line, if that box asks for it
    Length play;         // of the spaces between its boxes
    int notes = 0, last_note = 0;
    std::uint32_t last_index = 0;  // that note's
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
  std::int64_t too_short_ = 0;  // a page that lacks so many lines costs more than the margin
  Length least_depth_;          // a page that another one follows must be deeper
  std::uint32_t first_;
  std::vector<std::vector<Found>> all_;         // by place from `first_` on
  Found found_;                                 // the one that is being found
  std::vector<std::vector<Partial>> partials_;  // by place from the page's begin on
};

}  // namespace epitome::typeset
