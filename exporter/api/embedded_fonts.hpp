// The fonts that an EPUB takes along: those of its pages.
#pragma once

#include <vector>

#include "diag/diagnostic.hpp"
#include "epub/flavours.hpp"
#include "page/pages.hpp"
#include "style/language.hpp"

namespace epitome::api {

// The faces in which the pages' text is set, as font files. A family's faces all hold the characters that any of them
// shows: readers mix styles. They also hold what readers write themselves in that language; what of it is ASCII, the
// family with most of ASCII. The family with most of the text comes first. E0901, and none, if a face can't be cut.
std::vector<epub::Font> embedded_fonts(const page::Pages& pages, const style::Language& language, diag::Sink& sink);

}  // namespace epitome::api
