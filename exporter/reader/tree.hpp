// Where the nodes of pugixml's tree stand in the source. pugixml knows the offset of a node but not
// of an attribute; the original bytes, which were kept, tell the rest.
#pragma once

#include <pugixml.hpp>
#include <string_view>

#include "diag/diagnostic.hpp"

namespace epitome::reader {

// The name in an element's start tag.
diag::Span name_span(pugi::xml_node element);

// The value of an element's attribute, without quotation marks; the element's name if it has none.
diag::Span value_span(pugi::xml_node element, std::string_view attribute, std::string_view bytes);

// The name of an element's attribute; the element's name if it has none.
diag::Span attribute_span(pugi::xml_node element, std::string_view attribute, std::string_view bytes);

// A text node's characters as they stand in the source, references not replaced.
diag::Span text_span(pugi::xml_node text, std::string_view bytes);

// `span` without white space at its ends and not beyond its first line with any.
diag::Span trimmed(diag::Span span, std::string_view bytes);

inline bool is_text(pugi::xml_node node) { return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata; }
bool is_blank(std::string_view text);

// Whether an element holds neither an element nor a character beside white space; comments say nothing.
bool is_blank(pugi::xml_node element);

// The white space of XML 1.0, 2.3.
inline bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace epitome::reader
