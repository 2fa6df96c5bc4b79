// Just enough of ICC.1 to tell sRGB from what isn't.
#include <fmt/format.h>

#include <cstdlib>

#include "image/bytes.hpp"
#include "image/formats.hpp"

namespace epitome::image {
namespace {

// The data of a tag (ICC.1:2004-10 7.3); empty if it isn't there or lies outside.
std::string_view find_tag(std::string_view profile, std::string_view name) {
  if (profile.size() < 132 || profile.substr(36, 4) != "acsp") return {};
  const std::uint32_t count = read_u32(profile, 128);
  for (std::size_t i = 0, at = 132; i < count && at + 12 <= profile.size(); ++i, at += 12) {
    if (profile.substr(at, 4) != name) continue;
    const std::size_t offset = read_u32(profile, at + 4), size = read_u32(profile, at + 8);
    if (offset > profile.size() || size > profile.size() - offset) return {};
    return profile.substr(offset, size);
  }
  return {};
}

// An XYZ tag's three numbers in 1/65536 are all within 0.003 of these.
bool near(std::string_view tag, int x, int y, int z) {
  if (tag.size() < 20) return false;
  const int expected[] = {x, y, z};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto value = static_cast<std::int32_t>(read_u32(tag, 8 + 4 * i));
    if (std::abs(static_cast<std::int64_t>(value) - expected[i]) > 197) return false;
  }
  return true;
}

}  // namespace

std::string profile_name(std::string_view profile) {
  const std::string_view tag = find_tag(profile, "desc");
  std::string out;
  if (tag.size() < 12) return out;
  // A `desc` holds a counted ASCII string, an `mluc` UTF-16 behind a table: its ASCII letters do.
  const std::size_t start = tag.substr(0, 4) == "mluc" ? 28 : 12;
  for (std::size_t at = start; at < tag.size() && out.size() < 60; ++at) {
    const char c = tag[at];
    if (c >= ' ' && c <= '~') out.push_back(c);
    if (start == 12 && c == '\0') break;
  }
  return out;
}

std::string foreign_profile(std::string_view profile) {
  if (profile.empty() || is_srgb(profile)) return {};
  const std::string name = profile_name(profile);
  return fmt::format("the colour profile '{}'", name.empty() ? "unnamed" : name);
}

bool is_srgb(std::string_view profile) {
  if (profile.size() < 132) return false;
  if (profile.substr(16, 4) == "GRAY") {
    const std::string name = profile_name(profile);
    return name.find("sRGB") != name.npos || name.find("2.2") != name.npos;
  }
  // IEC 61966-2-1's primaries adapted to D50 (as in the profile that its authors published).
  return near(find_tag(profile, "rXYZ"), 28579, 14575, 912) && near(find_tag(profile, "gXYZ"), 25242, 46982, 6363) &&
         near(find_tag(profile, "bXYZ"), 9376, 3971, 46799);
}

}  // namespace epitome::image
