#include "pdf/glyph_text.hpp"

#include "diag/utf8.hpp"

namespace epitome::pdf {

void deal_text(const text::GlyphRun& run, std::vector<GlyphText>& out) {
  out.clear();
  const auto count = static_cast<std::uint32_t>(run.glyphs.size());
  const auto text_size = static_cast<std::uint32_t>(run.text.size());
  // The n-th glyph in logical order.
  const auto index = [&](std::uint32_t n) { return run.rtl ? count - 1 - n : n; };
  std::uint32_t at = 0;  // characters in front of the first cluster go with it
  for (std::uint32_t first = 0; first < count;) {
    const std::uint32_t cluster = run.glyphs[index(first)].cluster;
    std::uint32_t last = first + 1;
    while (last < count && run.glyphs[index(last)].cluster == cluster) ++last;
    const std::uint32_t end = last < count ? run.glyphs[index(last)].cluster : text_size;
    const std::uint32_t start = static_cast<std::uint32_t>(out.size());
    for (std::uint32_t n = first; n < last; ++n) {
      std::uint32_t length = end - at;
      if (n + 1 < last && at < end) length = static_cast<std::uint32_t>(diag::decode_utf8(run.text, at).length);
      if (length == 0) out[start].crowded = last - first;
      out.push_back({index(n), at, length, 0});
      at += length;
    }
    first = last;
  }
}

}  // namespace epitome::pdf
