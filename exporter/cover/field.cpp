#include "cover/field.hpp"

#include <algorithm>

namespace epitome::cover {

namespace {

// SplitMix64 (Steele, Lea and Flood 2014): small, and the same everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  // A whole number from 0 to bound - 1; bound is small, so the bias is too.
  std::int64_t below(std::int64_t bound) {
    state_ += 0x9E3779B97F4A7C15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    z ^= z >> 31;
    return static_cast<std::int64_t>((z >> 32) * static_cast<std::uint64_t>(bound) >> 32);
  }

 private:
  std::uint64_t state_;
};

}  // namespace

std::uint64_t seed_of(std::string_view text) {
  // FNV-1a over the text without hyphens: a UUID is the same with and without them.
  std::uint64_t value = 0xCBF29CE484222325;
  for (const char c : text) {
    if (c != '-') value = (value ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  }
  return value;
}

std::vector<page::Item> field(const FieldShape& shape, std::uint64_t seed, style::Colour ink, style::Colour accent) {
  // Numbers of their own, so that the picks change no line: the endpaper has none.
  Random random(seed), picking(~seed);
  // One pick in the middle part of each of `picks` equal bands.
  std::vector<std::int64_t> picked;
  for (std::int64_t k = 0; k < shape.picks; ++k) {
    const std::int64_t in_band = 150 + picking.below(700);
    picked.push_back(
        std::min<std::int64_t>(shape.lines - 1, (k * 1000 + in_band) * shape.lines / (shape.picks * 1000)));
  }
  // Each seventh line is short, like a paragraph's last; never the first two.
  const std::int64_t first_short = 2 + random.below(5);

  std::vector<page::Item> items, heavier;
  const auto rule = [&](Length x, Length y, Length length, Length thickness, style::Colour colour) {
    if (shape.mirrored) x = shape.width - x - length;
    return page::Item{
        page::no_index,
        page::Rule{{shape.origin.x + x, shape.origin.y + y - thickness / 2, length, thickness}, colour, {}, {}}};
  };
  for (std::int64_t i = 0; i < shape.lines; ++i) {
    const std::int64_t length_part = 280 + random.below(451);
    const std::int64_t pick_part = 260 + random.below(341), pick_place = random.below(1001);
    const bool is_short = i % 7 == first_short;
    const Length length = is_short ? shape.width.scaled(length_part, 1000) : shape.width;
    const Length y = shape.step * (i + 1) - shape.heavy;
    items.push_back(rule(Length{}, y, length, shape.hairline, ink));
    if (std::find(picked.begin(), picked.end(), i) == picked.end()) continue;
    const Length pick = length.scaled(pick_part, 1000);
    heavier.push_back(rule((length - pick).scaled(pick_place, 1000), y, pick, shape.heavy, accent));
  }
  items.insert(items.end(), heavier.begin(), heavier.end());
  return items;
}

}  // namespace epitome::cover
