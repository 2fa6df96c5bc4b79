// Paragraphs set once, though page numbers may ask for several passes over the document.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "diag/diagnostic.hpp"
#include "style/language.hpp"
#include "text/paragraph.hpp"
#include "typeset/flow.hpp"

namespace epitome::typeset {

// From the left edge of a line's measure to its rightmost run: what one line's box is wide.
Length natural_width(const text::Line& line);
// From its leftmost to its rightmost run, with the space at its end, which hangs at the left in right-to-left text.
Length whole_width(const text::Line& line);
// A line's first words: enough to find it by.
std::string words_of(const text::Line& line);

// Passes ask for the same paragraphs in the same order: the n-th call of a pass finds the n-th of the
// pass before and keeps its lines if nothing in it has changed.
class ParagraphCache {
 public:
  ParagraphCache(text::TextOptions options, const style::Language& language)
      : typesetter_(std::move(options)), language_(language) {}

  void start_pass() { next_ = 0; }
  struct Setting {
    std::shared_ptr<const Lines> lines;
    std::size_t number = 0;  // of the paragraph in this pass
  };
  // Another setting than the best: what the page breaker asks of it.
  struct Other {
    text::LineRequest request;
    std::int64_t excess = 0;       // what it costs more than the best, in the unit of text::Costs
    std::vector<bool> hyphenated;  // by line; empty: there is none, or a line is overfull or higher than others
    std::vector<std::pair<std::uint32_t, std::uint32_t>> tags;  // lines and their runs' tags, in reading order
    std::shared_ptr<const Lines> lines;                         // once it is taken
  };
  // The paragraph's best lines. Overfull lines (W0602) and missing glyphs (E0601) are kept for `report`.
  Setting lines(const text::Paragraph& paragraph, diag::Span place);
  // Paragraphs by their number in the last pass: the best lines, and others.
  const std::shared_ptr<const Lines>& best(std::size_t number) const { return entries_[number].lines; }
  const Other& other(std::size_t number, const text::LineRequest& request);
  std::shared_ptr<const Lines> set_again(std::size_t number, const text::LineRequest& request);
  // Little will be asked about it any more: it is not kept prepared.
  void close(std::size_t number) { entries_[number].prepared = {}; }
  diag::Span place(std::size_t number) const { return entries_[number].place; }
  // Of all best lines of the last pass, where their paragraphs are in the source.
  std::unordered_map<const Lines*, diag::Span> places() const;
  // No paragraph's lines or settings will be asked for any more: what holds them keeps them.
  void finish();
  // One line at its natural width, which `natural_width` gives.
  std::shared_ptr<const Lines> one_line(const std::vector<text::TextSpan>& spans, model::Direction direction,
                                        diag::Span place);
  text::Typesetter::Extent extent(const text::Paragraph& paragraph, diag::Span place);
  // The number of the next paragraph; those from `number` on are forgotten.
  std::size_t next_number() const { return next_; }
  void go_back_to(std::size_t number) { next_ = number; }
  // Appends what the last pass, and what was set after it, had to report.
  void report(diag::Sink& sink) const;

 private:
  struct Entry {
    std::uint64_t key = 0;
    diag::Span place;
    std::shared_ptr<const Lines> lines;
    text::Paragraph paragraph;
    std::int64_t demerits = 0;         // of `lines`
    text::PreparedParagraph prepared;  // while others are asked for
    std::vector<Other> others;
    text::Typesetter::Extent extent;
    diag::Sink sink;
  };
  Entry& entry(std::uint64_t key, bool& fresh);
  text::Typesetter::OtherLines other_lines(Entry& entry, const text::LineRequest& request);

  text::Typesetter typesetter_;
  const style::Language& language_;
  std::vector<Entry> entries_;
  std::size_t next_ = 0;
  // Of text that was set: so much is kept prepared from then on, all of an ordinary document's.
  static constexpr std::size_t prepared_most = 200'000;
  std::size_t prepared_bytes_ = 0;
};

// The lines that a paragraph was set again in, which `best` (ParagraphCache::places) hasn't; null if it wasn't.
const Lines* set_again(const Chain& chain, const SetParagraph& paragraph,
                       const std::unordered_map<const Lines*, diag::Span>& best);

}  // namespace epitome::typeset
