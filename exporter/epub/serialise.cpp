#include <string_view>
#include <utility>

#include "epub/package.hpp"

namespace epitome::epub {

namespace {

struct StringWriter : pugi::xml_writer {
  std::string out;
  void write(const void* data, std::size_t size) override { out.append(static_cast<const char*>(data), size); }
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
    container.files.push_back(
        {std::move(resource.path), std::move(resource.media_type), bytes_of(std::move(resource.content))});
  }
  return container;
}

}  // namespace epitome::epub
