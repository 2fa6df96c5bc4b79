#include "image/png_writer.hpp"

#include <algorithm>
#include <cstring>
#include <new>

#include "image/bytes.hpp"
#include "image/png_errors.hpp"

namespace epitome::image {

struct PngWriter::Library {
  explicit Library(std::string& bytes) : out(bytes) {
    png = png_create_write_struct_2(PNG_LIBPNG_VER_STRING, &errors, on_png_error, on_png_warning, &errors, png_allocate,
                                    png_release);
    if (png != nullptr) info = png_create_info_struct(png);
  }
  ~Library() { png_destroy_write_struct(&png, &info); }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  static void write(png_structp png, png_bytep bytes, std::size_t size) {
    bool done = true;
    try {
      static_cast<Library*>(png_get_io_ptr(png))->out.append(reinterpret_cast<const char*>(bytes), size);
    } catch (const std::bad_alloc&) {
      done = false;
    }
    if (!done) png_error(png, "memory is short");
  }

  bool put_header(const Form& form) {
    png_color palette[256] = {};
    png_color_16 colour = {};
    if (setjmp(png_jmpbuf(png)) != 0) return false;
    png_set_write_fn(png, this, write, nullptr);
    png_set_IHDR(png, info, form.width, form.height, form.bits, form.colour_type, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
    const auto* const transparency = reinterpret_cast<png_const_bytep>(form.transparency.data());
    const auto sample = [&](std::size_t at) { return static_cast<png_uint_16>(read_u16(form.transparency, at)); };
    if (form.colour_type == PNG_COLOR_TYPE_PALETTE) {
      std::memcpy(palette, form.palette.data(), std::min(form.palette.size(), sizeof palette));
      png_set_PLTE(png, info, palette, static_cast<int>(form.palette.size() / 3));
      png_set_check_for_invalid_index(png, 0);
      if (!form.transparency.empty())
        png_set_tRNS(png, info, transparency, static_cast<int>(form.transparency.size()), nullptr);
    } else if (form.transparency.size() == 2) {
      colour.gray = sample(0);
      png_set_tRNS(png, info, nullptr, 0, &colour);
    } else if (form.transparency.size() == 6) {
      colour.red = sample(0), colour.green = sample(2), colour.blue = sample(4);
      png_set_tRNS(png, info, nullptr, 0, &colour);
    }
    png_write_info(png, info);
    png_set_packing(png);
    return true;
  }
  bool put_row(const void* bytes) {
    if (setjmp(png_jmpbuf(png)) != 0) return false;
    png_write_row(png, static_cast<png_const_bytep>(bytes));
    return true;
  }
  bool put_end() {
    if (setjmp(png_jmpbuf(png)) != 0) return false;
    png_write_end(png, nullptr);
    return true;
  }

  std::string& out;
  PngErrors errors;
  png_structp png = nullptr;
  png_infop info = nullptr;
};

PngWriter::PngWriter(std::string& out, const Form& form) : library_(std::make_unique<Library>(out)) {
  if (library_->info == nullptr || !library_->put_header(form)) throw std::bad_alloc();
}
PngWriter::~PngWriter() = default;

void PngWriter::row(const void* bytes) {
  if (!library_->put_row(bytes)) throw std::bad_alloc();
}

void PngWriter::finish() {
  if (!library_->put_end()) throw std::bad_alloc();
}

}  // namespace epitome::image
