#include "reader/guess_blocks.hpp"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "diag/utf8.hpp"
#include "reader/guess_work.hpp"
#include "reader/markdown_parts.hpp"
#include "reader/values.hpp"
#include "reader/vocabulary.hpp"
#include "reader/well_formed.hpp"

namespace epitome::reader {

using diag::Code;
using diag::Span;

Span place_of(Node node) {
  for (Node at = node; at; at = at.first_child())
    if (at.is_text()) return at.span();
  return node.span();
}

namespace {

// A list, an entry of one or a quotation without a text or another block.
bool holds_nothing(Node node) {
  const std::string_view name = node.name();
  if (name != "ul" && name != "ol" && name != "li" && name != "blockquote") return false;
  for (const Node child : node.children())
    if (child.is_text() ? !is_blank(child.value()) : child.is_element() && !holds_nothing(child)) return false;
  return true;
}

bool holds_paragraphs_alone(Node quotation) {
  for (const Node child : quotation.children())
    if (child.is_element() && (child.name() == "p" ? said_in(child).empty() : child.name() != "attribution"))
      return false;
  return true;
}

bool is_said(std::string_view name) { return name == "attribution" || name == "speaker" || name == "locator"; }

// An aside, and an entry of a list without a text beside its blocks.
bool takes_pictures(Node node, std::string_view name) {
  if (name != "li") return name == "aside";
  for (const Node child : node.children())
    if (child.is_text() ? !is_blank(child.value())
                        : block_called(child.name()) == Type::count && !said_in(child).empty())
      return false;
  return true;
}

// A file's name without the escapes of addresses: "a b.png" of "a%20b.png".
std::string plain_path(std::string_view address) {
  std::string out;
  for (std::size_t i = 0; i < address.size(); ++i) {
    unsigned value = 0;
    const char* const digits = address.data() + i + 1;
    if (address[i] == '%' && i + 2 < address.size() &&
        std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2) {
      out += static_cast<char>(value);
      i += 2;
    } else {
      out += address[i];
    }
  }
  for (std::size_t at = 0; at < out.size();) {
    const diag::CodePoint c = diag::decode_utf8(out, at);
    if (!c.valid || !is_allowed_character(c.value)) return std::string(address);
    at += c.length;
  }
  return out;
}

}  // namespace

void GuessedBlocks::told(Code code, Node at, std::string message, std::string hint) {
  faults_.add(code, place_of(at), std::move(message), {std::move(hint)});
}
bool GuessedBlocks::left_out(Node node) {
  if (!holds_nothing(node)) return false;
  told(Code::W0113, node,
       fmt::format("an empty {} is left out", node.name() == "li" ? "entry of a list"
                                              : is_list(node)     ? "list"
                                                                  : "quotation"),
       "delete it");
  return true;
}
void GuessedBlocks::tagged(std::string_view name, const PlacedText& content, PlacedText& out) {
  const std::uint32_t at = content.begins.empty() ? 0 : content.begins.front();
  out.add(fmt::format("<{}>", name), at);
  out.append(content);
  out.add(fmt::format("</{}>", name), content.begins.empty() ? 0 : content.begins.back());
}

void GuessedBlocks::block(Node node, PlacedText& out) {
  if (node.is_text()) return;
  if (headings_.level(node) != 0) {
    told(Code::N0114, node, fmt::format("a heading of level {} becomes a paragraph in bold", headings_.level(node)),
         "nothing, if it is well so");
    PlacedText strong, line;
    inlines(node, line);
    tagged("strong", line, strong);
    return tagged("p", strong, out);
  }
  if (node.name() == "figure") return figure(node, out);
  if (node.name() == "p") return paragraph(node, out);
  std::string_view name = node.name();
  if (name == "blockquote" && !holds_paragraphs_alone(node)) {
    told(Code::N0114, node, "a quotation that holds more than paragraphs becomes an aside",
         "nothing, if it is well so");
    name = "aside";
  }
  if (name == "th" && said_in(node).empty()) name = "td";
  open(node, name, out);
  const bool takes = takes_pictures(node, name);
  for (const Node child : node.children()) {
    const bool said = name == "aside" && child.name() == "attribution";
    if (left_out(child)) continue;
    if (!takes && child.name() == "figure") {
      pictures_.push_back(child);
    } else if (is_said(child.name()) && said_in(child).empty()) {
      bare_inline(child, out);
    } else if (child.is_element() && (said || block_called(child.name()) != Type::count)) {
      said ? said_by(child, out) : block(child, out);
    } else if (child.is_element() && inline_called(child.name()) == Type::count) {
      block(child, out);
    } else {
      inline_of(child, out);
    }
    if (takes) set_pictures(out);
  }
  out.add(fmt::format("</{}>", name), last_);
}

// An attribution in an aside is a paragraph.
void GuessedBlocks::said_by(Node node, PlacedText& out) {
  PlacedText content;
  for (const Node child : node.children()) {
    content.add(content.text.empty() ? "\u2014 " : ", ", place_of(child).offset);
    for (const Node piece : child.children()) inline_of(piece, content);
  }
  tagged("p", content, out);
}

void GuessedBlocks::paragraph(Node node, PlacedText& out) {
  PlacedText content;
  inlines(node, content);
  if (!content.text.empty()) tagged("p", content, out);
}

void GuessedBlocks::set_pictures(PlacedText& out) {
  for (const Node picture : std::exchange(pictures_, {})) {
    told(Code::W0113, picture, "a picture in a text is set behind it", "give it a line of its own");
    figure(picture, out);
  }
}

void GuessedBlocks::figure(Node node, PlacedText& out) {
  const std::string path = plain_path(node.attribute("src"));
  if (check_value(Value::path, path)) return elsewhere(node, node.attribute("src"), out);
  const bool described = node.has_attribute("alt");
  if (!described)
    told(Code::W0115, node, fmt::format("the picture {} is not described: TODO stands there", path),
         "say what it shows: ![…](path)");
  open(node, "figure", out, described ? "" : " alt=\"TODO: what the picture shows\"");
  for (const Node child : node.children("caption")) block(child, out);
  out.add("</figure>", last_);
}

// A picture that no file beside the document holds: its words, which lead to it if it is on the web.
void GuessedBlocks::elsewhere(Node node, std::string_view path, PlacedText& out) {
  told(Code::W0113, node, fmt::format("the picture '{}' is no file beside the document: its words stay", path),
       "put the file beside the document and name it: ![…](name.png)");
  const std::string words = in_xml(node.attribute("alt").empty() ? path : node.attribute("alt"));
  const bool linked = !check_value(Value::link, path);
  out.add(linked ? fmt::format("<p><a href=\"{}\">{}</a></p>", in_xml(path), words) : fmt::format("<p>{}</p>", words),
          node.value_span("src").offset);
  PlacedText caption;
  if (const Node said = node.child("caption")) inlines(said, caption);
  if (!caption.text.empty()) tagged("p", caption, out);
}

void GuessedBlocks::open(Node node, std::string_view name, PlacedText& out, std::string_view more) {
  // A footnote's text stands elsewhere than its sign, where the text before it ends.
  const std::uint32_t at = name == "note" ? last_ : place_of(node).offset;
  out.add(fmt::format("<{}", name), at);
  for (std::size_t i = 0; i < node.attribute_count(); ++i) {
    const std::string_view value = node.attribute_value(i);
    const bool is_path = node.attribute_name(i) == "src";
    out.add(fmt::format(" {}=\"{}\"", node.attribute_name(i), in_xml(is_path ? plain_path(value) : std::string(value))),
            node.value_span(node.attribute_name(i)).offset);
  }
  out.add(more, at);
  out.add(">", at);
}

void GuessedBlocks::inlines(Node node, PlacedText& out) {
  for (const Node child : node.children()) inline_of(child, out);
  out.trim();
}
void GuessedBlocks::inline_of(Node node, PlacedText& out) {
  if (node.is_text()) {
    const Span span = node.span();
    last_ = span.offset + span.length;
    if (node.value().size() == span.length && in_xml(node.value()).size() == span.length)
      return out.add_source(node.value(), span.offset);
    return out.add(in_xml(node.value()), span.offset);
  }
  if (node.name() == "figure") return pictures_.push_back(node);
  if (said_in(node).empty()) return bare_inline(node, out);
  open(node, node.name(), out);
  for (const Node child : node.children()) inline_of(child, out);
  out.add(fmt::format("</{}>", node.name()), last_);
}

// Without words: what it holds besides, pictures, stands for itself.
void GuessedBlocks::bare_inline(Node node, PlacedText& out) {
  if (node.name() == "a")
    told(Code::W0113, node, fmt::format("the link to '{}' has no words: it is left out", node.attribute("href")),
         "write what it leads to: [words](https://…)");
  for (const Node child : node.children()) inline_of(child, out);
}

}  // namespace epitome::reader
