#include <fmt/format.h>

#include <cstdint>

#include "epub/package.hpp"

namespace epitome::epub {

namespace {

// FNV-1a, 64 bits: enough to see that a picture changed.
std::uint64_t hash(std::string_view bytes) {
  std::uint64_t value = 0xCBF29CE484222325;
  for (const char c : bytes) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  return value;
}

}  // namespace

std::string dump_package(const Package& package) {
  std::string out;
  for (const Resource& resource : package.resources) {
    out += fmt::format("=== {}\n", resource.path);
    if (resource.media_type.starts_with("image/")) {
      out += fmt::format("{} bytes, {:016x}\n", resource.bytes.size(), hash(resource.bytes));
    } else {
      out += resource.bytes;
      if (!out.ends_with('\n')) out += '\n';
    }
  }
  return out;
}

}  // namespace epitome::epub
