// Shaped text: what the shaper makes, the line breaker places and the page writer writes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "model/length.hpp"

namespace epitome::text {

using model::Length;
class Face;

// The largest offset of a glyph, in font units: what a composite glyph of a TrueType program holds (int16), less what
// the glyph's side bearing may add. Only marks in a stack of a hundred and more would stand farther.
inline constexpr std::int32_t offset_limit = 30'000;

// A Length in 32 bits, to the same unit: glyphs are most of what a document takes. Its 32,767 pt are two of the largest
// pages: what would stand farther stands there.
class GlyphLength {
 public:
  constexpr GlyphLength() = default;
  constexpr GlyphLength(Length length)
      : raw_(static_cast<std::int32_t>(std::clamp(length, -farthest(), farthest()).raw())) {}
  static constexpr Length farthest() { return Length::from_raw(std::numeric_limits<std::int32_t>::max()); }
  constexpr operator Length() const { return Length::from_raw(raw_); }
  constexpr std::int64_t raw() const { return raw_; }
  constexpr Length operator-() const { return -Length(*this); }
  constexpr GlyphLength& operator+=(Length more) { return *this = Length(*this) + more; }
  constexpr GlyphLength& operator-=(Length less) { return *this = Length(*this) - less; }

 private:
  std::int32_t raw_ = 0;
};

struct Glyph {
  std::uint32_t id = 0;            // in the face
  std::uint32_t cluster = 0;       // byte offset into GlyphRun::text of the first character it stands for
  GlyphLength advance;             // with tracking and, at spaces, justification already in it
  GlyphLength x_offset, y_offset;  // y up
};

// Glyphs of one face, size, script, language and direction on one line.
struct GlyphRun {
  const Face* face = nullptr;
  Length size;
  std::string text;           // UTF-8, logical order: exactly the source's characters that the glyphs stand for
  std::vector<Glyph> glyphs;  // visual order, left to right
  std::string_view lang;      // BCP 47; whoever named the text's (TextSpan) or the document's language owns it
  std::uint32_t script = 0;   // hb_script_t (ISO 15924 tag)
  // Horizontal scaling of the glyphs in 1/1000 (advances have it already). 1000: none.
  std::int16_t glyph_scale = 1000;
  bool rtl = false;
  // The last glyph is a hyphen that the breaker added: its character is U+00AD, the last of `text`.
  bool ends_in_soft_hyphen = false;

  Length width() const {
    Length w;
    for (const Glyph& g : glyphs) w += g.advance;
    return w;
  }
};

}  // namespace epitome::text
