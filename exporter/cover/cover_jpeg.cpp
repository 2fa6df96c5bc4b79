#include <algorithm>
#include <cstdint>
#include <vector>

#include "cover/cover.hpp"
#include "cover/raster.hpp"

namespace epitome::cover {

namespace {

// 2:3, which every shop takes; some cap a cover at 4 megapixels.
constexpr std::int64_t raster_width = 1600, raster_height = 2400, pixels_max = 4'000'000;
constexpr int drawn_quality = 75, given_quality = 88;

void lay_over_white(image::Pixels& pixels) {
  if (pixels.alpha.empty()) return;
  const auto components = static_cast<std::size_t>(pixels.components);
  for (std::size_t i = 0; i < pixels.colour.size(); ++i) {
    const int value = static_cast<unsigned char>(pixels.colour[i]);
    const int alpha = static_cast<unsigned char>(pixels.alpha[i / components]);
    pixels.colour[i] = static_cast<char>((value * alpha + 255 * (255 - alpha) + 127) / 255);
  }
  pixels.alpha.clear();
}

// Each pixel the mean of the box of source pixels that it covers.
image::Pixels made_smaller(const image::Pixels& from, std::uint32_t width, std::uint32_t height) {
  image::Pixels to;
  to.width = width;
  to.height = height;
  to.components = from.components;
  const auto n = static_cast<std::size_t>(from.components);
  to.colour.resize(std::size_t{width} * height * n);
  const auto edge = [](std::uint64_t at, std::uint64_t source, std::uint64_t target) { return at * source / target; };
  for (std::uint32_t y = 0; y < height; ++y) {
    const std::uint64_t top = edge(y, from.height, height),
                        bottom = std::max(top + 1, edge(y + 1, from.height, height));
    for (std::uint32_t x = 0; x < width; ++x) {
      const std::uint64_t left = edge(x, from.width, width), right = std::max(left + 1, edge(x + 1, from.width, width));
      const std::uint64_t count = (bottom - top) * (right - left);
      for (std::size_t c = 0; c < n; ++c) {
        std::uint64_t sum = 0;
        for (std::uint64_t sy = top; sy < bottom; ++sy) {
          for (std::uint64_t sx = left; sx < right; ++sx) {
            sum += static_cast<unsigned char>(from.colour[(sy * from.width + sx) * n + c]);
          }
        }
        to.colour[(std::size_t{y} * width + x) * n + c] = static_cast<char>((sum + count / 2) / count);
      }
    }
  }
  return to;
}

std::optional<std::string> given_jpeg(const image::Image& given, diag::Span place, diag::Sink& sink) {
  const std::int64_t count = std::int64_t{given.width} * given.height;
  if (given.kind == image::Kind::jpeg && count <= pixels_max) return given.bytes;
  std::optional<image::Pixels> pixels = image::decode(given, place, sink);
  if (!pixels) return {};
  lay_over_white(*pixels);
  if (count > pixels_max) {
    // The largest size of that shape that is allowed: width² × h / w ≤ pixels_max.
    std::uint32_t width = given.width;
    while (std::uint64_t{width} * (std::uint64_t{width} * given.height / given.width) > pixels_max) width -= 8;
    const auto height = static_cast<std::uint32_t>(std::uint64_t{width} * given.height / given.width);
    *pixels = made_smaller(*pixels, width, std::max<std::uint32_t>(1, height));
  }
  return image::encode_jpeg(*pixels, given_quality);
}

}  // namespace

std::optional<std::string> cover_jpeg(const Inputs& inputs, const image::Image* given, diag::Span place,
                                      diag::Sink& sink) {
  if (given) return given_jpeg(*given, place, sink);
  const std::size_t errors = sink.error_count();
  const Cover cover = draw_cover(inputs, Length::pt(raster_width), Length::pt(raster_height), sink);
  if (sink.error_count() != errors) return {};
  // White covers dissolve on white shelves: a frame of 0.02 e just inside the edge.
  std::optional<std::string> jpeg =
      rasterise(cover, Length::pt(raster_width).scaled(2, 1100), inputs.layout.ink, drawn_quality);
  if (!jpeg) sink.report(diag::Code::E0901, {}, "the cover can't be drawn: memory is short");
  return jpeg;
}

}  // namespace epitome::cover
