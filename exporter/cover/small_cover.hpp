// The drawn cover for lists.
#pragma once

#include <optional>

#include "cover/cover.hpp"

namespace epitome::cover {

// A PNG of 320 × 480 pixels, as cover_file draws the large one: a tenth of the work of making that smaller.
std::optional<CoverFile> small_cover(const Inputs& inputs, diag::Sink& sink);

}  // namespace epitome::cover
