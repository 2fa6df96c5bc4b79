// PNG's pixels through libpng.
#include <cstring>
#include <new>
#include <utility>

#include "image/bytes.hpp"
#include "image/formats.hpp"
#include "image/png_data.hpp"
#include "image/png_errors.hpp"
#include "image/png_writer.hpp"
#include "image/rows.hpp"
#include "image/upright.hpp"

namespace epitome::image {
namespace {

class PngRows final : public Rows {
 public:
  // `as_stored`: the samples as the file has them (one or two bytes each), with palette indices.
  PngRows(const Image& image, bool as_stored);
  ~PngRows() override { png_destroy_read_struct(&png_, &info_, nullptr); }
  PngRows(const PngRows&) = delete;
  PngRows& operator=(const PngRows&) = delete;

  bool next(unsigned char* row) override;

 private:
  static void read(png_structp png, png_bytep to, std::size_t size);
  bool start();
  bool read_row(unsigned char* row);
  // An interlaced picture is whole in its last pass only.
  bool read_whole();

  std::string_view rest_;
  std::uint32_t height_, row_ = 0;
  bool interlaced_, as_stored_, started_ = false;
  PngErrors errors_;
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
  std::string whole_;
};

// The header's colour type (11.2.2): 1 palette, 2 colour, 4 alpha.
int colour_type(const Image& image) { return static_cast<int>(byte_at(image.bytes, 25)); }

int channels_of(const Image& image, bool as_stored) {
  if (!as_stored) return image.components + (image.has_alpha ? 1 : 0);
  return image.indexed ? 1 : image.components + ((colour_type(image) & PNG_COLOR_MASK_ALPHA) != 0 ? 1 : 0);
}

PngRows::PngRows(const Image& image, bool as_stored)
    : Rows(image.width, channels_of(image, as_stored), as_stored && image.bits == 16 ? 2 : 1),
      rest_(image.bytes),
      height_(image.height),
      interlaced_(image.interlaced),
      as_stored_(as_stored) {
  png_ = png_create_read_struct_2(PNG_LIBPNG_VER_STRING, &errors_, on_png_error, on_png_warning, &errors_, png_allocate,
                                  png_release);
  if (png_ != nullptr) info_ = png_create_info_struct(png_);
  if (info_ == nullptr) {
    png_destroy_read_struct(&png_, nullptr, nullptr);
    throw std::bad_alloc();
  }
}

void PngRows::read(png_structp png, png_bytep to, std::size_t size) {
  auto* const rows = static_cast<PngRows*>(png_get_io_ptr(png));
  if (size > rows->rest_.size()) png_error(png, "it is cut off");
  std::memcpy(to, rows->rest_.data(), size);
  rows->rest_.remove_prefix(size);
}

bool PngRows::start() {
  if (setjmp(png_jmpbuf(png_)) != 0) return false;
  png_set_read_fn(png_, this, read);
  png_read_info(png_, info_);
  if (as_stored_) {
    png_set_packing(png_);
  } else {
    png_set_expand(png_);
    png_set_scale_16(png_);
  }
  if (interlaced_) png_set_interlace_handling(png_);
  png_read_update_info(png_, info_);
  return png_get_rowbytes(png_, info_) == stride();
}

bool PngRows::read_row(unsigned char* row) {
  if (setjmp(png_jmpbuf(png_)) != 0) return false;
  png_read_row(png_, row, nullptr);
  return true;
}

bool PngRows::read_whole() {
  if (setjmp(png_jmpbuf(png_)) != 0) return false;
  for (int pass = 0; pass < 7; ++pass) {
    for (std::size_t y = 0; y < height_; ++y)
      png_read_row(png_, reinterpret_cast<png_bytep>(whole_.data()) + y * stride(), nullptr);
  }
  return true;
}

bool PngRows::next(unsigned char* row) {
  bool sound = true;
  if (!std::exchange(started_, true)) {
    sound = start();
    if (sound && interlaced_) {
      whole_.resize(stride() * height_);
      sound = read_whole();
    }
  }
  if (sound && interlaced_) std::memcpy(row, whole_.data() + stride() * row_, stride());
  if (sound && !interlaced_) sound = read_row(row);
  if (errors_.memory_is_short) throw std::bad_alloc();
  if (!sound) fault_ = errors_.fault.empty() ? "it is damaged" : errors_.fault;
  ++row_;
  return sound;
}

}  // namespace

std::unique_ptr<Rows> png_rows(const Image& image) { return std::make_unique<PngRows>(image, false); }

std::string set_png_upright(Image& image, int orientation) {
  PngRows rows(image, true);
  Upright pixels(image.width, image.height, rows.stride() / image.width, orientation);
  std::string row(rows.stride(), '\0');
  for (std::uint32_t y = 0; y < image.height; ++y) {
    auto* const bytes = reinterpret_cast<unsigned char*>(row.data());
    if (!rows.next(bytes)) return rows.fault();
    pixels.put(y, bytes);
  }
  std::string made;
  const PngData data = png_data(image);
  PngWriter writer(made, {.width = pixels.width(),
                          .height = pixels.height(),
                          .bits = image.bits,
                          .colour_type = colour_type(image),
                          .palette = data.palette,
                          .transparency = data.transparency});
  const std::size_t stride = rows.stride() / image.width * pixels.width();
  for (std::size_t y = 0; y < pixels.height(); ++y) writer.row(pixels.pixels().data() + y * stride);
  writer.finish();
  image.bytes = std::move(made);
  image.width = pixels.width();
  image.height = pixels.height();
  image.interlaced = false;
  return {};
}

}  // namespace epitome::image
