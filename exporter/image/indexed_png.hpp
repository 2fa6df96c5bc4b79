// PNGs of at most 256 colours, each of them sRGB (ISO/IEC 15948, colour type 3).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "image/image.hpp"

namespace epitome::image {

// `rows`: as PNG has them before compression (7.2, 9.2), each a byte for its filter, then pixels of `bits` bits.
// `palette`: red, green and blue of each colour. Compressed in one piece, quickly. Out of memory is std::bad_alloc.
std::string indexed_png(std::uint32_t width, std::uint32_t height, int bits, std::string_view palette,
                        std::string_view rows);

// The same picture with three components, its data as they are: for a checked grey PNG of at most 8 bits without alpha.
std::string grey_as_indexed(const Image& image);

}  // namespace epitome::image
