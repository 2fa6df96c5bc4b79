#include "typeset/break_pages.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <tuple>

namespace epitome::typeset {

namespace {

Length round_up(Length value, Length grid) {
  const std::int64_t lines = (value.raw() + grid.raw() - 1) / grid.raw();
  return grid * lines;
}

std::int64_t whole_lines(Length value, Length grid) {
  return value.raw() <= 0 ? 0 : (value.raw() + grid.raw() - 1) / grid.raw();
}

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

  Places(const std::vector<Box>& boxes, const std::vector<Alternative>& alternatives) {
    // The boxes after the first must be like it and none of them may bring notes.
    const auto alike = [](const Box* first, const Box* last) {
      return std::all_of(first, last, [&](const Box& box) {
        return box.height == first->height && box.notes.empty() && !box.stretches &&
               (&box == first || box.before == Length{}) && (&box + 1 == last || !box.to_grid);
      });
    };
    const auto count = static_cast<std::uint32_t>(boxes.size());
    std::vector<std::vector<std::uint32_t>> beginning(count);
    for (std::uint32_t a = 0; a < alternatives.size(); ++a) beginning[alternatives[a].first].push_back(a);
    std::vector<std::uint32_t>& own = own_;
    own.resize(count + 1);
    std::uint32_t next = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
      own[i] = next++;
      for (const std::uint32_t a : beginning[i]) next += static_cast<std::uint32_t>(alternatives[a].boxes.size()) - 1;
    }
    own[count] = next;
    places_.resize(next + 1);
    places_.back().base = count;
    for (std::uint32_t i = 0; i < count; ++i) {
      places_[own[i]].box = &boxes[i];
      places_[own[i]].base = i;
      places_[own[i]].ways.push_back({&boxes[i], own[i + 1], none, false, 0, 0, 0});
      std::uint32_t inner = own[i];
      if (!beginning[i].empty()) {
        Way& way = places_[own[i]].ways.back();
        const std::uint32_t last = alternatives[beginning[i].front()].last;
        way.end = own[last];
        if (alike(&boxes[i], boxes.data() + last)) way.even = last - i;
      }
      for (const std::uint32_t a : beginning[i]) {
        const std::uint32_t before = inner;
        std::uint32_t at = own[i];
        for (std::uint32_t k = 0; k < alternatives[a].boxes.size(); ++k) {
          const Box& box = alternatives[a].boxes[k];
          const bool last = k + 1 == alternatives[a].boxes.size();
          const std::uint32_t to = last ? own[alternatives[a].last] : ++inner;
          if (k > 0) {
            places_[at].box = &box;
            places_[at].base = i;
            places_[at].inside = k;
          }
          places_[at].ways.push_back({&box, to, k == 0 ? a : none, last, 0, 0, 0});
          at = to;
        }
        Way& way = places_[own[i]].ways.back();
        const std::vector<Box>& others = alternatives[a].boxes;
        way.end = own[alternatives[a].last];
        way.inner = before;
        if (alike(others.data(), others.data() + others.size())) way.even = static_cast<std::uint32_t>(others.size());
      }
    }
  }
  const Place& operator[](std::uint32_t at) const { return places_[at]; }
  // After `count` boxes of a way that begins at `at`.
  std::uint32_t after(std::uint32_t at, const Way& way, std::uint32_t count) const {
    if (count == way.even) return way.end;
    return way.alternative == none ? own_[places_[at].base + count] : way.inner + count;
  }
  std::uint32_t end() const { return static_cast<std::uint32_t>(places_.size()) - 1; }

 private:
  std::vector<Place> places_;
  std::vector<std::uint32_t> own_;  // by box
};

// What the choice of the next page depends on besides its first place.
struct Situation {
  bool after_reset = false;  // an alternative stands right before it
  int carried = 0;           // lines of a footnote that goes on from the page before
  // The depth in lines of the verso that the next page faces; or one of:
  int facing = next_is_verso;
  static constexpr int next_is_verso = -1;
  static constexpr int next_is_free = -2;  // a recto that faces another chain's page, or no facing pages
  friend bool operator==(const Situation&, const Situation&) = default;
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
  std::int32_t taken = -1;  // the last of its alternatives, into Breaker::taken_
};

