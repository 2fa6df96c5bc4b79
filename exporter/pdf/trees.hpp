// Balanced trees of objects: number trees, name trees (ISO 32000-1 7.9.6, 7.9.7) and the page tree.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "pdf/object_file.hpp"

namespace epitome::pdf {

// Children of a node: few enough to be found quickly, enough that a small file has one node.
inline constexpr std::size_t tree_fan = 32;

// A number tree's root; keys ascending, each with its value as it is written.
std::uint32_t write_number_tree(ObjectFile& file, const std::vector<std::pair<std::int64_t, std::string>>& values);
// A name tree's root; keys in bytewise order.
std::uint32_t write_name_tree(ObjectFile& file, const std::vector<std::pair<std::string, std::string>>& values);

// Nodes above the pages, without the pages themselves: their parents, by page, and the root.
struct PageTree {
  std::uint32_t root = 0;
  std::vector<std::uint32_t> parents;
};
PageTree write_page_tree(ObjectFile& file, const std::vector<std::uint32_t>& pages);

}  // namespace epitome::pdf
