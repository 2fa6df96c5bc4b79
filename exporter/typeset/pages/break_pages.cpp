#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <limits>
#include <tuple>
#include <utility>

#include "typeset/pages/page_candidates.hpp"

namespace epitome::typeset {

// What the choice of the next page depends on, besides the place at which it begins.
struct Situation {
  bool after_reset = false;  // an alternative stands right before it
  int carried = 0;           // lines of a footnote that goes on from the page before
  // The depth in lines of the verso that the next page faces, or one of the two below.
  int facing = next_is_verso;
  static constexpr int next_is_verso = -1;
  static constexpr int next_is_free = -2;  // a recto that faces another chain's page, or no facing pages
  friend bool operator==(const Situation&, const Situation&) = default;
};

// A page of the way that was chosen.
struct ChosenPage {
  std::uint32_t end = 0;               // the place after it
  std::uint32_t base = 0, inside = 0;  // Places::Place's there
  Situation after;
  Length depth, grown;
  int note_lines = 0;
  PageCost cost;
  std::vector<std::uint32_t> taken;  // alternatives that begin on it, in order
};

namespace {

// The cheapest way to come to a place in a situation.
struct State {
  Situation situation;
  std::int64_t cost = 0;
  std::uint32_t first = 0;   // the place at which the page that led here begins
  std::uint32_t before = 0;  // the state there that it came from
  Length depth, grown;
  int note_lines = 0;
  PageCost page;
  std::int32_t taken = -1;
};

std::int64_t spread_cost(std::int64_t verso, std::int64_t recto) {
  const std::int64_t uneven = std::abs(verso - recto);
  if (uneven == 0) return 0;
  const std::int64_t small = std::min<std::int64_t>(uneven, 2);
  const std::int64_t more = std::min(uneven, PageCosts::spread_most) - small;
  return PageCosts::uneven_spread + PageCosts::spread_line * small * small + PageCosts::spread_fault * more;
}

class Breaker {
 public:
  Breaker(const Places& places, const PageShape& shape, PageCandidates& candidates, std::int64_t margin)
      : places_(places), shape_(shape), candidates_(candidates), margin_(margin) {}

  // The pages from a place in a situation to the first turn that is not before `limit`.
  std::vector<ChosenPage> run(std::uint32_t from, const Situation& situation, std::uint32_t limit) {
    from_ = from;
    grow_to(limit);
    State start;
    start.situation = situation;
    states(from).push_back(start);
    for (std::uint32_t at = from; at < limit; ++at) {
      if (!states(at).empty()) pages_from(at);
    }
    return result(limit);
  }

 private:
  std::vector<State>& states(std::uint32_t at) { return states_[at - from_]; }
  std::int64_t& best(std::uint32_t at) { return best_[at - from_]; }

  void grow_to(std::uint32_t at) {
    if (at - from_ < states_.size()) return;
    states_.resize(at - from_ + 1);
    best_.resize(at - from_ + 1, std::numeric_limits<std::int64_t>::max());
  }

  bool too_costly(std::int64_t cost, std::uint32_t at) {
    return best(at) != std::numeric_limits<std::int64_t>::max() && cost > best(at) + margin_;
  }

  void pages_from(std::uint32_t at) {
    std::vector<State>& here = states(at);
    std::erase_if(here, [&](const State& state) { return too_costly(state.cost, at); });
    std::stable_sort(here.begin(), here.end(), [](const State& a, const State& b) {
      return std::tie(a.situation.carried, a.situation.after_reset) <
             std::tie(b.situation.carried, b.situation.after_reset);
    });
    for (std::uint32_t s = 0, count = static_cast<std::uint32_t>(here.size()); s < count; ++s) {
      const State from = states(at)[s];  // what follows may move the states
      const PageBegin begin{at, from.situation.after_reset, from.situation.carried};
      for (const Candidate& page : candidates_.from(begin).pages) follow(at, s, from, page);
    }
  }

  // From the state `from`, number `s` at `at`.
  void follow(std::uint32_t at, std::uint32_t s, const State& from, const Candidate& page) {
    grow_to(page.end);
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
    to.grown = page.grown;
    to.note_lines = page.note_lines;
    to.taken = page.taken;
    std::vector<State>& there = states(page.end);
    const auto same =
        std::find_if(there.begin(), there.end(), [&](const State& state) { return state.situation == to.situation; });
    if (same != there.end() && to.cost > same->cost) return;
    for (std::uint32_t p = page.end; best(p) > to.cost; --p) {
      best(p) = to.cost;
      if (p == from_) break;
    }
    if (same == there.end()) {
      there.push_back(to);
    } else {
      *same = to;  // of equals the one with fuller pages before
    }
  }

