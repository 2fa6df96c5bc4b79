#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "diag/diagnostic.hpp"
#include "diag/utf8.hpp"
#include "reader/inline_builder.hpp"
#include "reader/markdown_parts.hpp"
#include "reader/part_names.hpp"
#include "reader/values.hpp"
#include "reader/write.hpp"

namespace epitome::reader {

namespace {

using MaybeText = std::optional<std::string>;

// ---- front matter -------------------------------------------------------------------------------

// A token of JSON as a scalar of YAML: plain where no reader takes it for something else.
std::string yaml_scalar(const std::string& token) {
  constexpr std::array<std::string_view, 9> words = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"};
  constexpr std::string_view signs = " ,.'()/-_";
  if (!token.starts_with('"')) return token;
  const std::string_view text = std::string_view(token).substr(1, token.size() - 2);
  bool plain = !text.empty() && text.back() != ' ';
  std::string quoted, small;
  for (std::size_t i = 0; i < text.size();) {
    const diag::CodePoint c = diag::decode_utf8(text, i);
    const auto character = static_cast<UChar32>(c.value);
    const bool hidden = c.value >= 0x7F && (u_isprint(character) == 0 || c.value == 0x2028 || c.value == 0x2029);
    const bool sign = c.value < 0x80 ? signs.find(text[i]) != std::string_view::npos : !hidden;
    plain = plain && (u_isalnum(character) != 0 || (i != 0 && sign));
    quoted += hidden ? fmt::format("\\U{:08X}", static_cast<unsigned>(c.value)) : std::string(text.substr(i, c.length));
    small += static_cast<char>(c.value < 0x80 ? c.value | 0x20 : 0x20);
    i += c.length;
  }
  plain = plain && std::find(words.begin(), words.end(), small) == words.end();
  return plain ? std::string(text) : '"' + quoted + '"';
}

void append_yaml(const std::vector<JsonMember>& members, std::size_t indent, std::string& out) {
  for (const auto& [key, value] : members) {
    out.append(indent, ' ');
    out += key + ":";
    if (value.bracket == '\0') {
      out += ' ' + yaml_scalar(value.token) + '\n';
    } else if (value.inside.empty()) {
      out += value.bracket == '{' ? " {}\n" : " []\n";
    } else if (value.bracket == '{') {
      out += '\n';
      append_yaml(value.inside, indent + 2, out);
    } else {
      out += '\n';
      for (const JsonMember& entry : value.inside) {
        if (entry.value.bracket == '\0') {
          out += fmt::format("{}- {}\n", std::string(indent + 2, ' '), yaml_scalar(entry.value.token));
          continue;
        }
        std::string inside;
        append_yaml(entry.value.inside, indent + 4, inside);
        if (!inside.empty()) inside[indent + 2] = '-';
        out += inside;
      }
    }
  }
}

// ---- text ---------------------------------------------------------------------------------------

bool is_word(char32_t c) { return u_isalnum(static_cast<UChar32>(c)) != 0; }
// What may stand before and behind signs of emphasis: white space, marks, nothing.
bool parts_words(char32_t c) {
  return c == 0 || c == ' ' || (c != '*' && c != '_' && u_ispunct(static_cast<UChar32>(c)) != 0);
}
char32_t first_character(std::string_view text) { return text.empty() ? 0 : diag::decode_utf8(text, 0).value; }
char32_t final_character(std::string_view text) { return text.empty() ? 0 : last_character(text); }

bool is_letter_or_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Characters so that Markdown takes none for a sign of its own.
std::string escaped_text(std::string_view text, std::string_view before) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    const bool first = i == 0;
    if (c == '&') {
      out += next == '#' || is_letter_or_digit(next) || next == '\0' ? "&amp;" : "&";
      continue;
    }
    const bool sign = std::string_view("\\`*_[]<{|").find(c) != std::string_view::npos || (c == '!' && next == '\0') ||
                      // Behind a bracket it would make a link or a footnote's beginning.
                      (first && (c == '(' || c == ':') && before.ends_with(']'));
    if (sign) out += '\\';
    out += c;
  }
  return out;
}

// The beginning of a block's text, where other signs mean something.
std::string line_start(std::string text) {
  if (text.starts_with("\u2014 ")) return "&#8212;" + text.substr(3);
  if (!text.empty() && std::string_view("#>+-~:=").find(text.front()) != std::string_view::npos) return '\\' + text;
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
  if (digits > 0 && digits < text.size() && (text[digits] == '.' || text[digits] == ')')) text.insert(digits, 1, '\\');
  return text;
}

