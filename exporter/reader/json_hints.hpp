// Hints for JSON and front matter: which key was meant, and what a value looks like.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reader/json_shape.hpp"

namespace epitome::reader {

// "did you mean", or all there are.
std::vector<std::string> choices(std::string_view given, const std::vector<std::string_view>& known);

// The same for the types of parts, blocks or cells, which others call otherwise.
std::vector<std::string> type_hints(std::string_view given, const std::vector<std::string_view>& known);

// For a key that the object of an element doesn't have: where it stands, what it is called here.
std::vector<std::string> key_hints(std::string_view key, Type type);

// How an element, or a key's value, is written: "…", ["…"], {"role": "…", "text": "…"}.
std::string sample_of(Type type);
std::string sample_of(const JsonKey& key, Type around);

}  // namespace epitome::reader
