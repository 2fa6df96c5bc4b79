// What libpng's callbacks do. Its errors leave by longjmp: the functions that call the library hold no C++ objects with
// destructors.
#pragma once

#include <png.h>
#include <setjmp.h>

#include <cstdlib>
#include <string>

namespace epitome::image {

struct PngErrors {
  std::string fault;
  bool memory_is_short = false;
};

[[noreturn]] inline void on_png_error(png_structp png, png_const_charp message) {
  static_cast<PngErrors*>(png_get_error_ptr(png))->fault = message;
  png_longjmp(png, 1);
}
inline void on_png_warning(png_structp, png_const_charp) {}
inline png_voidp png_allocate(png_structp png, png_alloc_size_t size) {
  void* const memory = std::malloc(size);
  if (memory == nullptr) static_cast<PngErrors*>(png_get_mem_ptr(png))->memory_is_short = true;
  return memory;
}
inline void png_release(png_structp, png_voidp memory) { std::free(memory); }

}  // namespace epitome::image
