// Book to Flow: every paragraph set, every piece measured, every structure element made. The one stage that knows the
// vocabulary; what follows knows only atoms.
#pragma once

#include "typeset/flow/paragraph_cache.hpp"
#include "typeset/typeset.hpp"

namespace epitome::typeset {

struct Collected {
  Flow flow;
  std::vector<std::string> shown;     // the ids whose pages the lines before spoilers show
  std::vector<std::string> spoilers;  // the ids of the spoilers that have a line before them
};

// What a cross-reference shows that nothing is known of: two digits, as wide as most labels.
inline constexpr std::string_view unknown_label = "00";

// The pages on which the targets of cross-references may stand, by the length of the text before them.
PageLabels guess_pages(const book::Book& book, const style::Layout& layout);

// `imprint`: what its page says; `labels`: those that the pass before found, or guess_pages. `sink` hears of pieces
// that don't fit (W0604). The flow refers to what it is made of.
Collected collect(const Inputs& inputs, const std::vector<model::Inlines>& imprint, ParagraphCache& cache,
                  const PageLabels& labels, diag::Sink& sink);

}  // namespace epitome::typeset
