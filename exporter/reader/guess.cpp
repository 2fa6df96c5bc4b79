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
#include "reader/guess_blocks.hpp"
#include "reader/guess_headings.hpp"
#include "reader/guess_json.hpp"
#include "reader/guess_source.hpp"
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

// Blocks as they came, made into parts.
class PartMaker : private GuessedBlocks {
 public:
  PartMaker(Faults& faults, PartNames names, const GuessedHeadings& headings)
      : GuessedBlocks(faults, headings), names_(std::move(names)) {}

  PlacedText run(const std::vector<Node>& blocks) {
    Group group;
    for (const Node node : blocks) {
      const int level = headings_.level(node);
      if (level == 1 || level == 2) {
        place(group);
        group = {headings_.words(node), {}};
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
    Node line = {};
    std::vector<Node> blocks = {};
    PlacedText rest = {};             // of an entry of a list, behind its line
    PlacedText head = {};             // the line, where no element holds it
    std::vector<Node> pictures = {};  // in the rest
  };

  bool has_section(Type part) const {
    return std::any_of(sections_.begin(), sections_.end(), [part](const Section& s) { return s.part == part; });
  }
  PlacedText& section(Type part) {
    const auto at =
        std::find_if(sections_.begin(), sections_.end(), [part](const Section& s) { return s.part == part; });
    return at != sections_.end() ? at->content : sections_.emplace_back(Section{part, {}}).content;
  }
  void bare(Node heading) {
    told(Code::W0113, heading, fmt::format("nothing stands under '{}': it is left out", said_in(heading)),
         "delete the heading, or write what it announces");
  }
  // Lines that part what headings part already.
  void drop_rules(std::vector<Node>& blocks) {
    const std::size_t all = blocks.size();
    while (!blocks.empty() && blocks.back().name() == "separator") blocks.pop_back();
    while (!blocks.empty() && blocks.front().name() == "separator") blocks.erase(blocks.begin());
    if (blocks.size() == all || std::exchange(told_rules_, true)) return;
    faults_.add(Code::W0113, {}, "lines (---) before and behind headings are left out",
                {"nothing: headings part the text"});
  }
  void place(Group& group) {
    drop_rules(group.blocks);
    if (!group.heading) {
      if (group.blocks.empty()) return;
      told(Code::N0114, group.blocks.front(), "the text before the first heading is taken as the overview",
           "write ## Overview above it");
      return append(group.blocks, section(Type::overview));
    }
    if (group.blocks.empty()) return bare(group.heading);
    const std::string name = said_in(group.heading);
    NamedPart named = names_.find(name);
    if (named.type == Type::questions && asks_alone(group.blocks)) named = {Type::discussion, false, {}};
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
      title(group.heading, content, !named.untitled);
      content.append(before);
      return content.append(made);
    }
    pictures_.clear();
    told(Code::N0114, group.heading,
         part == Type::count ? fmt::format("'{}' names no part: it becomes a chapter of the story", name)
         : again ? fmt::format("<{}> is there already: '{}' becomes a chapter of the story", rule(part).name, name)
                 : fmt::format("'{}' has nothing that <{}> takes: it becomes a chapter of the story", name,
                               rule(part).name),
         part != Type::count && headed_item(part) != nullptr && !again
             ? fmt::format("what <{}> takes: a line and a text each, as in - **Line**: text", rule(part).name)
             : "say which part it is, or leave it so");
    chapter(group.heading, group.blocks);
  }

  // A list of questions without answers.
  static bool asks_alone(const std::vector<Node>& blocks) {
    if (blocks.size() != 1 || !is_list(blocks.front())) return false;
    for (const Node li : blocks.front().children("li")) {
      const std::string said = said_in(li);
      const auto asks = [&](std::string_view mark) { return said.ends_with(mark); };
      if (!asks("?") && !asks("؟") && !asks("？") && !asks(";")) return false;
    }
    return true;
  }

  // Its pictures stand behind it.
  void title(Node heading, PlacedText& out, bool written = true) {
    PlacedText content;
    inlines(heading, content);
    if (written) tagged("title", content, out);
    set_pictures(out);
  }
  void chapter(Node heading, const std::vector<Node>& blocks) {
    PlacedText inside;
    title(heading, inside);
    append(blocks, inside);
    tagged("chapter", inside, section(Type::story));
  }
  void story(const Group& group, bool untitled) {
    if (std::all_of(group.blocks.begin(), group.blocks.end(),
                    [this](Node node) { return headings_.level(node) == 3; })) {
      std::for_each(group.blocks.begin(), group.blocks.end(), [this](Node node) { bare(node); });
      return bare(group.heading);
    }
    const bool titled = !untitled && !has_section(Type::story);
    const bool begun = holds_blocks(section(Type::story));
    if (!begun) title(group.heading, section(Type::story), titled);
    Group part{group.heading, {}};
    for (const Node node : group.blocks) {
      if (headings_.level(node) == 3) {
        flush(part, group.heading, begun);
        part = {node, {}};
      } else {
        part.blocks.push_back(node);
      }
    }
    flush(part, group.heading, begun);
  }
  // More than its title.
  static bool holds_blocks(const PlacedText& part) { return !part.text.empty() && !part.text.ends_with("</title>"); }
  // `begun`: the story holds blocks already.
  void flush(const Group& part, Node story_heading, bool begun) {
    if (part.blocks.empty()) return part.heading == story_heading ? void() : bare(part.heading);
    if (part.heading == story_heading && !begun) {
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
    const bool headed = std::any_of(blocks.begin(), blocks.end(), [this](Node n) { return headings_.level(n) == 3; });
    const bool bold = blocks.front().name() == "p" && blocks.front().first_child().name() == "strong";
    for (const Node node : blocks) {
      if (headings_.level(node) == 3) {
        items.push_back({node});
      } else if ((!headed && bold && bold_lines(node, items)) ||
                 (items.empty() && is_list(node) && entries(node, items))) {
        continue;
      } else if (!items.empty() && ((!headed && bold) || items.back().rest.text.empty())) {
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

  // The entries of a list that all begin with a phrase in bold, or with words before a colon or a dash: their lines.
  bool entries(Node list, std::vector<Item>& items) {
    std::vector<Item> found;
    for (const Node li : list.children("li")) {
      Item& item = found.emplace_back();
      const Node lead = li.child("p") && li.first_child() == li.child("p") ? li.child("p") : li;
      const bool good = split(lead.first_child(), item);
      item.pictures = std::exchange(pictures_, {});
      if (!good) return false;
      for (Node more = lead == li ? Node() : lead.next_sibling(); more; more = more.next_sibling())
        if (more.is_element()) item.blocks.push_back(more);
      if (item.rest.text.empty() && item.blocks.empty()) return false;
    }
    items = std::move(found);
    return !items.empty();
  }

  // A paragraph that begins with a phrase in bold, and each line of it that does, where no heading names items.
  bool bold_lines(Node paragraph, std::vector<Item>& items) {
    if (paragraph.name() != "p" || paragraph.first_child().name() != "strong") return false;
    bool line_begins = true;
    const auto before = static_cast<std::ptrdiff_t>(items.size());
    for (Node node = paragraph.first_child(); node; node = node.next_sibling()) {
      if (line_begins && node.name() == "strong") {
        items.emplace_back().line = node;
      } else {
        inline_of(node, items.back().rest);
        items.back().pictures.insert(items.back().pictures.end(), pictures_.begin(), pictures_.end());
        pictures_.clear();
      }
      line_begins = node.is_text() && node.value().ends_with('\n');
    }
    std::for_each(items.begin() + before, items.end(), [](Item& item) { strip(item.rest); });
    return true;
  }

  // What parts a line from what it says: a colon, a dash; not the sign of a figure (".5", "–5") or of what is left out.
  static void strip(PlacedText& rest) {
    std::size_t from = 0;
    for (const std::string_view sign : {":", ".", " –", " —", " -", " :", "：", "—", "–"}) {
      const char next = rest.text.size() > sign.size() ? rest.text[sign.size()] : ' ';
      const bool said = sign == "." ? !is_space(next) : sign.back() != ':' && next >= '0' && next <= '9';
      if (rest.text.starts_with(sign) && !said) from = std::max(from, sign.size());
    }
    rest.keep(from, std::string::npos);
    rest.trim();
  }

  bool split(Node first, Item& item) {
    constexpr std::size_t longest = 80;
    if (first.name() == "strong") {
      item.line = first;
    } else {
      PlacedText text;
      inline_of(first, text);
      std::size_t end = std::string::npos;
      for (const std::string_view sign : {": ", "：", " – ", " — ", " - ", " : "})
        end = std::min(end, text.text.find(sign));
      if (!first.is_text() || end == 0 || end > longest) return false;
      item.head = text;
      item.head.keep(0, end);
      item.head.trim();
      if (item.head.text.empty()) return false;
      item.rest = text.cut(end);
    }
    for (Node rest = first.next_sibling(); rest; rest = rest.next_sibling()) {
      if (is_list(rest) || rest.name() == "blockquote") return false;
      inline_of(rest, item.rest);
    }
    strip(item.rest);
    return true;
  }

  bool add_item(const HeadedItem& kind, const Item& item, PlacedText& out) {
    PlacedText line, inside, content;
    item.head.text.empty() ? inlines(item.line, line) : line.append(item.head);
    while (line.text.ends_with(':')) line.keep(0, line.text.size() - 1);
    tagged(rule(kind.line).name, line, inside);
    pictures_.insert(pictures_.end(), item.pictures.begin(), item.pictures.end());
    if (kind.type == Type::cue) {
      if (!item.rest.text.empty() && !item.blocks.empty()) return false;
      if (item.rest.text.empty() && (item.blocks.size() != 1 || item.blocks.front().name() != "p")) return false;
      if (item.rest.text.empty()) inlines(item.blocks.front(), content);
      if (!pictures_.empty()) return false;
      tagged("answer", item.rest.text.empty() ? content : item.rest, inside);
    } else {
      if (!item.rest.text.empty()) tagged("p", item.rest, content);
      set_pictures(content);
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
      // One line is all that an entry holds.
      for (const Node child : li.children())
        if (child.is_element() && inline_called(child.name()) == Type::count && child != li.child("p")) return false;
      inlines(li.child("p") ? li.child("p") : li, line);
      if (!pictures_.empty()) return false;
      if (part == Type::warnings) {
        tagged("term", line, item);
        line = std::move(item);
      }
      tagged(rule(listed_items(part)).name, line, out);
    }
    if (list != blocks.end()) append({list + 1, blocks.end()}, out);
    return !out.text.empty();
  }

  PartNames names_;
  std::vector<Section> sections_;
  bool told_rules_ = false;
  std::vector<Type> headed_;  // sections that a heading of their own began
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
void guess_language(const std::vector<Node>& blocks, const GuessedHeadings& headings, GuessedWork& work,
                    Faults& faults) {
  if (!work.language().empty()) return;
  constexpr int most_headings = 50;
  std::vector<std::string> left;
  Node first;
  int seen = 0;
  for (const Node block : blocks) {
    const int level = headings.level(block);
    if (level != 1 && level != 2) continue;
    if (seen++ == most_headings) break;
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
  guess_language(blocks, GuessedHeadings(blocks, PartNames()), work, faults);
  const PartNames names(work.language());
  const GuessedHeadings headings(blocks, names);
  PlacedText parts = PartMaker(faults, names, headings).run(blocks);
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
  FrontMatter front = lines ? FrontMatter{} : front_matter_of(bytes);
  GuessedWork work;
  if (const std::optional<PlacedText> toml = lines ? std::nullopt : yaml_of_toml(bytes, front.body, faults)) {
    if (faults.has_errors()) return {};
    Faults found;
    const bool good = work.take(toml->text, {true, 0, toml->text.size(), front.body}, found);
    const auto place = [&](std::size_t at) { return toml->begins[std::min(at, toml->text.size())]; };
    faults.add_all(found, [&](Span span) {
      return Span{place(span.offset), place(span.offset + span.length) - place(span.offset)};
    });
    if (!good) return {};
  }
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
