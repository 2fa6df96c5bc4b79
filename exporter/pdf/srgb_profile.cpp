#include "pdf/srgb_profile.hpp"

#include <cmath>
#include <cstdint>
#include <string_view>

namespace epitome::pdf {
namespace {

void put(std::string& out, std::uint32_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift & 0xFF));
}

std::string xyz(std::uint32_t x, std::uint32_t y, std::uint32_t z) {
  std::string out("XYZ \0\0\0\0", 8);
  put(out, x, 4);
  put(out, y, 4);
  put(out, z, 4);
  return out;
}

std::string description(std::string_view text) {
  std::string out("desc\0\0\0\0", 8);
  put(out, static_cast<std::uint32_t>(text.size() + 1), 4);
  out += text;
  out.append(1 + 4 + 4 + 2 + 1 + 67, '\0');  // its end, no Unicode, no Macintosh form
  return out;
}

// The transfer curve in 256 steps; rounded to 16 bits, so that a last bit of pow() can't show.
std::string curve() {
  std::string out("curv\0\0\0\0", 8);
  put(out, 256, 4);
  for (int i = 0; i < 256; ++i) {
    const double v = i / 255.0;
    const double linear = v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    put(out, static_cast<std::uint32_t>(std::lround(linear * 65535)), 2);
  }
  return out;
}

}  // namespace

std::string srgb_profile() {
  struct Tag {
    std::string_view name;
    std::string data;
  };
  // Primaries and white adapted to D50 by Bradford's matrix, in 1/65536.
  const Tag tags[] = {
      {"desc", description("sRGB IEC61966-2.1")},
      {"cprt", std::string("text\0\0\0\0", 8) + "Public domain" + '\0'},
      {"wtpt", xyz(0xF6D6, 0x10000, 0xD32D)},
      {"rXYZ", xyz(28579, 14575, 912)},
      {"gXYZ", xyz(25242, 46982, 6363)},
      {"bXYZ", xyz(9376, 3971, 46799)},
      {"rTRC", curve()},
  };
  std::string table, data;
  const std::size_t count = std::size(tags) + 2;  // green and blue share red's curve
  const std::size_t start = 128 + 4 + 12 * count;
  put(table, static_cast<std::uint32_t>(count), 4);
  for (const Tag& tag : tags) {
    const auto entry = [&](std::string_view name) {
      table += name;
      put(table, static_cast<std::uint32_t>(start + data.size()), 4);
      put(table, static_cast<std::uint32_t>(tag.data.size()), 4);
    };
    entry(tag.name);
    if (tag.name == "rTRC") {
      entry("gTRC");
      entry("bTRC");
    }
    data += tag.data;
    data.append((4 - data.size() % 4) % 4, '\0');
  }
  // The header (ICC.1:2001-04 6.1): size, version, class, spaces, date, signature, D50.
  std::string out;
  put(out, static_cast<std::uint32_t>(start + data.size()), 4);
  put(out, 0, 4);
  put(out, 0x02400000, 4);
  out += "mntrRGB XYZ ";
  for (const std::uint32_t v : {2000u, 1u, 1u, 0u, 0u, 0u}) put(out, v, 2);
  out += "acsp";
  out.append(28, '\0');
  put(out, 0xF6D6, 4);
  put(out, 0x10000, 4);
  put(out, 0xD32D, 4);
  out.append(128 - out.size(), '\0');
  return out + table + data;
}

}  // namespace epitome::pdf
