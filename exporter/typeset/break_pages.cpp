#include <algorithm>
#include <cstdlib>
#include <limits>
#include <tuple>
#include <utility>

#include "typeset/page_candidates.hpp"

namespace epitome::typeset {

namespace {

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

std::int64_t spread_cost(std::int64_t verso, std::int64_t recto) {
  const std::int64_t uneven = std::abs(verso - recto);
  if (uneven == 0) return 0;
  const std::int64_t small = std::min<std::int64_t>(uneven, 2);
  return PageCosts::uneven_spread + PageCosts::spread_line * small * small + PageCosts::spread_fault * (uneven - small);
}

class Breaker {
 public:
  Breaker(const Places& places, const std::vector<Alternative>& alternatives, const PageShape& shape,
          PageCandidates& candidates, std::int64_t margin)
      : places_(places),
        alternatives_(alternatives),
        shape_(shape),
        candidates_(candidates),
        margin_(margin),
        states_(places.end() + 1),
        best_(places.end() + 1, std::numeric_limits<std::int64_t>::max()) {}

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
      const PageBegin begin{at, here[s].situation.after_reset, here[s].situation.carried};
      for (const Candidate& page : candidates_.from(begin).pages) follow(at, s, page);
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
      const State& before = states_[state->first][state->before];
      const auto& taken =
          candidates_.from({state->first, before.situation.after_reset, before.situation.carried}).taken;
      for (std::int32_t t = state->taken; t >= 0; t = taken[static_cast<std::size_t>(t)].before) {
        broken.taken.push_back(taken[static_cast<std::size_t>(t)].alternative);
      }
      turns.push_back(state->first);
      if (state->first == 0) break;
      state = &before;
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
  PageCandidates& candidates_;
  std::int64_t margin_;
  std::vector<std::vector<State>> states_;  // by place
  std::vector<std::int64_t> best_;          // by place: the least cost of a state there or further on
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

struct PageBreaker::Data {
  const std::vector<Box>& boxes;
  const std::vector<Alternative>& alternatives;
  PageShape shape;
  std::int64_t first_margin;
  Places places;
  std::vector<std::pair<std::int64_t, PageCandidates>> candidates;  // by margin
  std::vector<std::uint32_t> unavoidable;

  PageCandidates& candidates_for(std::int64_t margin) {
    for (auto& [of, found] : candidates) {
      if (of == margin) return found;
    }
    return candidates.emplace_back(margin, PageCandidates(places, alternatives, shape, margin)).second;
  }
};

PageBreaker::PageBreaker(const std::vector<Box>& boxes, const std::vector<Alternative>& alternatives,
                         const PageShape& shape, std::int64_t first)
    : data_(new Data{boxes, alternatives, shape, first, Places(boxes, alternatives), {}, {}}) {}
PageBreaker::~PageBreaker() = default;

void PageBreaker::changed(const std::vector<std::uint32_t>& alternatives) {
  for (auto& [margin, candidates] : data_->candidates) candidates.forget(alternatives);
}

const std::vector<std::uint32_t>& PageBreaker::unavoidable() const { return data_->unavoidable; }

BrokenPages PageBreaker::run() {
  Data& data = *data_;
  if (data.boxes.empty()) return {{PageRange{}}, {}, {0}, 0};
  std::vector<std::uint32_t>& unavoidable = data.unavoidable;
  for (std::int64_t margin = data.first_margin;; margin *= 16) {
    BrokenPages broken = Breaker(data.places, data.alternatives, data.shape, data.candidates_for(margin), margin).run();
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
    if (margin > data.first_margin * 16) {
      const std::vector<std::uint32_t> left = faults(data.first_margin * 16);
      unavoidable.insert(unavoidable.end(), left.begin(), left.end());
    }
    return broken;
  }
}

BrokenPages break_pages(const std::vector<Box>& boxes, const std::vector<Alternative>& alternatives,
                        const PageShape& shape, std::int64_t first) {
  return PageBreaker(boxes, alternatives, shape, first).run();
}

}  // namespace epitome::typeset
