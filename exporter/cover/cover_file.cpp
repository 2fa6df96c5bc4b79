#include "cover/cover.hpp"
#include "cover/raster.hpp"
#include "cover/small_cover.hpp"
#include "image/convert.hpp"
#include "image/indexed_png.hpp"

namespace epitome::cover {

namespace {

// 2:3, which every shop takes; some cap a cover at 4 megapixels.
constexpr std::int64_t raster_width = 1600, raster_height = 2400;
// Of a picture in a list: sharp at 160 pixels' width on a fine screen.
constexpr std::int64_t small_width = 320, small_height = 480;
constexpr std::uint64_t pixels_max = 4'000'000;
// A larger PNG is a photo, of which a JPEG has a tenth of the bytes.
constexpr std::size_t png_bytes_max = 1'000'000;

// A given PNG that readers and shops take, as it is.
std::optional<std::string> as_given(const image::Image& image) {
  const bool fits = image.kind == image::Kind::png && !image.has_alpha && image.bits <= 8 &&
                    std::uint64_t{image.width} * image.height <= pixels_max && image.bytes.size() <= png_bytes_max;
  if (!fits) return {};
  return image.components == 3 ? image.bytes : image::grey_as_indexed(image);
}

std::optional<CoverFile> drawn(const Inputs& inputs, std::int64_t width, std::int64_t height, diag::Sink& sink) {
  const std::size_t errors = sink.error_count();
  const Cover cover = draw_cover(inputs, Length::pt(width), Length::pt(height), sink);
  if (sink.error_count() != errors) return {};
  // White covers dissolve on white shelves: a frame of 0.02 e just inside the edge.
  return CoverFile{image::Kind::png, rasterise(cover, Length::pt(width).scaled(2, 1100), inputs.layout.ink)};
}

}  // namespace

std::optional<CoverFile> small_cover(const Inputs& inputs, diag::Sink& sink) {
  return drawn(inputs, small_width, small_height, sink);
}

std::optional<CoverFile> cover_file(const Inputs& inputs, const image::Image* given, diag::Span place,
                                    diag::Sink& sink) {
  if (given) {
    if (std::optional<std::string> png = as_given(*given)) return CoverFile{image::Kind::png, std::move(*png)};
    std::optional<std::string> jpeg = image::as_jpeg(*given, {.pixels = pixels_max}, place, sink);
    if (!jpeg) return {};
    return CoverFile{image::Kind::jpeg, std::move(*jpeg)};
  }
  return drawn(inputs, raster_width, raster_height, sink);
}

}  // namespace epitome::cover
