// What an editor sees who knows the whole document: texts beside each other.
#pragma once

#include <vector>

#include "diag/diagnostic.hpp"
#include "model/document.hpp"
#include "proof/rules.hpp"
#include "proof/texts.hpp"
#include "style/language.hpp"

namespace epitome::proof {

// Warns of paragraphs whose words are another language's (W0427), of names in a part's introduction that nothing else
// in the document knows (W0428: another book's text), of answers that speak of another question (W0429), and of
// headlines, cues, titles and questions that are long for their place (W0430).
void compare_texts(const model::Document& document, const std::vector<Text>& texts, const style::Language& language,
                   const Rules& rules, diag::Sink& sink);

}  // namespace epitome::proof
