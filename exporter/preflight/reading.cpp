#include "preflight/reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "preflight/book.hpp"

namespace epitome::preflight {

namespace {

// Elements inside of a line; all others begin a new one.
bool is_inline(std::string_view name) {
  constexpr std::string_view inlines[] = {"a",      "abbr", "b",   "bdi",  "bdo", "big", "cite", "code",  "data",
                                          "del",    "dfn",  "em",  "font", "i",   "img", "ins",  "kbd",   "mark",
                                          "q",      "ruby", "rb",  "rt",   "rp",  "s",   "samp", "small", "span",
                                          "strong", "sub",  "sup", "time", "tt",  "u",   "var",  "wbr"};
  return std::find(std::begin(inlines), std::end(inlines), name) != std::end(inlines);
}

bool is_read(const pugi::xml_node& node) {
  const std::string_view name = local_name(node);
  if (name == "script" || name == "style" || name == "rt" || name == "rp" || name == "head") return false;
  return !has_token(value_of(node, "type"), "noteref") && !has_token(value_of(node, "role"), "doc-noteref");
}

void append_text(const pugi::xml_node& root, std::string& out) {
  pugi::xml_node unread;  // that the walk is inside of
  walk(
      root,
      [&](const pugi::xml_node& node) {
        if (unread) return;
        if (node.type() == pugi::node_element) {
          if (!is_read(node)) {
            unread = node;
          } else if (!is_inline(local_name(node)) && !out.empty() && out.back() != '\n') {
            out += '\n';
          }
        } else if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
          out += node.value();
        }
      },
      [&](const pugi::xml_node& node) {
        if (node == unread) unread = {};
        if (!unread && node.type() == pugi::node_element && !is_inline(local_name(node)) && !out.empty() &&
            out.back() != '\n')
          out += '\n';
      });
}

}  // namespace

std::optional<std::vector<DocumentText>> spine_texts(std::string_view epub, std::string& why) {
  Container container(epub);
  Book book;
  Findings findings;
  Check check{container, book, findings};
  if (!container.fault().empty()) {
    why = container.fault();
    return std::nullopt;
  }
  if (!read_package(check)) {
    why = "it has no package document that can be read";
    return std::nullopt;
  }
  std::vector<DocumentText> out;
  for (const std::size_t index : book.spine) {
    const Item& item = book.items[index];
    if (!item.is_document() || item.remote) continue;
    const std::unique_ptr<Xml> xml = check.xml(item.path);
    if (!xml) {
      why = fmt::format("{} can't be read", item.path);
      return std::nullopt;
    }
    DocumentText& document = out.emplace_back(DocumentText{item.path, {}});
    append_text(xml->tree, document.text);
  }
  return out;
}

std::optional<std::string> plain_text(std::string bytes) { return as_utf8(std::move(bytes)); }

}  // namespace epitome::preflight
