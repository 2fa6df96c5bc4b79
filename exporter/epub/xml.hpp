// How this room adds to a tree.
#pragma once

#include <pugixml.hpp>
#include <string_view>

namespace epitome::epub {

// A new child on a line of its own: for elements whose parent holds no text.
pugi::xml_node append_line(pugi::xml_node parent, const char* name);
// Text that pugixml escapes.
void append_text(pugi::xml_node parent, std::string_view text);
void set_attribute(pugi::xml_node node, const char* name, std::string_view value);

}  // namespace epitome::epub
