// What an EPUB for one family of readers has otherwise than the EPUB for all: each flavour is one function.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "epub/package.hpp"

namespace epitome::epub {

// A font file that the package holds.
struct Font {
  std::string family;      // by which the style sheet calls it
  std::string path;        // in the content folder: "fonts/text-1-Regular.ttf"
  std::string media_type;  // EPUB 3.3, 3.2: "font/ttf"
  std::string bytes;
  bool bold = false, italic = false;
};
// Adds the fonts, unobfuscated, and the style sheet that sets all text in their families, first ones first.
void embed_fonts(Package& package, const std::vector<Font>& fonts);

// For readers that may not fold: a fold is a group under a label, whose content is seen.
void unfold(Package& package);

// For Kobo's own reader, which takes a file that ends in .kepub.epub: each sentence and picture in a span with an id,
// by which the reader keeps highlights, bookmarks and the place; and the two elements that it pages. Nothing is folded.
Package kepub(Package package);

// As Send to Kindle and Amazon's Kindle Publishing Guidelines (2026.2) want it: no page for the cover beside the cover
// image (4.2), that one a JPEG of 127 KB at most (10.4.2), no picture of more than 5 MB, nothing folded. W0702 if
// Kindle doesn't know the language; E0302, and nothing, if a picture is damaged.
std::optional<Package> kindle(Package package, diag::Sink& sink);

}  // namespace epitome::epub
