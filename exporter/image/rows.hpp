// A picture's pixels row by row, so that a large one needs no more memory than a small one.
#pragma once

#include <memory>
#include <string>

#include "image/image.hpp"

namespace epitome::image {

class Rows {
 public:
  virtual ~Rows() = default;
  // Bytes of a row: the width times `channels`, sRGB of 8 bits each, alpha last.
  std::size_t stride() const { return stride_; }
  int channels() const { return channels_; }
  // Fills the next row, from the top; `row` has room for stride() bytes. False if the data is damaged:
  // then fault() says why. Not to be called more often than the picture has rows.
  virtual bool next(unsigned char* row) = 0;
  const std::string& fault() const { return fault_; }

 protected:
  Rows(std::uint32_t width, int channels, std::size_t sample = 1)
      : stride_(sample * width * static_cast<std::size_t>(channels)), channels_(channels) {}
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  std::size_t stride_;
  int channels_;
  std::string fault_;
};

// Of a checked image, which must live on. An interlaced or progressive one is whole in memory from the first row on.
// `part`: each side of a JPEG is divided by that, 1, 2, 4 or 8, and rounded up, for a fraction of the work; of a PNG 1.
std::unique_ptr<Rows> open_rows(const Image& image, unsigned part = 1);

// Colour and alpha apart, each a zlib stream of its rows, 8 bits a component; alpha is empty if there is none.
struct Separated {
  std::string colour, alpha;
};
// Reports E0302 at `place` and returns nothing if the image is damaged.
std::optional<Separated> separate(const Image& image, diag::Span place, diag::Sink& sink);

}  // namespace epitome::image
