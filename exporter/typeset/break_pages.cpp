#include "typeset/break_pages.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

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
  friend auto operator<=>(const Situation&, const Situation&) = default;
};

struct State {
  std::int64_t cost = 0;
  std::uint32_t before = 0;  // the box with which the page before began
  Situation situation_before;
  PageRange page;  // the page that led here
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

std::vector<PageRange> break_pages(const std::vector<Box>& boxes, const PageShape& shape) {
  const auto count = static_cast<std::uint32_t>(boxes.size());
  if (count == 0) return {PageRange{}};
  std::vector<std::map<Situation, State>> states(count + 1);
  const Situation start{0, shape.facing && shape.first_is_verso ? Situation::next_is_verso : Situation::next_is_free};
  states[0][start] = {};

  const auto keep = [&](std::uint32_t next, const Situation& situation, const State& state) {
    const auto [place, added] = states[next].try_emplace(situation, state);
    if (!added && state.cost <= place->second.cost) place->second = state;
  };

  for (std::uint32_t first = 0; first < count; ++first) {
    for (const auto& [situation, state] : states[first]) {
      Length y = first == 0 ? shape.sink : Length{};
      bool stretches = false;
      std::vector<int> notes;
      for (std::uint32_t i = first; i < count; ++i) {
        const Box& box = boxes[i];
        y += i == first ? box.head_above + box.height + box.head_below : box.before + box.height;
        const Length depth = y;
        if (box.to_grid) y = round_up(y, shape.grid);
        stretches = stretches || box.stretches;
        notes.insert(notes.end(), box.notes.begin(), box.notes.end());
        const bool overfull = depth > shape.height;
        if (overfull && i > first) break;

        const std::uint32_t next = i + 1;
        const Notes set = fit_notes(shape, depth, situation.carried, notes);
        if (set.set == 0 && set.carried > 0 && i > first) break;  // deeper pages leave no room either
        std::int64_t cost = state.cost + PageCosts::page + set.cost + (overfull ? PageCosts::overfull : 0);
        const Length room = shape.height - note_area(shape, set.set);
        const std::int64_t lines = whole_lines(depth, shape.grid);
        const bool full = stretches || set.set > 0;
        const std::int64_t page_lines = full ? shape.height.raw() / shape.grid.raw() : lines;
        const bool part_ends = next < count && boxes[next].opens && set.carried == 0;
        if (next < count || set.carried > 0) {
          const std::int64_t missing =
              stretches ? 0 : std::max<std::int64_t>(0, (room - depth).raw() / shape.grid.raw());
          cost += PageCosts::short_line * missing * missing / (part_ends ? PageCosts::part_end_share : 1);
          if (next < count) cost += boxes[next].turn_cost;
          if (situation.facing >= 0 && !part_ends) {
            const std::int64_t uneven = std::abs(situation.facing - page_lines);
            const std::int64_t small = std::min<std::int64_t>(uneven, 2);
            cost += PageCosts::spread_line * small * small + PageCosts::spread_fault * (uneven - small);
          }
        }
        if ((next == count || part_ends) && first > 0 && lines < shape.last_lines && !stretches) {
          cost += PageCosts::thin_end * (shape.last_lines - lines);
        }
        if (next == count && set.carried > 0) cost += PageCosts::forbidden;  // a page of nothing but a note's end

        Situation after{set.carried, Situation::next_is_free};
        if (shape.facing) {
          after.facing =
              situation.facing == Situation::next_is_verso ? static_cast<int>(page_lines) : Situation::next_is_verso;
        }
        keep(next, after, {cost, first, situation, {first, next, depth, set.set}});
      }
    }
  }

  const auto better = [](const auto& a, const auto& b) { return a.second.cost < b.second.cost; };
  const auto best = std::min_element(states[count].begin(), states[count].end(), better);
  std::vector<PageRange> pages;
  int carried = best->first.carried;
  const State* state = &best->second;
  while (true) {
    pages.push_back(state->page);
    if (state->before == 0) break;
    state = &states[state->before].at(state->situation_before);
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
