// What changed in a text, as `diff -u` shows it and `patch` takes it.
#pragma once

#include <string>
#include <string_view>

namespace epitome::app {

// Both texts have the same number of lines: lines were changed, none came or went. Empty if they are the same.
std::string unified_diff(const std::string& name, std::string_view before, std::string_view after);

}  // namespace epitome::app
