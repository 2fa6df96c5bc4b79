// What check_image and decode hand to the two formats.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "image/image.hpp"

namespace epitome::image {

// What was found in a file, or what is wrong with it (`fault` is not empty).
struct Checked {
  Image image;  // without its bytes
  std::string fault;
  bool unsupported = false;  // the fault is a format that is valid but not for us: E0303, else E0302
  bool too_large = false;    // E0304
  std::string profile;       // the embedded ICC profile
  int orientation = 1;       // Exif 2.32, 4.6.5.1.6: 1 upright … 8
  bool plain_rgb = false;    // a JPEG of three components without the YCbCr transform
};

// No more pixels than this, and no more bytes when unpacked: a small file can't take the memory away.
inline constexpr std::uint64_t max_pixels = 64'000'000;
// libpng reads no longer side.
inline constexpr std::uint32_t max_side = 1'000'000;
inline constexpr std::uint64_t max_unpacked = 256u << 20;

Checked check_png(std::string_view bytes);
Checked check_jpeg(std::string_view bytes);
// What is wrong with the file, or nothing: then `pixels` is filled.
std::string decode_png(const Image& image, Pixels& pixels);
std::string decode_jpeg(std::string_view bytes, Pixels& pixels);

// Is it sRGB, or near enough not to be seen? By the primaries (sRGB's, adapted to D50, within 0.003) for
// RGB; by name for grey. A profile that can't be read isn't.
bool is_srgb(std::string_view profile);
// The profile's own description, ASCII ("Display P3"); empty if it has none.
std::string profile_name(std::string_view profile);

// Turned and mirrored to orientation 1.
Pixels set_upright(Pixels pixels, int orientation);

}  // namespace epitome::image
