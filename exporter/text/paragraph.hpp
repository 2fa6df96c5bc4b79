// A paragraph from styled spans to lines of placed glyph runs: prepare (segment, shape, find breaks),
// then break_lines (total fit), as often as the page breaker asks with another number of lines.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "diag/source_texts.hpp"
#include "model/apart.hpp"
#include "model/document.hpp"
#include "model/length.hpp"
#include "style/language.hpp"
#include "style/layout.hpp"
#include "text/fonts.hpp"
#include "text/glyph_run.hpp"

namespace epitome::text {

class MissingGlyphs;

struct CharacterStyle {
  const Face* face = nullptr;
  Length size;
  const std::vector<std::string>* features = nullptr;  // HarfBuzz's notation; null: none. They stay the caller's.
  bool small_caps = false;                             // smcp, c2sc
  bool superior = false;      // sups, where the font has it for all of the span; else raised and smaller
  bool inferior = false;      // likewise, with subs, lowered
  Length script_size_min;     // of superiors and inferiors: where they would be smaller, they are set in it
  std::int32_t tracking = 0;  // 1/1000 em
};

// Ruby.
struct Gloss {
  std::string text;
  CharacterStyle style;
};

// A stretch of text in one style. `tag` comes back on the placed runs: the caller's own key for structure
// elements, links, places in the document.
struct TextSpan {
  std::string text;  // UTF-8
  CharacterStyle style;
  std::string_view lang;                                   // BCP 47; it lives as long as the lines
  model::Direction direction = model::Direction::inherit;  // not inherit: an isolate
  bool hyphenate = true;                                   // false in proper names, addresses, titles of works …
  bool unbreakable = false;                                // no line break inside
  model::Apart<Gloss> annotation;                          // set above `text`, which is then unbreakable
  bool reading = false;  // prepare's own: the annotation of the span before it, which has no room above that
  std::uint32_t tag = 0;
  // Of the part of a caller's span that prepare makes where a character has no glyph: its byte there, and what it
  // stands for (see PlacedRun).
  std::uint32_t offset = 0, stands_for = 0;
};

struct ParagraphShape {
  Length measure;
  // start_indent and end_indent hold for all lines; first_line_indent is added to the first line's start,
  // turnover_indent to that of all others.
  Length first_line_indent, start_indent, end_indent, turnover_indent;
  style::Alignment alignment = style::Alignment::justified;
  bool hyphenate = true;
  bool balance = false;
  bool protrude = true;        // hang punctuation (Layout::protrusion) and, justified, the white right of letters
  bool optical_start = false;  // display sizes: align by ink
  Length hang_most = Length::pt(1000);  // what hangs whole (ideographic stops) stays in its line if that is more
  model::Direction direction = model::Direction::ltr;
};

struct Paragraph {
  std::vector<TextSpan> spans;
  ParagraphShape shape;
};

// Whether a character takes an emphasis dot in Chinese and Japanese: ideographs and kana do, punctuation and Latin
// don't (CSS Text Decoration 3, 3.5; JLREQ 3.3.9).
bool takes_emphasis_dot(char32_t character);

struct PlacedRun {
  GlyphRun run;
  Length x;                  // of the run's left edge from the left edge of the measure
  Length baseline_shift;     // up
  std::uint32_t tag = 0;     // of the span
  std::uint32_t offset = 0;  // byte offset in the span's text (annotation) of the run's first character
  bool annotation = false;   // ruby: the run is of the span's annotation
  bool above = false;        // and it stands above its base; else, wider than a line, in the line behind it
  // Not 0: a replacement; MissingGlyphs::original() has the characters that stand in the span, at `offset`.
  std::uint32_t stands_for = 0;
};

struct Line {
  std::vector<PlacedRun> runs;         // visual order, left to right; then annotations
  std::vector<std::uint32_t> logical;  // indices into runs in logical (reading) order
  Length width;                        // of the ink box without hanging parts and the trailing space
  Length room;                         // what it was set to: the measure without its indents
  Length hang_left, hang_right;        // what stands beyond the measure on purpose; negative: what is left free
  Length least_leading;                // what ruby asks for up to the baseline before; nothing without
  bool hyphenated = false;
  bool last = false;
  bool justified = false;  // set to the full measure
  // Figures for reports: the word spaces' width over the font's own, in 1/1000; what letters were widened by, scaling
  // and letter-spacing together, in 1/10000 of their own width.
  std::int32_t space_ratio = 1000;
  std::int32_t letter_fit = 0;
  std::uint32_t end = 0;  // the number of the break opportunity where the line ends; see LineRequest::not_at
  bool overfull = false;
  // Ends inside what is wider than a line, and is no address; `hyphenated`: where its language may.
  bool divided = false;

