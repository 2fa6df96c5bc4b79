// What an editor would mark in a finished summary.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "diag/source_texts.hpp"
#include "model/document.hpp"
#include "proof/rules.hpp"
#include "style/language.hpp"

namespace epitome::proof {

// A stretch of the source and what may safely stand there instead, as the source writes it. It holds no end of a line
// and no markup.
struct Fix {
  diag::Span span;
  std::string text;
};

// Warns (W0411 to W0430) of what the rules match and of words, paragraphs, marks, questions and scripts that a person
// would look at twice. `document` is as the reader gave it, before the language's marks were set; `source` has its
// texts. Nothing is changed.
void proofread(const model::Document& document, const style::Language& language, const Rules& rules,
               const diag::SourceTexts& source, diag::Sink& sink);

// What of that, and of what the reader warns of (W0402 to W0404), can be mended. `bytes`: the source. In the order of
// their places; none overlaps another.
std::vector<Fix> fixes(const model::Document& document, const style::Language& language, const Rules& rules,
                       const diag::SourceTexts& source, std::string_view bytes);

// The source with these.
std::string mended(std::string_view bytes, const std::vector<Fix>& fixes);

}  // namespace epitome::proof
