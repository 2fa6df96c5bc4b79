// What stands for characters without a glyph becomes spans of the paragraph.
#include <utility>

#include "text/typesetter_data.hpp"

namespace epitome::text {
namespace {

using Pieces = std::vector<MissingPiece>;

class Replacing {
 public:
  Replacing(MissingGlyphs& glyphs, diag::Span place, const std::function<bool(const TextSpan&)>& fits)
      : glyphs_(glyphs), place_(place), fits_(fits) {}

  // Nothing if something stays without.
  std::optional<Paragraph> run(const Paragraph& paragraph, const Pieces& missing) {
    Paragraph out;
    out.shape = paragraph.shape;
    bool all = true;
    auto next = missing.begin();
    for (std::uint32_t s = 0; s < paragraph.spans.size(); ++s) {
      const TextSpan& span = paragraph.spans[s];
      Pieces pieces;
      for (; next != missing.end() && next->span == s; ++next) pieces.push_back(*next);
      if (pieces.empty()) {
        out.spans.push_back(span);
      } else if (span.stands_for != 0) {
        all = tell(span, pieces) && all;  // what fitted alone has no glyph here
      } else if (span.annotation.empty()) {
        all = divide(span, pieces, out.spans) && all;
      } else {
        all = rewrite(span, pieces, out.spans) && all;
      }
    }
    return all ? std::optional(std::move(out)) : std::nullopt;
  }

 private:
  static std::string_view text_of(const TextSpan& span, const MissingPiece& piece) {
    return std::string_view(span.text).substr(piece.begin, piece.end - piece.begin);
  }

  const Replacements::Candidate* instead(const TextSpan& span, const MissingPiece& piece) {
    const auto fits = [&](const Replacements::Candidate& candidate) { return fits_(set(span, candidate)); };
    const std::string_view characters = text_of(span, piece);
    const Replacements::Candidate* const found = glyphs_.replacement(characters, *span.style.face, fits);
    glyphs_.add(characters, *span.style.face, place_, found);
    return found;
  }

  // The span with another text. Its own isn't copied: a span may be divided at each of its characters.
  static TextSpan with_text(const TextSpan& span, std::string text) {
    TextSpan out;
    out.text = std::move(text);
    out.style = span.style;
    out.lang = span.lang;
    out.direction = span.direction;
    out.hyphenate = span.hyphenate;
    out.unbreakable = span.unbreakable;
    out.reading = span.reading;
    out.tag = span.tag;
    out.offset = span.offset;
    out.stands_for = span.stands_for;
    return out;
  }

  static TextSpan set(const TextSpan& span, const Replacements::Candidate& candidate) {
    TextSpan out = with_text(span, candidate.text);
    if (!candidate.is_sign) out.lang = candidate.lang;
    return out;
  }

  bool tell(const TextSpan& span, const Pieces& pieces) {
    for (const MissingPiece& piece : pieces) glyphs_.add(text_of(span, piece), *span.style.face, place_, nullptr);
    return false;
  }

  // The span as several: what has glyphs, and what stands for the rest.
  bool divide(const TextSpan& span, const Pieces& pieces, std::vector<TextSpan>& out) {
    bool all = true;
    std::uint32_t done = 0;
    const auto keep_until = [&](std::uint32_t end) {
      if (end == done) return;
      TextSpan part = with_text(span, span.text.substr(done, end - done));
      part.offset = span.offset + done;
      out.push_back(std::move(part));
    };
    for (const MissingPiece& piece : pieces) {
      const Replacements::Candidate* const found = instead(span, piece);
      all = all && found != nullptr;
      if (found == nullptr) continue;
      keep_until(piece.begin);
      TextSpan part = set(span, *found);
      part.offset = span.offset + piece.begin;
      part.stands_for = glyphs_.keep(text_of(span, piece));
      out.push_back(std::move(part));
      done = piece.end;
    }
    keep_until(static_cast<std::uint32_t>(span.text.size()));
    return all;
  }

  // A base stays one span: its annotation stands above the whole.
  bool rewrite(const TextSpan& span, const Pieces& pieces, std::vector<TextSpan>& out) {
    bool all = true;
    TextSpan whole = span;
    whole.stands_for = glyphs_.keep(span.text);
    for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) {
      const Replacements::Candidate* const found = instead(span, *piece);
      all = all && found != nullptr;
      if (found != nullptr) whole.text.replace(piece->begin, piece->end - piece->begin, found->text);
    }
    out.push_back(std::move(whole));
    return all;
  }

  MissingGlyphs& glyphs_;
  diag::Span place_;
  const std::function<bool(const TextSpan&)>& fits_;
};

}  // namespace

std::optional<Paragraph> with_replacements(MissingGlyphs& glyphs, const Paragraph& paragraph, const Pieces& missing,
                                           diag::Span place, const std::function<bool(const TextSpan&)>& fits) {
  return Replacing(glyphs, place, fits).run(paragraph, missing);
}

}  // namespace epitome::text
