// Shaped text: what the shaper makes, the line breaker places and the page writer writes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/length.hpp"
#include "text/glyphs.hpp"

namespace epitome::text {

using model::Length;
class Face;

// The largest offset of a glyph, in font units: what a composite glyph of a TrueType program holds (int16), less what
// the glyph's side bearing may add. Only marks in a stack of a hundred and more would stand farther.
inline constexpr std::int32_t offset_limit = 30'000;

// Glyphs of one face, size, script, language and direction on one line.
struct GlyphRun {
  const Face* face = nullptr;
  Length size;
  std::string text;          // UTF-8, logical order: exactly the source's characters that the glyphs stand for
  Glyphs glyphs;             // visual order, left to right
  std::string_view lang;     // BCP 47; whoever named the text's (TextSpan) or the document's language owns it
  std::uint32_t script = 0;  // hb_script_t (ISO 15924 tag)
  // Horizontal scaling of the glyphs in 1/1000 (advances have it already). 1000: none.
  std::int16_t glyph_scale = 1000;
  bool rtl = false;
  // The last glyph is a hyphen that the breaker added: its character is U+00AD, the last of `text`.
  bool ends_in_soft_hyphen = false;

  Length width() const { return glyphs.advance(); }
};

}  // namespace epitome::text
