#include "typeset/break_pages.hpp"

#include <algorithm>
#include <cstdlib>

namespace epitome::typeset {

namespace {

Length round_up(Length value, Length grid) {
  const std::int64_t lines = (value.raw() + grid.raw() - 1) / grid.raw();
  return grid * lines;
}

std::int64_t whole_lines(Length value, Length grid) {
  return value.raw() <= 0 ? 0 : (value.raw() + grid.raw() - 1) / grid.raw();
}

// What the choice of the next page depends on besides the next box.
struct Situation {
  int carried = 0;  // lines of a footnote that goes on from the page before
  // The depth in lines of the verso that the next page faces; or one of:
  int facing = next_is_verso;
  static constexpr int next_is_verso = -1;
  static constexpr int next_is_free = -2;  // a recto that faces another chain's page, or no facing pages
  friend bool operator==(const Situation&, const Situation&) = default;
};

// The cheapest way to come to a box in a situation.
struct State {
  Situation situation;
  std::int64_t cost = 0;
  PageRange page;            // the page that led here
  std::uint32_t before = 0;  // the state, among those of page.first, that it came from
};

// A page that may begin at some box: what doesn't depend on the page that it faces.
struct Candidate {
  std::uint32_t end = 0;
  Length depth;
  int note_lines = 0, carried = 0;
  std::int64_t cost = 0;
  std::int64_t lines = 0;  // its depth as the facing page sees it
  bool compared = false;   // with the page that it faces
};

// Footnotes on a page: what fits, what is carried on, what that costs.
struct Notes {
  int set = 0, carried = 0;
  std::int64_t cost = 0;
};

Notes fit_notes(const PageShape& shape, Length depth, int carried, const std::vector<int>& notes) {
  int total = carried;
  for (const int lines : notes) total += lines;
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
  const int last = notes.empty() ? 0 : notes.back();
  if (fitting < total - last + std::min(last, shape.lines_before_turn)) result.cost = PageCosts::forbidden;
  return result;
}

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

namespace {

// The pages that may begin with box `first`. Faults that a paragraph or piece would suffer are offered only
// where there is no page without.
void find_candidates(const std::vector<Box>& boxes, const PageShape& shape, std::uint32_t first, int carried,
                     std::vector<Candidate>& out) {
  out.clear();
  const auto count = static_cast<std::uint32_t>(boxes.size());
  Length y = first == 0 ? shape.sink : Length{};
  bool stretches = false, faultless = false;
  std::vector<int> notes;
  for (std::uint32_t i = first; i < count; ++i) {
    const Box& box = boxes[i];
    y += i == first ? box.head_above + box.height + box.head_below : box.before + box.height;
    Candidate page;
    page.end = i + 1;
    page.depth = y;
    if (box.to_grid) y = round_up(y, shape.grid);
    stretches = stretches || box.stretches;
    notes.insert(notes.end(), box.notes.begin(), box.notes.end());
    const bool overfull = page.depth > shape.height;
    if (overfull && i > first) break;
    const Notes set = fit_notes(shape, page.depth, carried, notes);
    if (set.set == 0 && set.carried > 0 && i > first) break;  // deeper pages leave no room either
    page.note_lines = set.set;
    page.carried = set.carried;
    page.cost = PageCosts::page + set.cost + (overfull ? PageCosts::overfull : 0);

    const bool ends = page.end == count;
    const bool part_ends = !ends && boxes[page.end].opens && set.carried == 0;
    const std::int64_t lines = whole_lines(page.depth, shape.grid);
    page.lines = stretches || set.set > 0 ? shape.height.raw() / shape.grid.raw() : lines;
    if (!ends || set.carried > 0) {
      const Length room = shape.height - note_area(shape, set.set);
      const std::int64_t missing =
          stretches ? 0 : std::max<std::int64_t>(0, (room - page.depth).raw() / shape.grid.raw());
      page.cost += PageCosts::short_line * missing * missing / (part_ends ? PageCosts::part_end_share : 1);
      if (!ends) page.cost += boxes[page.end].turn_cost;
      page.compared = !part_ends;
    }
    if ((ends || part_ends) && first > 0 && lines < shape.last_lines && !stretches) {
      page.cost += PageCosts::thin_end * (shape.last_lines - lines);
    }
    if (ends && set.carried > 0) page.cost += PageCosts::forbidden;  // a page of nothing but a note's end
    faultless = faultless || ends || boxes[page.end].turn_cost < PageCosts::piece_split;
    out.push_back(page);
  }
  if (!faultless) return;
  std::erase_if(out, [&](const Candidate& page) {
    return page.end < count && boxes[page.end].turn_cost >= PageCosts::piece_split;
  });
}

std::int64_t spread_cost(std::int64_t verso, std::int64_t recto) {
  const std::int64_t uneven = std::abs(verso - recto);
  const std::int64_t small = std::min<std::int64_t>(uneven, 2);
  return PageCosts::spread_line * small * small + PageCosts::spread_fault * (uneven - small);
}

}  // namespace

std::vector<PageRange> break_pages(const std::vector<Box>& boxes, const PageShape& shape) {
  const auto count = static_cast<std::uint32_t>(boxes.size());
  if (count == 0) return {PageRange{}};
  std::vector<std::vector<State>> states(count + 1);
  State start;
  start.situation.facing = shape.facing && shape.first_is_verso ? Situation::next_is_verso : Situation::next_is_free;
  states[0].push_back(start);

  std::vector<Candidate> candidates;
  for (std::uint32_t first = 0; first < count; ++first) {
    int carried = -1;
    for (std::uint32_t s = 0; s < states[first].size(); ++s) {
      const State from = states[first][s];
      if (from.situation.carried != carried) {
        carried = from.situation.carried;
        find_candidates(boxes, shape, first, carried, candidates);
      }
      for (const Candidate& page : candidates) {
        State to;
        to.cost = from.cost + page.cost;
        if (page.compared && from.situation.facing >= 0) to.cost += spread_cost(from.situation.facing, page.lines);
        to.situation = {page.carried, Situation::next_is_free};
        if (shape.facing) {
          const bool verso = from.situation.facing == Situation::next_is_verso;
          to.situation.facing = verso ? static_cast<int>(page.lines) : Situation::next_is_verso;
        }
        to.page = {first, page.end, page.depth, page.note_lines};
        to.before = s;
        std::vector<State>& there = states[page.end];
        const auto same = std::find_if(there.begin(), there.end(),
                                       [&](const State& state) { return state.situation == to.situation; });
        if (same == there.end()) {
          there.push_back(to);
        } else if (to.cost <= same->cost) {
          *same = to;  // of equals the one with fuller pages before
        }
      }
    }
  }

  const auto cheaper = [](const State& a, const State& b) { return a.cost < b.cost; };
  const State* state = &*std::min_element(states[count].begin(), states[count].end(), cheaper);
  int carried = state->situation.carried;
  std::vector<PageRange> pages;
  while (true) {
    pages.push_back(state->page);
    if (state->page.first == 0) break;
    state = &states[state->page.first][state->before];
  }
  std::reverse(pages.begin(), pages.end());
  while (carried > 0) {
    const std::int64_t room = (shape.height - shape.note_head).raw() / shape.note_leading.raw();
    const int lines = std::clamp<int>(static_cast<int>(room), 1, carried);
    pages.push_back({count, count, {}, lines});
    carried -= lines;
  }
  return pages;
}

}  // namespace epitome::typeset
