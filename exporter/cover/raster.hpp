// A cover as a picture: flat shapes drawn by FreeType's rasteriser, in a PNG of a few colours.
#pragma once

#include <string>

#include "cover/cover.hpp"

namespace epitome::cover {

// One pixel is one point of the cover. `frame`: a rule of that thickness at that distance inside the edge (zero:
// none). std::bad_alloc if memory is short.
std::string rasterise(const Cover& cover, Length frame, style::Colour ink);

}  // namespace epitome::cover
