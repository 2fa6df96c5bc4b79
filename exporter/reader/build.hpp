// From a tree that passed validate() to the model.
#pragma once

#include <string_view>

#include "model/document.hpp"
#include "reader/tree.hpp"

namespace epitome::reader {

// `root` passed validate() without an error: nothing is checked here. `bytes` are the source's.
model::Document build_document(Node root, std::string_view bytes);

// Inside the room: the metadata (build_work.cpp). The edition needs the work for its identifiers.
model::Work build_work(Node work, std::string_view bytes);
model::Edition build_edition(Node root, const model::Work& work);

// The text of an element or an attribute's value, white space collapsed; empty if there is none.
std::string child_text(Node parent, std::string_view child);
std::string element_text(Node element);
std::string attribute_text(Node element, std::string_view attribute);
// A whole number; 1 if there is no such attribute.
int attribute_number(Node element, std::string_view attribute);

}  // namespace epitome::reader
