#include "image/upright.hpp"

#include <cstring>

#include "image/bytes.hpp"

namespace epitome::image {

int exif_orientation(std::string_view tiff) {
  if (tiff.size() < 14) return 1;
  const bool little = tiff.substr(0, 2) == "II";
  const auto u16 = [&](std::size_t at) {
    return little ? byte_at(tiff, at + 1) << 8 | byte_at(tiff, at) : read_u16(tiff, at);
  };
  const auto u32 = [&](std::size_t at) { return little ? u16(at + 2) << 16 | u16(at) : read_u32(tiff, at); };
  const std::size_t directory = u32(4);
  if (directory > tiff.size() - 2) return 1;
  const std::size_t count = u16(directory);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t entry = directory + 2 + 12 * i;
    if (entry + 12 > tiff.size()) return 1;
    if (u16(entry) != 0x0112) continue;
    const std::uint32_t value = u16(entry + 8);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

Upright::Upright(std::uint32_t width, std::uint32_t height, std::size_t unit, int orientation)
    : stored_width_(width),
      stored_height_(height),
      unit_(unit),
      turned_(orientation >= 5),
      from_right_(orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8),
      from_below_(orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7),
      pixels_(std::size_t{width} * height * unit, '\0') {}

void Upright::put(std::uint32_t y, const unsigned char* row) {
  const std::size_t line = from_below_ ? stored_height_ - 1 - y : y;
  for (std::size_t x = 0; x < stored_width_; ++x) {
    const std::size_t column = from_right_ ? stored_width_ - 1 - x : x;
    const std::size_t to = turned_ ? column * stored_height_ + line : line * stored_width_ + column;
    std::memcpy(pixels_.data() + to * unit_, row + x * unit_, unit_);
  }
}

}  // namespace epitome::image
