// The forms of attribute values and of texts that have one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/document.hpp"
#include "reader/vocabulary.hpp"

namespace epitome::reader {

struct Fault {
  diag::Code code;
  std::string message;  // ends a sentence that begins with the value: "is not a date"
  std::string hint;     // may be empty
};

// What is wrong with `text`, white space collapsed and not empty, as a `value`; nothing if all is well.
// References are checked for their form only.
std::optional<Fault> check_value(Value value, std::string_view text);

// A language tag that is well-formed by RFC 5646, 2.1, with a two-letter language of ISO 639-1.
std::optional<Fault> check_language(std::string_view tag);

// True if the script of `tag`, or the usual one of its language, runs from right to left.
bool is_right_to_left(std::string_view tag);

// The MARC relator code of a contributor's role ("author": "aut"); empty if there is no such role.
std::string_view relator(std::string_view role);

// What a contributor's role may be.
std::vector<std::string_view> role_names();

// The primary language subtag in lower case: "en" of "en-GB".
std::string primary_language(std::string_view tag);

// White space (space, tab, line ends) collapsed to single spaces, none at the ends.
std::string collapsed(std::string_view text);

// Where a reference that may begin at `at` (&lt; … &#x10FFFF;) ends: at its semicolon, npos if there is none. Looks no
// further than one is long.
std::size_t end_of_reference(std::string_view text, std::size_t at);

}  // namespace epitome::reader
