#include "text/cjk_spacing.hpp"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <string>

#include "diag/utf8.hpp"
#include "text/itemize.hpp"
#include "text/typesetter_data.hpp"

namespace epitome::text {
namespace {

// Shares of an em, 1/1000. Between ideographs: on a line of 30 a whole em is found within the limits. Beside Latin:
// JLREQ 3.8.3 and 3.8.4 let the quarter go down to an eighth; up by as much. Between clusters of scripts without word
// spaces: less than a tenth of a letter, for what the line's few spaces leave.
constexpr std::int64_t ideograph_stretch = 50, latin_space = 250, latin_change = 125, cluster_stretch = 25;

// Ethiopic's word separator stands for a space: what a space may grow and shrink is on both sides of it.
constexpr char32_t ethiopic_wordspace = 0x1361;
constexpr std::int64_t wordspace_stretch = 50, wordspace_shrink = 25;

enum class Kind : std::uint8_t { other, ideographic, latin };

struct Character {
  Kind kind = Kind::other;
  char32_t value = 0;
  std::int64_t em = 0, advance = 0;
  std::int64_t before = 0, after = 0;  // blank halves (quarters) of a mark
  std::int64_t hang = 0;
  bool opens() const { return before > 0 && after == 0; }
  bool closes() const { return after > 0 && before == 0; }
};

bool is_mark(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_P_MASK | U_GC_S_MASK)) != 0; }

// A character that stands in the cluster of the one before it.
bool is_attached(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_M_MASK | U_GC_CF_MASK)) != 0; }

bool is_latin(char32_t c) {
  if (u_isalnum(static_cast<UChar32>(c)) == 0) return false;
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &status);
  return script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC || script == USCRIPT_COMMON;
}

bool has_no_word_spaces(hb_script_t script) {
  return script == HB_SCRIPT_THAI || script == HB_SCRIPT_LAO || script == HB_SCRIPT_KHMER ||
         script == HB_SCRIPT_MYANMAR;
}

class Gaps {
 public:
  Gaps(Typesetter::Data& typesetter, const PreparedParagraph::Data& paragraph)
      : typesetter_(typesetter), shaper_(typesetter.shaper), paragraph_(paragraph) {}

  std::vector<Gap> run() {
    for (const Piece& piece : paragraph_.pieces) {
      if (piece.kind != PieceKind::word || (piece.level & 1) != 0) {
        put(piece.begin, {});
        before_ = {};
        continue;
      }
      const SpanInfo& span = paragraph_.spans[piece.span];
      const ShapeStyle& style = shaper_.style(shaper_.word(piece.word).style);
      if (has_no_word_spaces(style.script)) {
        put(piece.begin, {});
        before_ = {};
        add_clusters(piece, span.size.raw());
      } else {
        add_characters(piece, span);
      }
    }
    put(static_cast<std::uint32_t>(paragraph_.text.size()), {});
    return std::move(gaps_);
  }

 private:
  void add_clusters(const Piece& piece, std::int64_t em) {
    std::uint32_t last = 0;
    for (const ShapedGlyph& g : shaper_.glyphs(shaper_.word(piece.word))) {
      if (g.cluster > last) gaps_.push_back(cluster_gap(piece.begin + g.cluster, em));
      last = std::max(last, g.cluster);
    }
  }

  void around_wordspace(std::uint32_t offset, std::int64_t em) {
    Gap gap;
    gap.offset = offset;
    gap.stretch = em * wordspace_stretch / 1000;
    gap.shrink = em * wordspace_shrink / 1000;
    gaps_.push_back(gap);
  }

  static Gap cluster_gap(std::uint32_t offset, std::int64_t em) {
    Gap gap;
    gap.offset = offset;
    gap.stretch = em * cluster_stretch / 1000;
    return gap;
  }

  void add_characters(const Piece& piece, const SpanInfo& span) {
    // A copy: shaping marks below may move the styles.
    const ShapeStyle style = shaper_.style(shaper_.word(piece.word).style);
    const bool spaced = is_chinese_or_japanese(span.lang);
    const bool moved = span.shift != Length() || style.superior || style.inferior;
    for (std::uint32_t at = piece.begin; at < piece.end;) {
      const diag::CodePoint c = diag::decode_utf8(paragraph_.text, at);
      if (!is_attached(c.value)) {
        Character now;
        now.value = c.value;
        now.em = span.size.raw();
        const bool own_mark = style.face != span.face && is_ideographic_mark(c.value, span.lang);
        if (spaced && (own_mark || is_wide(c.value))) {
          now.kind = Kind::ideographic;
          if (is_mark(c.value)) measure(now, style, span, at, at + static_cast<std::uint32_t>(c.length));
        } else if (!moved && is_latin(c.value)) {
          now.kind = Kind::latin;
        }
        put(at, now);
        if (now.value == ethiopic_wordspace || before_.value == ethiopic_wordspace) around_wordspace(at, now.em);
        before_ = now;
      }
      at += static_cast<std::uint32_t>(c.length);
    }
  }