  // What the line is higher than others, set on `leading`, because of ruby.
  Length more_height(Length leading) const { return std::max(Length{}, least_leading - leading); }
};

// A breaking other than the best one, as page breaking may ask for it (Typesetter::other_lines).
struct LineRequest {
  int extra_lines = 0;                  // so many lines more (fewer) than the best has
  std::optional<std::uint32_t> not_at;  // no line ends there: Line::end of one whose hyphen is not wanted
  bool wide = false;                    // lines may also be as loose as BreakOptions::wide allows, at their cost
  friend bool operator==(const LineRequest&, const LineRequest&) = default;
};

struct TextOptions {
  const style::Layout* layout = nullptr;
  FontSet* fonts = nullptr;
  std::string patterns_folder;    // compiled hyphenation patterns
  diag::SourceTexts source = {};  // the document's texts, to place a missing glyph at its character; may be empty
  // Takes what has no glyph; its owner reports. Null: a sink gets E0601 from each call that misses one.
  MissingGlyphs* missing = nullptr;
};

// A paragraph ready to be broken. Movable; holds no reference to the Paragraph it was made from.
class PreparedParagraph {
 public:
  PreparedParagraph();
  ~PreparedParagraph();
  PreparedParagraph(PreparedParagraph&&) noexcept;
  PreparedParagraph& operator=(PreparedParagraph&&) noexcept;
  struct Data;
  std::unique_ptr<Data> data;
};

// Holds what paragraphs share (word cache, patterns, break iterators). Not for two threads at once.
class Typesetter {
 public:
  explicit Typesetter(TextOptions options);
  ~Typesetter();

  // Bidi, script and font runs, shaping, break opportunities, hyphenation. A character without a glyph goes to
  // TextOptions::missing, which may have something set in its place; `place` is the paragraph's span in the source.
  PreparedParagraph prepare(const Paragraph& paragraph, const style::Language& language, diag::Span place,
                            diag::Sink& sink);
  // The best lines.
  // A line that ends at a space ends with that space's glyph, hanging beyond the measure, so that copied
  // text keeps its words apart; a line that ends in an added hyphen ends with a run whose last character is U+00AD.
  std::vector<Line> break_lines(const PreparedParagraph& paragraph);
  // The best of the lines that are asked for, and what they cost more than the best of all, in the unit of text::Costs
  // (a line whose word spaces are n/1000 of the font's own off costs n²); empty if impossible.
  struct OtherLines {
    std::vector<Line> lines;
    std::int64_t excess = 0;
  };
  OtherLines other_lines(const PreparedParagraph& paragraph, LineRequest request);
  // What break_lines found besides the lines, and both for a paragraph that is prepared once more: it isn't broken
  // again.
  static std::int64_t best_demerits(const PreparedParagraph& paragraph);
  static void know_best(const PreparedParagraph& paragraph, const std::vector<Line>& lines, std::int64_t demerits);
  // Exchanges figures in a line that is set: those at byte `offset` of the span's text, for others of as many bytes.
  // The line ends where it did, and its spaces take the difference. False: that might be seen, or more than the
  // figures' word would change; the line is as it was.
  bool exchange(Line& line, const TextSpan& span, const ParagraphShape& shape, std::uint32_t offset,
                std::string_view before, std::string_view after);
  // One line, unbroken, natural width (labels, folios, numerals).
  Line set_line(const std::vector<TextSpan>& spans, const style::Language& language, model::Direction direction,
                diag::Sink& sink, diag::Span place = {});
  // A span's text as it is set: with what stands for characters without a glyph.
  std::string shown_text(const TextSpan& span, const style::Language& language, diag::Sink& sink);
  // Width of the widest unbreakable word and of the whole on one line: for tables.
  struct Extent {
    Length min, max;
  };
  Extent extent(const PreparedParagraph& paragraph);
  // The most that a character hangs before a line's start (Layout::protrusion) in that face and size.
  Length widest_start_hang(const Face& face, Length size);

  struct Data;  // the stages' own

 private:
  std::unique_ptr<Data> data_;
};

}  // namespace epitome::text
