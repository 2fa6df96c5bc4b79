#include "image/convert.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "image/png_writer.hpp"
#include "image/rows.hpp"

namespace epitome::image {

namespace {

constexpr std::uint64_t jpeg_side_max = 65'500;  // JPEG's own limit
constexpr int jpeg_quality = 88, jpeg_quality_min = 64, jpeg_quality_step = 8, jpeg_quality_least = 24;

// The rows of a picture, without transparency.
class RowsOnWhite {
 public:
  explicit RowsOnWhite(const Image& image, unsigned part = 1)
      : rows_(open_rows(image, part)),
        components_(static_cast<std::size_t>(image.components)),
        row_(rows_->stride()),
        has_alpha_(image.has_alpha) {}

  // The next row; null, and told, if the picture is damaged.
  const unsigned char* next(diag::Span place, diag::Sink& sink) {
    if (!rows_->next(row_.data())) {
      sink.report(diag::Code::E0302, place, fmt::format("an image can't be read: {}", rows_->fault()),
                  {"the file is damaged: save it again from its source"});
      return nullptr;
    }
    if (has_alpha_) lay_over_white();
    return row_.data();
  }

 private:
  // In place: a pixel grows no larger.
  void lay_over_white() {
    for (std::size_t i = 0; i < row_.size() / (components_ + 1); ++i) {
      const int alpha = row_[i * (components_ + 1) + components_];
      for (std::size_t c = 0; c < components_; ++c) {
        const int value = row_[i * (components_ + 1) + c];
        row_[i * components_ + c] = static_cast<unsigned char>((value * alpha + 255 * (255 - alpha) + 127) / 255);
      }
    }
  }

  std::unique_ptr<Rows> rows_;
  std::size_t components_;
  std::vector<unsigned char> row_;
  bool has_alpha_;
};

// Each pixel the mean of the box of source pixels that it covers, in three components; the source's rows come one after
// the other. No side is larger than the source's.
class Smaller {
 public:
  Smaller(std::uint32_t from_width, std::uint32_t from_height, int components, std::uint32_t width,
          std::uint32_t height)
      : from_width_(from_width),
        from_height_(from_height),
        components_(static_cast<std::size_t>(components)),
        pixels_{width, height, 3, {}},
        left_(std::size_t{width} + 1),
        sums_(from_width * components_) {
    for (std::uint64_t x = 0; x <= width; ++x) left_[x] = static_cast<std::uint32_t>(x * from_width_ / width);
    pixels_.colour.reserve(std::size_t{3} * width * height);
  }

  void add(const unsigned char* row) {
    if (is_same_size()) {
      add_as_it_is(row);
      return;
    }
    const std::size_t size = sums_.size();
    std::uint32_t* const sums = sums_.data();
    for (std::size_t i = 0; i < size; ++i) sums[i] += row[i];
    ++rows_;
    ++added_;
    if (added_ == std::uint64_t{made_ + 1} * from_height_ / pixels_.height) finish_row();
  }
  const Pixels& pixels() const { return pixels_; }

 private:
  bool is_same_size() const { return from_width_ == pixels_.width && from_height_ == pixels_.height; }
  void add_as_it_is(const unsigned char* row) {
    const std::size_t at = pixels_.colour.size();
    pixels_.colour.resize(at + 3 * from_width_);
    char* to = &pixels_.colour[at];
    if (components_ == 3) {
      std::copy_n(row, 3 * from_width_, to);
      return;
    }
    for (std::size_t x = 0; x < from_width_; ++x, to += 3) to[0] = to[1] = to[2] = static_cast<char>(row[x]);
  }
  void finish_row() {
    for (std::uint32_t x = 0; x < pixels_.width; ++x) {
      const std::uint64_t count = rows_ * (left_[x + 1] - left_[x]);
      for (std::size_t c = 0; c < components_; ++c) {
        std::uint64_t sum = 0;
        for (std::size_t sx = left_[x]; sx < left_[x + 1]; ++sx) sum += sums_[sx * components_ + c];
        pixels_.colour.append(components_ == 1 ? 3 : 1, static_cast<char>((sum + count / 2) / count));
      }
    }
    std::fill(sums_.begin(), sums_.end(), 0);
    rows_ = 0;
    ++made_;
  }