// Line ends that may be nothing: between ideographs they are.
std::string without_line_ends(std::string text) {
  const std::size_t from = text.find_first_not_of(" \n");
  if (from == std::string::npos) return {};
  text = text.substr(from, text.find_last_not_of(" \n") + 1 - from);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\n') {
      out += text[i];
    } else if (!is_ideographic(final_character(out)) || !is_ideographic(first_character(text.substr(i + 1, 4)))) {
      out += "&#10;";
    }
  }
  return out;
}

bool is_bare(Node node) { return node && node.attribute_count() == 0; }
bool has_only(Node node, std::string_view name) { return node.attribute_count() == 1 && node.has_attribute(name); }

// Whether an address or a path stands in the brackets of a link as it is.
bool is_plain_address(std::string_view address) {
  return !address.empty() && address.find_first_of(" ()<>\\&\"\t\n") == std::string_view::npos;
}

class MarkdownWriter {
 public:
  std::string run(Node root) {
    for (const Node child : root.children()) {
      const Type type = type_in(rule(Type::summary), child.name());
      if (child.is_element() && is_part(type)) part(child, type);
    }
    return std::move(out_);
  }

 private:
  // ---- inlines ----------------------------------------------------------------------------------

  std::string line(Node node, const Rule& r) {
    std::string out;
    append_inlines(node, r, out);
    return without_line_ends(std::move(out));
  }

  void append_inlines(Node node, const Rule& r, std::string& out) {
    for (const Node child : node.children()) {
      if (child.is_element()) {
        append_inline(child, type_in(r, child.name()), out);
      } else {
        out += escaped_text(one_line(child.value()), out);
      }
    }
  }

  void append_inline(Node node, Type type, std::string& out) {
    if (type == Type::note && is_bare(node)) {
      const std::string label = std::to_string(++notes_);
      // The text of a footnote has no others in it.
      std::string text = line(node, rule(type));
      waiting_ += fmt::format("\n[^{}]: {}\n", label, line_start(std::move(text)));
      out += fmt::format("[^{}]", label);
      return;
    }
    std::string inside;
    append_inlines(node, rule(type), inside);
    if ((type == Type::em || type == Type::strong) && is_bare(node) && is_safe(node, inside, out)) {
      const std::string_view sign = type == Type::em ? "*" : "**";
      out += fmt::format("{0}{1}{0}", sign, inside);
    } else if (type == Type::a && has_only(node, "href") && is_plain_address(node.attribute("href")) &&
               !inside.empty() && !node.attribute("href").starts_with("#")) {
      out += fmt::format("[{}]({})", inside, collapsed(node.attribute("href")));
    } else if (type == Type::ref && has_only(node, "to")) {
      out += fmt::format("[{}](#{})", inside, collapsed(node.attribute("to")));
    } else if (inside.empty()) {
      out += start_tag(node, '"') + "/>";
    } else {
      out += fmt::format("{}>{}</{}>", start_tag(node, '"'), inside, node.name());
    }
  }

  // Whether signs of emphasis around `inside`, behind `before`, are such for every reader.
  static bool is_safe(Node node, std::string_view inside, std::string_view before) {
    if (!is_word(first_character(inside)) || !is_word(final_character(inside)) || !parts_words(final_character(before)))
      return false;
    const Node next = node.next_sibling();
    if (!next) return !node.parent().is_element() || inline_called(node.parent().name()) == Type::count;
    return next.is_text() && parts_words(first_character(one_line(next.value())));
  }

  // ---- blocks -----------------------------------------------------------------------------------

  // On lines of its own, each with its newline.
  std::string block(Node node, Type type, bool& list_before) {
    const bool follows_list = std::exchange(list_before, false);
    MaybeText made;
    const std::string waiting = waiting_;
    const std::size_t notes = notes_;
    const bool aligned = type == Type::table && has_only(node, "align");
    if (is_bare(node) || type == Type::ol || type == Type::figure || aligned) made = native(node, type, follows_list);
    if (made) {
      list_before = (type == Type::ul || type == Type::ol) && !follows_list;
      return std::move(*made);
    }
    waiting_ = waiting;
    notes_ = notes;
    return xml(node, type);
  }