  std::vector<ChosenPage> result(std::uint32_t limit) {
    // Ways end at different places behind the limit. A way that comes further leaves fewer lines for the pages after
    // it, so each line that it is ahead counts as that part of a page's cost. Without this the breaker would pay to
    // save lines only to reach the limit with one page less.
    const std::int64_t lines = shape_.height.raw() / shape_.grid.raw();
    const auto dearness = [&](const State& state, std::uint32_t end) {
      return state.cost * lines - PageCosts::page * places_[end].base;
    };
    const State* state = nullptr;
    std::uint32_t at = limit;
    for (std::uint32_t end = limit; end - from_ < states_.size(); ++end) {
      for (const State& other : states(end)) {
        if (state != nullptr && dearness(*state, at) <= dearness(other, end)) continue;
        state = &other;
        at = end;
      }
    }
    std::vector<ChosenPage> pages;  // backwards
    while (true) {
      const Places::Place& end = places_[at];
      ChosenPage page{
          at, end.base, end.inside, state->situation, state->depth, state->grown, state->note_lines, state->page, {}};
      const State& before = states(state->first)[state->before];
      const auto& taken =
          candidates_.from({state->first, before.situation.after_reset, before.situation.carried}).taken;
      for (std::int32_t t = state->taken; t >= 0; t = taken[static_cast<std::size_t>(t)].before) {
        page.taken.push_back(taken[static_cast<std::size_t>(t)].alternative);
      }
      std::reverse(page.taken.begin(), page.taken.end());
      pages.push_back(std::move(page));
      at = state->first;
      if (at == from_) break;
      state = &before;
    }
    std::reverse(pages.begin(), pages.end());
    return pages;
  }

  const Places& places_;
  const PageShape& shape_;
  PageCandidates& candidates_;
  std::int64_t margin_;
  std::uint32_t from_ = 0;
  std::vector<std::vector<State>> states_;  // by place from `from_`
  std::vector<std::int64_t> best_;          // the same: the least cost of a state there or further on
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
  if (page.grown == Length{}) return tops;
  Length play, so_far;
  for (std::uint32_t i = page.first + 1; i < page.last; ++i) play += boxes[i].play;
  for (std::uint32_t i = page.first + 1; i < page.last; ++i) {
    so_far += boxes[i].play;
    tops[i - page.first] += page.grown.scaled(so_far.raw(), play.raw());
  }
  return tops;
}

struct PageBreaker::Data {
  const std::vector<Box>& boxes;
  const std::vector<Alternative>& alternatives;
  PageShape shape;
  std::int64_t first_margin;
  PageWindow window;
  Places places;
  std::vector<std::pair<std::int64_t, PageCandidates>> candidates;  // by margin
  std::vector<std::uint32_t> unavoidable;
  std::vector<ChosenPage> settled, open;  // before the window; in it
  std::uint32_t begin = 0;                // of the window: a place
  Situation situation;                    // there

  PageCandidates& candidates_for(std::int64_t margin) {
    for (auto& [of, found] : candidates) {
      if (of == margin) return found;
    }
    return candidates.emplace_back(margin, PageCandidates(places, alternatives, shape, margin, begin)).second;
  }

  // The box that the window's last page must reach. If little would be left after the window, it reaches to the end.
  std::uint32_t limit() const {
    const auto lines = static_cast<std::size_t>(shape.height.raw() / shape.grid.raw());
    const std::size_t first = places[begin].base;
    if (boxes.size() - first <= (window.pages + window.ahead) * lines) return static_cast<std::uint32_t>(boxes.size());
    return static_cast<std::uint32_t>(first + window.pages * lines);
  }

