// Pictures that are stored turned or mirrored (Exif 2.32, 4.6.5.1.6).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace epitome::image {

// The orientation, 1 (upright) to 8, of an Exif file's TIFF structure (4.6.2); 1 if it doesn't say.
int exif_orientation(std::string_view tiff);

// The upright picture, made from the rows of the stored one; `unit`: bytes a pixel.
class Upright {
 public:
  Upright(std::uint32_t width, std::uint32_t height, std::size_t unit, int orientation);
  void put(std::uint32_t y, const unsigned char* row);
  std::uint32_t width() const { return turned_ ? stored_height_ : stored_width_; }
  std::uint32_t height() const { return turned_ ? stored_width_ : stored_height_; }
  std::string& pixels() { return pixels_; }

 private:
  std::uint32_t stored_width_, stored_height_;
  std::size_t unit_;
  bool turned_, from_right_, from_below_;
  std::string pixels_;
};

}  // namespace epitome::image
