#include "text/candidates.hpp"

#include <algorithm>
#include <utility>

#include "diag/utf8.hpp"
#include "text/hyphenation.hpp"
#include "text/language_rules.hpp"

namespace epitome::text {
namespace {

class CandidateFinder {
 public:
  CandidateFinder(Typesetter::Data& typesetter, const style::Language& language, const std::vector<Opportunity>& breaks,
                  diag::Sink& sink, PreparedParagraph::Data& paragraph)
      : typesetter_(typesetter),
        shaper_(typesetter.shaper),
        language_(language),
        breaks_(breaks),
        sink_(sink),
        paragraph_(paragraph) {}

  void run() {
    if (paragraph_.pieces.empty()) return;
    const std::uint32_t near_end = begin_of_last_words();
    Measure sum;                  // of all pieces so far
    Measure content;              // up to the last piece that isn't a space: what a line that ends here has
    std::int64_t content_em = 0;  // of its last letter
    std::int64_t open_em = 0;     // of a letter that a space may yet follow: letter-spacing is inside words only
    for (std::size_t p = 0; p < paragraph_.pieces.size(); ++p) {
      const Piece& piece = paragraph_.pieces[p];
      const SpanInfo& span = paragraph_.spans[piece.span];
      const ShapedWord word = shaper_.word(piece.word);  // a copy: parts of it may be shaped
      const UnitScale scale = span.scale_of(face_of(piece));
      const std::int64_t em = span.size.raw();
      const bool is_word = piece.kind == PieceKind::word;
      // The sum at a point inside the piece.
      const auto add_part = [&](std::int32_t units, std::uint32_t letters) {
        Measure m = sum;
        m.width += piece.pad_before.raw() + scale.raw(units) + (piece.rigid ? 0 : letters * span.tracking);
        if (is_word && !piece.rigid) m.letters += letters * em;
        if (is_word && word.letters > 0 && !piece.rigid) m.glyphs += scale.raw(units);
        return m;
      };
      if (is_word) {
        inner_points(piece);
        for (const Inner& point : inner_) {
          const Shaper::Part part = shaper_.part_before(word, point.offset - piece.begin);
          Measure m = add_part(part.width, part.letters);
          BreakPoint place{point.offset, point.kind == Inner::dictionary, point.kind == Inner::soft};
          add_candidate(p, m, m, part.letters > 0 && !piece.rigid ? em : 0, place, near_end);
        }
      }
      sum = add_part(word.width, word.letters);
      sum.width += piece.pad_after.raw() + piece.kerning.raw();
      if (piece.kind == PieceKind::space || piece.kind == PieceKind::nb_space) {
        sum.spaces += scale.raw(word.width);
        sum.letters -= std::exchange(open_em, 0);
      } else if (is_word && word.letters > 0) {
        open_em = piece.rigid ? 0 : em;
      }
      if (piece.kind != PieceKind::space && piece.kind != PieceKind::newline) {
        content = sum;
        content_em = is_word && word.letters > 0 && !piece.rigid ? em : 0;
        content_piece_ = p;
      }
      const bool last = p + 1 == paragraph_.pieces.size();
      if (last) break;
      if (breaks_[piece.end] == Opportunity::none) continue;
      add_candidate(p, content, sum, content_em, {piece.end, false, false}, near_end);
      if (breaks_[piece.end] == Opportunity::mandatory) paragraph_.candidates.back().kind = BreakKind::forced;
    }
    const auto size = static_cast<std::uint32_t>(paragraph_.text.size());
    add_candidate(paragraph_.pieces.size() - 1, content, sum, content_em, {size, false, false}, near_end);
    paragraph_.candidates.back().kind = BreakKind::end;
    paragraph_.first_hang = start_hang(0, 0);
  }

 private:
  // Where the text's last two words begin: a hyphen there is to be avoided (page-design.md §2).
  std::uint32_t begin_of_last_words() const {
    std::size_t at = paragraph_.text.find_last_of(' ');
    if (at != std::string::npos && at > 0) at = paragraph_.text.find_last_of(' ', at - 1);
    return at == std::string::npos ? 0 : static_cast<std::uint32_t>(at);
  }

  struct Inner {
    std::uint32_t offset;
    enum Kind : std::uint8_t { plain, dictionary, soft } kind;
  };