// The cheapest way to come to a place in a situation.
struct State {
  Situation situation;
  std::int64_t cost = 0;
  std::uint32_t first = 0;   // the place at which the page that led here begins
  std::uint32_t before = 0;  // the state there that it came from
  Length depth;
  int note_lines = 0;
  PageCost page;
  std::int32_t taken = -1;
};

// Footnotes on a page: what fits, what is carried on, what that costs.
struct Notes {
  int set = 0, carried = 0;
  std::int64_t cost = 0;
};

// `total` lines, of which `last` are the last note's, whose mark stands on the page (0: none does).
Notes fit_notes(const PageShape& shape, Length depth, int total, int last) {
  Notes result;
  if (total == 0) return result;
  if (depth + note_area(shape, total) <= shape.height) {
    result.set = total;
    return result;
  }
  const Length room = shape.height - round_up(depth, shape.grid) - shape.note_head;
  int fitting = room.raw() <= 0 ? 0 : static_cast<int>(room.raw() / shape.note_leading.raw());
  while (fitting > 0 && depth + note_area(shape, fitting) > shape.height) --fitting;
  fitting = std::min(fitting, total - std::min(total, shape.lines_before_turn));
  result.set = fitting;
  result.carried = total - fitting;
  result.cost = PageCosts::note_split;
  // Every note begins on its mark's page, with its least number of lines.
  if (last > 0 && fitting < total - last + std::min(last, shape.lines_before_turn)) {
    result.cost = PageCosts::forbidden;
  }
  return result;
}

std::int64_t spread_cost(std::int64_t verso, std::int64_t recto) {
  const std::int64_t uneven = std::abs(verso - recto);
  if (uneven == 0) return 0;
  const std::int64_t small = std::min<std::int64_t>(uneven, 2);
  return PageCosts::uneven_spread + PageCosts::spread_line * small * small + PageCosts::spread_fault * (uneven - small);
}

class Breaker {
 public:
  Breaker(const Places& places, const std::vector<Alternative>& alternatives, const PageShape& shape,
          std::int64_t margin)
      : places_(places),
        alternatives_(alternatives),
        shape_(shape),
        margin_(margin),
        states_(places.end() + 1),
        best_(places.end() + 1, std::numeric_limits<std::int64_t>::max()),
        partials_(places.end() + 1) {
    // So many lines short a page costs more than the margin.
    while (short_cost(too_short_) <= margin) ++too_short_;
  }

  BrokenPages run() {
    State start;
    start.situation.facing =
        shape_.facing && shape_.first_is_verso ? Situation::next_is_verso : Situation::next_is_free;
    states_[0].push_back(start);
    for (std::uint32_t at = 0; at < places_.end(); ++at) {
      if (!states_[at].empty()) pages_from(at);
    }
    return result();
  }

 private:
  // A page as far as it has come, up to some place.
  struct Partial {
    Length depth, foot;  // before and after the last box is brought to the grid
    int notes = 0, last_note = 0;
    bool after_reset = false, stretches = false;
    std::int64_t cost = 0;
    std::int32_t taken = -1;
  };
  struct Taken {
    std::uint32_t alternative = 0;
    std::int32_t before = -1;
  };

  static std::int64_t short_cost(std::int64_t lines) {
    return lines == 0 ? 0 : PageCosts::short_page + PageCosts::short_line * lines * lines;
  }
  bool too_costly(std::int64_t cost, std::uint32_t at) const {
    return best_[at] != std::numeric_limits<std::int64_t>::max() && cost > best_[at] + margin_;
  }

  void pages_from(std::uint32_t at) {
    std::vector<State>& here = states_[at];
    std::erase_if(here, [&](const State& state) { return too_costly(state.cost, at); });
    std::stable_sort(here.begin(), here.end(), [](const State& a, const State& b) {
      return std::tie(a.situation.carried, a.situation.after_reset) <
             std::tie(b.situation.carried, b.situation.after_reset);
    });
    for (std::uint32_t s = 0; s < here.size(); ++s) {
      const Situation& situation = here[s].situation;
      if (s == 0 || situation.carried != here[s - 1].situation.carried ||
          situation.after_reset != here[s - 1].situation.after_reset) {
        find_candidates(at, situation, too_short_);
        // Where only a page too short for the margin can come, one comes: a heading before a figure as high as a page.
        if (candidates_.empty()) find_candidates(at, situation, shape_.height.raw() / shape_.grid.raw() + 1);
      }
      for (const Candidate& page : candidates_) follow(at, s, page);
    }
  }

