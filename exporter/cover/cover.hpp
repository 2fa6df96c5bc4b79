// A cover drawn from the title (page-design: a field of hairlines, some of them picked), for both files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "book/book.hpp"
#include "diag/diagnostic.hpp"
#include "model/length.hpp"
#include "page/pages.hpp"
#include "style/layout.hpp"
#include "text/fonts.hpp"
#include "text/missing_glyphs.hpp"

namespace epitome::cover {

using model::Length;

// What stands on a cover, as drawing items without marks (mark == no_index): the caller gives them one.
struct Cover {
  Length width, height;
  std::vector<page::Item> text;   // title, author, label, brand: in reading order
  std::vector<page::Item> field;  // hairlines and picks
};

// What text is drawn with, here and on the pages.
struct Inputs {
  const book::Book& book;
  const style::Layout& layout;
  text::FontSet& fonts;
  std::string patterns_folder;
  text::MissingGlyphs* missing = nullptr;  // takes what has no glyph, and its owner reports it; null: E0601
};

// The typographic cover for a page of that size (any shape from 1:1.29 to 1:1.6).
Cover draw_cover(const Inputs& inputs, Length width, Length height, diag::Sink& sink);

// The hairlines alone, without picks and mirrored: the endpaper; and the small field of the brand page
// (`lines` lines, `picks` of them heavy, `width` wide; from the origin downwards, the same for every work of
// the brand).
std::vector<page::Item> draw_endpaper(const Inputs& inputs, Length width, Length height, diag::Sink& sink);
std::vector<page::Item> draw_field(const Inputs& inputs, Length width, int lines, int picks);

// Where a given cover image stands on a page: fitted into 9 e × 11 e (e = width / 11), with the label above and the
// brand below. One of the page's shape too: over the whole page it would have no place for the label, and look like the
// book itself.
struct ImageCover {
  model::Rect picture;
  std::vector<page::Item> text;
};
ImageCover place_cover_image(const Inputs& inputs, const image::Image& image, Length width, Length height,
                             diag::Sink& sink);

// The EPUB's cover, in sRGB of three components: drawn, a PNG of 1600 × 2400 pixels; or the given image at at most 4
// megapixels: itself if it is an opaque JPEG or small PNG (a grey one with a palette), else a JPEG made anew, on white.
struct CoverFile {
  image::Kind kind = image::Kind::png;
  std::string bytes;
};
std::optional<CoverFile> cover_file(const Inputs& inputs, const image::Image* given, diag::Span place,
                                    diag::Sink& sink);

}  // namespace epitome::cover
