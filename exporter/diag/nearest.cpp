#include "diag/nearest.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace epitome::diag {

namespace {

// Names longer than this are no slip of the pen, and the distance takes time with the square.
constexpr std::size_t longest_name = 40;

// Letters to insert, remove, replace or swap with their neighbour (optimal string alignment).
std::size_t distance(std::string_view a, std::string_view b) {
  using Distances = std::array<std::size_t, longest_name + 1>;
  Distances before{}, above{}, row{};
  std::iota(above.begin(), above.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u), above[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = above;
    above = row;
  }
  return above[b.size()];
}

}  // namespace

std::string_view nearest(std::string_view name, std::span<const std::string_view> names) {
  if (name.size() > longest_name) return {};
  std::string_view best;
  // A third of the letters, and never all of them.
  std::size_t least = std::max<std::size_t>(1, name.size() / 3) + 1;
  if (name.size() < 2) return {};
  for (const std::string_view candidate : names) {
    if (candidate.size() > longest_name) continue;
    if (const std::size_t d = distance(name, candidate); d < least && d < candidate.size()) {
      least = d;
      best = candidate;
    }
  }
  return best;
}

}  // namespace epitome::diag