  void follow(std::uint32_t at, std::uint32_t s, const Candidate& page) {
    const State& from = states_[at][s];
    State to;
    to.page = page.cost;
    if (page.compared && from.situation.facing >= 0) {
      to.page.uneven_spread = spread_cost(from.situation.facing, page.lines);
    }
    to.cost = from.cost + to.page.sum();
    if (too_costly(to.cost, page.end)) return;
    to.situation = {page.after_reset, page.carried, Situation::next_is_free};
    if (shape_.facing) {
      const bool verso = from.situation.facing == Situation::next_is_verso;
      if (!verso) to.situation.facing = Situation::next_is_verso;
      if (verso && page.compared) to.situation.facing = static_cast<int>(page.lines);
    }
    to.first = at;
    to.before = s;
    to.depth = page.depth;
    to.note_lines = page.note_lines;
    to.taken = page.taken;
    std::vector<State>& there = states_[page.end];
    const auto same =
        std::find_if(there.begin(), there.end(), [&](const State& state) { return state.situation == to.situation; });
    if (same != there.end() && to.cost > same->cost) return;
    for (std::uint32_t p = page.end; best_[p] > to.cost; --p) {
      best_[p] = to.cost;
      if (p == 0) break;
    }
    if (same == there.end()) {
      there.push_back(to);
    } else {
      *same = to;  // of equals the one with fuller pages before
    }
  }

  // The pages that may begin at a place and leave fewer lines empty than `too_short`.
  void find_candidates(std::uint32_t first, const Situation& situation, std::int64_t too_short) {
    candidates_.clear();
    least_depth_ = shape_.height - shape_.grid * too_short;
    Partial begin;
    begin.depth = begin.foot = first == 0 ? shape_.sink : Length{};
    begin.notes = situation.carried;
    begin.after_reset = situation.after_reset;
    partials_[first].assign(1, begin);
    std::uint32_t farthest = first;
    for (std::uint32_t at = first; at <= farthest && at < places_.end(); ++at) {
      for (const Partial& partial : partials_[at]) {
        for (const Places::Way& way : places_[at].ways) {
          farthest = std::max(farthest, add_boxes(first, at, partial, way));
        }
      }
      partials_[at].clear();
    }
    for (std::uint32_t at = first; at <= farthest; ++at) partials_[at].clear();
  }

  // The page goes on with that box, if it has room for it, and with as many that are like it as leave it too short to
  // end there. The place that is reached; 0: none.
  std::uint32_t add_boxes(std::uint32_t first, std::uint32_t at, const Partial& partial, const Places::Way& way) {
    const Box& box = *way.box;
    const bool is_first = at == first;
    Partial now = partial;
    now.depth = partial.foot + (is_first ? box.head_above + box.height + box.head_below : box.before + box.height);
    const bool overfull = now.depth > shape_.height;
    if (overfull && !is_first) return 0;
    std::uint32_t next = way.next;
    bool leaves = way.leaves, to_grid = box.to_grid;
    if (way.even > 1 && partial.notes == 0 && !partial.stretches) {
      const std::int64_t fit = (least_depth_ - now.depth).raw() / box.height.raw();
      const auto more = static_cast<std::uint32_t>(std::clamp<std::int64_t>(fit, 0, way.even - 1));
      now.depth += box.height * more;
      next = places_.after(at, way, more + 1);
      const bool whole = more + 1 == way.even;
      leaves = whole && way.alternative != Places::none;
      to_grid = whole && (&box)[more].to_grid;
    }
    now.foot = to_grid ? round_up(now.depth, shape_.grid) : now.depth;
    now.stretches = partial.stretches || box.stretches;
    for (const int lines : box.notes) now.notes += lines;
    if (!box.notes.empty()) now.last_note = box.notes.back();
    if (way.alternative != Places::none) {
      now.cost += alternatives_[way.alternative].cost + (partial.after_reset ? PageCosts::reset_in_a_row : 0);
      taken_.push_back({way.alternative, partial.taken});
      now.taken = static_cast<std::int32_t>(taken_.size()) - 1;
    }
    if (now.cost > margin_) return 0;
    now.after_reset = leaves;
    const Notes notes = fit_notes(shape_, now.depth, now.notes, now.last_note);
    if (notes.set == 0 && notes.carried > 0 && !is_first) return 0;  // deeper pages leave no room either
    if (keep(next, now)) add_candidate(first, next, now, notes, overfull);
    return next;
  }

