#include "pdf/trees.hpp"

#include <algorithm>

#include "pdf/syntax.hpp"

namespace epitome::pdf {
namespace {

void put_key(std::string& out, std::int64_t key) { put_int(out, key); }
void put_key(std::string& out, const std::string& key) { put_literal(out, key); }

template <class Key>
struct Node {
  std::uint32_t object;
  Key first, last;
};

// Level by level from the leaves. The root has no Limits.
template <class Key>
std::uint32_t write_tree(ObjectFile& file, const std::vector<std::pair<Key, std::string>>& values,
                         std::string_view leaf) {
  const auto limits = [](std::string& body, const Key& first, const Key& last) {
    body += "/Limits[";
    put_key(body, first);
    body += ' ';
    put_key(body, last);
    body += ']';
  };
  std::vector<Node<Key>> level;
  for (std::size_t at = 0; at < values.size() || level.empty(); at += tree_fan) {
    const std::size_t end = std::min(values.size(), at + tree_fan);
    std::string body;
    if (values.size() > tree_fan) limits(body, values[at].first, values[end - 1].first);
    body += leaf;
    for (std::size_t i = at; i < end; ++i) {
      put_key(body, values[i].first);
      body += ' ';
      body += values[i].second;
      if (i + 1 < end) body += '\n';
    }
    body += ']';
    const std::uint32_t object = file.reserve();
    file.set(object, std::move(body));
    level.push_back({object, at < end ? values[at].first : Key{}, at < end ? values[end - 1].first : Key{}});
  }
  while (level.size() > 1) {
    std::vector<Node<Key>> above;
    for (std::size_t at = 0; at < level.size(); at += tree_fan) {
      const std::size_t end = std::min(level.size(), at + tree_fan);
      std::string body;
      if (level.size() > tree_fan) limits(body, level[at].first, level[end - 1].last);
      body += "/Kids[";
      for (std::size_t i = at; i < end; ++i) {
        put_reference(body, level[i].object);
        if (i + 1 < end) body += ' ';
      }
      body += ']';
      const std::uint32_t object = file.reserve();
      file.set(object, std::move(body));
      above.push_back({object, level[at].first, level[end - 1].last});
    }
    level = std::move(above);
  }
  return level.front().object;
}

}  // namespace

std::uint32_t write_number_tree(ObjectFile& file, const std::vector<std::pair<std::int64_t, std::string>>& values) {
  return write_tree(file, values, "/Nums[");
}

std::uint32_t write_name_tree(ObjectFile& file, const std::vector<std::pair<std::string, std::string>>& values) {
  return write_tree(file, values, "/Names[");
}

PageTree write_page_tree(ObjectFile& file, const std::vector<std::uint32_t>& pages) {
  struct Branch {
    std::uint32_t object;
    std::size_t pages;
    std::string body;  // without Parent
  };
  PageTree out;
  std::vector<Branch> level;
  for (const std::uint32_t page : pages) level.push_back({page, 1, {}});
  bool leaves = true;
  while (leaves || level.size() > 1) {
    std::vector<Branch> above;
    for (std::size_t at = 0; at < level.size(); at += tree_fan) {
      const std::size_t end = std::min(level.size(), at + tree_fan);
      Branch branch{file.reserve(), 0, "/Type/Pages/Kids["};
      for (std::size_t i = at; i < end; ++i) {
        branch.pages += level[i].pages;
        put_reference(branch.body, level[i].object);
        if (i + 1 < end) branch.body += ' ';
        if (leaves)
          out.parents.push_back(branch.object);
        else
          file.set(level[i].object, level[i].body + "/Parent " + reference(branch.object));
      }
      branch.body += "]/Count ";
      put_int(branch.body, static_cast<std::int64_t>(branch.pages));
      above.push_back(std::move(branch));
    }
    level = std::move(above);
    leaves = false;
  }
  out.root = level.front().object;
  file.set(out.root, std::move(level.front().body));
  return out;
}

}  // namespace epitome::pdf
