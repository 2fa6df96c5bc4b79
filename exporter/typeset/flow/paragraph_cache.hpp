// Paragraphs set once, though page numbers may ask for several passes over the document.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "diag/diagnostic.hpp"
#include "style/language.hpp"
#include "text/paragraph.hpp"
#include "typeset/flow/flow.hpp"

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
  // Other lines than the best, and what the page breaker must know of them.
  struct Other {
    text::LineRequest request;
    std::int64_t excess = 0;       // what it costs more than the best, in the unit of text::Costs
    std::vector<bool> hyphenated;  // by line; empty: there is none, or a line is overfull or higher than others
    std::vector<std::pair<std::uint32_t, std::uint32_t>> tags;  // lines and their runs' tags, in reading order
    std::shared_ptr<Lines> lines;                               // once it is taken
    bool outdated = false;                                      // its paragraph shows other page numbers since
  };
  // What a paragraph may be asked for after it was set: `others`, lines in another number, until it is `fixed`;
  // `pages`, other page numbers in it.
  struct Again {
    bool others = false, pages = false;
  };
  // The paragraph's best lines. Overfull lines (W0602) and missing glyphs (E0601) are kept for `report`.
  Setting lines(text::Paragraph paragraph, diag::Span place, Again again);
  void fixed(std::size_t number);
  // Paragraphs by their number in the last pass: the best lines, and others.
  std::shared_ptr<const Lines> best(std::size_t number) const { return entries_[number].lines; }
  const Other& other(std::size_t number, const text::LineRequest& request);
  // What is known of them already, in this pass or from the one before; null: nothing.
  const Other* known_other(std::size_t number, const text::LineRequest& request) const;
  std::shared_ptr<const Lines> set_again(std::size_t number, const text::LineRequest& request);
  // Sets the pages that spans show as `labels` has them, in the lines that hold them: these stay the same objects, and
  // no paragraph has more or fewer lines. False: one paragraph at least must be set in another pass. `forced`: a
  // paragraph whose best lines are more or fewer is set in other ones.
  bool show_pages(const Flow& flow, const PageLabels& labels, bool forced);
  // Forgets what was prepared of it: little more will be asked.
  void close(std::size_t number) { let_go(entries_[number]); }
  // Lets go of all lines: they stay where they are held. None may be asked for any more.
  void finish();
  // One line at its natural width, which `natural_width` gives.
  std::shared_ptr<const Lines> one_line(const std::vector<text::TextSpan>& spans, model::Direction direction,
                                        diag::Span place);
  text::Typesetter::Extent extent(const text::Paragraph& paragraph, diag::Span place);
  Length widest_start_hang(const text::Face& face, Length size) { return typesetter_.widest_start_hang(face, size); }
  // The number of the next paragraph; those from `number` on are forgotten.
  std::size_t next_number() const { return next_; }
  void go_back_to(std::size_t number) { next_ = number; }
  // Appends what the last pass, and what was set after it, had to report.
  void report(diag::Sink& sink) const;

 private:
  // What is kept of a paragraph that may be set in other lines or show other page numbers.
  struct Set {
    text::Paragraph paragraph;
    Again again;
    std::int64_t demerits = 0;         // of the best lines
    text::PreparedParagraph prepared;  // while others are asked for
    std::size_t bytes_kept = 0;        // of its text, while it is kept prepared from the beginning
    std::vector<Other> others;
  };
  struct Entry {
    std::uint64_t key = 0;
    diag::Span place;
    std::shared_ptr<Lines> lines;
    std::unique_ptr<Set> set;
    text::Typesetter::Extent extent;
    std::unique_ptr<const diag::Sink> heard;  // null: nothing
  };
  Entry& entry(std::uint64_t key, bool& fresh);
  void keep_prepared(Set& set, const text::Paragraph& paragraph, text::PreparedParagraph prepared);
  void let_go(Entry& entry);  // of what was prepared
  text::Typesetter::OtherLines other_lines(Entry& entry, const text::LineRequest& request);
  // Figures of a paragraph that become others, in the text of one of its spans.
  struct NewFigures {
    std::uint32_t span = 0, offset = 0;
    std::string_view before, after;
  };
  bool change(Entry& entry, const std::vector<NewFigures>& changes, const Flow& flow, bool forced);
  bool exchange(Lines& lines, const text::Paragraph& paragraph, const std::vector<NewFigures>& changes);
  bool set_anew(Entry& entry, const Flow& flow, bool forced);
  static std::uint64_t key_of(const text::Paragraph& paragraph, Again again);

  text::Typesetter typesetter_;
  const style::Language& language_;
  std::deque<Entry> entries_;
  std::size_t next_ = 0;
  // Paragraphs are kept prepared up to so many bytes of text at a time: all of an ordinary document.
  static constexpr std::size_t prepared_most = 200'000;
  std::size_t prepared_bytes_ = 0;
};

}  // namespace epitome::typeset
