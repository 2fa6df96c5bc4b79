// A document as readable text: what the golden tests compare.
#pragma once

#include <string>

#include "model/document.hpp"

namespace epitome::model {

// One line a part, block and item, indented by nesting, each with its id in brackets; inlines in one
// line with their meaning visible: "The {em: wrong} room{note 1: So he says.}". Spans are left out:
// they change with every edit. A backslash stands before a brace, bracket or backslash of the text.
std::string dump_document(const Document& document);

// The inlines alone.
std::string dump_inlines(const Inlines& inlines);

}  // namespace epitome::model