  // The blank parts of a mark: what `halt` takes away.
  void measure(Character& c, ShapeStyle style, const SpanInfo& span, std::uint32_t begin, std::uint32_t end) {
    const std::string_view text = std::string_view(paragraph_.text).substr(begin, end - begin);
    const UnitScale scale = span.scale_of(*style.face);
    const auto first = [&](StyleId id) { return shaper_.glyphs(shaper_.word(shaper_.shape(id, text))).front(); };
    const ShapedGlyph whole = first(shaper_.style(style));
    style.features.emplace_back("halt");
    const ShapedGlyph half = first(shaper_.style(style));
    c.advance = scale.raw(whole.advance);
    c.before = scale.raw(whole.x_offset - half.x_offset);
    c.after = scale.raw(whole.advance - half.advance) - c.before;
    // JLREQ 3.1.2: exclamation and question marks in the middle of their box keep it.
    if ((c.value == 0xFF01 || c.value == 0xFF1F) && c.before > 0) c.before = c.after = 0;
    // Burasage is a Japanese custom (JLREQ 3.8.2, CLREQ 3.1.6).
    if (!span.lang.starts_with("ja") || !paragraph_.shape.protrude || !c.closes()) return;
    for (const style::Protrusion& row : typesetter_.options.layout->protrusion)
      if (row.character == c.value) c.hang = c.advance * row.end / 1000;
    if (c.hang > paragraph_.shape.hang_most.raw()) c.hang = 0;
  }

  // The gap between the character before and `now`.
  void put(std::uint32_t offset, const Character& now) {
    const Character& a = before_;
    const Character& b = now;
    if (a.kind != Kind::ideographic && b.kind != Kind::ideographic) return;
    Gap gap;
    gap.offset = offset;
    gap.ideographic_before = a.kind == Kind::ideographic;
    gap.ideographic_after = b.kind == Kind::ideographic;
    gap.blank_before = a.after;
    gap.hang_before = a.hang;
    gap.blank_after = b.before;
    const std::int64_t em = gap.ideographic_before ? a.em : b.em;
    if (a.kind == Kind::ideographic && b.kind == Kind::ideographic) {
      between_ideographs(gap, a, b, em);
    } else if ((a.kind == Kind::latin || b.kind == Kind::latin) && a.after == 0 && b.before == 0 && !a.opens() &&
               !b.closes()) {
      gap.width = em * latin_space / 1000;
      gap.stretch = gap.shrink = em * latin_change / 1000;
    } else {
      gap.shrink = shrink_of(a, a.after + b.before);
    }
    gaps_.push_back(gap);
  }

  // JLREQ 3.1.4, table 1: of two blanks side by side the smaller stays; between two marks of one kind none does.
  static void between_ideographs(Gap& gap, const Character& a, const Character& b, std::int64_t em) {
    std::int64_t left = a.after + b.before;
    if (a.after > 0 && b.before > 0) {
      left = std::min(a.after, b.before);
    } else if ((a.after > 0 && b.closes()) || (a.opens() && b.before > 0)) {
      left = 0;
    }
    gap.width = left - a.after - b.before;
    gap.shrink = shrink_of(a, left);
    const bool pair = a.value == b.value && (a.value == 0x2014 || a.value == 0x2026 || a.value == 0x2025);
    if (!pair && !a.opens() && !b.closes()) gap.stretch = em * ideograph_stretch / 1000;
  }

  // A sentence's end keeps its blank (JLREQ 3.8.3); others may lose half of it.
  static std::int64_t shrink_of(const Character& a, std::int64_t blank) {
    return a.value == 0x3002 || a.value == 0xFF0E ? 0 : blank / 2;
  }

  Typesetter::Data& typesetter_;
  Shaper& shaper_;
  const PreparedParagraph::Data& paragraph_;
  std::vector<Gap> gaps_;
  Character before_;
};

}  // namespace

bool is_chinese_or_japanese(std::string_view lang) { return lang.starts_with("zh") || lang.starts_with("ja"); }

bool is_ideographic_mark(char32_t c, std::string_view lang) {
  if (!is_chinese_or_japanese(lang)) return false;
  if (c == 0x2014 || c == 0x2025 || c == 0x2026) return true;
  return lang.starts_with("zh") && (c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D);
}

