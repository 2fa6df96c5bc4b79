// A Tree back to the syntaxes: what validate() let through, white space collapsed, comments left out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reader/tree.hpp"
#include "reader/vocabulary.hpp"

namespace epitome::reader {

// Both end in a newline. What is written is read as the same document, places apart.
std::string write_xml(Node root);
// As json_shape.hpp says, objects at most five deep.
std::string write_json(Node root);

// As source/reference.md says; what Markdown has no sign for stands as XML.
std::string write_markdown(Node root);

// The type of a child element in its place; Type::count: there is none of that name.
Type type_in(const Rule& parent, std::string_view name);

// The content of an element as XML on one line; attributes' values in `quote`.
std::string markup_of(Node node, const Rule& rule, char quote);
// The same of one element whole.
std::string element_markup(Node node, Type type, char quote);
// An element on lines of its own, as write_xml() writes it, and its start tag alone.
std::string element_lines(Node node, Type type);
std::string start_tag(Node node, char quote);
// White space collapsed; a line's end stays one where it may be nothing, beside ideographs.
std::string one_line(std::string_view text);

// A value of JSON that is to be written: a token as it stands, or members (with keys) or entries.
struct JsonMember;
struct JsonText {
  std::string token;
  char bracket = '\0';
  std::vector<JsonMember> inside;
};
struct JsonMember {
  std::string key;
  JsonText value;
};
// The work and the edition as members, with the attributes of the root before them.
std::vector<JsonMember> json_heading(Node root);

// The text of an element or value that is characters alone, not escaped.
std::string plain_content(Node node);

}  // namespace epitome::reader
