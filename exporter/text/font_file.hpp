// A face as a font file that other files may hold: the characters that are asked for, and all that the face makes of
// them.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "text/fonts.hpp"

namespace epitome::text {

// A font file (OpenType) of the face's glyphs for `characters` (those that it has), with its shaping but for hinting.
// It is called `family` and `style`, ASCII both: a changed font may not bear the name that a licence reserves (OFL 1.1,
// 3). Copyright and licence stay in it (OFL 1.1, 2). Nothing if hb-subset can't read the face.
std::optional<std::string> font_file(const Face& face, const std::set<char32_t>& characters, std::string_view family,
                                     std::string_view style);

}  // namespace epitome::text
