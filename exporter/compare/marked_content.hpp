// The text of a page by its marked-content sequences.
#pragma once

#include <map>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <string>

#include "compare/text_position.hpp"
#include "compare/to_unicode.hpp"

namespace epitome::compare {

struct MarkedText {
  std::map<int, std::u32string> marks;  // by MCID
  bool has_unmarked = false;            // text that is neither marked nor an artifact
  std::string unreadable_font;          // a font whose codes have no text, if text is set in one
  std::u32string beside;                // what stands beside the page, where nobody sees it; it is in no mark
};

struct Font {
  ToUnicode text;
  Widths widths;
};

// Reads one page after another; fonts are read once.
class MarkedContent {
 public:
  MarkedText read(QPDFPageObjectHelper page);

 private:
  friend class ContentReader;
  const Font* font(QPDFObjectHandle dictionary);
  std::map<std::pair<QPDFObjGen, QPDFObjGen>, Font> fonts_;  // by their own and their ToUnicode maps' numbers
  // For all fonts' maps and widths: a million codes. A small file can say many more.
  std::size_t room_ = std::size_t{10} << 20;
};

// A text string (7.9.2.2): UTF-16BE with its mark, or UTF-8 by way of PDFDocEncoding.
std::u32string text_string(QPDFObjectHandle string);

}  // namespace epitome::compare
