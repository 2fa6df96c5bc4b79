// From a tree that passed validate() to the model.
#pragma once

#include <pugixml.hpp>
#include <string_view>

#include "model/document.hpp"

namespace epitome::reader {

// `root` passed validate() without an error: nothing is checked here. `bytes` are the source's.
model::Document build_document(pugi::xml_node root, std::string_view bytes);

// Inside the room: the metadata (build_work.cpp). The edition needs the work for its identifiers.
model::Work build_work(pugi::xml_node work, std::string_view bytes);
model::Edition build_edition(pugi::xml_node root, const model::Work& work, std::string_view bytes);

// The text of an element or an attribute's value, white space collapsed; empty if there is none.
std::string child_text(pugi::xml_node parent, const char* child);
std::string element_text(pugi::xml_node element);
std::string attribute_text(pugi::xml_node element, const char* attribute);

}  // namespace epitome::reader
