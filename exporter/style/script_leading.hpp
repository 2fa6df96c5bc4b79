// Leadings that are measured for Latin letters, as other scripts need them.
#pragma once

#include <cstdint>

#include "style/language.hpp"

namespace epitome::style {

// Of running text in the shipped layouts, in 1/1000 of its size.
inline constexpr int latin_leading = 1333;

// A leading, or another height of a line, in proportion to what the language's script needs; in the same unit.
inline std::int64_t widened(std::int64_t latin, const Language& language) {
  const int leading = language.lines.leading;
  return leading <= latin_leading ? latin : latin * leading / latin_leading;
}

}  // namespace epitome::style
