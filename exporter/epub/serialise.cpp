#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "epub/package.hpp"

namespace epitome::epub {

namespace {

struct StringWriter : pugi::xml_writer {
  std::string out;
  void write(const void* data, std::size_t size) override { out.append(static_cast<const char*>(data), size); }
};

// What HTML writes without an end tag (13.1.2).
bool is_void(std::string_view name) {
  static constexpr std::array names = {"br", "col", "hr", "img", "link", "meta", "wbr"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Gives every other element without content an end tag, by an empty text: readers that take a file for HTML leave
// "<span/>" open to the file's end.
struct EndTags : pugi::xml_tree_walker {
  bool for_each(pugi::xml_node& node) override {
    if (node.type() == pugi::node_element && !node.first_child() && !is_void(node.name()))
      node.append_child(pugi::node_pcdata);
    return true;
  }
};

// The tree's XML: declaration with encoding, no white space of the writer's own.
std::string written(const pugi::xml_document& tree) {
  StringWriter writer;
  writer.out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  tree.save(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
  writer.out += '\n';
  return std::move(writer.out);
}

std::string bytes_of(Resource::Content content) {
  if (const auto* const tree = std::get_if<pugi::xml_document>(&content)) return written(*tree);
  return std::move(std::get<std::string>(content));
}

}  // namespace

Container serialise(Package package) {
  Container container;
  container.files.reserve(package.resources.size());
  // A tree goes as soon as it is written, so that not all are kept beside their bytes.
  for (Resource& resource : package.resources) {
    if (auto* const tree = std::get_if<pugi::xml_document>(&resource.content);
        tree != nullptr && resource.media_type == content_document_type) {
      EndTags tags;
      tree->traverse(tags);
    }
    container.files.push_back(
        {std::move(resource.path), std::move(resource.media_type), bytes_of(std::move(resource.content))});
  }
  return container;
}

}  // namespace epitome::epub