  MaybeText native(Node node, Type type, bool follows_list) {
    switch (type) {
      case Type::p:
        return line_start(line(node, rule(type))) + "\n";
      case Type::separator:
        return "* * *\n";
      case Type::ul:
      case Type::ol:
        return list(node, type, follows_list);
      case Type::blockquote:
        return quotation(node);
      case Type::figure:
        return figure(node);
      case Type::table:
        return table(node);
      default:
        return std::nullopt;
    }
  }

  static std::string xml(Node node, Type type) {
    std::string lines = element_lines(node, type);
    const std::size_t close = lines.find('>');
    // Markdown takes a line for XML that begins with the tag of a block of HTML, or is a tag alone.
    const bool known = type == Type::p || type == Type::li;
    if (!known && close + 1 < lines.size() && lines[close + 1] != '\n' && lines[close - 1] != '/')
      lines.insert(close + 1, "\n");
    return lines;
  }

  static std::string indented(std::string_view lines, std::string_view first, std::string_view others) {
    std::string out;
    for (std::size_t at = 0; at < lines.size();) {
      const std::size_t end = std::min(lines.find('\n', at), lines.size());
      const std::string_view one = lines.substr(at, end - at);
      std::string_view before = at == 0 ? first : others;
      if (one.empty()) before = before.substr(0, before.find_last_not_of(' ') + 1);
      out.append(before).append(one) += '\n';
      at = end + 1;
    }
    return out;
  }

  static bool holds_blocks(Node node) {
    for (const Node child : node.children())
      if (child.is_element() && block_called(child.name()) != Type::count) return true;
    return false;
  }

  MaybeText list(Node node, Type type, bool follows_list) {
    std::uint64_t number = 1;
    if (type == Type::ol && node.has_attribute("start")) {
      const std::string start = collapsed(node.attribute("start"));
      if (!has_only(node, "start") || start.size() > 8) return std::nullopt;
      number = std::stoull(start);
    } else if (!is_bare(node)) {
      return std::nullopt;
    }
    std::vector<std::string> items;
    bool loose = false;
    for (const Node item : node.children("li")) {
      if (!is_bare(item)) return std::nullopt;
      items.push_back(flow(item, Type::li));
      loose = loose || items.back().find("\n\n") != std::string::npos;
    }
    std::string out;
    for (const std::string& item : items) {
      const std::string marker = type == Type::ol ? fmt::format("{}{} ", number++, follows_list ? ')' : '.')
                                 : follows_list   ? "+ "
                                                  : "- ";
      if (loose && !out.empty()) out += '\n';
      out += indented(item, marker, std::string(marker.size(), ' '));
    }
    return out;
  }

  // Words or blocks.
  std::string flow(Node node, Type type) {
    return holds_blocks(node) ? blocks(node, type) : line_start(line(node, rule(type))) + "\n";
  }

  // All blocks of an element, a blank line between them.
  std::string blocks(Node node, Type type) {
    std::string out;
    bool list_before = false;
    for (const Node child : node.children()) {
      const Type called = child.is_element() ? type_in(rule(type), child.name()) : Type::count;
      if (called == Type::count || !is_block(called)) continue;
      if (!out.empty()) out += '\n';
      out += block(child, called, list_before);
    }
    return out;
  }

  MaybeText quotation(Node node) {
    std::string inside;
    for (const Node child : node.children()) {
      if (!child.is_element()) continue;
      if (!is_bare(child)) return std::nullopt;
      if (!inside.empty()) inside += '\n';
      if (child.name() == "p") {
        inside += line_start(line(child, rule(Type::p))) + "\n";
      } else if (const MaybeText said = attribution(child)) {
        inside += *said + "\n";
      } else {
        return std::nullopt;
      }
    }
    return indented(inside, "> ", "> ");
  }

  MaybeText attribution(Node node) {
    const Node speaker = node.child("speaker"), source = node.child("source"), locator = node.child("locator");
    for (const Node one : {speaker, source, locator})
      if (one && !is_bare(one)) return std::nullopt;
    if (locator && !source) return std::nullopt;
    std::string out = "\u2014 ";
    if (speaker) {
      const std::string who = line(speaker, rule(Type::speaker));
      if (who.ends_with(',') || source_in(markup_of(speaker, rule(Type::speaker), '"')).first != std::string::npos)
        return std::nullopt;
      out += who;
    }
    if (source) {
      const std::string where = markup_of(source, rule(Type::attribution_source), '"');
      const auto [from, to] = source_in(where);
      if (from != 0 || to != where.size() || !where.starts_with("<cite>")) return std::nullopt;
      out += (speaker ? ", " : "") + line(source, rule(Type::attribution_source));
    }
    if (locator) {
      const std::string at = line(locator, rule(Type::locator));
      if (at.starts_with(',')) return std::nullopt;
      out += ", " + at;
    }
    return out;
  }