  // The points inside a piece at which a line may end, ascending.
  void inner_points(const Piece& piece) {
    inner_.clear();
    const std::string& text = paragraph_.text;
    const SpanInfo& span = paragraph_.spans[piece.span];
    bool soft = false;
    for (std::uint32_t i = piece.begin + 1; i < piece.end; ++i) {
      if (breaks_[i] == Opportunity::none) continue;
      const bool at_soft = !piece.rigid && text[i - 1] == '\xAD' && text[i - 2] == '\xC2';
      soft = soft || at_soft;
      // A hyphen that is shown at both lines is the source's own at the second; that at the first is added.
      const std::uint32_t shown_twice =
          span.own_language && language_.hyphen_repeat && !at_soft && !piece.rigid ? inner_hyphen(text, i) : 0;
      inner_.push_back({i - shown_twice, at_soft ? Inner::soft : shown_twice != 0 ? Inner::dictionary : Inner::plain});
    }
    if (!(span.hyphenate || piece.divide) || span.unbreakable || soft || piece.rigid) return;
    const HyphenationRules* rules = rules_for(span);
    if (rules == nullptr) return;
    // The points of a word are kept with it in the shaper: most words come again.
    const auto [begin, count] = typesetter_.word_points(*rules, piece.word);
    if (count == 0) return;
    const std::size_t plain = inner_.size();
    for (std::uint32_t i = 0; i < count; ++i)
      inner_.push_back({piece.begin + typesetter_.hyphen_points[begin + i], Inner::dictionary});
    if (plain != 0)
      std::sort(inner_.begin(), inner_.end(), [](const Inner& a, const Inner& b) { return a.offset < b.offset; });
  }

  const HyphenationRules* rules_for(const SpanInfo& span) {
    if (!rules_known_ || rules_lang_ != span.lang) {
      rules_known_ = true;
      rules_lang_ = span.lang;
      rules_ = typesetter_.hyphenation.rules(span.lang, language_, sink_);
    }
    return rules_;
  }

  // A candidate in or at the end of piece `p`; `before` and `after` as in Candidate, `last_em`: the spacing of the last
  // letter before it, which a line's end does not have.
  void add_candidate(std::size_t p, Measure before, Measure after, std::int64_t last_em, BreakPoint point,
                     std::uint32_t near_end) {
    Candidate c;
    c.before = before;
    c.before.letters -= last_em;
    c.after = after;
    const Piece& piece = paragraph_.pieces[p];
    const SpanInfo& span = paragraph_.spans[piece.span];
    const bool anywhere = breaks_[point.offset] == Opportunity::emergency;
    point.emergency = anywhere || (point.adds_hyphen && piece.divide);
    if (point.adds_hyphen || point.at_soft_hyphen) {
      c.kind = BreakKind::hyphen;
      if (point.adds_hyphen) {
        const Part part = part_of_word(point.offset, piece);
        c.near_edge = part.before < 3 || (part.after > 0 && part.after < 3);  // 0: at the word's own hyphen
        c.avoid = point.offset > near_end || (part.capital && rules_ != nullptr && !rules_->capitals);
      }
      const Hyphen& hyphen = added_hyphen(face_of(piece), span);
      c.end_extra = hyphen.width - (hangs(piece) ? hyphen.hang : 0);
    } else {
      std::uint32_t end = point.offset;
      while (end > 0 && paragraph_.text[end - 1] == ' ') --end;
      const char32_t last = end > 0 ? character_before(end) : 0;
      if ((last == '-' || last == 0x2010) && point.offset != paragraph_.text.size()) c.kind = BreakKind::hyphen;
      // Spaces hang, and what is before them ends the line.
      const bool inside = point.offset < piece.end;
      const Piece& end_piece = inside ? piece : paragraph_.pieces[content_piece_];
      if (hangs(end_piece) && end_piece.pad_after <= Length() && last != 0) {
        std::int64_t hang = typesetter_.hang(last, paragraph_.spans[end_piece.span], false);
        if (hang > paragraph_.shape.hang_most.raw()) hang = 0;
        c.end_extra = -std::max(hang, inside ? 0 : letter_hang(end_piece));
      }
      c.in_address = inside && piece.rigid && span.annotation < 0;
      if (inside) {
        const Shaper::Cut cut = shaper_.cut(piece.word, point.offset - piece.begin, point.emergency);
        const UnitScale scale = span.scale_of(face_of(piece));
        c.before.width += scale.raw(cut.before);
        c.after.width -= scale.raw(cut.after);
      }
      if (paragraph_.shape.balance) c.sense = sense_of_end(paragraph_.text, end);
    }
    c.emergency = anywhere;
    if (point.offset < paragraph_.text.size())
      c.start_hang = start_hang(point.offset < piece.end ? p : p + 1, point.offset);
    paragraph_.candidates.push_back(c);
    paragraph_.points.push_back(point);
  }

