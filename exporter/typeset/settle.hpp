// A chain's pages and its paragraphs' numbers of lines, chosen together.
#pragma once

#include <vector>

#include "style/layout.hpp"
#include "typeset/flow.hpp"
#include "typeset/paragraph_cache.hpp"

namespace epitome::typeset {

// Of a page turn before line `line` (from 0) of a paragraph of `count`; `hyphenated`: the line before ends in a hyphen.
std::int64_t line_turn_cost(const style::Layout& layout, int line, int count, bool hyphenated);

// The notes and the destinations of the line's text become the box's and the atom's.
void add_marks(const Flow& flow, Box& box, Atom& atom, const TextBox& text);

// The pages of a chain (see break_pages). Paragraphs that had better be a line longer or shorter are set so in the
// chain: its boxes and atoms are then others.
std::vector<PageRange> settle(Flow& flow, Chain& chain, const style::Layout& layout, ParagraphCache& cache,
                              const PageShape& shape);

}  // namespace epitome::typeset
