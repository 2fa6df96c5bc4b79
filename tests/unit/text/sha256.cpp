#include "sha256.hpp"

// libmd's header uses size_t and uint8_t without including them.
#include <cstddef>
#include <cstdint>
// clang-format off
#include <sys/types.h>
#include <sha2.h>
// clang-format on

namespace epitome::text {

std::string sha256_hex(std::string_view bytes) {
  char digits[SHA256_DIGEST_STRING_LENGTH];
  SHA256Data(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), digits);
  return digits;
}

}  // namespace epitome::text
