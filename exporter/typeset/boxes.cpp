// What a page's boxes are, and what is said of those that overlap or leave their place.
#include <fmt/format.h>

#include <algorithm>

#include "typeset/place.hpp"

namespace epitome::typeset {

namespace {

// Of the letters' size: about the height of capitals, in any script more than of small letters.
Length letter_height(Length size) { return size.scaled(7, 10); }

}  // namespace

void Placer::text_box(const Lines& lines, std::uint32_t number, PageBox::Kind kind, Length left, Length baseline,
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
    if (run.annotation) add(run.x, run.x + run.run.width(), baseline - run.baseline_shift, letter_height(run.run.size));
  }
  boxes_lines_.resize(boxes_.size(), &lines);
}

void Placer::picture_box(const Rect& rect) {
  boxes_.push_back({PageBox::Kind::picture, rect, block(), {}, nullptr});
  boxes_lines_.push_back(nullptr);
}

void Placer::drawn_box(const page::Text& text, const void* owner) {
  if (text.run.glyphs.empty()) return;
  const Length size = text.run.size, height = letter_height(size);
  const Length before = text.run.face->side_bearing(text.run.glyphs.front().id, size);
  const Length after = text.run.face->end_bearing(text.run.glyphs.back().id, size);
  const Rect ink{text.origin.x + before, text.origin.y - height, text.run.width() - before - after, height};
  boxes_.push_back({PageBox::Kind::furniture, ink, now().trim, size, owner});
  boxes_lines_.push_back(nullptr);
}

// What of the line's column is on the block.
Rect Placer::column_of(const TextBox& box) const {
  const Rect whole = block();
  const Length from = left(box.start, box.measure);
  const Length start = std::max(from, whole.x), end = std::min(from + box.measure, whole.x + whole.width);
  return {start, whole.y, end - start, whole.height};
}

void Placer::report_boxes(diag::Sink& sink) {
  for (const BoxFault& fault : check_boxes(boxes_)) box_fault(fault, sink);
  boxes_.clear();
  boxes_lines_.clear();
}

void Placer::box_fault(const BoxFault& fault, diag::Sink& sink) {
  const std::string on_page = fmt::format("page {}: {}", now().label, described(fault.first));
  if (fault.kind == BoxFault::Kind::outside) {
    sink.report(diag::Code::W0607, place_of(fault.first), on_page + " leaves its column or its page",
                {"shorten or divide what stands there"});
    return;
  }
  diag::Span place = place_of(fault.second);
  if (place == diag::Span{}) place = place_of(fault.first);
  sink.report(diag::Code::W0607, place,
              fmt::format("{} and {} stand over each other", on_page, described(fault.second)),
              {"shorten or divide one of the two"});
}

std::string Placer::described(std::size_t box) const {
  if (boxes_[box].kind == PageBox::Kind::picture) return "a picture";
  if (boxes_lines_[box] == nullptr) return "a cover's text";
  return fmt::format("\"{}\"", words_of(*static_cast<const text::Line*>(boxes_[box].owner)));
}

void Placer::find_places() {
  places_ = cache_.places();
  for (const Chain& chain : flow_.chains) {
    for (const SetParagraph& paragraph : chain.paragraphs) {
      if (const Lines* lines = set_again(chain, paragraph, places_)) places_[lines] = cache_.place(paragraph.number);
    }
  }
}

// In the source; nothing for what the program writes.
diag::Span Placer::place_of(std::size_t box) const {
  // Furniture is set while pages are placed: where released lines were.
  if (boxes_[box].kind == PageBox::Kind::furniture) return {};
  const auto found = places_.find(boxes_lines_[box]);
  return found == places_.end() ? diag::Span{} : found->second;
}

}  // namespace epitome::typeset
