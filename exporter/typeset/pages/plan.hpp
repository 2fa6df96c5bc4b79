// Chains of boxes to a row of pages with labels: which pages there are, before anything is placed.
#pragma once

#include <string>
#include <vector>

#include "typeset/flow/paragraph_cache.hpp"
#include "typeset/pages/break_pages.hpp"

namespace epitome::typeset {

struct PlannedPage {
  std::uint32_t chain = 0;
  PageRange range;
  bool first_of_chain = false;
  Numbering numbering = Numbering::arabic;
  std::string label;
};

// The first page is a recto; pages of facing layouts alternate.
inline bool is_verso(std::size_t page) { return page % 2 == 1; }

PageShape page_shape(const style::Layout& layout, const Chain& chain, bool first_is_verso);
// Changes paragraphs as settle does.
std::vector<PlannedPage> plan_pages(Flow& flow, const style::Layout& layout, const style::Language& language,
                                    ParagraphCache& cache);
PageLabels labels_of(const Flow& flow, const std::vector<PlannedPage>& pages);

// "iv"; number from 1.
std::string roman_numeral(int number);

}  // namespace epitome::typeset