bool has_ideographic_mark(std::string_view text, std::string_view lang) {
  if (!is_chinese_or_japanese(lang)) return false;
  for (std::size_t i = text.find('\xE2'); i != std::string_view::npos; i = text.find('\xE2', i + 1))
    if (is_ideographic_mark(diag::decode_utf8(text, i).value, lang)) return true;
  return false;
}

bool is_wide(char32_t c) {
  if (c < 0x2E80) return false;
  const int width = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_EAST_ASIAN_WIDTH);
  if (width != U_EA_WIDE && width != U_EA_FULLWIDTH) return false;
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &status) != USCRIPT_HANGUL;
}

bool takes_emphasis_dot(char32_t c) { return is_wide(c) && u_isalnum(static_cast<UChar32>(c)) != 0; }

void free_quotation_marks(std::string_view text, std::vector<Opportunity>& out) {
  const auto is_line_kind = [](char32_t c, std::initializer_list<ULineBreak> kinds) {
    const auto kind = static_cast<ULineBreak>(u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_LINE_BREAK));
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  };
  char32_t before = 0;
  for (std::size_t i = 0; i < text.size();) {
    const diag::CodePoint c = diag::decode_utf8(text, i);
    const bool opening = c.value == 0x201C || c.value == 0x2018, after_closing = before == 0x201D || before == 0x2019;
    if (opening && is_line_kind(before, {U_LB_IDEOGRAPHIC, U_LB_CLOSE_PUNCTUATION, U_LB_NONSTARTER}))
      out[i] = Opportunity::allowed;
    if (after_closing && is_line_kind(c.value, {U_LB_IDEOGRAPHIC, U_LB_OPEN_PUNCTUATION}))
      out[i] = Opportunity::allowed;
    before = c.value;
    i += c.length;
  }
}

std::vector<Gap> ideographic_gaps(Typesetter::Data& typesetter, const PreparedParagraph::Data& paragraph) {
  return Gaps(typesetter, paragraph).run();
}

void add_glue(PreparedParagraph::Data& paragraph) {
  const std::vector<Gap>& gaps = paragraph.gaps;
  if (gaps.empty()) return;
  const auto at = [&](std::uint32_t offset) -> const Gap* {
    const auto found =
        std::lower_bound(gaps.begin(), gaps.end(), offset, [](const Gap& g, std::uint32_t o) { return g.offset < o; });
    return found != gaps.end() && found->offset == offset ? &*found : nullptr;
  };
  const bool justified = paragraph.shape.alignment == style::Alignment::justified;
  // Only text of the paragraph's own direction stands at its lines' edges.
  const bool at_edges = paragraph.shape.direction != model::Direction::rtl;
  // Where lines begin with their ink, that takes the white in front of a bracket.
  const bool blank_hangs = at_edges && !paragraph.shape.optical_start;
  if (const Gap* gap = at(0); gap != nullptr && blank_hangs) paragraph.first_hang = gap->blank_after;
  // The blank before the paragraph's first character isn't between two of a line's and so can't shrink.
  std::size_t next = gaps.front().offset == 0 ? 1 : 0;
  std::int64_t width = 0;
  Glue sum;
  for (std::size_t i = 0; i < paragraph.candidates.size(); ++i) {
    Candidate& c = paragraph.candidates[i];
    CandidateGlue glue;
    const std::uint32_t offset = paragraph.points[i].offset;
    std::uint32_t end = offset;
    while (end > 0 && paragraph.text[end - 1] == ' ') --end;
    const auto add = [&] {
      width += gaps[next].width;
      sum.stretch += gaps[next].stretch;
      sum.shrink += gaps[next].shrink;
      ++next;
    };
    while (next < gaps.size() && gaps[next].offset < offset) add();
    c.before.width += width;
    glue.before = sum;
    while (next < gaps.size() && gaps[next].offset == offset) add();
    c.after.width += width;
    glue.after = sum;
    if (const Gap* gap = at(end); gap != nullptr && gap->ideographic_before && at_edges) {
      c.end_extra = 0;
      glue.drops[0] = gap->blank_before;
      glue.drops[1] = gap->hang_before;
      // Where lines are not filled the blank would move them off their axis.
      if (!justified) {
        c.end_extra = -gap->blank_before;
        glue.drops[0] = 0;
        glue.drops[1] = std::max<std::int64_t>(gap->hang_before - gap->blank_before, 0);
      }
    }
    if (const Gap* gap = at(offset); gap != nullptr && gap->ideographic_after && blank_hangs)
      c.start_hang = gap->blank_after;
    paragraph.glue.push_back(glue);
  }
}

}  // namespace epitome::text
