// The page that is being drawn: items with their marks, and the structure elements that the marks belong to.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "text/missing_glyphs.hpp"
#include "typeset/flow/flow.hpp"

namespace epitome::typeset {

class Canvas {
 public:
  // `elements`: the flow's; `rtl`: start edges are at the right.
  Canvas(page::Elements elements, const style::Geometry& geometry, const text::MissingGlyphs* missing, bool rtl);

  // `block_left`: the left edge of the page's block; of a turned page, that on its paper before it is turned.
  void begin_page(std::string label, Length block_left, bool turned);
  page::Page& page() { return pages.pages.back(); }
  std::uint32_t page_number() const { return static_cast<std::uint32_t>(pages.pages.size() - 1); }
  const model::Rect& block() const { return block_; }  // where the page's text stands
  // Moves the block's edges outwards by these lengths. Negative ones move them inwards.
  void widen(Length left, Length right) {
    block_.x -= left;
    block_.width += left + right;
  }
  Length left(Length start, Length width) const;  // from the start edge to the page's left

  // Draws something as content of the element, or, with none, as an artifact.
  void add(decltype(page::Item::value) value, std::uint32_t element, ArtifactKind artifact);
  // A rule that is nobody's content; `start` counts from the block's start edge.
  void rule(const model::Rect& from_start, style::Colour colour, Length dash_on, Length dash_off);
  // Ends the last text with a space, if readers would take the text at `from` on the same line for its continuation.
  void end_column(Length from, Length baseline);

  // Elements join their parents when something of them is first placed: so kids stand in logical order.
  void attach(std::uint32_t element);
  // The element for a run whose glyphs stand in place of other characters: it says these (ActualText).
  std::uint32_t replaced(std::uint32_t around, const text::PlacedRun& run);
  page::Element& element(std::uint32_t index) { return pages.elements[index]; }
  // Elements that nothing was placed of are left out.
  void drop_unattached();

  page::Pages pages;

 private:
  std::uint32_t mark(std::uint32_t element, ArtifactKind artifact);

  const style::Geometry& geometry_;
  const text::MissingGlyphs* missing_;
  bool rtl_;
  model::Rect block_;
  std::vector<bool> attached_;
  // The elements that say what their glyphs don't show: by the element around, the run's tag and its offset.
  std::map<std::array<std::uint32_t, 3>, std::uint32_t> replaced_;
};

}  // namespace epitome::typeset
