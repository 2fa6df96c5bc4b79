// How an Inspection is made.
#pragma once

#include <vector>

#include "typeset/inspection.hpp"
#include "typeset/pages/plan.hpp"

namespace epitome::typeset {

// A line where it was placed: the left edge of its measure, and its baseline.
struct PlacedLine {
  const TextBox* box = nullptr;
  Length left, baseline;
};

struct PlacedLines {
  model::Rect block;  // where the page's text stands
  std::vector<PlacedLine> lines;
};

// What the lines and the pages are like; `pages`: the lines of each that was planned, in the order of reading;
// `elements`: those that the flow's tags name.
Inspection inspect(const Flow& flow, const page::Elements& elements, const std::vector<PlannedPage>& planned,
                   const std::vector<PlacedLines>& pages, const style::Layout& layout);

}  // namespace epitome::typeset
