// What the stages of the paragraph share.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "text/break_opportunities.hpp"
#include "text/hyphenation.hpp"
#include "text/missing_glyphs.hpp"
#include "text/paragraph.hpp"
#include "text/prepared.hpp"
#include "text/shaper.hpp"

namespace epitome::text {

struct Typesetter::Data {
  explicit Data(TextOptions o)
      : options(o), hyphenation(std::move(o.patterns_folder)), protrusion(options.layout->protrusion) {
    std::stable_sort(protrusion.begin(), protrusion.end(), by_character);
  }

  TextOptions options;
  Shaper shaper;
  BreakFinder break_finder;
  Hyphenation hyphenation;

  struct Fallback {
    std::string script;
    const Face* preferred;
    std::vector<const Face*> faces;
  };
  std::vector<Fallback> fallbacks;
  std::vector<std::uint32_t> hyphen_points;  // byte offsets in words; ShapedWord says which are whose

  std::vector<style::Protrusion> protrusion;  // the layout's, by character
  // Of a face's glyphs, in its units.
  struct Edges {
    const Face* face = nullptr;
    std::vector<std::int32_t> widths;                       // by row of `protrusion`; 0 where it has no glyph
    std::vector<std::optional<std::int32_t>> end_bearings;  // by glyph, when they have been asked for
  };
  std::vector<Edges> edges;
  Edges& edges_of(const Face& face);
  static bool by_character(const style::Protrusion& a, const style::Protrusion& b) { return a.character < b.character; }

  // Faces for `script` (the manifest's name) where `preferred` has no glyph.
  const std::vector<const Face*>& fallback_faces(std::string_view script, const Face& preferred, diag::Sink& sink);
  // The options' own, or else one that refuses and is reported at once.
  MissingGlyphs& missing() {
    if (options.missing != nullptr) return *options.missing;
    if (!own_missing) own_missing.emplace(MissingGlyphs::Way::refuse, Replacements({}, {}));
    return *own_missing;
  }
  void report_own(diag::Sink& sink) {
    if (own_missing) std::exchange(own_missing, std::nullopt)->report(options.source, sink);
  }
  std::optional<MissingGlyphs> own_missing;
  // The word's range in hyphen_points.
  std::pair<std::uint32_t, std::uint32_t> word_points(const HyphenationRules& rules, WordId id);
  // How far a character hangs beyond the start (end) of the measure by the layout's rows, raw length; 0 for most.
  std::int64_t hang(char32_t character, const SpanInfo& span, bool at_start);
  // Face::end_bearing, looked up once.
  std::int32_t end_bearing(const Face& face, std::uint32_t glyph);
  // The hyphen that the breaker adds: the language's if the face has it, else U+2010, else hyphen-minus.
  static char32_t hyphen_of(const Face& face, const SpanInfo& span) {
    if (face.glyph(span.hyphen) != 0) return span.hyphen;
    return face.glyph(0x2010) != 0 ? 0x2010 : U'-';
  }
};

// A stretch of a span for which no face has glyphs.
struct MissingPiece {
  std::uint32_t span = 0, begin = 0, end = 0;  // bytes of the span's text
};

// The paragraph with what stands for its missing pieces (MissingGlyphs), or nothing if one stays without. All of them
// are told to MissingGlyphs. `fits`: whether a span has all its glyphs.
std::optional<Paragraph> with_replacements(MissingGlyphs& glyphs, const Paragraph& paragraph,
                                           const std::vector<MissingPiece>& missing, diag::Span place,
                                           const std::function<bool(const TextSpan&)>& fits);

// The stages, in the order of their calls. prepare = collect to find_candidates (candidates.hpp); break_lines =
// total_fit, finalize.
PreparedParagraph::Data prepare_paragraph(Typesetter::Data& typesetter, const Paragraph& paragraph,
                                          const style::Language& language, diag::Span place, diag::Sink& sink);
BreakOptions break_options(const PreparedParagraph::Data& paragraph, const style::Justification& justification,
                           bool wide = false);
// The best breaking's lines, or those of one hardly worse that has fewer channels and stacks. Empty only if there are
// none of the number asked for.
struct SetLines {
  std::vector<Line> lines;
  std::int64_t demerits = 0;
};
SetLines set_best(Typesetter::Data& typesetter, const PreparedParagraph::Data& paragraph, const BreakOptions& options,
                  std::optional<std::uint32_t> not_at = {});
// The lines that end at the given candidates.
std::vector<Line> finalize_lines(Typesetter::Data& typesetter, const PreparedParagraph::Data& paragraph,
                                 const Breaking& breaking, const BreakOptions& options);

}  // namespace epitome::text
