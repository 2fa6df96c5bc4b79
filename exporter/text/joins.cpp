#include "text/joins.hpp"

#include <hb.h>

#include <algorithm>
#include <string>

namespace epitome::text {

namespace {

// Of the size: the ink of an Italic and an upright glyph comes no nearer than this, and what is added is no more than
// that: readers take a tenth for a word space.
constexpr std::int64_t clearance = 40, most_added = 80;

bool is_italic(const Face& face) { return face.entry().style.find("Italic") != std::string::npos; }

// A glyph's ink, in lengths: white at both sides, reach above and below the line.
struct Ink {
  std::int64_t before = 0, after = 0, top = 0, foot = 0;
  bool any = false;
};

Ink ink_of(const Face& face, const ShapedGlyph& glyph, const SpanInfo& span) {
  hb_glyph_extents_t e{};
  if (!hb_font_get_glyph_extents(face.hb_font(), glyph.id, &e) || e.width == 0) return {};
  const UnitScale scale = span.scale_of(face);
  const std::int64_t shift = span.shift.raw();
  return {scale.raw(e.x_bearing), scale.raw(glyph.advance - e.x_bearing - e.width), scale.raw(e.y_bearing) + shift,
          scale.raw(e.y_bearing + e.height) + shift, true};
}

class Joins {
 public:
  Joins(Typesetter::Data& typesetter, const std::vector<Opportunity>& breaks, PreparedParagraph::Data& paragraph)
      : shaper_(typesetter.shaper), breaks_(breaks), paragraph_(paragraph) {}

  void run() {
    for (std::size_t i = 0; i + 1 < paragraph_.pieces.size(); ++i) {
      Piece& piece = paragraph_.pieces[i];
      const Piece& next = paragraph_.pieces[i + 1];
      if (piece.span != next.span && breaks_[piece.end] == Opportunity::none && is_joined(piece) && is_joined(next))
        piece.pad_after += Length::from_raw(pad(piece, next));
    }
  }

 private:
  bool is_joined(const Piece& piece) const {
    const ShapedWord& word = shaper_.word(piece.word);
    return piece.kind == PieceKind::word && (piece.level & 1) == 0 && word.glyph_count > 0 && word.letters > 0 &&
           paragraph_.spans[piece.span].annotation < 0;
  }

  std::int64_t pad(const Piece& piece, const Piece& next) {
    const SpanInfo &a = paragraph_.spans[piece.span], &b = paragraph_.spans[next.span];
    const StyleId style = shaper_.word(piece.word).style, next_style = shaper_.word(next.word).style;
    const Face &face = *shaper_.style(style).face, &next_face = *shaper_.style(next_style).face;
    if (style == next_style && a.size == b.size && a.shift == b.shift)
      return a.scale_of(face).raw(kerning(piece, next));
    const bool italic = is_italic(face);
    if (italic == is_italic(next_face)) return 0;
    const Ink left = ink_of(face, shaper_.glyphs(shaper_.word(piece.word)).back(), a);
    const Ink right = ink_of(next_face, shaper_.glyphs(shaper_.word(next.word)).front(), b);
    if (!left.any || !right.any) return 0;
    // An Italic leans over what follows with its head, and reaches below what stands before it with its foot.
    const std::int64_t x_height = (italic ? face : next_face).x_height(italic ? a.size : b.size).raw();
    const bool meet = italic ? right.top > (left.top > x_height * 5 / 4 ? x_height * 5 / 4 : x_height / 2)
                             : left.foot < -x_height / 5 && right.foot < -x_height / 5;
    if (!meet) return 0;
    const std::int64_t em = std::min(a.size, b.size).raw();
    return std::clamp<std::int64_t>(em * clearance / 1000 - left.after - right.before, 0, em * most_added / 1000);
  }

  // Between the last cluster of one piece and the first of the next, in the font's units.
  std::int32_t kerning(const Piece& piece, const Piece& next) {
    const StyleId style = shaper_.word(piece.word).style;
    const std::uint32_t from = shaper_.glyphs(shaper_.word(piece.word)).back().cluster;
    std::uint32_t to = next.end - next.begin;
    for (const ShapedGlyph& glyph : shaper_.glyphs(shaper_.word(next.word)))
      if (glyph.cluster > 0) to = std::min(to, glyph.cluster);
    const std::string_view text = paragraph_.text;
    const std::string_view last = text.substr(piece.begin + from, piece.end - piece.begin - from);
    return shaper_.kerning(style, last, text.substr(next.begin, to));
  }

  Shaper& shaper_;
  const std::vector<Opportunity>& breaks_;
  PreparedParagraph::Data& paragraph_;
};

// The same look, from left to right.
bool is_kerned(const Shaper& shaper, const PreparedParagraph::Data& paragraph, const Piece& word, const Piece& space) {
  const SpanInfo &a = paragraph.spans[word.span], &b = paragraph.spans[space.span];
  return word.kind == PieceKind::word && word.level == space.level && word.level % 2 == 0 &&
         shaper.word(word.word).style == shaper.word(space.word).style && a.size == b.size && a.shift == b.shift;
}

}  // namespace

void kern_spaces(Typesetter::Data& typesetter, PreparedParagraph::Data& paragraph) {
  Shaper& shaper = typesetter.shaper;
  std::vector<Piece>& pieces = paragraph.pieces;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    Piece& space = pieces[i];
    if (space.kind != PieceKind::space && space.kind != PieceKind::nb_space) continue;
    std::int64_t units = 0;
    if (i > 0 && is_kerned(shaper, paragraph, pieces[i - 1], space))
      units += shaper.kern_to_spaces(pieces[i - 1].word).kerning_after;
    if (i + 1 < pieces.size() && is_kerned(shaper, paragraph, pieces[i + 1], space))
      units += shaper.kern_to_spaces(pieces[i + 1].word).kerning_before;
    if (units == 0) continue;
    const Face& face = *shaper.style(shaper.word(space.word).style).face;
    space.kerning = paragraph.spans[space.span].scale_of(face)(units);
  }
}

void join_spans(Typesetter::Data& typesetter, const std::vector<Opportunity>& breaks,
                PreparedParagraph::Data& paragraph) {
  if (paragraph.spans.size() > 1) Joins(typesetter, breaks, paragraph).run();
}

}  // namespace epitome::text
