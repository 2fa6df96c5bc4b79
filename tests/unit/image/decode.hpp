// A picture's pixels, whole: what tests look at.
#pragma once

#include <optional>
#include <string>

#include "image/rows.hpp"

namespace epitome::test {

// 8 bits a component, rows from the top; colour without alpha, alpha apart (empty if opaque).
struct Decoded {
  std::uint32_t width = 0, height = 0;
  std::string colour, alpha;
};

inline std::optional<Decoded> decode(const image::Image& image) {
  Decoded out{image.width, image.height, {}, {}};
  const std::unique_ptr<image::Rows> rows = image::open_rows(image);
  std::string row(rows->stride(), '\0');
  const auto channels = static_cast<std::size_t>(rows->channels()),
             colours = static_cast<std::size_t>(image.components);
  for (std::uint32_t y = 0; y < image.height; ++y) {
    if (!rows->next(reinterpret_cast<unsigned char*>(row.data()))) return std::nullopt;
    for (std::size_t i = 0; i < row.size(); i += channels) {
      out.colour.append(row, i, colours);
      out.alpha.append(row, i + colours, channels - colours);
    }
  }
  return out;
}

}  // namespace epitome::test
