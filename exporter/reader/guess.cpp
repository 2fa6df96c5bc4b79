#include "reader/guess.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "diag/utf8.hpp"
#include "reader/front_matter.hpp"
#include "reader/guess_work.hpp"
#include "reader/json_value.hpp"
#include "reader/markdown_markup.hpp"
#include "reader/markdown_parts.hpp"
#include "reader/syntax.hpp"
#include "reader/values.hpp"
#include "reader/well_formed.hpp"

namespace epitome::reader {

namespace {

using diag::Code;
using diag::Span;

// ">" stays: text in which nothing is escaped keeps the place of each character.
std::string in_xml(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '"' ? "&quot;" : std::string(1, c);
  return out;
}

// The level of a heading among the blocks; 0 of another.
int level_of(Node node) {
  const std::string_view name = node.name();
  return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' ? name[1] - '0' : 0;
}

Span place_of(Node node) {
  for (Node at = node; at; at = at.first_child())
    if (at.is_text()) return at.span();
  return node.span();
}

// Blocks as they came, made into parts.
class PartMaker {
 public:
  explicit PartMaker(Faults& faults) : faults_(faults) {}

  PlacedText run(const std::vector<Node>& blocks) {
    Group group;
    for (const Node node : blocks) {
      const int level = level_of(node);
      if (level == 1 || level == 2) {
        place(group);
        group = {node, {}};
      } else {
        group.blocks.push_back(node);
      }
    }
    place(group);
    PlacedText out;
    for (const Section& section : sections_) tagged(rule(section.part).name, section.content, out);
    return out;
  }

 private:
  struct Group {
    Node heading;  // or none
    std::vector<Node> blocks;
  };
  struct Section {
    Type part;
    PlacedText content;
  };
  struct Item {
    Node line;
    std::vector<Node> blocks;
    PlacedText rest;  // of an entry of a list, behind its line
  };

  void told(Code code, Node at, std::string message, std::string hint) {
    faults_.add(code, place_of(at), std::move(message), {std::move(hint)});
  }
  PlacedText& section(Type part) {
    const auto at =
        std::find_if(sections_.begin(), sections_.end(), [part](const Section& s) { return s.part == part; });
    return at != sections_.end() ? at->content : sections_.emplace_back(Section{part, {}}).content;
  }
  static void tagged(std::string_view name, const PlacedText& content, PlacedText& out) {
    const std::uint32_t at = content.begins.empty() ? 0 : content.begins.front();
    out.add(fmt::format("<{}>", name), at);
    out.append(content);
    out.add(fmt::format("</{}>", name), content.begins.empty() ? 0 : content.begins.back());
  }

  void place(const Group& group) {
    if (!group.heading) {
      if (group.blocks.empty()) return;
      told(Code::N0114, group.blocks.front(), "the text before the first heading is taken as the overview",
           "write ## Overview above it");
      return append(group.blocks, section(Type::overview));
    }
    const std::string name = said_in(group.heading);
    if (group.blocks.empty())
      return told(Code::W0113, group.heading, fmt::format("nothing stands under '{}': it is left out", name),
                  "delete the heading, or write what it announces");
    const Type part = part_named(name);
    PlacedText made;
    if (part == Type::story) return story(group);
    if (part != Type::count && fill(part, group.blocks, made)) {
      told(Code::N0114, group.heading, fmt::format("'{}' is taken as <{}>", name, rule(part).name),
           "nothing, if it is so");
      return section(part).append(made);
    }
    told(Code::N0114, group.heading,
         part == Type::count ? fmt::format("'{}' names no part: it becomes a chapter of the story", name)
                             : fmt::format("'{}' has nothing that <{}> takes: it becomes a chapter of the story", name,
                                           rule(part).name),
         "say which part it is, or leave it so");
    chapter(group.heading, group.blocks);
  }

  void chapter(Node title, const std::vector<Node>& blocks) {
    PlacedText inside, content;
    inlines(title, content);
    tagged("title", content, inside);
    append(blocks, inside);
    tagged("chapter", inside, section(Type::story));
  }
  void story(const Group& group) {
    Group part{group.heading, {}};
    for (const Node node : group.blocks) {
      if (level_of(node) == 3) {
        flush(part, group.heading);
        part = {node, {}};
      } else {
        part.blocks.push_back(node);
      }
    }
    flush(part, group.heading);
  }
  void flush(const Group& part, Node story_heading) {
    if (part.blocks.empty()) return;
    if (part.heading == story_heading && section(Type::story).text.empty()) {
      append(part.blocks, section(Type::story));
    } else {
      chapter(part.heading, part.blocks);
    }
  }

  // ---- parts with items ---------------------------------------------------------------------------