  MaybeText figure(Node node) {
    const std::string path = collapsed(node.attribute("src"));
    if (node.attribute_count() != 2 || !node.has_attribute("alt") || !is_plain_address(path)) return std::nullopt;
    std::string out = fmt::format("![{}]({})\n", escaped_text(collapsed(node.attribute("alt")), {}), path);
    return with_caption(node, std::move(out));
  }

  MaybeText with_caption(Node node, std::string made) {
    const Node caption = node.child("caption");
    if (!caption) return made;
    if (!is_bare(caption)) return std::nullopt;
    return made + "\n: " + line(caption, rule(Type::caption)) + "\n";
  }

  MaybeText table(Node node) {
    std::vector<Node> all;
    for (const Node section : {node.child("thead"), node.child("tbody")}) {
      if (!section) return std::nullopt;
      for (const Node row : section.children("tr")) all.push_back(row);
      if (section.name() == "thead" && all.size() != 1) return std::nullopt;
    }
    std::string out, rule_line = "|", align = collapsed(node.attribute("align"));
    for (const Node row : all) {
      if (!is_bare(row)) return std::nullopt;
      const bool head = row == all.front();
      std::size_t column = 0;
      out += '|';
      for (const Node child : row.children()) {
        if (!child.is_element()) continue;
        const MaybeText written = cell(child, head, column++);
        if (!written) return std::nullopt;
        out += fmt::format(" {}{}|", *written, written->empty() ? "" : " ");
        if (!head) continue;
        const std::string word = align.substr(0, align.find(' '));
        align.erase(0, word.size() + 1);
        rule_line += word == "start" ? ":---|" : word == "center" ? ":---:|" : word == "end" ? "---:|" : "---|";
      }
      out += head ? "\n" + rule_line + "\n" : "\n";
    }
    return with_caption(node, std::move(out));
  }