  std::uint64_t from_width_, from_height_;
  std::size_t components_;
  Pixels pixels_;
  std::vector<std::uint32_t> left_;  // of each pixel's box in the source, and the last one's right
  // Down the source's columns, since the last row of pixels; 2^24 rows of 255 fit, more than an image may have.
  std::vector<std::uint32_t> sums_;
  std::uint64_t rows_ = 0, added_ = 0, made_ = 0;  // source rows of this row and of all; rows that are done
};

// Of an image `width` wide in the same shape; a strip of a few pixels loses its shape.
std::uint64_t height_at(const Image& image, std::uint64_t width) {
  return std::max<std::uint64_t>(1, width * image.height / image.width);
}

// What a JPEG's sides can be divided by while it is decoded, if at least twice the pixels are wanted each way.
unsigned part_for(const Image& image, std::uint32_t width) {
  unsigned part = 1;
  while (image.kind == Kind::jpeg && part < 8 && std::uint64_t{width} * part * 4 <= image.width) part *= 2;
  return part;
}

}  // namespace

std::optional<std::string> png_on_white(const Image& image, diag::Span place, diag::Sink& sink) {
  RowsOnWhite rows(image);
  std::string out;
  PngWriter writer(out, {.width = image.width, .height = image.height, .colour_type = image.components == 1 ? 0 : 2});
  for (std::uint32_t y = 0; y < image.height; ++y) {
    const unsigned char* const row = rows.next(place, sink);
    if (row == nullptr) return {};
    writer.row(row);
  }
  writer.finish();
  return out;
}

std::optional<std::string> as_jpeg(const Image& image, const JpegLimits& limits, diag::Span place, diag::Sink& sink) {
  const std::uint64_t count = std::uint64_t{image.width} * image.height;
  if (image.kind == Kind::jpeg && image.components == 3 && count <= limits.pixels && image.bytes.size() <= limits.bytes)
    return image.bytes;
  std::uint32_t width = image.width;
  const auto too_large = [&] {
    return width * height_at(image, width) > limits.pixels ||
           std::max<std::uint64_t>(width, height_at(image, width)) > jpeg_side_max;
  };
  while (width > 1 && too_large()) width -= std::min<std::uint32_t>(8, width - 1);
  const auto narrower = [&] { return std::max<std::uint32_t>(1, width / 10 * 9); };
  for (;; width = narrower()) {
    const unsigned part = part_for(image, width);
    const std::uint32_t from_width = (image.width + part - 1) / part, from_height = (image.height + part - 1) / part;
    const std::uint64_t height = std::min<std::uint64_t>({height_at(image, width), from_height, jpeg_side_max});
    Smaller smaller(from_width, from_height, image.components, width, static_cast<std::uint32_t>(height));
    RowsOnWhite rows(image, part);
    for (std::uint32_t y = 0; y < from_height; ++y) {
      const unsigned char* const row = rows.next(place, sink);
      if (row == nullptr) return {};
      smaller.add(row);
    }
    const bool is_last = width >= limits.width_kept && narrower() < limits.width_kept;
    const int least = is_last ? jpeg_quality_least : jpeg_quality_min;
    for (int quality = jpeg_quality; quality >= least; quality -= jpeg_quality_step) {
      std::string made = encode_jpeg(smaller.pixels(), quality);
      if (made.size() <= limits.bytes || width < 10) return made;
    }
  }
}

std::optional<Image> in_grey(const Image& image, diag::Span place, diag::Sink& sink) {
  if (image.components == 1 && !image.has_alpha) return image;
  RowsOnWhite rows(image);
  Pixels grey{image.width, image.height, 1, {}};
  grey.colour.reserve(std::size_t{image.width} * image.height);
  for (std::uint32_t y = 0; y < image.height; ++y) {
    const unsigned char* const row = rows.next(place, sink);
    if (row == nullptr) return std::nullopt;
    if (image.components == 1) {
      grey.colour.append(reinterpret_cast<const char*>(row), image.width);
      continue;
    }
    // Rec. 601's weights, as JPEG's luma.
    for (std::size_t x = 0; x < image.width; ++x) {
      const unsigned char* const p = row + 3 * x;
      grey.colour.push_back(static_cast<char>((299U * p[0] + 587U * p[1] + 114U * p[2] + 500U) / 1000U));
    }
  }
  Image out = image;
  out.components = 1;
  out.bits = 8;
  out.has_alpha = out.interlaced = out.indexed = false;
  if (image.kind == Kind::jpeg) {
    out.bytes = encode_jpeg(grey, 92);
    return out;
  }
  out.bytes.clear();
  PngWriter writer(out.bytes, {.width = image.width, .height = image.height, .colour_type = 0});
  for (std::uint32_t y = 0; y < image.height; ++y) writer.row(&grey.colour[std::size_t{y} * image.width]);
  writer.finish();
  return out;
}

}  // namespace epitome::image
