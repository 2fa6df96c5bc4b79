// A book and its EPUB's trees to what a site says of it.
#pragma once

#include <string>
#include <vector>

#include "book/book.hpp"
#include "epub/accessibility.hpp"
#include "epub/package.hpp"
#include "site/entry.hpp"

namespace epitome::site {

// A picture of the page: of the text, or the cover.
struct Picture {
  Download file;
  std::string bytes, sha256;  // the bytes' SHA-256, 64 digits
};

struct Description {
  Entry entry;  // its downloads are the pictures
  std::vector<Picture> pictures;
};

// `package`: of that book, with its cover, which need not stand in `inputs`; `stem`: of its files' names;
// `small_cover`: a PNG or JPEG for lists, or empty: made from the cover. A picture that can't be made anew is told.
Description describe(const epub::Inputs& inputs, const epub::Package& package, const std::string& stem,
                     std::string small_cover, diag::Sink& sink);

}  // namespace epitome::site