  // False if the blocks are not what the part takes.
  bool fill(Type part, const std::vector<Node>& blocks, PlacedText& out) {
    if (part == Type::comparison || part == Type::hook) return false;
    if (listed_items(part) != Type::count) return fill_listed(part, blocks, out);
    if (headed_item(part) == nullptr) {
      append(blocks, out);
      return !out.text.empty();
    }
    std::vector<Node> before;
    std::vector<Item> items;
    for (const Node node : blocks) {
      if (level_of(node) == 3) {
        items.push_back({node, {}, {}});
      } else if (items.empty() && is_list(node) && entries(node, items)) {
        continue;
      } else if (!items.empty() && items.back().rest.text.empty()) {
        items.back().blocks.push_back(node);
      } else if (items.empty()) {
        before.push_back(node);
      } else {
        return false;
      }
    }
    if (items.empty()) return false;
    append(before, out);
    return std::all_of(items.begin(), items.end(),
                       [&](const Item& item) { return add_item(*headed_item(part), item, out); });
  }

  static bool is_list(Node node) { return node.name() == "ul" || node.name() == "ol"; }

  // The entries of a list that all begin with a phrase in bold: that is their line.
  bool entries(Node list, std::vector<Item>& items) {
    std::vector<Item> found;
    for (const Node li : list.children("li")) {
      Node at = li;
      if (const Node p = li.child("p"); p && li.first_child() == p && !p.next_sibling()) at = p;
      const Node strong = at.first_child();
      if (strong.name() != "strong" || li.child("ul") || li.child("ol")) return false;
      Item item{strong, {}, {}};
      for (Node rest = strong.next_sibling(); rest; rest = rest.next_sibling()) inline_of(rest, item.rest);
      // What parts the two: a colon, a dash.
      std::size_t from = 0;
      for (const std::string_view sign : {":", ".", " –", " —", " -"})
        if (item.rest.text.starts_with(sign)) from = std::max(from, sign.size());
      item.rest.keep(from, std::string::npos);
      item.rest.trim();
      if (item.rest.text.empty()) return false;
      found.push_back(std::move(item));
    }
    items = std::move(found);
    return !items.empty();
  }

  bool add_item(const HeadedItem& kind, const Item& item, PlacedText& out) {
    PlacedText line, inside, content;
    inlines(item.line, line);
    while (line.text.ends_with(':')) line.keep(0, line.text.size() - 1);
    tagged(rule(kind.line).name, line, inside);
    if (kind.type == Type::cue) {
      if (item.rest.text.empty() && (item.blocks.size() != 1 || item.blocks.front().name() != "p")) return false;
      if (item.rest.text.empty()) inlines(item.blocks.front(), content);
      tagged("answer", item.rest.text.empty() ? content : item.rest, inside);
    } else {
      if (!item.rest.text.empty()) tagged("p", item.rest, content);
      append(item.blocks, content);
      if (content.text.empty()) return false;
      kind.content == Type::count ? inside.append(content) : tagged(rule(kind.content).name, content, inside);
    }
    tagged(rule(kind.type).name, inside, out);
    return true;
  }

  bool fill_listed(Type part, const std::vector<Node>& blocks, PlacedText& out) {
    const auto list = std::find_if(blocks.begin(), blocks.end(), is_list);
    const bool closing = part == Type::warnings;
    if (list == blocks.end() ? part != Type::notes : (!closing && list + 1 != blocks.end())) return false;
    append({blocks.begin(), list}, out);
    for (Node li = list == blocks.end() ? Node() : list->first_child(); li; li = li.next_sibling()) {
      PlacedText line, item;
      for (const Node child : li.children())
        if (child.is_element() && (is_list(child) || child.name() == "blockquote")) return false;
      inlines(li.child("p") ? li.child("p") : li, line);
      if (part == Type::warnings) {
        tagged("term", line, item);
        line = std::move(item);
      }
      tagged(rule(listed_items(part)).name, line, out);
    }
    if (list != blocks.end()) append({list + 1, blocks.end()}, out);
    return !out.text.empty();
  }

  // ---- blocks and inlines -------------------------------------------------------------------------

  void append(const std::vector<Node>& blocks, PlacedText& out) {
    for (const Node node : blocks) block(node, out);
  }

