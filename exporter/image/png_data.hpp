// The inside of a checked PNG, for writers that pass it through.
#pragma once

#include <string>
#include <string_view>

#include "image/image.hpp"

namespace epitome::image {

struct PngData {
  std::string compressed;    // the IDAT chunks' data, joined: one zlib stream of filtered rows
  std::string_view palette;  // RGB triples, into image.bytes; empty if not indexed
};
PngData png_data(const Image& image);

}  // namespace epitome::image
