// Document + Layout to Pages and PageMap: paragraphs, flow, page breaking, furniture.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "diag/diagnostic.hpp"
#include "image/image.hpp"
#include "model/document.hpp"
#include "model/page_map.hpp"
#include "page/pages.hpp"
#include "style/language.hpp"
#include "style/layout.hpp"
#include "text/fonts.hpp"
#include "text/missing_glyphs.hpp"
#include "typeset/figures.hpp"
#include "typeset/inspection.hpp"

namespace epitome::typeset {

// Images that the document names, by their path as written; loaded and checked before.
using Images = std::map<std::string, image::Image, std::less<>>;

struct Inputs {
  const model::Document& document;
  const style::Layout& layout;
  const style::Language& language;
  const Images& images;
  text::FontSet& fonts;
  std::string patterns_folder;
  std::string program;           // "Epitome 0.1.0": the producer
  bool inspect = false;          // look at each line and page for a report
  std::string_view source = {};  // the document's bytes, for the places of diagnostics
  // Takes what has no glyph; its owner reports. Null: E0601.
  text::MissingGlyphs* missing = nullptr;
};

struct Typeset {
  page::Pages pages;
  model::PageMap page_map;
  Figures figures;
  std::optional<Inspection> inspection;  // Inputs::inspect
};

// Nothing only if an error was reported.
std::optional<Typeset> typeset(const Inputs& inputs, diag::Sink& sink);

}  // namespace epitome::typeset
