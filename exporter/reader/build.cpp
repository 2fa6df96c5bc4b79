#include "reader/build.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/ids.hpp"
#include "reader/inline_builder.hpp"
#include "reader/tree.hpp"
#include "reader/values.hpp"
#include "reader/vocabulary.hpp"

namespace epitome::reader {

namespace {

using namespace model;

class Builder {
 public:
  Part part(Node node) {
    Part part;
    part.attributes = inlines_.attributes(node);
    part.id = part.attributes.id.empty() ? node.name() : part.attributes.id;
    part.title = line(node.child("title"));
    part.value = part_value(node);
    return part;
  }

 private:
  // The inlines of an element, or none if there is no such element.
  Inlines line(Node node) { return node ? inlines_.line(node) : Inlines{}; }

  PartValue part_value(Node node) {
    const std::string_view name = node.name();
    if (name == "hook") return hook(node);
    if (name == "about") return About{blocks(node)};
    if (name == "overview") return Overview{blocks(node)};
    if (name == "takeaways") return takeaways(node);
    if (name == "cues") return cues(node);
    if (name == "story") return story(node);
    if (name == "questions") return questions(node);
    if (name == "comparison") return comparison(node);
    if (name == "people") return people(node);
    if (name == "discussion") return discussion(node);
    if (name == "warnings") return warnings(node);
    if (name == "notes") return notes(node);
    if (name == "brand") return Brand{blocks(node)};
    throw std::logic_error(fmt::format("no part is made of <{}>", name));
  }

  Hook hook(Node node) {
    Paragraphs content = paragraphs(node);
    return {std::move(content), line(node.child("source"))};
  }

  Takeaways takeaways(Node node) {
    Takeaways part{blocks(node), {}};
    for (const Node child : node.children("takeaway")) {
      Takeaway item;
      item.attributes = inlines_.attributes(child);
      item.number = std::to_string(part.items.size() + 1);
      item.headline = line(child.child("headline"));
      item.content = blocks(child);
      part.items.push_back(std::move(item));
    }
    return part;
  }

  Cues cues(Node node) {
    Cues part{blocks(node), {}};
    for (const Node child : node.children("cue")) {
      Inlines prompt = line(child.child("prompt"));
      part.items.push_back({inlines_.attributes(child), {}, std::move(prompt), line(child.child("answer"))});
    }
    return part;
  }

  Story story(Node node) {
    Story part{blocks(node), {}};
    for (const Node child : node.children("chapter")) {
      Chapter chapter;
      chapter.attributes = inlines_.attributes(child);
      chapter.title = line(child.child("title"));
      chapter.content = blocks(child);
      part.chapters.push_back(std::move(chapter));
    }
    return part;
  }

  Questions questions(Node node) {
    Questions part{blocks(node), {}};
    for (const Node child : node.children("qa")) {
      Question question;
      question.attributes = inlines_.attributes(child);
      question.question = line(child.child("question"));
      question.answer = container(child.child("answer"));
      part.items.push_back(std::move(question));
    }
    return part;
  }

  Comparison comparison(Node node) {
    const Node with = node.child("with"), title = with.child("title");
    Inlines other = line(title);
    if (std::string prefix = attribute_text(title, "prefix"); !prefix.empty()) {
      if (!prefix.ends_with("’") && !prefix.ends_with("'")) prefix += ' ';
      other.insert(other.begin(), Text{std::move(prefix), title.value_span("prefix")});
    }
    return {std::move(other), child_text(with, "author"), blocks(node)};
  }

  People people(Node node) {
    People part{blocks(node), {}};
    for (const Node child : node.children("person")) {
      Person person;
      person.attributes = inlines_.attributes(child);
      person.name = line(child.child("name"));
      person.description = flow(child.child("description"));
      part.items.push_back(std::move(person));
    }
    return part;
  }

  Discussion discussion(Node node) {
    Discussion part{blocks(node), {}};
    for (const Node child : node.children("question")) {
      part.items.push_back({inlines_.attributes(child), {}, inlines_.content(child)});
    }
    return part;
  }

  Notes notes(Node node) {
    Notes part{blocks(node), {}};
    for (const Node child : node.children("source")) part.sources.push_back(line(child));
    return part;
  }

