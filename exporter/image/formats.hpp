// What check_image hands to the two formats.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "image/image.hpp"
#include "image/rows.hpp"

namespace epitome::image {

// What was found in a file, or what is wrong with it (`fault` is not empty).
struct Checked {
  Image image;  // its bytes without what isn't the picture
  std::string fault;
  bool unsupported = false;  // the fault is a format that is valid but not for us: E0303, else E0302
  bool too_large = false;    // E0304
  std::string why_whole;     // what makes it whole in memory, if it is too large for that: E0304
  std::string colours;       // what its colours are if they aren't sRGB: "the colour profile 'Display P3'"
  int orientation = 1;       // Exif 2.32, 4.6.5.1.6: 1 upright … 8
  bool plain_rgb = false;    // a JPEG of three components without the YCbCr transform
};

Checked check_png(std::string_view bytes);
Checked check_jpeg(std::string_view bytes, Depth depth);
// What their headers say, without the bytes.
Image measure_png(std::string_view bytes);
Image measure_jpeg(std::string_view bytes);
std::unique_ptr<Rows> png_rows(const Image& image);
// Each side is divided by `part`, 1, 2, 4 or 8, and rounded up.
std::unique_ptr<Rows> jpeg_rows(const Image& image, unsigned part);
// The image's bytes written anew so that what was stored in `orientation` is upright, a PNG with its own samples. What
// is wrong with it, or nothing.
std::string set_png_upright(Image& image, int orientation);
std::string set_jpeg_upright(Image& image, int orientation);
// Orientation and colours, of a JPEG's segments before its first scan.
void read_segments(std::string_view bytes, Checked& out);
// A JPEG's picture: its tables and scans, JFIF's and Adobe's segments without more, up to the end marker. Empty if it
// has none, or more scans than limits::image_scans.
std::string jpeg_picture(std::string_view bytes);

// What an embedded profile says the colours are; empty for sRGB.
std::string foreign_profile(std::string_view profile);
// Is it sRGB, or near enough not to be seen? By the primaries (sRGB's, adapted to D50, within 0.003) for
// RGB; by name for grey. A profile that can't be read isn't.
bool is_srgb(std::string_view profile);
// The profile's own description, ASCII ("Display P3"); empty if it has none.
std::string profile_name(std::string_view profile);

}  // namespace epitome::image
