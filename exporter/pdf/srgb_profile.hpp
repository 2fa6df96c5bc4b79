// The output intent's colour profile.
#pragma once

#include <string>

namespace epitome::pdf {

// An ICC version 2 matrix profile of sRGB (IEC 61966-2-1), made from the standard's numbers: 3 components.
std::string srgb_profile();

}  // namespace epitome::pdf
