// A PNG written row by row, so that a large one needs no more memory than a small one.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace epitome::image {

class PngWriter {
 public:
  struct Form {
    std::uint32_t width = 0, height = 0;
    int bits = 8;         // a sample
    int colour_type = 2;  // PNG 11.2.2: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha
    std::string_view palette{}, transparency{};  // the PLTE and tRNS chunks' data
  };

  // Appends to `out`, which must live on. Out of memory is std::bad_alloc, here and below.
  PngWriter(std::string& out, const Form& form);
  ~PngWriter();
  PngWriter(const PngWriter&) = delete;
  PngWriter& operator=(const PngWriter&) = delete;

  void row(const void* bytes);  // a byte a sample, two if it has 16 bits
  void finish();                // after the last row

 private:
  struct Library;
  std::unique_ptr<Library> library_;
};

}  // namespace epitome::image
