#include "reader/guess.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "diag/limits.hpp"
#include "diag/utf8.hpp"
#include "reader/front_matter.hpp"
#include "reader/guess_json.hpp"
#include "reader/guess_work.hpp"
#include "reader/json_value.hpp"
#include "reader/markdown_markup.hpp"
#include "reader/markdown_parts.hpp"
#include "reader/markdown_pieces.hpp"
#include "reader/syntax.hpp"
#include "reader/values.hpp"
#include "reader/well_formed.hpp"

namespace epitome::reader {

namespace {

using diag::Code;
using diag::Span;

Span place_of(Node node) {
  for (Node at = node; at; at = at.first_child())
    if (at.is_text()) return at.span();
  return node.span();
}

// A list, an entry of one or a quotation without a text or another block.
bool holds_nothing(Node node) {
  const std::string_view name = node.name();
  if (name != "ul" && name != "ol" && name != "li" && name != "blockquote") return false;
  for (const Node child : node.children())
    if (child.is_text() ? !is_blank(child.value()) : child.is_element() && !holds_nothing(child)) return false;
  return true;
}

// Blocks as they came, made into parts.
class PartMaker {
 public:
  PartMaker(Faults& faults, PartNames names) : faults_(faults), names_(std::move(names)) {}

  PlacedText run(const std::vector<Node>& blocks) {
    Group group;
    for (const Node node : blocks) {
      const int level = heading_level(node);
      if (level == 1 || level == 2) {
        place(group);
        group = {node, {}};
      } else if (!left_out(node)) {
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
  bool left_out(Node node) {
    if (!holds_nothing(node)) return false;
    told(Code::W0113, node,
         fmt::format("an empty {} is left out", node.name() == "li" ? "entry of a list"
                                                : is_list(node)     ? "list"
                                                                    : "quotation"),
         "delete it");
    return true;
  }
  bool has_section(Type part) const {
    return std::any_of(sections_.begin(), sections_.end(), [part](const Section& s) { return s.part == part; });
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

  void bare(Node heading) {
    told(Code::W0113, heading, fmt::format("nothing stands under '{}': it is left out", said_in(heading)),
         "delete the heading, or write what it announces");
  }
  void place(const Group& group) {
    if (!group.heading) {
      if (group.blocks.empty()) return;
      told(Code::N0114, group.blocks.front(), "the text before the first heading is taken as the overview",
           "write ## Overview above it");
      return append(group.blocks, section(Type::overview));
    }
    if (group.blocks.empty()) return bare(group.heading);
    const std::string name = said_in(group.heading);
    const NamedPart named = names_.find(name);
    const Type part = named.type;
    PlacedText made;
    if (part == Type::story) return story(group, named.untitled);
    const bool again = std::find(headed_.begin(), headed_.end(), part) != headed_.end();
    if (part != Type::count && !again && fill(part, group.blocks, made)) {
      told(Code::N0114, group.heading, fmt::format("'{}' is taken as <{}>", name, rule(part).name),
           "nothing, if it is so");
      headed_.push_back(part);
      // Behind the text before the first heading, but the title stands before that.
      PlacedText& content = section(part);
      const PlacedText before = std::exchange(content, {});
      if (!named.untitled) title(group.heading, content);
      content.append(before);
      return content.append(made);
    }
    told(Code::N0114, group.heading,
         part == Type::count ? fmt::format("'{}' names no part: it becomes a chapter of the story", name)
         : again ? fmt::format("<{}> is there already: '{}' becomes a chapter of the story", rule(part).name, name)
                 : fmt::format("'{}' has nothing that <{}> takes: it becomes a chapter of the story", name,
                               rule(part).name),
         "say which part it is, or leave it so");
    chapter(group.heading, group.blocks);
  }

  void title(Node heading, PlacedText& out) {
    PlacedText content;
    inlines(heading, content);
    tagged("title", content, out);
  }
  void chapter(Node heading, const std::vector<Node>& blocks) {
    PlacedText inside;
    title(heading, inside);
    append(blocks, inside);
    tagged("chapter", inside, section(Type::story));
  }
  void story(const Group& group, bool untitled) {
    if (std::all_of(group.blocks.begin(), group.blocks.end(), [](Node node) { return heading_level(node) == 3; })) {
      std::for_each(group.blocks.begin(), group.blocks.end(), [this](Node node) { bare(node); });
      return bare(group.heading);
    }
    if (!untitled && !has_section(Type::story)) title(group.heading, section(Type::story));
    Group part{group.heading, {}};
    for (const Node node : group.blocks) {
      if (heading_level(node) == 3) {
        flush(part, group.heading);
        part = {node, {}};
      } else {
        part.blocks.push_back(node);
      }
    }
    flush(part, group.heading);
  }
  // More than its title.
  static bool holds_blocks(const PlacedText& part) { return !part.text.empty() && !part.text.ends_with("</title>"); }
  void flush(const Group& part, Node story_heading) {
    if (part.blocks.empty()) return part.heading == story_heading ? void() : bare(part.heading);
    if (part.heading == story_heading && !holds_blocks(section(Type::story))) {
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
      if (heading_level(node) == 3) {
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
      if (left_out(li)) continue;
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
    if (heading_level(node) != 0) {
      told(Code::N0114, node, fmt::format("a heading of level {} becomes a paragraph in bold", heading_level(node)),
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
    open(node, name, out);
    for (const Node child : node.children()) {
      const bool said = name == "aside" && child.name() == "attribution";
      if (left_out(child)) continue;
      if (child.is_element() && (said || block_called(child.name()) != Type::count)) {
        said ? said_by(child, out) : block(child, out);
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
    const std::string_view path = node.attribute("src");
    if (check_value(Value::path, path)) return elsewhere(node, path, out);
    const bool described = node.has_attribute("alt");
    if (!described)
      told(Code::W0115, node, fmt::format("the picture {} is not described: TODO stands there", node.attribute("src")),
           "say what it shows: ![…](path)");
    open(node, "figure", out, described ? "" : " alt=\"TODO: what the picture shows\"");
    for (const Node child : node.children("caption")) block(child, out);
    out.add("</figure>", last_);
  }

  // A picture that no file beside the document holds: its words, which lead to it if it is on the web.
  void elsewhere(Node node, std::string_view path, PlacedText& out) {
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
  PartNames names_;
  std::vector<Section> sections_;
  std::vector<Type> headed_;  // sections that a heading of their own began
  std::vector<Node> pictures_;
  std::uint32_t last_ = 0;
};

// Each line of plain text that isn't blank, as a paragraph.
PlacedText paragraphs_of(std::string_view bytes) {
  PlacedText out;
  // One more than a document may have is told by who reads them.
  std::size_t paragraphs = 0;
  for (std::size_t at = 0; at < bytes.size() && paragraphs <= limits::nodes;) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    PlacedText line;
    line.add_source(bytes.substr(at, end - at), static_cast<std::uint32_t>(at));
    line.trim();
    if (!line.text.empty()) {
      ++paragraphs;
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

// Where no language is said, but headings are the labels of one alone.
void guess_language(const std::vector<Node>& blocks, GuessedWork& work, Faults& faults) {
  if (!work.language().empty()) return;
  constexpr int most_headings = 50;
  std::vector<std::string> left;
  Node first;
  int headings = 0;
  for (const Node block : blocks) {
    const int level = heading_level(block);
    if (level != 1 && level != 2) continue;
    if (headings++ == most_headings) break;
    const std::string said = said_in(block);
    const std::vector<std::string> these = PartNames::languages(said);
    if (these.empty()) continue;
    if (!first) left = these;
    if (!first) first = block;
    std::erase_if(left,
                  [&](const std::string& one) { return std::find(these.begin(), these.end(), one) == these.end(); });
  }
  const auto other = [&](const std::string& tag) { return primary_language(tag) != primary_language(left.front()); };
  if (left.empty() || left.front() == "en" || std::any_of(left.begin(), left.end(), other)) return;
  work.say_language(left.front());
  faults.add(Code::N0114, place_of(first),
             fmt::format("the language is taken to be '{}', that of the headings", left.front()),
             {"if it is another, say it: lang"});
}

// A document of the blocks that a source was made.
std::optional<Tree> document_of(PlacedText flat, std::size_t size, bool lines, GuessedWork& work, Faults& faults) {
  settle_references(flat);
  flat.begins.push_back(static_cast<std::uint32_t>(size));
  Tree body;
  std::size_t nodes = 0;
  const Tree::Index root = body.add_element(Tree::none, body.add("body"), {});
  if (!add_markup(flat.text, flat.begins, root, {1, &nodes}, body, faults)) return {};
  std::vector<Node> blocks;
  for (const Node child : body.root().children())
    if (child.is_element()) blocks.push_back(child);
  work.take(blocks, lines, faults);
  guess_language(blocks, work, faults);
  PlacedText parts = PartMaker(faults, PartNames(work.language())).run(blocks);
  Tree tree = work.tree(faults);
  settle_references(parts);
  parts.begins.push_back(static_cast<std::uint32_t>(size));
  nodes = 0;
  if (!add_markup(parts.text, parts.begins, 0, {1, &nodes}, tree, faults)) return {};
  return tree;
}

}  // namespace

bool is_ours(const diag::SourceText& source) {
  Faults told_later;
  JsonValues values;
  // What can't be read is ours to be told of.
  if (!values.parse(source, told_later, JsonValues::Root::any)) return true;
  for (JsonValue::Index i = values[0].first; i != JsonValue::none; i = values[i].next) {
    const std::string_view key = values.text(values[i].key);
    if (key == "work" || key == "edition") return true;
    const JsonValue::Index part =
        key == "parts" && values[i].kind == JsonValue::Kind::array ? values[i].first : JsonValue::none;
    for (JsonValue::Index k = part == JsonValue::none ? part : values[part].first; k != JsonValue::none;
         k = values[k].next)
      if (values.text(values[k].key) == "type" && part_called(values.text(values[k].text)) != Type::count) return true;
  }
  return false;
}

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
  } else if (!translate_markdown(bytes, front.body, MarkdownHeading{}, MarkdownShape::usual, flat, faults)) {
    return {};
  }
  return document_of(std::move(flat), bytes.size(), lines, work, faults);
}

std::optional<Tree> guess_json(const diag::SourceText& source, Faults& faults) {
  JsonValues values;
  if (!values.parse(source, faults, JsonValues::Root::any)) return {};
  GuessedWork work;
  return document_of(flat_json(values, source.bytes(), work, faults), source.bytes().size(), false, work, faults);
}

}  // namespace epitome::reader
