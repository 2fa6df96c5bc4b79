// XML inside an EPUB: trees with places.
#pragma once

#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "diag/diagnostic.hpp"

namespace epitome::preflight {

struct Xml {
  std::string text;  // as UTF-8
  pugi::xml_document tree;
};

// UTF-8 and UTF-16 as UTF-8; nothing if it is neither.
std::optional<std::string> as_utf8(std::string bytes);
// Null, and `why` and `where` say so, if `text` is not well-formed or larger than any document's tree need be.
std::unique_ptr<Xml> parse_xml(std::string text, std::string& why, diag::Span& where);

// The name without its prefix; namespaces are not looked at otherwise.
std::string_view local_name(const pugi::xml_node& node);
pugi::xml_node child_of(const pugi::xml_node& parent, std::string_view name);
// The value of the attribute of that local name.
std::string_view value_of(const pugi::xml_node& node, std::string_view name);
// In a list with white space between; npos: it isn't there.
std::size_t place_of_token(std::string_view list, std::string_view token);
bool has_token(std::string_view list, std::string_view token);
bool is_white(char c);
std::string_view trimmed(std::string_view text);
// All text of an element, white space collapsed; at most about `most` bytes.
std::string text_of(const pugi::xml_node& root, std::size_t most = 2000);

// The start tag's name.
diag::Span span_of(const pugi::xml_node& node);
// The attribute, from its name to its value's end; the element's name if it can't be found.
diag::Span span_of(const Xml& xml, const pugi::xml_node& node, const char* attribute);
// Where the start tag of `node` ends: its '>'.
std::size_t tag_end(const std::string& text, const pugi::xml_node& node);

// Every node below `root` in document order: enter(node) before its children, leave(node) after them. Not recursive: a
// document may be nested as deeply as it is long.
template <class Enter, class Leave>
void walk(const pugi::xml_node& root, Enter enter, Leave leave) {
  pugi::xml_node node = root.first_child();
  while (node) {
    enter(node);
    if (node.first_child()) {
      node = node.first_child();
      continue;
    }
    leave(node);
    while (node != root && !node.next_sibling()) {
      node = node.parent();
      if (node == root) return;
      leave(node);
    }
    node = node.next_sibling();
  }
}
template <class Enter>
void walk(const pugi::xml_node& root, Enter enter) {
  walk(root, enter, [](const pugi::xml_node&) {});
}

// `href` from the folder of the file `base`: percent-decoded, dot segments resolved, without query and fragment.
// `leads` says whether it stays in the container; an address with a scheme is not looked at.
struct Target {
  enum class Where { inside, outside_container, elsewhere } where = Where::inside;
  std::string path, fragment;
};
Target resolve(const std::string& base, std::string_view href);

}  // namespace epitome::preflight
