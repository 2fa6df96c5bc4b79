// CMaps: from codes to text (ISO 32000-1 9.10.3), from bytes to CIDs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace epitome::pdf {

// The CMap for codes of one or two bytes, each with its text in UTF-8; codes ascending, no text empty.
std::string to_unicode_cmap(const std::vector<std::pair<std::uint16_t, std::string_view>>& codes, int code_bytes);

// The CMap that takes each byte for a CID (9.7.5): what Identity-H is for two.
std::string byte_cmap();

}  // namespace epitome::pdf
