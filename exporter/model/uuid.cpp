#include "model/uuid.hpp"

// libmd's header uses size_t and uint8_t without including them.
#include <sha1.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>

namespace epitome::model {

namespace {

unsigned nibble(char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10); }

}  // namespace

std::string uuid_v5(std::string_view space, std::string_view name) {
  std::string hashed;
  for (std::size_t i = 0; i + 1 < space.size(); i += 2) {
    if (space[i] == '-') ++i;
    hashed += static_cast<char>(nibble(space[i]) << 4 | nibble(space[i + 1]));
  }
  hashed += name;
  SHA1_CTX context;
  SHA1Init(&context);
  SHA1Update(&context, reinterpret_cast<const std::uint8_t*>(hashed.data()), hashed.size());
  std::uint8_t digest[SHA1_DIGEST_LENGTH];
  SHA1Final(digest, &context);
  digest[6] = static_cast<std::uint8_t>((digest[6] & 0x0F) | 0x50);  // version 5
  digest[8] = static_cast<std::uint8_t>((digest[8] & 0x3F) | 0x80);  // variant
  std::string out;
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    out += "0123456789abcdef"[digest[i] >> 4];
    out += "0123456789abcdef"[digest[i] & 15];
  }
  return out;
}

}  // namespace epitome::model
