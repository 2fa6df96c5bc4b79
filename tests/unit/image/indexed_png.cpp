#include "image/indexed_png.hpp"

#include <gtest/gtest.h>

#include <random>

#include "decode.hpp"

namespace epitome::image {
namespace {

TEST(IndexedPng, HasThePixelsThatWereGiven) {
  std::mt19937 random(14);
  for (const int bits : {1, 2, 4, 8}) {
    for (const std::size_t width : {1U, 7U, 16U, 333U}) {
      constexpr std::size_t height = 50;
      const std::size_t colours = std::size_t{1} << bits;
      std::string palette;
      for (std::size_t i = 0; i < 3 * colours; ++i) palette += static_cast<char>(random());
      std::string rows, expected;
      for (std::size_t y = 0; y < height; ++y) {
        const std::size_t start = rows.size() + 1;
        rows.append(1 + (width * static_cast<std::size_t>(bits) + 7) / 8, '\0');
        for (std::size_t x = 0; x < width; ++x) {
          const std::size_t colour = random() % colours, bit = x * static_cast<std::size_t>(bits);
          char& byte = rows[start + bit / 8];
          byte = static_cast<char>(static_cast<unsigned char>(byte) |
                                   colour << (8 - static_cast<std::size_t>(bits) - bit % 8));
          expected += palette.substr(3 * colour, 3);
        }
      }
      diag::Sink sink;
      const std::optional<Image> made = check_image(
          indexed_png(static_cast<std::uint32_t>(width), height, bits, palette, rows), "made.png", {}, sink);
      ASSERT_TRUE(made) << sink.diagnostics().front().message;
      EXPECT_TRUE(made->indexed);
      EXPECT_EQ(test::decode(*made).value().colour, expected) << bits << " bits, " << width;
    }
  }
}

}  // namespace
}  // namespace epitome::image
