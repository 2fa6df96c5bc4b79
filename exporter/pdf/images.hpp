// Images as image XObjects (ISO 32000-1 8.9.5).
#pragma once

#include <cstdint>

#include "diag/diagnostic.hpp"
#include "image/image.hpp"
#include "pdf/object_file.hpp"

namespace epitome::pdf {

// Writes the image; returns its object, or 0 after reporting E0302. JPEG goes in as it is; so does a PNG's
// compressed data if it is neither interlaced nor transparent; else the pixels are written, alpha as a soft mask.
std::uint32_t write_image(ObjectFile& file, const image::Image& image, diag::Sink& sink);

}  // namespace epitome::pdf
