#include "epub/flavours.hpp"
#include "epub/xml.hpp"

namespace epitome::epub {

namespace {

void unfold_in(pugi::xml_node parent) {
  for (pugi::xml_node node : parent.children()) {
    const std::string_view name = node.name();
    if (name == "details") {
      node.set_name("div");
    } else if (name == "summary") {
      node.set_name("p");
      set_attribute(node, "class", "label");
    }
    unfold_in(node);
  }
}

}  // namespace

void unfold(Package& package) {
  for (Resource& resource : package.resources) {
    if (resource.media_type == content_document_type)
      unfold_in(std::get<pugi::xml_document>(resource.content).document_element());
  }
}

}  // namespace epitome::epub
