// A language that has no file of its own.
#pragma once

#include <string_view>

#include "style/language.hpp"

namespace epitome::style {

// Makes `language`, the file of another language in the same script, stand in for the language `tag`. What depends on
// words is dropped: hyphenation, words that bind, articles, spaces beside marks. Name, direction and quotation marks
// are those that CLDR has for `tag` (ICU's data); where it has none, marks stay as they are. Labels stay.
void borrow(Language& language, std::string_view tag);

}  // namespace epitome::style
