// Which glyph stands for which characters: what people copy, search and hear.
#pragma once

#include <cstdint>
#include <vector>

#include "text/glyph_run.hpp"

namespace epitome::pdf {

// A glyph and its characters, as bytes of the run's text.
struct GlyphText {
  std::uint32_t glyph = 0;  // index into GlyphRun::glyphs
  std::uint32_t begin = 0, length = 0;
  // On the first glyph of a cluster that has more glyphs than characters: how many glyphs; else 0. Such a
  // cluster needs ActualText, its glyphs after the characters' have no text (length 0).
  std::uint32_t crowded = 0;
};

// The run's glyphs in logical order with their characters. Where a cluster has several glyphs, its characters are
// dealt out one to each in logical order and the last glyph gets the rest. Every character is given out once.
void deal_text(const text::GlyphRun& run, std::vector<GlyphText>& out);

}  // namespace epitome::pdf
