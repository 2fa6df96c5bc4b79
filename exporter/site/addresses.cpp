#include "site/addresses.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "model/title.hpp"

// libmd's header uses types that it doesn't include.
#include <sha2.h>
#include <sys/types.h>

namespace epitome::site {

std::string digits_of(std::string_view text, std::size_t count) {
  std::array<char, SHA256_DIGEST_STRING_LENGTH> digits{};
  SHA256Data(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), digits.data());
  return std::string(digits.data()).substr(0, count);
}

FileAddress file_address(std::string_view name, std::string_view bytes) {
  std::string digits = digits_of(bytes, std::string::npos);
  return {fmt::format("f/{}/{}", std::string_view(digits).substr(0, 16), name), std::move(digits)};
}

std::string key_of(std::string_view text) {
  const std::string digits = digits_of(text, 6);
  model::Title title;
  title.main = text;
  return fmt::format("{}-{}", model::file_stem(title, digits), digits);
}

std::string encoded(std::string_view path) {
  std::string out;
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == '_' || c == '~' || c == '/';
    if (plain) {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

namespace {

constexpr std::string_view index_name = "index.html";

std::string_view without_index(std::string_view path) {
  const bool is_index =
      path == index_name || (path.ends_with(index_name) && path[path.size() - index_name.size() - 1] == '/');
  return is_index ? path.substr(0, path.size() - index_name.size()) : path;
}

}  // namespace

std::string Addresses::relative(std::string_view from, std::string_view to) {
  to = without_index(to);
  std::string out;
  for (const char c : from)
    if (c == '/') out += "../";
  out += encoded(to);
  return out.empty() ? "./" : out;
}

std::string Addresses::whole(std::string_view from, std::string_view to) const {
  return base_.empty() ? relative(from, to) : base_ + encoded(without_index(to));
}

}  // namespace epitome::site