  MaybeText cell(Node node, bool head, std::size_t column) {
    const bool is_header = node.name() == "th";
    const bool usual = is_bare(node) || (is_header && has_only(node, "scope") &&
                                         collapsed(node.attribute("scope")) == (head ? "col" : "row"));
    if (!usual || (head && !is_header && !is_blank(node)) || (!head && is_header && column != 0)) return std::nullopt;
    const std::string text = line(node, rule(is_header ? Type::th : Type::td));
    for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 1))
      if (at == 0 || text[at - 1] != '\\') return std::nullopt;
    const bool strong = text.starts_with("**") || text.starts_with("<strong>");
    if (head) return text;
    if (!is_header) return strong && column == 0 ? std::nullopt : MaybeText(text);
    if (strong || !is_word(first_character(text)) || !is_word(final_character(text))) return std::nullopt;
    return "**" + text + "**";
  }

  // ---- parts ------------------------------------------------------------------------------------

  void add(std::string_view lines) {
    if (!out_.empty()) out_ += '\n';
    out_ += lines;
    out_ += std::exchange(waiting_, {});
  }

  // " {.part #id name="value"}" for a heading; nothing if a value can't stand there.
  static MaybeText braces(Node node, std::string_view part) {
    std::string out = part.empty() ? "" : fmt::format(" .{}", part);
    for (std::size_t i = 0; i < node.attribute_count(); ++i) {
      const std::string_view name = node.attribute_name(i);
      const std::string value = collapsed(node.attribute_value(i));
      if (value.find_first_of("\"\\{}&<>*_`[]|") != std::string::npos && name != "id") return std::nullopt;
      out += name == "id"         ? fmt::format(" #{}", value)
             : name == "xml:lang" ? fmt::format(" lang={}", value)
                                  : fmt::format(" {}=\"{}\"", name, value);
    }
    return out.empty() ? out : fmt::format(" {{{}}}", out.substr(1));
  }

  static std::string heading_text(std::string text) {
    if (text.ends_with('#')) text.insert(text.size() - 1, 1, '\\');
    return text;
  }

  void part(Node node, Type type) {
    const Node title = node.child("title");
    const MaybeText attributes = braces(node, title ? node.name() : std::string_view());
    if ((title && !is_bare(title)) || !attributes) return add(xml(node, type));
    add(fmt::format("## {}{}\n", title ? heading_text(line(title, rule(Type::part_title))) : part_name(type),
                    *attributes));
    if (listed_items(type) != Type::count) return listed_part(node, type);
    bool list_before = false;
    for (const Node child : node.children()) {
      const Type called = child.is_element() ? type_in(rule(type), child.name()) : Type::part_title;
      if (called == Type::part_title) continue;
      if (is_block(called)) {
        add(block(child, called, list_before));
      } else if (called == Type::hook_source && is_bare(child)) {
        add("\u2014 " + line(child, rule(called)) + "\n");
      } else if (called == Type::with) {
        with(child);
      } else {
        item(child, called, type);
      }
      if (!is_block(called)) list_before = false;
    }
  }

  void with(Node node) {
    const Node title = node.child("title"), author = node.child("author");
    MaybeText attributes = braces(title, {});
    const std::string name = plain_content(author);
    const bool plain = name.find_first_of("\"\\{}&<>*_`[]|") == std::string::npos;
    if (!attributes || title.has_attribute("xml:lang") || title.has_attribute("dir") || !plain)
      return add(xml(node, Type::with));
    if (author) {
      if (attributes->ends_with('}')) attributes->pop_back();
      *attributes += fmt::format("{}author=\"{}\"}}", attributes->empty() ? " {" : " ", name);
    }
    add(fmt::format("### {}{}\n", heading_text(line(title, rule(Type::with_title))), *attributes));
  }

  void item(Node node, Type type, Type in_part) {
    const HeadedItem* const headed = headed_item(in_part);
    const MaybeText attributes = braces(node, {});
    const Node head = headed == nullptr ? Node() : node.child(rule(headed->line).name);
    const Node content =
        headed == nullptr || headed->content == Type::count ? Node() : node.child(rule(headed->content).name);
    const Node answer = type == Type::cue ? node.child("answer") : Node();
    const bool native = headed != nullptr && attributes && is_bare(head) && (!content || is_bare(content)) &&
                        (!answer || is_bare(answer));
    if (!native) return add(xml(node, type));
    add(fmt::format("### {}{}\n", heading_text(line(head, rule(headed->line))), *attributes));
    if (answer) return add(line_start(line(answer, rule(Type::cue_answer))) + "\n");
    if (content && !holds_blocks(content)) return add(line_start(line(content, rule(headed->content))) + "\n");
    const Node around = content ? content : node;
    bool list_before = false;
    for (const Node child : around.children()) {
      if (child.is_element() && block_called(child.name()) != Type::count)
        add(block(child, block_called(child.name()), list_before));
    }
  }

  // Discussion, warnings and notes: their items are a list's, so their own lists are XML.
  void listed_part(Node node, Type type) {
    std::string items;
    const auto flush = [&] {
      if (!items.empty()) add(std::exchange(items, {}));
    };
    for (const Node child : node.children()) {
      const Type called = child.is_element() ? type_in(rule(type), child.name()) : Type::part_title;
      if (called == Type::part_title) continue;
      if (called == listed_items(type)) {
        if (const MaybeText entry = listed_item(child, called)) {
          items += indented(*entry, "- ", "  ");
          continue;
        }
      }
      flush();
      bool list_before = false;
      const bool own_list = called == Type::ul || called == Type::ol;
      add(is_block(called) && !own_list ? block(child, called, list_before) : xml(child, called));
    }
    flush();
  }

  MaybeText listed_item(Node node, Type type) {
    if (!is_bare(node)) return std::nullopt;
    if (type != Type::warning) {
      std::string text = line(node, rule(type));
      // Words of XML alone would stand for themselves.
      return line_start(std::move(text)) + "\n";
    }
    const Node term = node.child("term"), places = node.child("places");
    if (!is_bare(term) || (places && !is_bare(places))) return std::nullopt;
    const std::string name = line(term, rule(Type::term));
    if (name.find("**") != std::string::npos || name.find("<strong") != std::string::npos) return std::nullopt;
    if (!places) return line_start(name) + "\n";
    if (!is_word(first_character(name)) || !is_word(final_character(name))) return std::nullopt;
    return fmt::format("**{}** {}\n", name, line(places, rule(Type::places)));
  }

  std::string out_;
  std::string waiting_;  // footnotes of the block that is written
  std::size_t notes_ = 0;
};

}  // namespace

std::string write_markdown(Node root) {
  std::string out = "---\n";
  append_yaml(json_heading(root), 0, out);
  out += "---\n\n";
  return out + MarkdownWriter().run(root);
}

}  // namespace epitome::reader
