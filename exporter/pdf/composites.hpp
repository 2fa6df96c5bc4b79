// Composite glyphs for a TrueType program (OpenType specification, glyf): slots that are drawn by others' outlines.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pdf/slots.hpp"

namespace epitome::pdf {

struct Composite {
  std::vector<SlotPart> parts;
  std::int32_t width = 0;  // units of the face
  friend bool operator==(const Composite&, const Composite&) = default;
};

// The program with the composites as glyphs after its own, in their order; their parts name the program's glyphs.
// Empty if the program is damaged, or they are more or larger than the format allows.
std::string add_composites(const std::string& program, const std::vector<Composite>& composites);

}  // namespace epitome::pdf
