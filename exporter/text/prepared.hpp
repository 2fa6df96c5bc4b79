// What prepare hands to break_lines: the paragraph's text cut into shaped pieces, and where its lines may end.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "text/addresses.hpp"
#include "text/line_break.hpp"
#include "text/paragraph.hpp"
#include "text/shaper.hpp"

namespace epitome::text {

// Font units to lengths for one face and size: a product and a shift, since a division for each glyph is felt.
class UnitScale {
 public:
  UnitScale() = default;
  UnitScale(const Face& face, Length size) : factor_((size.raw() << shift) / face.units_per_em()) {}
  std::int64_t raw(std::int64_t units) const { return (units * factor_ + (std::int64_t{1} << (shift - 1))) >> shift; }
  Length operator()(std::int64_t units) const { return Length::from_raw(raw(units)); }

 private:
  // 20 bits: a line of 100 ems is right to less than 1/65536 pt; sizes to 2,000 pt and a million units fit 63 bits.
  static constexpr int shift = 20;
  std::int64_t factor_ = 0;
};

// A span without its text.
struct SpanInfo {
  std::uint32_t begin = 0, end = 0;  // in the paragraph's text
  const Face* face = nullptr;
  Length size;                // as set: smaller than asked for in superiors that the font lacks
  Length shift;               // up
  std::int64_t tracking = 0;  // raw length
  UnitScale scale;            // of `face`
  std::uint32_t tag = 0;
  std::uint32_t offset = 0, stands_for = 0;  // TextSpan's
  std::string_view lang;
  StyleId latin = 0;         // how it is shaped, with script and direction of Latin text
  bool own_language = true;  // the document's
  bool kashida = false;      // whose writers draw joins out
  char32_t hyphen = 0x2010;  // of its language
  bool hyphenate = true;
  bool unbreakable = false;
  UnitScale scale_of(const Face& other) const { return &other == face ? scale : UnitScale(other, size); }
  bool reading = false;          // an annotation that stands behind its base
  std::int32_t annotation = -1;  // index into PreparedParagraph::Data::annotations
};

enum class PieceKind : std::uint8_t {
  word,
  space,     // U+0020: stretches, hangs at a line's end
  nb_space,  // U+00A0: stretches
  newline,   // U+2028: forces a break, sets nothing
};

// A stretch of one span, direction, script and face: a word with its punctuation, part of one, or one space.
struct Piece {
  std::uint32_t begin = 0, end = 0;  // in the paragraph's text
  WordId word = 0;
  std::uint32_t span = 0;
  std::uint8_t level = 0;  // bidi
  PieceKind kind = PieceKind::word;
  // An address, or a base narrower than its annotation: neither scaled nor letter-spaced nor hyphenated.
  bool rigid = false;
  bool divide = false;  // wider than a line: hyphenated wherever it stands
  Length pad_before,
      pad_after;   // beside a base narrower than its annotation; where spans meet inside a word (joins.hpp)
  Length kerning;  // of a space: what the font puts beside it for the words' sake; not at a line's end
};

// Ruby: set as a line of its own above the span's text.
struct Annotation {
  Line line;
  Length size;
};

// What stands between two characters, one of them at least Chinese or Japanese, or between clusters of scripts without
// spaces between words (cjk_spacing.hpp). Raw lengths.
struct Gap {
  std::uint32_t offset = 0;  // of the second character in the paragraph's text
  // Added to the first one's advance inside a line; how far it may grow and shrink at the limits.
  std::int64_t width = 0, stretch = 0, shrink = 0;
  std::int64_t blank_before = 0;  // the first one's blank half: a line's end can do without it
  std::int64_t hang_before = 0;   // how far it may hang beyond the measure
  std::int64_t blank_after = 0;   // the second one's blank half, which hangs before a line's begin
  bool ideographic_before = false, ideographic_after = false;
};

struct BreakPoint {
  std::uint32_t offset = 0;  // the next line begins here, in the paragraph's text
  bool adds_hyphen = false;
  bool at_soft_hyphen = false;  // U+00AD stands before `offset`: it becomes the hyphen
  bool emergency = false;       // inside what is wider than the line
};

struct PreparedParagraph::Data {
  std::string text;
  ParagraphShape shape;
  std::vector<SpanInfo> spans;
  std::vector<Piece> pieces;
  std::vector<Annotation> annotations;
  std::vector<BreakPoint> points;     // as many as candidates
  std::vector<Candidate> candidates;  // in order; the last is of kind end
  std::vector<Gap> gaps;              // ascending; empty: only spaces and letters stretch
  std::vector<CandidateGlue> glue;    // as many as candidates, if there are gaps
  std::vector<Address> addresses;
  std::vector<CandidateAddresses> beside;  // as many as candidates, if there are addresses
  std::int64_t first_hang = 0;
  // What break_lines found, for other_lines to be compared with.
  std::vector<std::uint32_t> best_ends;  // candidates
  std::int64_t best_demerits = 0;
  diag::Span place;
};

}  // namespace epitome::text