  // All pages so far, with places turned into numbers of boxes.
  BrokenPages numbered() const {
    BrokenPages broken;
    broken.settled = settled.size();
    std::size_t passed = 0;
    std::uint32_t more = 0;    // boxes that alternatives have added; fewer wrap around
    std::uint32_t number = 0;  // of the box after a page
    for (const std::vector<ChosenPage>* pages : {&settled, &open}) {
      for (const ChosenPage& page : *pages) {
        broken.taken.insert(broken.taken.end(), page.taken.begin(), page.taken.end());
        for (; passed < broken.taken.size() && alternatives[broken.taken[passed]].last <= page.base; ++passed) {
          const Alternative& taken = alternatives[broken.taken[passed]];
          more += static_cast<std::uint32_t>(taken.boxes.size()) - (taken.last - taken.first);
        }
        const std::uint32_t first = std::exchange(number, page.base + page.inside + more);
        broken.pages.push_back({first, number, page.depth, page.note_lines, page.cost, page.grown});
        broken.turns.push_back(page.base);
        broken.cost += page.cost.sum();
      }
    }
    broken.complete = open.back().base == boxes.size();
    if (!broken.complete) return broken;
    for (int carried = open.back().after.carried; carried > 0;) {
      const std::int64_t room = (shape.height - shape.note_head).raw() / shape.note_leading.raw();
      const int lines = std::clamp<int>(static_cast<int>(room), 1, carried);
      broken.pages.push_back({number, number, {}, lines, {}});
      broken.turns.push_back(broken.turns.back());
      carried -= lines;
    }
    return broken;
  }
};

PageBreaker::PageBreaker(const std::vector<Box>& boxes, const std::vector<Alternative>& alternatives,
                         const PageShape& shape, std::int64_t first, const PageWindow& window)
    : data_(new Data{boxes, alternatives, shape, first, window, Places(boxes), {}, {}, {}, {}, 0, {}}) {
  data_->situation.facing = shape.facing && shape.first_is_verso ? Situation::next_is_verso : Situation::next_is_free;
}
PageBreaker::~PageBreaker() = default;

void PageBreaker::changed(const std::vector<std::uint32_t>& alternatives) {
  for (auto& [margin, candidates] : data_->candidates) candidates.forget(alternatives, data_->begin);
}

const std::vector<std::uint32_t>& PageBreaker::unavoidable() const { return data_->unavoidable; }

std::uint32_t PageBreaker::begin() const { return data_->places[data_->begin].base; }

// The page that passes the limit may hold boxes of two pages' height, if alternatives halve their number.
std::uint32_t PageBreaker::reach() const {
  std::uint32_t box = data_->limit();
  for (Length left = data_->shape.height * 2; box < data_->boxes.size() && left >= Length{}; ++box) {
    left -= data_->boxes[box].height;
  }
  return box;
}

BrokenPages PageBreaker::run() {
  Data& data = *data_;
  if (data.boxes.empty()) return {{PageRange{}}, {}, {0}, 0};
  data.places.extend(reach(), data.alternatives);
  std::vector<std::uint32_t>& unavoidable = data.unavoidable;
  for (std::int64_t margin = data.first_margin;; margin *= 16) {
    data.open = Breaker(data.places, data.shape, data.candidates_for(margin), margin)
                    .run(data.begin, data.situation, data.places.of_box(data.limit()));
    std::int64_t cost = 0;
    for (const ChosenPage& page : data.open) cost += page.cost.sum();
    // The turns of pages whose faults cost more than `least`, without the unavoidable ones.
    const auto faults = [&](std::int64_t least) {
      std::vector<std::uint32_t> turns;
      for (const ChosenPage& page : data.open) {
        if (page.cost.sum() - page.cost.paragraphs - page.cost.other <= least) continue;
        const std::uint32_t turn = data.places[page.end].base;
        if (std::find(unavoidable.begin(), unavoidable.end(), turn) == unavoidable.end()) turns.push_back(turn);
      }
      return turns;
    };
    if (cost > margin && margin < widest_margin && !faults(margin).empty()) continue;
    // The first widening is cheap and often finds better pages: it is done again each time. Wider ones are not.
    if (margin > data.first_margin * 16) {
      const std::vector<std::uint32_t> left = faults(data.first_margin * 16);
      unavoidable.insert(unavoidable.end(), left.begin(), left.end());
    }
    return data.numbered();
  }
}

void PageBreaker::go_on() {
  Data& data = *data_;
  // Boxes lower than a grid line make fewer pages than the window counts.
  const std::size_t ahead = std::min<std::size_t>(data.window.ahead, data.open.size() / 2);
  const auto kept = static_cast<std::ptrdiff_t>(data.open.size() - ahead);
  std::move(data.open.begin(), data.open.begin() + kept, std::back_inserter(data.settled));
  data.open.clear();
  data.begin = data.settled.back().end;
  data.situation = data.settled.back().after;
  data.unavoidable.clear();  // the next window may avoid them
  for (auto& [margin, candidates] : data.candidates) candidates.leave(data.begin);
  data.places.leave(data.begin);
}

BrokenPages break_pages(const std::vector<Box>& boxes, const std::vector<Alternative>& alternatives,
                        const PageShape& shape, std::int64_t first, const PageWindow& window) {
  PageBreaker breaker(boxes, alternatives, shape, first, window);
  while (true) {
    BrokenPages broken = breaker.run();
    if (broken.complete) return broken;
    breaker.go_on();
  }
}

}  // namespace epitome::typeset
