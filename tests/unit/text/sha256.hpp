// SHA-256 (FIPS 180-4), for the fonts' checksums.
#pragma once

#include <string>
#include <string_view>

namespace epitome::text {

// The digest as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace epitome::text
