// How an Inspection is made.
#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "text/rescore.hpp"
#include "typeset/inspection.hpp"
#include "typeset/plan.hpp"

namespace epitome::typeset {

// Looks at lines while they are placed, and at each page when it is full. What is given must outlive it.
class Inspector {
 public:
  Inspector(const Flow& flow, const std::vector<PlannedPage>& planned, const ParagraphCache& cache,
            const style::Layout& layout);
  void page(const model::Rect& block);
  // A line whose measure's left edge is at `left`.
  void line(const TextBox& box, Length left, Length baseline);
  void end_page(std::size_t number);
  Inspection finish() { return std::move(found_); }

 private:
  diag::Span place_of(const std::shared_ptr<const Lines>& lines) const;
  page::Role role_of(const text::Line& line) const;
  void follow_strips(const text::Line& line, Length left, std::uint32_t number);
  void follow_words(bool at_start, std::uint32_t number);

  const Flow& flow_;
  const std::vector<PlannedPage>& planned_;
  const style::Layout& layout_;
  std::unordered_map<const Lines*, diag::Span> places_;
  std::unordered_map<const Lines*, int> extras_;  // ResetParagraph::extra
  text::Channels channels_;
  Inspection found_;
};

}  // namespace epitome::typeset