  Warnings warnings(Node node) {
    Warnings part;
    for (const Node child : node.children()) {
      if (block_called(child.name()) != Type::count) {
        (part.items.empty() ? part.introduction : part.closing).push_back(block(child));
      } else if (child.name() == "warning") {
        Inlines term = line(child.child("term"));
        part.items.push_back({inlines_.attributes(child), {}, std::move(term), line(child.child("places"))});
      }
    }
    return part;
  }

  // ---- blocks -------------------------------------------------------------------------------------

  // Lists are given the room that they will need: they are most of a document.
  static std::size_t count(auto children, auto&& counts) {
    return static_cast<std::size_t>(std::count_if(children.begin(), children.end(), counts));
  }
  static std::size_t count(auto children) {
    return static_cast<std::size_t>(std::distance(children.begin(), children.end()));
  }

  // The blocks among the children of `node`.
  Blocks blocks(Node node) {
    Blocks out;
    const auto is_block = [](Node child) { return block_called(child.name()) != Type::count; };
    out.reserve(count(node.children(), is_block));
    for (const Node child : node.children()) {
      if (is_block(child)) out.push_back(block(child));
    }
    return out;
  }

  // The blocks of an element that the model has no place for: each takes over its language and direction.
  Blocks container(Node node) {
    Blocks out = blocks(node);
    hand_down(inlines_.attributes(node), out);
    return out;
  }
  static void hand_down(const Attributes& from, Blocks& to) {
    for (Block& block : to) {
      if (block.attributes.lang.empty()) block.attributes.lang = from.lang;
      if (block.attributes.dir == Direction::inherit) block.attributes.dir = from.dir;
    }
  }

  // Of an element where no other block may stand.
  Paragraphs paragraphs(Node node) {
    Paragraphs out;
    out.reserve(count(node.children("p")));
    for (const Node child : node.children("p")) {
      ParagraphBlock& made = out.emplace_back(Paragraph{});
      made.attributes = inlines_.attributes(child);
      made.paragraph().content = inlines_.content(child);
    }
    return out;
  }

  // Blocks as they are, or inlines as one paragraph.
  Blocks flow(Node node) {
    for (const Node child : node.children()) {
      if (block_called(child.name()) != Type::count) return container(node);
    }
    Block paragraph;
    paragraph.attributes = inlines_.attributes(node);
    paragraph.attributes.id.clear();  // it is the container's
    paragraph.value = Paragraph{inlines_.content(node)};
    Blocks out;
    out.push_back(std::move(paragraph));
    return out;
  }

  Block block(Node node) {
    Block block;
    block.attributes = inlines_.attributes(node);
    switch (block_called(node.name())) {
      case Type::ul:
      case Type::ol:
        block.value = list(node);
        break;
      case Type::dl:
        block.value = definitions(node);
        break;
      case Type::table:
        block.value = table(node);
        break;
      case Type::figure:
        block.value = figure(node);
        break;
      case Type::blockquote: {
        Paragraphs content = paragraphs(node);
        block.value = BlockQuotation{std::move(content), attribution(node)};
        break;
      }
      case Type::verse:
        block.value = verse(node);
        break;
      case Type::letter: {
        Letter letter;
        letter.salutation = line(node.child("salutation"));
        letter.content = paragraphs(node);
        letter.signature = line(node.child("signature"));
        block.value = std::move(letter);
        break;
      }
      case Type::aside: {
        Aside aside;
        aside.title = line(node.child("title"));
        aside.content = blocks(node);
        block.value = std::move(aside);
        break;
      }
      case Type::separator:
        block.value = Separator{};
        break;
      case Type::p:
        block.value = Paragraph{inlines_.content(node)};
        break;
      default:
        throw std::logic_error(fmt::format("no block is made of <{}>", node.name()));
    }
    return block;
  }

  List list(Node node) {
    List list;
    list.ordered = node.name() == "ol";
    list.start = attribute_number(node, "start");
    list.items.reserve(count(node.children("li")));
    for (const Node child : node.children("li")) {
      ListItem item;
      item.attributes = inlines_.attributes(child);
      item.content = flow(child);
      list.items.push_back(std::move(item));
    }
    return list;
  }

