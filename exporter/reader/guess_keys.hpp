// What sources of other shapes call what the work says of itself, in the languages that many write in.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace epitome::reader {

// "title", "author", "lang", "date", "publisher", "published" or "subtitle" for a key that means it ("book_title",
// "titre", "Autor", "publication date"); else the key.
std::string_view work_key(std::string_view key);

// The tag of a language that is called by its name in English or its own ("français"); empty if none is called so.
std::string language_called(std::string_view name);

// Where a line goes on behind "Author: ", "Auteur : ", "作者：" and the like at `at`; npos if nothing of the kind
// stands there. What is seen of it begins at `at`.
std::size_t behind_author_label(std::string_view line, std::size_t at = 0);

// A title without "Summary of", "Zusammenfassung:" and the like before it.
std::string_view behind_summary_label(std::string_view title);

}  // namespace epitome::reader
