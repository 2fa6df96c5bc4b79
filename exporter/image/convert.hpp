// Pictures as readers and shops want them, made of checked ones. Each function reports E0302 at `place`, and returns
// nothing, if the picture turns out to be damaged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "image/image.hpp"

namespace epitome::image {

// A picture that was checked or made here, measured again: of its bytes nothing but the header is read.
Image measure(std::string bytes);

// A PNG of what a picture with transparency looks like on white paper: black lines on nothing would be lost on a dark
// page.
std::optional<std::string> png_on_white(const Image& image, diag::Span place, diag::Sink& sink);

struct JpegLimits {
  std::uint64_t pixels = 0;
  std::size_t bytes = SIZE_MAX;
  // A picture as wide keeps this width, as long as a quality of 24 or better allows.
  std::uint32_t width_kept = 0;
};
// A JPEG of three components within the limits, on white. The file itself if it is one; else made anew, smaller or of
// less quality where it must be.
std::optional<std::string> as_jpeg(const Image& image, const JpegLimits& limits, diag::Span place, diag::Sink& sink);

// The picture without colour, as it looks on white paper, in the same kind of file. Itself if it is grey and opaque.
std::optional<Image> in_grey(const Image& image, diag::Span place, diag::Sink& sink);

}  // namespace epitome::image