  // Of the ways on this page to a place that are alike, the cheapest; false if there was one.
  bool keep(std::uint32_t at, const Partial& partial) {
    for (Partial& other : partials_[at]) {
      if (other.depth != partial.depth || other.foot != partial.foot || other.notes != partial.notes ||
          other.last_note != partial.last_note || other.after_reset != partial.after_reset ||
          other.stretches != partial.stretches) {
        continue;
      }
      if (partial.cost >= other.cost) return false;
      other = partial;
      return true;
    }
    partials_[at].push_back(partial);
    return true;
  }

  void add_candidate(std::uint32_t first, std::uint32_t end, const Partial& partial, const Notes& notes,
                     bool overfull) {
    const Box* following = places_[end].box;
    if (following != nullptr && !following->opens && notes.set == 0 && !partial.stretches &&
        partial.depth <= least_depth_) {
      return;
    }
    Candidate page;
    page.end = end;
    page.depth = partial.depth;
    page.note_lines = notes.set;
    page.carried = notes.carried;
    page.after_reset = partial.after_reset;
    page.taken = partial.taken;
    page.cost.paragraphs = partial.cost;
    page.cost.notes = notes.cost;
    page.cost.other = PageCosts::page + (overfull ? PageCosts::overfull : 0);
    const bool ends = following == nullptr;
    const bool part_ends = !ends && following->opens && notes.carried == 0;
    const std::int64_t lines = whole_lines(partial.depth, shape_.grid);
    page.lines = partial.stretches || notes.set > 0 ? shape_.height.raw() / shape_.grid.raw() : lines;
    if (!ends || notes.carried > 0) {
      const Length room = shape_.height - note_area(shape_, notes.set);
      const std::int64_t missing =
          partial.stretches ? 0 : std::max<std::int64_t>(0, (room - partial.depth).raw() / shape_.grid.raw());
      if (missing > 0) {
        page.cost.short_page = short_cost(missing) / (part_ends ? PageCosts::part_end_share : 1);
      }
      if (!ends) page.cost.turn = following->parting();
      page.compared = !part_ends;
    }
    if ((ends || part_ends) && first > 0 && lines < shape_.last_lines && !partial.stretches) {
      page.cost.thin_end = PageCosts::thin_end * (shape_.last_lines - lines);
    }
    if (ends && notes.carried > 0) page.cost.notes += PageCosts::forbidden;  // a page of nothing but a note's end
    candidates_.push_back(page);
  }

  BrokenPages result() const {
    const std::vector<State>& ends = states_[places_.end()];
    BrokenPages broken;
    const auto cheaper = [](const State& a, const State& b) { return a.cost < b.cost; };
    const State* state = &*std::min_element(ends.begin(), ends.end(), cheaper);
    broken.cost = state->cost;
    int carried = state->situation.carried;
    std::vector<std::uint32_t> turns = {places_.end()};  // backwards
    while (true) {
      broken.pages.push_back({0, 0, state->depth, state->note_lines, state->page});
      broken.turns.push_back(places_[turns.back()].base);
      for (std::int32_t t = state->taken; t >= 0; t = taken_[static_cast<std::size_t>(t)].before) {
        broken.taken.push_back(taken_[static_cast<std::size_t>(t)].alternative);
      }
      turns.push_back(state->first);
      if (state->first == 0) break;
      state = &states_[state->first][state->before];
    }
    std::reverse(broken.pages.begin(), broken.pages.end());
    std::reverse(broken.turns.begin(), broken.turns.end());
    std::reverse(broken.taken.begin(), broken.taken.end());
    std::reverse(turns.begin(), turns.end());

    // Places to numbers of the boxes that are left.
    std::size_t passed = 0;
    std::uint32_t more = 0;  // by what was taken before; counted around
    for (std::size_t i = 0; i < turns.size(); ++i) {
      const Places::Place& place = places_[turns[i]];
      for (; passed < broken.taken.size() && alternatives_[broken.taken[passed]].last <= place.base; ++passed) {
        const Alternative& taken = alternatives_[broken.taken[passed]];
        more += static_cast<std::uint32_t>(taken.boxes.size()) - (taken.last - taken.first);
      }
      const std::uint32_t number = place.base + place.inside + more;
      if (i > 0) broken.pages[i - 1].last = number;
      if (i < broken.pages.size()) broken.pages[i].first = number;
    }
    const std::uint32_t count = broken.pages.back().last;
    while (carried > 0) {
      const std::int64_t room = (shape_.height - shape_.note_head).raw() / shape_.note_leading.raw();
      const int lines = std::clamp<int>(static_cast<int>(room), 1, carried);
      broken.pages.push_back({count, count, {}, lines, {}});
      broken.turns.push_back(broken.turns.back());
      carried -= lines;
    }
    return broken;
  }

