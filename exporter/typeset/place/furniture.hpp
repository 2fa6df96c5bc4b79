// Lines of running heads, folios and leaders, set as they are needed.
#pragma once

#include <memory>
#include <string>

#include "typeset/flow/paragraph_cache.hpp"
#include "typeset/typeset.hpp"

namespace epitome::typeset {

class FurnitureLines {
 public:
  FurnitureLines(const Inputs& inputs, ParagraphCache& cache) : inputs_(inputs), cache_(cache) {}
  std::shared_ptr<const Lines> line(style::StyleName style, const std::string& text);
  // The text on a line of `width` at most. Longer text is cut between words, or within its first word, and ends in an
  // ellipsis.
  std::shared_ptr<const Lines> cut_to(style::StyleName style, const std::string& text, Length width);
  // The work's title in a running head: whole, or its short form, cut if need be.
  std::shared_ptr<const Lines> title(Length width);

 private:
  const Inputs& inputs_;
  ParagraphCache& cache_;
};

}  // namespace epitome::typeset
