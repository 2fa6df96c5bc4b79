#include "epub/xml.hpp"

#include <string>

namespace epitome::epub {

pugi::xml_node append_line(pugi::xml_node parent, const char* name) {
  append_text(parent, "\n");
  return parent.append_child(name);
}

void append_text(pugi::xml_node parent, std::string_view text) {
  if (text.empty()) return;
  parent.append_child(pugi::node_pcdata).set_value(std::string(text).c_str());
}

void set_attribute(pugi::xml_node node, const char* name, std::string_view value) {
  node.append_attribute(name).set_value(std::string(value).c_str());
}

}  // namespace epitome::epub
