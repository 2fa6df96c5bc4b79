#include "typeset/place/page_boxes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "typeset/flow/paragraph_cache.hpp"

namespace epitome::typeset {

namespace {

// About the height of capitals. In scripts without capitals it is more than the height of most letters.
Length letter_height(Length size) { return size.scaled(7, 10); }

}  // namespace

void PageBoxes::text(const Lines& lines, std::uint32_t number, PageBox::Kind kind, Length left, Length baseline,
                     const Rect& home) {
  const text::Line& line = lines[number];
  const Length size = letter_size(line);
  const Rect around{home.x - line.hang_left, home.y, home.width + line.hang_left + line.hang_right, home.height};
  const auto add = [&](Length from, Length to, Length foot, Length height) {
    from += left;
    to += left;
    if (line.overfull) {  // said already (W0602)
      from = std::max(from, home.x);
      to = std::min(to, home.x + home.width);
    }
    boxes_.push_back({kind, {from, foot - height, to - from, height}, around, size, &line});
  };
  const Extent extent = ink_extent(line);
  add(extent.from, extent.to, baseline, letter_height(size));
  for (const text::PlacedRun& run : line.runs) {
    if (run.above) add(run.x, run.x + run.run.width(), baseline - run.baseline_shift, letter_height(run.run.size));
  }
  lines_.resize(boxes_.size(), &lines);
}

void PageBoxes::picture(const Rect& rect, const Rect& home) {
  boxes_.push_back({PageBox::Kind::picture, rect, home, {}, nullptr});
  lines_.push_back(nullptr);
}

void PageBoxes::drawn(const page::Text& text, const Rect& home, const void* owner) {
  if (text.run.glyphs.empty()) return;
  const Length size = text.run.size, height = letter_height(size);
  const Length before = text.run.face->side_bearing(text.run.glyphs.front().id, size);
  const Length after = text.run.face->end_bearing(text.run.glyphs.back().id, size);
  const Rect ink{text.origin.x + before, text.origin.y - height, text.run.width() - before - after, height};
  boxes_.push_back({PageBox::Kind::furniture, ink, home, size, owner});
  lines_.push_back(nullptr);
}

void PageBoxes::check(const std::string& page_label, diag::Sink& sink) {
  for (const BoxFault& fault : check_boxes(boxes_)) report(fault, page_label, sink);
  boxes_.clear();
  lines_.clear();
}

void PageBoxes::report(const BoxFault& fault, const std::string& page_label, diag::Sink& sink) const {
  const std::string on_page = fmt::format("page {}: {}", page_label, described(fault.first));
  if (fault.kind == BoxFault::Kind::outside) {
    sink.report(diag::Code::W0607, span_of(fault.first), on_page + " leaves its column or its page",
                {"shorten or divide what stands there"});
    return;
  }
  diag::Span span = span_of(fault.second);
  if (span == diag::Span{}) span = span_of(fault.first);
  sink.report(diag::Code::W0607, span, fmt::format("{} and {} stand over each other", on_page, described(fault.second)),
              {"shorten or divide one of the two"});
}

std::string PageBoxes::described(std::size_t box) const {
  if (boxes_[box].kind == PageBox::Kind::picture) return "a picture";
  if (lines_[box] == nullptr) return "a cover's text";
  return fmt::format("\"{}\"", words_of(*static_cast<const text::Line*>(boxes_[box].owner)));
}

diag::Span PageBoxes::span_of(std::size_t box) const {
  return lines_[box] == nullptr ? diag::Span{} : lines_[box]->span;
}

}  // namespace epitome::typeset
