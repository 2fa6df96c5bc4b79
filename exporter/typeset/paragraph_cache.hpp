// Paragraphs set once, though page numbers may ask for several passes over the document.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "diag/diagnostic.hpp"
#include "style/language.hpp"
#include "text/paragraph.hpp"
#include "typeset/flow.hpp"

namespace epitome::typeset {

// From a line's leftmost to its rightmost run, spaces at its ends included.
Length natural_width(const text::Line& line);

// Passes ask for the same paragraphs in the same order: the n-th call of a pass finds the n-th of the
// pass before and keeps its lines if nothing in it has changed.
class ParagraphCache {
 public:
  ParagraphCache(text::TextOptions options, const style::Language& language)
      : typesetter_(std::move(options)), language_(language) {}

  void start_pass() { next_ = 0; }
  // The paragraph's lines. Overfull lines (W0602) and missing glyphs (E0601) are kept for `report`.
  std::shared_ptr<const Lines> lines(const text::Paragraph& paragraph, diag::Span place);
  // One line at its natural width, which `natural_width` gives.
  std::shared_ptr<const Lines> one_line(const std::vector<text::TextSpan>& spans, model::Direction direction,
                                        diag::Span place);
  text::Typesetter::Extent extent(const text::Paragraph& paragraph, diag::Span place);
  // Appends what the last pass had to report.
  void report(diag::Sink& sink) const;

 private:
  struct Entry {
    std::uint64_t key = 0;
    std::shared_ptr<const Lines> lines;
    text::Typesetter::Extent extent;
    diag::Sink sink;
  };
  Entry& entry(std::uint64_t key, bool& fresh);

  text::Typesetter typesetter_;
  const style::Language& language_;
  std::vector<Entry> entries_;
  std::size_t next_ = 0;
};

}  // namespace epitome::typeset
