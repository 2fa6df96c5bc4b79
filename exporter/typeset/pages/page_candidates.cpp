#include "typeset/pages/page_candidates.hpp"

#include <algorithm>
#include <utility>

namespace epitome::typeset {

namespace {

std::int64_t whole_lines(Length value, Length grid) {
  return value.raw() <= 0 ? 0 : (value.raw() + grid.raw() - 1) / grid.raw();
}

std::int64_t short_cost(std::int64_t lines) {
  return lines == 0 ? 0 : PageCosts::short_page + PageCosts::short_line * lines * lines;
}

}  // namespace

void Places::extend(std::uint32_t box, const std::vector<Alternative>& alternatives) {
  const std::uint32_t from = extended_, first = alternatives_;
  for (std::uint32_t& a = alternatives_; a < alternatives.size() && alternatives[a].first < box; ++a) {
    box = std::max(box, alternatives[a].last);
  }
  if (box <= from) return;
  extended_ = box;
  std::uint32_t next = end();
  for (std::uint32_t i = from, a = first; i < box; ++i) {
    own_[i] = next++;
    for (; a < alternatives_ && alternatives[a].first == i; ++a) {
      next += static_cast<std::uint32_t>(alternatives[a].boxes.size()) - 1;
    }
  }
  own_[box] = next;
  places_.resize(next + 1 - first_);
  places_.back().base = box;
  if (box < boxes_.size()) places_.back().box = &boxes_[box];
  for (std::uint32_t i = from, a = first; i < box; ++i) {
    const std::uint32_t before = a;
    while (a < alternatives_ && alternatives[a].first == i) ++a;
    add_box(i, before, a, alternatives);
  }
}

void Places::leave(std::uint32_t before) {
  places_.erase(places_.begin(), places_.begin() + (before - first_));
  first_ = before;
}

// Adds the place of box `i`, and the places inside of the alternatives [first, last), which begin there.
void Places::add_box(std::uint32_t i, std::uint32_t first, std::uint32_t last,
                     const std::vector<Alternative>& alternatives) {
  // Whether the boxes are all like the first, and none of them has notes.
  const auto alike = [](const Box* begin, const Box* end) {
    return std::all_of(begin, end, [&](const Box& box) {
      return box.height == begin->height && box.notes.empty() && !box.stretches &&
             (&box == begin || box.before == Length{}) && (&box + 1 == end || !box.to_grid);
    });
  };
  Place& own = at(own_[i]);
  own.box = &boxes_[i];
  own.base = i;
  own.ways.push_back({&boxes_[i], own_[i + 1], none, false, 0, 0, 0});
  if (first == last) return;
  const std::uint32_t behind = alternatives[first].last;
  own.ways.back().end = own_[behind];
  if (alike(&boxes_[i], boxes_.data() + behind)) own.ways.back().even = behind - i;
  std::uint32_t inner = own_[i];
  for (std::uint32_t a = first; a < last; ++a) {
    const std::vector<Box>& others = alternatives[a].boxes;
    const std::uint32_t before = inner;
    std::uint32_t place = own_[i];
    for (std::uint32_t k = 0; k < others.size(); ++k) {
      const bool is_last = k + 1 == others.size();
      const std::uint32_t to = is_last ? own_[alternatives[a].last] : ++inner;
      if (k > 0) {
        at(place).box = &others[k];
        at(place).base = i;
        at(place).inside = k;
      }
      at(place).ways.push_back({&others[k], to, k == 0 ? a : none, is_last, 0, 0, 0});
      place = to;
    }
    Way& way = own.ways.back();
    // It may not be known yet on which of the alternative's lines the notes' marks stand.
    const bool notes = std::any_of(boxes_.data() + i, boxes_.data() + alternatives[a].last,
                                   [](const Box& box) { return !box.notes.empty(); });
    way.end = own_[alternatives[a].last];
    way.inner = before;
    if (!notes && alike(others.data(), others.data() + others.size())) {
      way.even = static_cast<std::uint32_t>(others.size());
    }
  }
}

// Lines of footnotes on a page: how many are set there, how many are carried on, and what that costs.
struct PageCandidates::Notes {
  int set = 0, carried = 0;
  std::int64_t cost = 0;
};

// `total` lines wait, `last` of them for the page's last note in their order (0: no mark stands on it).
PageCandidates::Notes PageCandidates::fit_notes(const PageShape& shape, Length depth, int total, int last) {
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
  // Every note must begin on its mark's page, with as many lines as a page turn may leave alone.
  if (last > 0 && fitting < total - last + std::min(last, shape.lines_before_turn)) {
    result.cost = PageCosts::forbidden;
  }
  return result;
}

PageCandidates::PageCandidates(const Places& places, const std::vector<Alternative>& alternatives,
                               const PageShape& shape, std::int64_t margin, std::uint32_t first)
    : places_(places), alternatives_(alternatives), shape_(shape), margin_(margin), first_(first) {
  while (short_cost(too_short_) <= margin) ++too_short_;
}

const PageCandidates::Found& PageCandidates::from(const PageBegin& begin) {
  if (begin.place - first_ >= all_.size()) all_.resize(places_.end() + 1 - first_);
  std::vector<Found>& here = all_[begin.place - first_];
  const auto known = std::find_if(here.begin(), here.end(), [&](const Found& found) {
    return found.after_reset == begin.after_reset && found.carried == begin.carried;
  });
  if (known != here.end()) return *known;
  find(begin, too_short_);
  // There may be none but a page that is too short for the margin: a heading before a figure as high as a page.
  if (found_.pages.empty()) find(begin, shape_.height.raw() / shape_.grid.raw() + 1);
  found_.pages.shrink_to_fit();
  found_.taken.shrink_to_fit();
  here.push_back(std::move(found_));
  return here.back();
}

void PageCandidates::forget(const std::vector<std::uint32_t>& alternatives, std::uint32_t from) {
  std::vector<bool> changed;  // from `from` on
  for (const std::uint32_t a : alternatives) {
    if (!places_.has_box(alternatives_[a].last)) continue;
    const std::uint32_t last = places_.of_box(alternatives_[a].last);
    if (last > from + changed.size()) changed.resize(last - from);
    for (std::uint32_t at = std::max(from, places_.of_box(alternatives_[a].first)); at < last; ++at) {
      changed[at - from] = true;
    }
  }
  std::uint32_t next = places_.end() + 1;  // the next place that has changed
  for (auto i = static_cast<std::uint32_t>(changed.size()); i-- > 0;) {
    if (changed[i]) next = from + i;
    if (from + i - first_ >= all_.size()) continue;
    std::erase_if(all_[from + i - first_], [&](const Found& found) { return found.farthest >= next; });
  }
}

void PageCandidates::leave(std::uint32_t before) {
  const std::size_t count = std::min<std::size_t>(before - first_, all_.size());
  all_.erase(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(count));
  first_ = before;
}

// Finds the pages with fewer than `too_short` empty lines.
void PageCandidates::find(const PageBegin& begin, std::int64_t too_short) {
  found_ = {begin.after_reset, begin.carried, begin.place, {}, {}};
  least_depth_ = shape_.height - shape_.grid * too_short;
  Partial start;
  start.depth = start.foot = begin.place == 0 ? shape_.sink : Length{};
  start.notes = begin.carried;
  start.after_reset = begin.after_reset;
  partials_.resize(std::max<std::size_t>(partials_.size(), places_.end() + 1 - begin.place));
  partials_[0].assign(1, start);
  std::uint32_t& farthest = found_.farthest;
  for (std::uint32_t at = begin.place; at <= farthest && at < places_.end(); ++at) {
    for (const Partial& partial : partials_[at - begin.place]) {
      for (const Places::Way& way : places_[at].ways) {
        farthest = std::max(farthest, add_boxes(begin.place, at, partial, way));
      }
    }
    partials_[at - begin.place].clear();
  }
  for (std::uint32_t at = begin.place; at <= farthest; ++at) partials_[at - begin.place].clear();
}

// Adds the way's box to the page, if there is room for it. As long as the page is too short to end, the boxes behind it
// that are like it are added at once. The place that is reached; 0: there is no room.
std::uint32_t PageCandidates::add_boxes(std::uint32_t first, std::uint32_t at, const Partial& partial,
                                        const Places::Way& way) {
  const Box& box = *way.box;
  const bool is_first = at == first;
  Partial now = partial;
  now.depth = partial.foot + (is_first ? box.head_above + box.height + box.head_below : box.before + box.height);
  if (!is_first) now.play += box.play;
  const bool overfull = now.depth > shape_.height;
  if (overfull && !is_first) return 0;
  std::uint32_t next = way.next;
  bool leaves = way.leaves, to_grid = box.to_grid;
  if (way.even > 1 && partial.notes == 0 && !partial.stretches) {
    const std::int64_t fit = (least_depth_ - now.play - now.depth).raw() / box.height.raw();
    const auto more = static_cast<std::uint32_t>(std::clamp<std::int64_t>(fit, 0, way.even - 1));
    now.depth += box.height * more;
    next = places_.after(at, way, more + 1);
    const bool whole = more + 1 == way.even;
    leaves = whole && way.alternative != Places::none;
    to_grid = whole && (&box)[more].to_grid;
  }
  now.foot = to_grid ? round_up(now.depth, shape_.grid) : now.depth;
  now.stretches = partial.stretches || box.stretches;
  for (std::size_t i = 0; i < box.notes->size(); ++i) {
    const int lines = (*box.notes)[i];
    now.notes += lines;
    // Rows that are divided by lines meet their notes out of order, and set them in order.
    const std::uint32_t index = i < box.note_indices->size() ? (*box.note_indices)[i] : partial.last_index;
    if (index < now.last_index) continue;
    now.last_index = index;
    now.last_note = lines;
  }
  if (way.alternative != Places::none) {
    now.cost += alternatives_[way.alternative].cost + (partial.after_reset ? PageCosts::reset_in_a_row : 0);
    if (now.cost > margin_) return 0;
    now.taken = static_cast<std::int32_t>(found_.taken.size());
    found_.taken.push_back({way.alternative, partial.taken});
  }
  now.after_reset = leaves;
  const Notes notes = fit_notes(shape_, now.depth, now.notes, now.last_note);
  if (notes.set == 0 && notes.carried > 0 && !is_first) return 0;  // deeper pages leave no room either
  if (keep(next - first, now)) add_candidate(first, next, now, notes, overfull);
  return next;
}

// Keeps a page up to the place that is `at` places behind its begin. Of two that are alike there, the cheaper one is
// kept; false: there was one.
bool PageCandidates::keep(std::uint32_t at, const Partial& partial) {
  for (Partial& other : partials_[at]) {
    if (other.depth != partial.depth || other.foot != partial.foot || other.play != partial.play ||
        other.notes != partial.notes || other.last_note != partial.last_note ||
        other.last_index != partial.last_index || other.after_reset != partial.after_reset ||
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

void PageCandidates::add_candidate(std::uint32_t first, std::uint32_t end, const Partial& partial, const Notes& notes,
                                   bool overfull) {
  const Box* following = places_[end].box;
  if (following != nullptr && !following->opens && notes.set == 0 && !partial.stretches &&
      partial.depth + partial.play <= least_depth_) {
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
    if (missing > 0 && !part_ends && shape_.grid * missing <= partial.play) {
      page.grown = shape_.grid * missing;
      page.depth += page.grown;
      page.lines = shape_.height.raw() / shape_.grid.raw();
      page.cost.other += PageCosts::grown + PageCosts::grown_line * missing * missing;
    } else if (missing > 0) {
      page.cost.short_page = short_cost(missing) / (part_ends ? shape_.part_end_share : 1);
    }
    if (!ends) page.cost.turn = following->parting();
    page.compared = !part_ends;
  }
  if ((ends || part_ends) && first > 0 && lines < shape_.last_lines && !partial.stretches) {
    page.cost.thin_end = PageCosts::thin_end * (shape_.last_lines - lines);
  }
  if (ends && notes.carried > 0) page.cost.notes += PageCosts::forbidden;  // a page of nothing but a note's end
  // A single line above a page of notes, from the middle of a paragraph too.
  if (!ends && notes.set > 0 && lines < shape_.lines_before_turn) page.cost.notes += PageCosts::widow;
  found_.pages.push_back(page);
}

}  // namespace epitome::typeset
