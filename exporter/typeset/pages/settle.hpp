// A chain's pages and its paragraphs' numbers of lines, chosen together.
#pragma once

#include <vector>

#include "style/layout.hpp"
#include "typeset/flow/flow.hpp"
#include "typeset/flow/paragraph_cache.hpp"
#include "typeset/pages/break_pages.hpp"

namespace epitome::typeset {

// The pages of a chain (see break_pages). Paragraphs that had better be a line longer or shorter are set so in the
// chain: its boxes and atoms are then others.
std::vector<PageRange> settle(Flow& flow, Chain& chain, const style::Layout& layout, ParagraphCache& cache,
                              const PageShape& shape);

}  // namespace epitome::typeset