  void block(Node node, PlacedText& out) {
    if (node.is_text()) return;
    if (level_of(node) != 0) {
      told(Code::N0114, node, fmt::format("a heading of level {} becomes a paragraph in bold", level_of(node)),
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
    std::vector<Node> later;
    open(node, name, out);
    for (const Node child : node.children()) {
      const bool said = name == "aside" && child.name() == "attribution";
      if (child.is_element() && (said || block_called(child.name()) != Type::count)) {
        said ? said_by(child, out) : block(child, out);
      } else if (child.name() == "li" && is_blank(child)) {
        told(Code::W0113, node, "an empty entry of a list is left out", "delete it");
      } else if (child.is_element() && inline_called(child.name()) == Type::count) {
        block(child, out);
      } else {
        inline_of(child, out);
      }
    }
    out.add(fmt::format("</{}>", name), last_);
  }

  // An attribution in an aside is a paragraph.
  void said_by(Node node, PlacedText& out) {
    PlacedText content;
    for (const Node child : node.children()) {
      content.add(content.text.empty() ? "\u2014 " : ", ", place_of(child).offset);
      for (const Node piece : child.children()) inline_of(piece, content);
    }
    tagged("p", content, out);
  }

  static bool holds_paragraphs_alone(Node quotation) {
    for (const Node child : quotation.children())
      if (child.is_element() && child.name() != "p" && child.name() != "attribution") return false;
    return true;
  }

  // Pictures in it follow it.
  void paragraph(Node node, PlacedText& out) {
    pictures_.clear();
    PlacedText content;
    inlines(node, content);
    if (!content.text.empty()) tagged("p", content, out);
    for (const Node picture : std::exchange(pictures_, {})) {
      told(Code::W0113, picture, "a picture in a text is set behind its paragraph", "give it a line of its own");
      figure(picture, out);
    }
  }

  void figure(Node node, PlacedText& out) {
    const bool described = node.has_attribute("alt");
    if (!described)
      told(Code::W0115, node, fmt::format("the picture {} is not described: TODO stands there", node.attribute("src")),
           "say what it shows: ![…](path)");
    open(node, "figure", out, described ? "" : " alt=\"TODO: what the picture shows\"");
    for (const Node child : node.children("caption")) block(child, out);
    out.add("</figure>", last_);
  }

  void open(Node node, std::string_view name, PlacedText& out, std::string_view more = {}) {
    // A footnote's text stands elsewhere than its sign, where the text before it ends.
    const std::uint32_t at = name == "note" ? last_ : place_of(node).offset;
    out.add(fmt::format("<{}", name), at);
    for (std::size_t i = 0; i < node.attribute_count(); ++i) {
      out.add(fmt::format(" {}=\"{}\"", node.attribute_name(i), in_xml(node.attribute_value(i))),
              node.value_span(node.attribute_name(i)).offset);
    }
    out.add(more, at);
    out.add(">", at);
  }

  void inlines(Node node, PlacedText& out) {
    for (const Node child : node.children()) inline_of(child, out);
    out.trim();
  }
  void inline_of(Node node, PlacedText& out) {
    if (node.is_text()) {
      const Span span = node.span();
      last_ = span.offset + span.length;
      if (node.value().size() == span.length && in_xml(node.value()).size() == span.length)
        return out.add_source(node.value(), span.offset);
      return out.add(in_xml(node.value()), span.offset);
    }
    if (node.name() == "figure") return pictures_.push_back(node);
    open(node, node.name(), out);
    for (const Node child : node.children()) inline_of(child, out);
    out.add(fmt::format("</{}>", node.name()), last_);
  }

  Faults& faults_;
  std::vector<Section> sections_;
  std::vector<Node> pictures_;
  std::uint32_t last_ = 0;
};

// Each line of plain text that isn't blank, as a paragraph.
PlacedText paragraphs_of(std::string_view bytes) {
  PlacedText out;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    PlacedText line;
    line.add_source(bytes.substr(at, end - at), static_cast<std::uint32_t>(at));
    line.trim();
    if (!line.text.empty()) {
      out.add("<p>", line.begins.front());
      for (std::size_t i = 0; i < line.text.size(); ++i) {
        const char c = line.text[i];
        out.add(c == '&' ? "&amp;" : c == '<' ? "&lt;" : std::string_view(line.text).substr(i, 1), line.begins[i]);
      }
      out.add("</p>", line.begins.back());
    }
    at = end + 1;
  }
  return out;
}

}  // namespace

bool has_front_matter(const diag::SourceText& source) {
  const FrontMatter front = front_matter_of(source.bytes());
  if (!front.present) return false;
  Faults told_later;
  JsonValues values;
  // What can't be read is ours to be told of.
  if (!parse_yaml(source.bytes(), front, values, told_later)) return true;
  for (JsonValue::Index i = values[0].first; i != JsonValue::none; i = values[i].next)
    if (values.text(values[i].key) == "work" || values.text(values[i].key) == "edition") return true;
  return false;
}

std::optional<Tree> guess_document(const diag::SourceText& source, bool lines, Faults& faults) {
  std::string bytes = source.bytes();
  if (!check_bytes(bytes, faults)) return {};
  const FrontMatter front = lines ? FrontMatter{} : front_matter_of(bytes);
  GuessedWork work;
  if (front.present && !work.take(bytes, front, faults)) return {};
  PlacedText flat;
  if (lines) {
    flat = paragraphs_of(std::string_view(bytes).substr(0));
  } else if (!translate_markdown(bytes, front.body, {}, MarkdownShape::usual, flat, faults)) {
    return {};
  }
  flat.begins.push_back(static_cast<std::uint32_t>(bytes.size()));
  Tree body;
  std::size_t nodes = 0;
  const Tree::Index root = body.add_element(Tree::none, body.add("body"), {});
  if (!add_markup(flat.text, flat.begins, root, {1, &nodes}, body, faults)) return {};
  std::vector<Node> blocks;
  for (const Node child : body.root().children())
    if (child.is_element()) blocks.push_back(child);
  work.take(blocks, lines, faults);
  PlacedText parts = PartMaker(faults).run(blocks);
  Tree tree = work.tree(faults);
  parts.begins.push_back(static_cast<std::uint32_t>(bytes.size()));
  nodes = 0;
  if (!add_markup(parts.text, parts.begins, 0, {1, &nodes}, tree, faults)) return {};
  return tree;
}

}  // namespace epitome::reader