  DefinitionList definitions(Node node) {
    DefinitionList list;
    list.items.reserve(count(node.children("dt")));
    for (const Node child : node.children()) {
      const std::string_view name = child.name();
      if (name == "dt") {
        Definition item;
        item.attributes.id = attribute_text(child, "id");
        item.attributes.span = child.span();
        // The term's language isn't its definition's.
        item.term = line(child);
        list.items.push_back(std::move(item));
      } else if (name == "dd") {
        list.items.back().definition_id = attribute_text(child, "id");
        list.items.back().definition = flow(child);
      }
    }
    return list;
  }

  Table table(Node node) {
    Table table;
    table.caption = line(node.child("caption"));
    table.align = alignments(attribute_text(node, "align"));
    table.head = rows(node.child("thead"), Scope::column);
    table.body = rows(node.child("tbody"), Scope::row);
    return table;
  }

  static std::vector<ColumnAlign> alignments(std::string_view words) {
    std::vector<ColumnAlign> made;
    bool any = false;
    while (!words.empty()) {
      const std::string_view word = words.substr(0, words.find(' '));
      words.remove_prefix(std::min(word.size() + 1, words.size()));
      const auto* const name = std::find(column_align_names.begin(), column_align_names.end(), word);
      const bool known = name != column_align_names.end();
      made.push_back(known ? static_cast<ColumnAlign>(name - column_align_names.begin()) : ColumnAlign::automatic);
      any = any || made.back() != ColumnAlign::automatic;
    }
    return any ? made : std::vector<ColumnAlign>();
  }

  std::vector<Row> rows(Node section, Scope usual) {
    std::vector<Row> rows;
    rows.reserve(count(section.children("tr")));
    for (const Node tr : section.children("tr")) {
      Row row;
      row.cells.reserve(count(tr.children()));
      row.attributes = inlines_.attributes(tr);
      for (const Node td : tr.children()) {
        if (!td.is_element()) continue;
        Cell cell;
        cell.attributes = inlines_.attributes(td);
        if (td.name() == "th") {
          const std::string scope = attribute_text(td, "scope");
          cell.scope = scope.empty() ? usual : scope == "col" ? Scope::column : Scope::row;
        }
        cell.column_span = attribute_number(td, "colspan");
        cell.row_span = attribute_number(td, "rowspan");
        cell.content = inlines_.content(td);
        row.cells.push_back(std::move(cell));
      }
      rows.push_back(std::move(row));
    }
    return rows;
  }

  Figure figure(Node node) {
    Figure figure;
    figure.path = attribute_text(node, "src");
    figure.path_span = node.value_span("src");
    figure.decorative = attribute_text(node, "decorative") == "true";
    figure.alternative = attribute_text(node, "alt");
    figure.caption = line(node.child("caption"));
    return figure;
  }

  Attribution attribution(Node node) {
    const Node from = node.child("attribution");
    Attribution attribution;
    attribution.speaker = line(from.child("speaker"));
    attribution.source = line(from.child("source"));
    attribution.locator = line(from.child("locator"));
    return attribution;
  }

  Verse verse(Node node) {
    Verse verse;
    verse.stanzas.reserve(count(node.children("stanza")));
    for (const Node stanza : node.children("stanza")) {
      std::vector<Inlines> lines;
      lines.reserve(count(stanza.children("line")));
      for (const Node child : stanza.children("line")) lines.push_back(line(child));
      verse.stanzas.push_back(std::move(lines));
    }
    verse.attribution = attribution(node);
    return verse;
  }

  InlineBuilder inlines_;
};

}  // namespace

Document build_document(Node root, std::string_view bytes) {
  Document document;
  document.work = build_work(root.child("work"), bytes);
  document.edition = build_edition(root, document.work);
  Builder builder;
  for (const Node child : root.children()) {
    const std::string_view name = child.name();
    if (child.is_element() && name != "work" && name != "edition") {
      document.parts.push_back(builder.part(child));
    }
  }
  complete_ids(document);
  return document;
}

}  // namespace epitome::reader
