#include "typeset/place/check_boxes.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include "text/fonts.hpp"

namespace epitome::typeset {

namespace {

using Kind = PageBox::Kind;

bool is_empty(const PageBox& box) { return box.ink.width <= Length{} || box.ink.height <= Length{}; }

Length bottom(const PageBox& box) { return box.ink.y + box.ink.height; }

// `a` reaches down to where `b` begins.
bool overlap(const PageBox& a, const PageBox& b) {
  if (a.owner == b.owner || (a.kind == Kind::picture && b.kind == Kind::picture)) return false;
  const bool texts = a.kind != Kind::picture && b.kind != Kind::picture;
  const Length apart = texts ? std::min(a.size, b.size) / 10 : Length{};
  return a.ink.x < b.ink.x + b.ink.width + apart && b.ink.x < a.ink.x + a.ink.width + apart;
}

bool outside(const PageBox& box) {
  const Rect& ink = box.ink;
  const Rect& home = box.home;
  // A display line's letters rise above the block's head; its baseline stands on it.
  const Length top = box.kind == Kind::text ? bottom(box) : ink.y;
  // Widths are rounded word by word here and letter by letter there: what nobody sees.
  constexpr Length rounding = Length::pt(1) / 100;
  return ink.x + rounding < home.x || ink.x + ink.width - rounding > home.x + home.width || top < home.y ||
         bottom(box) > home.y + home.height;
}

std::optional<BoxFault> first_overlap(const std::vector<PageBox>& boxes) {
  std::vector<std::size_t> order(boxes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return boxes[a].ink.y < boxes[b].ink.y; });
  std::vector<std::size_t> open;  // those above that may reach down to the next
  for (const std::size_t at : order) {
    const PageBox& box = boxes[at];
    if (is_empty(box)) continue;
    std::erase_if(open, [&](std::size_t above) { return bottom(boxes[above]) <= box.ink.y; });
    for (const std::size_t above : open) {
      if (overlap(boxes[above], box))
        return BoxFault{BoxFault::Kind::overlap, std::min(above, at), std::max(above, at)};
    }
    open.push_back(at);
  }
  return std::nullopt;
}

}  // namespace

std::vector<BoxFault> check_boxes(const std::vector<PageBox>& boxes) {
  std::vector<BoxFault> faults;
  const auto out =
      std::find_if(boxes.begin(), boxes.end(), [](const PageBox& b) { return !is_empty(b) && outside(b); });
  if (out != boxes.end()) {
    const auto index = static_cast<std::size_t>(out - boxes.begin());
    faults.push_back({BoxFault::Kind::outside, index, index});
  }
  if (const std::optional<BoxFault> overlap = first_overlap(boxes)) faults.push_back(*overlap);
  return faults;
}

Extent ink_extent(const text::Line& line) {
  Extent extent;
  bool any = false;
  for (const text::PlacedRun& run : line.runs) {
    if (run.above || run.run.glyphs.empty()) continue;
    const Length to = run.x + run.run.width();
    extent = any ? Extent{std::min(extent.from, run.x), std::max(extent.to, to)} : Extent{run.x, to};
    any = true;
  }
  if (!any) return extent;
  // If a character hangs at the left (a bracket), the white before its ink doesn't count.
  const text::GlyphRun& front = line.runs.front().run;
  if (extent.from < Length{} && !front.glyphs.empty())
    extent.from += std::max(Length{}, front.face->side_bearing(front.glyphs.front().id, front.size));
  // The space at the line's end hangs beyond the measure: at the left in right-to-left text.
  const auto last = std::find_if(line.logical.rbegin(), line.logical.rend(),
                                 [&](std::uint32_t index) { return !line.runs[index].above; });
  if (last == line.logical.rend()) return extent;
  const text::GlyphRun& run = line.runs[*last].run;
  if (run.glyphs.empty()) return extent;
  const bool space = run.text.ends_with(' ');
  if (run.rtl) {
    if (space) extent.from += run.glyphs.front().advance;
    return extent;
  }
  const bool rightmost = line.runs[*last].x + run.width() == extent.to;
  if (space) extent.to -= run.glyphs.back().advance;
  // A mark's white, which stands beyond the measure.
  const std::size_t ending = run.glyphs.size() - (space ? 1 : 0);
  if (rightmost && ending > 0 && line.hang_right > Length{}) {
    const Length white = run.face->end_bearing(run.glyphs[ending - 1].id, run.size);
    extent.to -= std::clamp(white, Length{}, line.hang_right);
  }
  return extent;
}

Length letter_size(const text::Line& line) {
  Length size;
  for (const text::PlacedRun& run : line.runs) {
    if (!run.above) size = std::max(size, run.run.size);
  }
  return size;
}

}  // namespace epitome::typeset
