// hb-subset with what a PDF needs: outlines and metrics, nothing for shaping.
#pragma once

#include <hb-subset.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace epitome::pdf {

struct Subset {
  std::string bytes;                      // the font file, or its table `table` alone
  std::uint32_t count = 0;                // of its glyphs
  std::vector<std::uint32_t> new_glyphs;  // of each asked glyph, in the order asked
};

// The subset of `face` with `glyphs` and what they are composed of; `table` 0 for the whole font file. Nothing
// if hb-subset can't read the face.
std::optional<Subset> make_subset(hb_face_t* face, const std::vector<std::uint32_t>& glyphs, hb_tag_t table);

}  // namespace epitome::pdf
