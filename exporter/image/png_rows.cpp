// PNG's pixels through libpng. Its errors leave by longjmp: the functions that call the library hold no C++ objects
// with destructors.
#include <png.h>
#include <setjmp.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#include "image/bytes.hpp"
#include "image/formats.hpp"
#include "image/png_data.hpp"
#include "image/rows.hpp"
#include "image/upright.hpp"

namespace epitome::image {
namespace {

// What libpng's callbacks are given.
struct Errors {
  std::string fault;
  bool memory_is_short = false;
};

[[noreturn]] void on_error(png_structp png, png_const_charp message) {
  static_cast<Errors*>(png_get_error_ptr(png))->fault = message;
  png_longjmp(png, 1);
}
void on_warning(png_structp, png_const_charp) {}
png_voidp allocate(png_structp png, png_alloc_size_t size) {
  void* const memory = std::malloc(size);
  if (memory == nullptr) static_cast<Errors*>(png_get_mem_ptr(png))->memory_is_short = true;
  return memory;
}
void release(png_structp, png_voidp memory) { std::free(memory); }

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
  Errors errors_;
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
  png_ = png_create_read_struct_2(PNG_LIBPNG_VER_STRING, &errors_, on_error, on_warning, &errors_, allocate, release);
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

// A PNG into `out`.
class PngWriter {
 public:
  explicit PngWriter(std::string& out) : out_(out) {
    png_ =
        png_create_write_struct_2(PNG_LIBPNG_VER_STRING, &errors_, on_error, on_warning, &errors_, allocate, release);
    if (png_ != nullptr) info_ = png_create_info_struct(png_);
  }
  ~PngWriter() { png_destroy_write_struct(&png_, &info_); }
  PngWriter(const PngWriter&) = delete;
  PngWriter& operator=(const PngWriter&) = delete;

  void start(const Upright& pixels, const Image& like, const PngData& data) {
    if (info_ == nullptr || !put_header(pixels, like, data)) throw std::bad_alloc();
  }
  void row(const char* bytes) {
    if (!put_row(bytes)) throw std::bad_alloc();
  }
  void finish() {
    if (!put_end()) throw std::bad_alloc();
  }

 private:
  static void write(png_structp png, png_bytep bytes, std::size_t size) {
    bool done = true;
    try {
      static_cast<PngWriter*>(png_get_io_ptr(png))->out_.append(reinterpret_cast<const char*>(bytes), size);
    } catch (const std::bad_alloc&) {
      done = false;
    }
    if (!done) png_error(png, "memory is short");
  }
  bool put_header(const Upright& pixels, const Image& like, const PngData& data) {
    png_color palette[256] = {};
    png_color_16 colour = {};
    if (setjmp(png_jmpbuf(png_)) != 0) return false;
    png_set_write_fn(png_, this, write, nullptr);
    png_set_IHDR(png_, info_, pixels.width(), pixels.height(), like.bits, colour_type(like), PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
    const auto* const transparency = reinterpret_cast<png_const_bytep>(data.transparency.data());
    const auto sample = [&](std::size_t at) { return static_cast<png_uint_16>(read_u16(data.transparency, at)); };
    if (like.indexed) {
      std::memcpy(palette, data.palette.data(), std::min(data.palette.size(), sizeof palette));
      png_set_PLTE(png_, info_, palette, static_cast<int>(data.palette.size() / 3));
      png_set_check_for_invalid_index(png_, 0);
      if (!data.transparency.empty())
        png_set_tRNS(png_, info_, transparency, static_cast<int>(data.transparency.size()), nullptr);
    } else if (data.transparency.size() == 2) {
      colour.gray = sample(0);
      png_set_tRNS(png_, info_, nullptr, 0, &colour);
    } else if (data.transparency.size() == 6) {
      colour.red = sample(0), colour.green = sample(2), colour.blue = sample(4);
      png_set_tRNS(png_, info_, nullptr, 0, &colour);
    }
    png_write_info(png_, info_);
    png_set_packing(png_);
    return true;
  }
  bool put_row(const char* bytes) {
    if (setjmp(png_jmpbuf(png_)) != 0) return false;
    png_write_row(png_, reinterpret_cast<png_const_bytep>(bytes));
    return true;
  }
  bool put_end() {
    if (setjmp(png_jmpbuf(png_)) != 0) return false;
    png_write_end(png_, nullptr);
    return true;
  }

  std::string& out_;
  Errors errors_;
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
};

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
  PngWriter writer(made);
  writer.start(pixels, image, png_data(image));
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
