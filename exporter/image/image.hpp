// PNG and JPEG: checked, measured, passed through or converted. Corrupt input is a diagnostic, never a crash.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "diag/diagnostic.hpp"
#include "model/length.hpp"

namespace epitome::image {

enum class Kind : std::uint8_t { png, jpeg };

// A checked image, upright. `bytes` is the file with nothing but the picture: no metadata, text, profile, thumbnail or
// bytes behind its end. The coded picture is as it was read, except for one that is stored turned (Exif orientation)
// and a JPEG without the YCbCr transform: these are written anew.
struct Image {
  Kind kind = Kind::png;
  std::string bytes;
  std::uint32_t width = 0, height = 0;  // pixels
  int components = 3;                   // 1 grey, 3 RGB (4 CMYK is refused)
  int bits = 8;                         // a component
  bool has_alpha = false;               // alpha channel or tRNS
  bool interlaced = false;
  bool indexed = false;
  // Pixels per inch, from the file; 0 if it doesn't say.
  std::uint32_t resolution = 0;
};

// How far a JPEG is read before it is taken: its segments up to the end marker, which finds one that is cut off; or
// every coded bit as well, which finds one that is damaged inside and costs a tenth of a small export. A PNG has
// checksums and is always read whole.
enum class Depth : std::uint8_t { segments, whole };

// Checks the file (signature, chunks and CRCs, coded data to the end, dimensions) and measures it.
// Reports E0302, E0303 or E0304 at `place` and returns nothing if it can't be used (limits: diag/limits.hpp).
// Colours are taken as sRGB: a profile, a gamma or primaries that say something else are reported (W0306).
std::optional<Image> check_image(std::string bytes, std::string_view name, diag::Span place, diag::Sink& sink,
                                 Depth depth = Depth::whole);

// Pixels, sRGB, 8 bits a component, rows from the top.
struct Pixels {
  std::uint32_t width = 0, height = 0;
  int components = 3;
  std::string colour;
};

// A baseline sRGB JPEG (libjpeg-turbo), the same bytes for the same pixels. quality 1 to
// 100; from 90 the colours are kept at full resolution (4:4:4), below at half (4:2:0).
std::string encode_jpeg(const Pixels& pixels, int quality);

}  // namespace epitome::image
