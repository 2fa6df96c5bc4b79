#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "cover/cover.hpp"
#include "cover/raster.hpp"
#include "image/rows.hpp"

namespace epitome::cover {

namespace {

// 2:3, which every shop takes; some cap a cover at 4 megapixels.
constexpr std::int64_t raster_width = 1600, raster_height = 2400;
constexpr std::uint64_t pixels_max = 4'000'000, side_max = 65'500;  // a side: JPEG's own limit
constexpr int drawn_quality = 75, given_quality = 88;

// A row's pixels over white, in place, without their alpha.
void lay_over_white(std::vector<unsigned char>& row, std::size_t components) {
  for (std::size_t i = 0; i < row.size() / (components + 1); ++i) {
    const int alpha = row[i * (components + 1) + components];
    for (std::size_t c = 0; c < components; ++c) {
      const int value = row[i * (components + 1) + c];
      row[i * components + c] = static_cast<unsigned char>((value * alpha + 255 * (255 - alpha) + 127) / 255);
    }
  }
}

// Each pixel the mean of the box of source pixels that it covers; the source's rows come one after the other. No side
// is larger than the source's.
class Smaller {
 public:
  Smaller(const image::Image& from, std::uint32_t width, std::uint32_t height)
      : from_width_(from.width),
        from_height_(from.height),
        components_(static_cast<std::size_t>(from.components)),
        pixels_{width, height, from.components, {}},
        sums_(width * components_) {
    pixels_.colour.reserve(sums_.size() * height);
  }

  void add(const std::vector<unsigned char>& row) {
    for (std::uint32_t x = 0; x < pixels_.width; ++x) {
      for (std::uint64_t sx = left(x); sx < left(x + 1); ++sx) {
        for (std::size_t c = 0; c < components_; ++c) sums_[x * components_ + c] += row[sx * components_ + c];
      }
    }
    ++rows_;
    ++added_;
    if (added_ == std::uint64_t{made_ + 1} * from_height_ / pixels_.height) finish_row();
  }
  image::Pixels& pixels() { return pixels_; }

 private:
  std::uint64_t left(std::uint64_t x) const { return x * from_width_ / pixels_.width; }
  void finish_row() {
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      const std::uint64_t x = i / components_, count = rows_ * (left(x + 1) - left(x));
      pixels_.colour.push_back(static_cast<char>((sums_[i] + count / 2) / count));
      sums_[i] = 0;
    }
    rows_ = 0;
    ++made_;
  }

  std::uint64_t from_width_, from_height_;
  std::size_t components_;
  image::Pixels pixels_;
  std::vector<std::uint64_t> sums_;
  std::uint64_t rows_ = 0, added_ = 0, made_ = 0;  // source rows of this row and of all; rows that are done
};

std::optional<std::string> given_jpeg(const image::Image& given, diag::Span place, diag::Sink& sink) {
  const std::uint64_t count = std::uint64_t{given.width} * given.height;
  if (given.kind == image::Kind::jpeg && count <= pixels_max) return given.bytes;
  // The largest size of that shape that is allowed; a strip of a few pixels loses its shape.
  const auto height_of = [&](std::uint64_t width) {
    return std::max<std::uint64_t>(1, width * given.height / given.width);
  };
  std::uint32_t width = given.width;
  while (width > 1 &&
         (width * height_of(width) > pixels_max || std::max<std::uint64_t>(width, height_of(width)) > side_max))
    width -= std::min<std::uint32_t>(8, width - 1);
  const auto height = static_cast<std::uint32_t>(std::min<std::uint64_t>(height_of(width), side_max));
  const std::unique_ptr<image::Rows> rows = image::open_rows(given);
  Smaller smaller(given, width, height);
  for (std::uint32_t y = 0; y < given.height; ++y) {
    std::vector<unsigned char> row(rows->stride());
    if (!rows->next(row.data())) {
      sink.report(diag::Code::E0302, place, "the cover can't be read: " + rows->fault(),
                  {"the file is damaged: save it again from its source"});
      return {};
    }
    if (given.has_alpha) lay_over_white(row, static_cast<std::size_t>(given.components));
    smaller.add(row);
  }
  return image::encode_jpeg(smaller.pixels(), given_quality);
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