  // A hyphen that is added. The last one is kept: the next word most often has the same face and span.
  struct Hyphen {
    const Face* face = nullptr;
    const SpanInfo* span = nullptr;
    std::int64_t width = 0, hang = 0;
  };
  const Hyphen& added_hyphen(const Face& face, const SpanInfo& span) {
    if (hyphen_.face == &face && hyphen_.span == &span) return hyphen_;
    const char32_t hyphen = Typesetter::Data::hyphen_of(face, span);
    const std::int64_t width = face.advance(face.glyph(hyphen), span.size).raw();
    return hyphen_ = {&face, &span, width, typesetter_.hang(hyphen, span, false)};
  }

  // Of the word's letters around a hyphen.
  struct Part {
    int before = 0, after = 0;  // up to three
    bool capital = false;       // the first of all
  };
  Part part_of_word(std::uint32_t offset, const Piece& piece) const {
    Part part;
    std::uint32_t begin = offset;
    for (; begin > piece.begin && is_letter(character_before(begin)); begin = start_of_character(begin))
      part.before = std::min(part.before + 1, 3);
    part.capital = is_upper(diag::decode_utf8(paragraph_.text, begin).value);
    for (std::uint32_t at = offset; at < piece.end && part.after < 3; ++part.after) {
      const diag::CodePoint c = diag::decode_utf8(paragraph_.text, at);
      if (!is_letter(c.value)) break;
      at += static_cast<std::uint32_t>(c.length);
    }
    return part;
  }

  // A letter ends a justified line with its ink at the measure: side bearings would make the margin ragged. Not in
  // scripts whose letters join (ShapedWord::letters) or fill boxes.
  std::int64_t letter_hang(const Piece& piece) {
    if (piece.kind != PieceKind::word || paragraph_.shape.alignment != style::Alignment::justified) return 0;
    const ShapedWord& word = shaper_.word(piece.word);
    const ShapeStyle& style = shaper_.style(word.style);
    if (word.letters == 0 || style.script == HB_SCRIPT_HANGUL || !is_letter(character_before(piece.end))) return 0;
    const ShapedGlyph& glyph = shaper_.glyphs(word).back();
    if (glyph.advance == 0 || glyph.id == 0) return 0;  // a mark over the letter; no glyph at all
    const std::int32_t bearing = typesetter_.end_bearing(*style.face, glyph.id);
    return std::max<std::int64_t>(0, paragraph_.spans[piece.span].scale_of(*style.face).raw(bearing));
  }

  // Only text of the paragraph's own direction stands at its line's edges.
  bool hangs(const Piece& piece) const {
    return paragraph_.shape.protrude &&
           (piece.level & 1) == (paragraph_.shape.direction == model::Direction::rtl ? 1 : 0);
  }

  std::int64_t start_hang(std::size_t p, std::uint32_t offset) const {
    const Piece& piece = paragraph_.pieces[p];
    if (!hangs(piece) || piece.pad_before > Length()) return 0;
    return typesetter_.hang(diag::decode_utf8(paragraph_.text, offset).value, paragraph_.spans[piece.span], true);
  }

  std::uint32_t start_of_character(std::uint32_t end) const {
    return static_cast<std::uint32_t>(diag::start_of_character(paragraph_.text, end));
  }
  char32_t character_before(std::uint32_t end) const {
    return diag::decode_utf8(paragraph_.text, start_of_character(end)).value;
  }
  const Face& face_of(const Piece& piece) const { return *shaper_.style(shaper_.word(piece.word).style).face; }

  Typesetter::Data& typesetter_;
  Shaper& shaper_;
  const style::Language& language_;
  const std::vector<Opportunity>& breaks_;
  diag::Sink& sink_;
  PreparedParagraph::Data& paragraph_;
  std::vector<Inner> inner_;
  Hyphen hyphen_;
  std::size_t content_piece_ = 0;  // the last piece so far that isn't a space
  bool rules_known_ = false;
  std::string rules_lang_;
  const HyphenationRules* rules_ = nullptr;
};

}  // namespace

void find_candidates(Typesetter::Data& typesetter, const style::Language& language,
                     const std::vector<Opportunity>& breaks, diag::Sink& sink, PreparedParagraph::Data& paragraph) {
  CandidateFinder(typesetter, language, breaks, sink, paragraph).run();
}

bool allow_hyphens(PreparedParagraph::Data& paragraph, std::uint32_t begin, std::uint32_t end) {
  bool found = false;
  for (Piece& piece : paragraph.pieces) {
    if (piece.begin >= end || piece.end <= begin || piece.kind != PieceKind::word || piece.divide) continue;
    const SpanInfo& span = paragraph.spans[piece.span];
    piece.divide = !span.hyphenate && !span.unbreakable;
    found = found || piece.divide;
  }
  return found;
}

}  // namespace epitome::text
