// ToUnicode CMaps (ISO 32000-1 9.10.3).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace epitome::pdf {

// The CMap for codes of two bytes, each with its text in UTF-8; codes ascending, no text empty.
std::string to_unicode_cmap(const std::vector<std::pair<std::uint16_t, std::string_view>>& codes);

}  // namespace epitome::pdf
