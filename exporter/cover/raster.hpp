// A cover as a picture: bands of a few rows at a time, drawn by FreeType's rasteriser and given to libjpeg-turbo.
#pragma once

#include <optional>
#include <string>

#include "cover/cover.hpp"

namespace epitome::cover {

// One pixel is one point of the cover. `frame`: a rule of that thickness at that distance inside the edge (zero:
// none). Nothing if memory is short.
std::optional<std::string> rasterise(const Cover& cover, Length frame, style::Colour ink, int quality);

}  // namespace epitome::cover
