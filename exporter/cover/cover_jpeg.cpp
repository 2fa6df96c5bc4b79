#include <algorithm>
#include <cstdint>
#include <vector>

#include "cover/cover.hpp"
#include "cover/raster.hpp"

namespace epitome::cover {

namespace {

// 2:3, which every shop takes; some cap a cover at 4 megapixels.
constexpr std::int64_t raster_width = 1600, raster_height = 2400;
constexpr std::uint64_t pixels_max = 4'000'000, side_max = 65'500;  // a side: JPEG's own limit
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
  const std::uint64_t count = std::uint64_t{given.width} * given.height;
  if (given.kind == image::Kind::jpeg && count <= pixels_max) return given.bytes;
  std::optional<image::Pixels> pixels = image::decode(given, place, sink);
  if (!pixels) return {};
  lay_over_white(*pixels);
  // The largest size of that shape that is allowed; a strip of a few pixels loses its shape.
  const auto height_of = [&](std::uint64_t width) {
    return std::max<std::uint64_t>(1, width * given.height / given.width);
  };
  std::uint32_t width = given.width;
  while (width > 1 &&
         (width * height_of(width) > pixels_max || std::max<std::uint64_t>(width, height_of(width)) > side_max))
    width -= std::min<std::uint32_t>(8, width - 1);
  const auto height = static_cast<std::uint32_t>(std::min<std::uint64_t>(height_of(width), side_max));
  if (width != given.width || height != given.height) *pixels = made_smaller(*pixels, width, height);
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
