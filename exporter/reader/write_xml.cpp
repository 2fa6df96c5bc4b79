#include <fmt/format.h>

#include "diag/utf8.hpp"
#include "reader/inline_builder.hpp"
#include "reader/values.hpp"
#include "reader/write.hpp"

namespace epitome::reader {

namespace {

constexpr std::size_t line_width = 118;

// Whether a line's end beside this place of a text is a space for sure, for its neighbour is neither unknown nor a
// character of Chinese or Japanese, between two of which it is nothing.
bool keeps_space(std::string_view before, std::string_view behind) {
  const auto known = [](char c) { return c != '<' && c != '>'; };
  return (!before.empty() && known(before.back()) && !is_ideographic(last_character(before))) ||
         (!behind.empty() && known(behind.front()) && !is_ideographic(diag::decode_utf8(behind, 0).value));
}

// For people who read the source: of quotation marks only those are escaped that would end the value.
std::string escaped(std::string_view text, char quote = '\0') {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == quote) {
      out += c == '"' ? "&quot;" : "&apos;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string trimmed_text(const std::string& text) {
  const std::size_t from = text.find_first_not_of(" \n");
  if (from == std::string::npos) return {};
  return text.substr(from, text.find_last_not_of(" \n") + 1 - from);
}

bool holds_blocks(Node node, const Rule& r) {
  if (r.content != Content::flow) return false;
  for (const Node child : node.children())
    if (child.is_element() && block_called(child.name()) != Type::count) return true;
  return false;
}

// Whether white space between its children is nothing.
bool is_structure(Node node, const Rule& r) {
  return r.content == Content::sequence || r.content == Content::any_order || r.content == Content::pairs ||
         holds_blocks(node, r);
}

void append_content(Node node, const Rule& r, char quote, std::string& out) {
  const bool structure = is_structure(node, r);
  for (const Node child : node.children()) {
    if (child.is_element()) {
      const Type type = type_in(r, child.name());
      out += start_tag(child, quote);
      std::string inside;
      append_content(child, rule(type), quote, inside);
      // White space at the ends of a phrase parts words; a text of its own has none there.
      const bool phrase = !structure && type != Type::note && type != Type::rt;
      if (!phrase) inside = trimmed_text(inside);
      out += inside.empty() ? "/>" : fmt::format(">{}</{}>", inside, child.name());
    } else if (!structure) {
      out += escaped(one_line(child.value()));
    }
  }
}

// A line ends at a space where that is sure to stay one.
void append_wrapped(std::string_view text, std::size_t used, std::size_t indent, std::string& out) {
  std::size_t column = used;
  while (!text.empty()) {
    // What stands up to the next space and the space's place.
    std::size_t end = 0;
    do {
      end = std::min(text.find(' ', end + 1), text.size());
    } while (end < text.size() && !keeps_space(text.substr(0, end), text.substr(end + 1)));
    const std::string_view word = text.substr(0, end);
    std::size_t width = 0;
    for (const char c : word) width += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    if (word.front() == ' ' && column + width > line_width) {
      out += '\n';
      out.append(indent, ' ');
      out += word.substr(1);
      column = indent + width - 1;
    } else {
      out += word;
      column += width;
    }
    text.remove_prefix(end);
  }
}

void append_element(Node node, Type type, std::size_t indent, std::string& out) {
  const Rule& r = rule(type);
  out.append(indent, ' ');
  const std::size_t line = out.size() - indent;
  out += start_tag(node, '"');
  if (!is_structure(node, r)) {
    const std::string content = trimmed_text(markup_of(node, r, '"'));
    if (content.empty()) {
      out += "/>\n";
    } else {
      out += '>';
      append_wrapped(content + fmt::format("</{}>", node.name()), out.size() - line, indent + 2, out);
      out += '\n';
    }
    return;
  }
  bool filled = false;
  for (const Node child : node.children()) {
    if (!child.is_element()) continue;
    if (!filled) out += ">\n";
    filled = true;
    append_element(child, type_in(r, child.name()), indent + 2, out);
  }
  if (!filled) {
    out += "/>\n";
  } else {
    out.append(indent, ' ');
    out += fmt::format("</{}>\n", node.name());
  }
}

}  // namespace

std::string one_line(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (!is_space(text[i])) {
      out += text[i++];
      continue;
    }
    bool line_end = false;
    for (; i < text.size() && is_space(text[i]); ++i) line_end = line_end || text[i] == '\n' || text[i] == '\r';
    out += line_end && !keeps_space(out, text.substr(i)) ? '\n' : ' ';
  }
  return out;
}

std::string start_tag(Node node, char quote) {
  std::string out = fmt::format("<{}", node.name());
  for (std::size_t i = 0; i < node.attribute_count(); ++i)
    out += fmt::format(" {}={}{}{}", node.attribute_name(i), quote, escaped(collapsed(node.attribute_value(i)), quote),
                       quote);
  return out;
}

std::string element_lines(Node node, Type type) {
  std::string out;
  append_element(node, type, 0, out);
  return out;
}

Type type_in(const Rule& parent, std::string_view name) {
  switch (parent.content) {
    case Content::inlines:
      return inline_called(name);
    case Content::flow: {
      const Type block = block_called(name);
      return block == Type::count ? inline_called(name) : block;
    }
    case Content::ruby: {
      const Type child = child_type(parent, name);
      return child == Type::count ? inline_called(name) : child;
    }
    case Content::nothing:
    case Content::text:
    case Content::sequence:
    case Content::any_order:
    case Content::pairs:
      break;
  }
  return child_type(parent, name);
}

std::string markup_of(Node node, const Rule& r, char quote) {
  std::string out;
  append_content(node, r, quote, out);
  return trimmed_text(out);
}

std::string element_markup(Node node, Type type, char quote) {
  const std::string inside = markup_of(node, rule(type), quote);
  return start_tag(node, quote) + (inside.empty() ? "/>" : fmt::format(">{}</{}>", inside, node.name()));
}

std::string plain_content(Node node) {
  std::string text;
  for (const Node child : node.children())
    if (child.is_text()) text += child.value();
  return trimmed_text(one_line(text));
}

std::string write_xml(Node root) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  append_element(root, Type::summary, 0, out);
  return out;
}

}  // namespace epitome::reader
