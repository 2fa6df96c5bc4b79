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

std::string dump_container(const Container& container) {
  std::string out;
  for (const Container::File& file : container.files) {
    out += fmt::format("=== {}\n", file.path);
    if (file.media_type.starts_with("image/")) {
      out += fmt::format("{} bytes, {:016x}\n", file.bytes.size(), hash(file.bytes));
    } else {
      out += file.bytes;
      if (!out.ends_with('\n')) out += '\n';
    }
  }
  return out;
}

}  // namespace epitome::epub