  const Places& places_;
  const std::vector<Alternative>& alternatives_;
  const PageShape& shape_;
  std::int64_t margin_;
  std::vector<std::vector<State>> states_;  // by place
  std::vector<std::int64_t> best_;          // by place: the least cost of a state there or further on
  std::int64_t too_short_ = 0;              // lines
  Length least_depth_;                      // of a page that another follows: it must be deeper
  std::vector<Candidate> candidates_;
  std::vector<std::vector<Partial>> partials_;  // by place
  std::vector<Taken> taken_;
};

}  // namespace

Length note_area(const PageShape& shape, int lines) {
  if (lines == 0) return {};
  return round_up(shape.note_head + shape.note_leading * lines, shape.grid);
}

std::vector<Length> box_tops(const std::vector<Box>& boxes, const PageRange& page, Length grid, Length sink) {
  std::vector<Length> tops;
  tops.reserve(page.last - page.first);
  Length y = sink;
  for (std::uint32_t i = page.first; i < page.last; ++i) {
    const Box& box = boxes[i];
    if (i == page.first) {
      tops.push_back(y);
      y += box.head_above + box.height + box.head_below;
    } else {
      y += box.before;
      tops.push_back(y);
      y += box.height;
    }
    if (box.to_grid) y = round_up(y, grid);
  }
  return tops;
}

BrokenPages break_pages(const std::vector<Box>& boxes, const std::vector<Alternative>& alternatives,
                        const PageShape& shape, std::vector<std::uint32_t>& unavoidable, const std::int64_t first) {
  if (boxes.empty()) return {{PageRange{}}, {}, {0}, 0};
  const Places places(boxes, alternatives);
  for (std::int64_t margin = first;; margin *= 16) {
    BrokenPages broken = Breaker(places, alternatives, shape, margin).run();
    // Turns with a fault of more than that which it isn't known that nothing spares.
    const auto faults = [&](std::int64_t least) {
      std::vector<std::uint32_t> turns;
      for (std::size_t i = 0; i < broken.pages.size(); ++i) {
        const PageCost& cost = broken.pages[i].cost;
        if (cost.sum() - cost.paragraphs - cost.other <= least) continue;
        if (std::find(unavoidable.begin(), unavoidable.end(), broken.turns[i]) == unavoidable.end())
          turns.push_back(broken.turns[i]);
      }
      return turns;
    };
    if (broken.cost > margin && margin < widest_margin && !faults(margin).empty()) continue;
    // The first widening is cheap and finds better pages each time; what lies beyond it is not sought again.
    if (margin > first * 16) {
      const std::vector<std::uint32_t> left = faults(first * 16);
      unavoidable.insert(unavoidable.end(), left.begin(), left.end());
    }
    return broken;
  }
}

BrokenPages break_pages(const std::vector<Box>& boxes, const std::vector<Alternative>& alternatives,
                        const PageShape& shape, std::int64_t margin) {
  std::vector<std::uint32_t> unavoidable;
  return break_pages(boxes, alternatives, shape, unavoidable, margin);
}

}  // namespace epitome::typeset
