// What the language's file knows of a title that the reader can't.
#pragma once

#include "diag/diagnostic.hpp"
#include "model/document.hpp"
#include "style/language.hpp"

namespace epitome::book {

using style::Language;

// Warns (W0405) of a title in the language that begins with one of its articles (Language::articles) and doesn't say
// apart which is its article: it would be sorted by that, and sentences couldn't leave it out.
void check_title(const model::Title& title, const Language& language, diag::Sink& sink);

}  // namespace epitome::book
