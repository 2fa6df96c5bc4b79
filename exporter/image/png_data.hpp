// The inside of a checked PNG, for writers that pass it through.
#pragma once

#include <string>
#include <string_view>

#include "image/image.hpp"

namespace epitome::image {

struct PngData {
  std::string compressed;  // the IDAT chunks' data, joined: one zlib stream of filtered rows
  // Into image.bytes: RGB triples, empty if not indexed; the tRNS chunk's data, empty if there is none.
  std::string_view palette, transparency;
};
PngData png_data(const Image& image);

}  // namespace epitome::image
