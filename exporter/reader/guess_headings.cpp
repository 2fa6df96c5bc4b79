#include "reader/guess_headings.hpp"

#include <algorithm>

#include "reader/guess_work.hpp"
#include "reader/markdown_parts.hpp"
#include "reader/values.hpp"

namespace epitome::reader {

int heading_level(Node node) {
  const std::string_view name = node.name();
  return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' ? name[1] - '0' : 0;
}

Node bold_line(Node node) {
  const Node strong = node.name() == "p" ? node.first_child() : Node();
  return strong.name() == "strong" && !strong.next_sibling() ? strong : Node();
}

bool has_headings(const std::vector<Node>& blocks) {
  return std::any_of(blocks.begin(), blocks.end(), [](Node node) { return heading_level(node) != 0; });
}

GuessedHeadings::GuessedHeadings(const std::vector<Node>& blocks, const PartNames& names) {
  constexpr int part = 2, deepest = 6;
  if (!has_headings(blocks)) {
    for (const Node node : blocks)
      if (bold_line(node)) levels_[node.index()] = part;
    return;
  }
  int shallowest = deepest;
  for (const Node node : blocks)
    if (const int level = heading_level(node); level != 0) shallowest = std::min(shallowest, level);
  bool below_part = false;
  for (const Node node : blocks) {
    const int level = heading_level(node);
    if (level == 0) continue;
    if (level == 1) below_part = headed_item(names.find(said_in(node)).type) != nullptr;
    const int here = level - std::max(0, shallowest - part) + (below_part && level > 1 ? 1 : 0);
    if (here != level) levels_[node.index()] = std::min(here, deepest);
  }
}

int GuessedHeadings::level(Node node) const {
  const auto known = levels_.find(node.index());
  return known == levels_.end() ? heading_level(node) : known->second;
}

Node GuessedHeadings::words(Node node) const {
  const Node bold = levels_.contains(node.index()) ? bold_line(node) : Node();
  return bold ? bold : node;
}

}  // namespace epitome::reader
