#include "reader/build.hpp"

#include <fmt/format.h>

#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "reader/inline_builder.hpp"
#include "reader/tree.hpp"
#include "reader/values.hpp"
#include "reader/vocabulary.hpp"

namespace epitome::reader {

namespace {

using pugi::xml_node;
using namespace model;

// Gives ids to what has none of its own: the id around it, the element's name and a count, "story.p-3".
// An author's id holds no full stop, so the two never meet; and what is counted is counted inside its
// nearest id, so that editing one chapter or part changes no id of another.
class Ids {
 public:
  explicit Ids(std::string base) : base_(std::move(base)) {}
  std::string next(xml_node node) {
    if (const pugi::xml_attribute own = node.attribute("id")) return collapsed(own.value());
    return fmt::format("{}.{}-{}", base_, node.name(), ++counts_[node.name()]);
  }

 private:
  std::string base_;
  std::map<std::string, unsigned, std::less<>> counts_;
};

class Builder {
 public:
  explicit Builder(std::string_view bytes) : inlines_(bytes), bytes_(bytes) {}

  Part part(xml_node node) {
    Part part;
    part.attributes = inlines_.attributes(node);
    part.id = part.attributes.id.empty() ? node.name() : part.attributes.id;
    part.title = line(node.child("title"));
    Ids ids(part.id);
    part.value = part_value(node, ids);
    return part;
  }

 private:
  // The inlines of an element, or none if there is no such element.
  Inlines line(xml_node node) { return node ? inlines_.line(node) : Inlines{}; }

  PartValue part_value(xml_node node, Ids& ids) {
    const std::string_view name = node.name();
    if (name == "hook") {
      Blocks content = blocks(node, ids);
      return Hook{std::move(content), line(node.child("source"))};
    }
    if (name == "about") return About{blocks(node, ids)};
    if (name == "overview") return Overview{blocks(node, ids)};
    if (name == "takeaways") {
      Takeaways part{blocks(node, ids), {}};
      for (const xml_node child : node.children("takeaway")) {
        Takeaway item;
        item.attributes = inlines_.attributes(child);
        item.id = ids.next(child);
        item.number = std::to_string(part.items.size() + 1);
        item.headline = line(child.child("headline"));
        item.content = blocks_of(child, item.id);
        part.items.push_back(std::move(item));
      }
      return part;
    }
    if (name == "cues") {
      Cues part{blocks(node, ids), {}};
      for (const xml_node child : node.children("cue")) {
        Inlines prompt = line(child.child("prompt"));
        part.items.push_back(
            {inlines_.attributes(child), ids.next(child), std::move(prompt), line(child.child("answer"))});
      }
      return part;
    }
    if (name == "story") {
      Story part{blocks(node, ids), {}};
      for (const xml_node child : node.children("chapter")) {
        Chapter chapter;
        chapter.attributes = inlines_.attributes(child);
        chapter.id = ids.next(child);
        chapter.title = line(child.child("title"));
        chapter.content = blocks_of(child, chapter.id);
        part.chapters.push_back(std::move(chapter));
      }
      return part;
    }
    if (name == "questions") {
      Questions part{blocks(node, ids), {}};
      for (const xml_node child : node.children("qa")) {
        Question question;
        question.attributes = inlines_.attributes(child);
        question.id = ids.next(child);
        question.question = line(child.child("question"));
        question.answer = container(child.child("answer"), question.id);
        part.items.push_back(std::move(question));
      }
      return part;
    }
    if (name == "comparison") {
      const xml_node with = node.child("with"), title = with.child("title");
      Inlines other = line(title);
      if (std::string prefix = attribute_text(title, "prefix"); !prefix.empty()) {
        if (!prefix.ends_with("’") && !prefix.ends_with("'")) prefix += ' ';
        other.insert(other.begin(), Text{std::move(prefix), value_span(title, "prefix", bytes_)});
      }
      return Comparison{std::move(other), child_text(with, "author"), blocks(node, ids)};
    }
    if (name == "people") {
      People part{blocks(node, ids), {}};
      for (const xml_node child : node.children("person")) {
        Person person;
        person.attributes = inlines_.attributes(child);
        person.id = ids.next(child);
        person.name = line(child.child("name"));
        person.description = flow(child.child("description"), person.id);
        part.items.push_back(std::move(person));
      }
      return part;
    }
    if (name == "discussion") {
      Discussion part{blocks(node, ids), {}};
      for (const xml_node child : node.children("question")) {
        part.items.push_back({inlines_.attributes(child), ids.next(child), inlines_.content(child)});
      }
      return part;
    }
    if (name == "warnings") return warnings(node, ids);
    if (name == "notes") {
      Notes part{blocks(node, ids), {}};
      for (const xml_node child : node.children("source")) part.sources.push_back(line(child));
      return part;
    }
    if (name == "brand") return Brand{blocks(node, ids)};
    throw std::logic_error(fmt::format("no part is made of <{}>", name));
  }

  Warnings warnings(xml_node node, Ids& ids) {
    Warnings part;
    for (const xml_node child : node.children()) {
      if (block_called(child.name()) != Type::count) {
        (part.items.empty() ? part.introduction : part.closing).push_back(block(child, ids));
      } else if (std::string_view(child.name()) == "warning") {
        Inlines term = line(child.child("term"));
        part.items.push_back(
            {inlines_.attributes(child), ids.next(child), std::move(term), line(child.child("places"))});
      }
    }
    return part;
  }

  // ---- blocks -------------------------------------------------------------------------------------

  // The blocks among the children of `node`.
  Blocks blocks(xml_node node, Ids& ids) {
    Blocks out;
    for (const xml_node child : node.children()) {
      if (block_called(child.name()) != Type::count) out.push_back(block(child, ids));
    }
    return out;
  }
  Blocks blocks_of(xml_node node, const std::string& base) {
    Ids ids(base);
    return blocks(node, ids);
  }

  // The blocks of an element that the model has no place for: each takes over its language and direction.
  Blocks container(xml_node node, const std::string& base) {
    Blocks out = blocks_of(node, base);
    hand_down(inlines_.attributes(node), out);
    return out;
  }
  static void hand_down(const Attributes& from, Blocks& to) {
    for (Block& block : to) {
      if (block.attributes.lang.empty()) block.attributes.lang = from.lang;
      if (block.attributes.dir == Direction::inherit) block.attributes.dir = from.dir;
    }
  }

  // Blocks as they are, or inlines as one paragraph.
  Blocks flow(xml_node node, const std::string& base) {
    for (const xml_node child : node.children()) {
      if (block_called(child.name()) != Type::count) return container(node, base);
    }
    Block paragraph;
    paragraph.attributes = inlines_.attributes(node);
    paragraph.attributes.id.clear();  // it is the container's
    paragraph.id = base + ".p-1";
    paragraph.value = Paragraph{inlines_.content(node)};
    Blocks out;
    out.push_back(std::move(paragraph));
    return out;
  }

  Block block(xml_node node, Ids& ids) {
    Block block;
    block.attributes = inlines_.attributes(node);
    block.id = ids.next(node);
    switch (block_called(node.name())) {
      case Type::ul:
      case Type::ol:
        block.value = list(node, block.id);
        break;
      case Type::dl:
        block.value = definitions(node, block.id);
        break;
      case Type::table:
        block.value = table(node, block.id);
        break;
      case Type::figure:
        block.value = figure(node);
        break;
      case Type::blockquote: {
        Blocks content = blocks_of(node, block.id);
        block.value = BlockQuotation{std::move(content), attribution(node)};
        break;
      }
      case Type::verse:
        block.value = verse(node);
        break;
      case Type::letter: {
        Letter letter;
        letter.salutation = line(node.child("salutation"));
        letter.content = blocks_of(node, block.id);
        letter.signature = line(node.child("signature"));
        block.value = std::move(letter);
        break;
      }
      case Type::aside: {
        Aside aside;
        aside.title = line(node.child("title"));
        aside.content = blocks_of(node, block.id);
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

  List list(xml_node node, const std::string& base) {
    List list;
    list.ordered = std::string_view(node.name()) == "ol";
    list.start = node.attribute("start").as_int(1);
    Ids ids(base);
    for (const xml_node child : node.children("li")) {
      ListItem item;
      item.attributes = inlines_.attributes(child);
      item.id = ids.next(child);
      item.content = flow(child, item.id);
      list.items.push_back(std::move(item));
    }
    return list;
  }

  DefinitionList definitions(xml_node node, const std::string& base) {
    DefinitionList list;
    Ids ids(base);
    for (const xml_node child : node.children()) {
      const std::string_view name = child.name();
      if (name == "dt") {
        Definition item;
        item.attributes.id = attribute_text(child, "id");
        item.attributes.span = name_span(child);
        item.term_id = ids.next(child);
        // The term's language isn't its definition's.
        item.term = line(child);
        list.items.push_back(std::move(item));
      } else if (name == "dd") {
        list.items.back().definition_id = ids.next(child);
        list.items.back().definition = flow(child, list.items.back().definition_id);
      }
    }
    return list;
  }

  Table table(xml_node node, const std::string& base) {
    Table table;
    table.caption = line(node.child("caption"));
    Ids ids(base);
    table.head = rows(node.child("thead"), ids, Scope::column);
    table.body = rows(node.child("tbody"), ids, Scope::row);
    return table;
  }

  std::vector<Row> rows(xml_node section, Ids& ids, Scope usual) {
    std::vector<Row> rows;
    for (const xml_node tr : section.children("tr")) {
      Row row;
      row.attributes = inlines_.attributes(tr);
      for (const xml_node td : tr.children()) {
        if (td.type() != pugi::node_element) continue;
        Cell cell;
        cell.attributes = inlines_.attributes(td);
        cell.id = ids.next(td);
        if (std::string_view(td.name()) == "th") {
          const std::string scope = attribute_text(td, "scope");
          cell.scope = scope.empty() ? usual : scope == "col" ? Scope::column : Scope::row;
        }
        cell.column_span = td.attribute("colspan").as_int(1);
        cell.row_span = td.attribute("rowspan").as_int(1);
        cell.content = inlines_.content(td);
        row.cells.push_back(std::move(cell));
      }
      rows.push_back(std::move(row));
    }
    return rows;
  }

  Figure figure(xml_node node) {
    Figure figure;
    figure.path = attribute_text(node, "src");
    figure.path_span = value_span(node, "src", bytes_);
    figure.decorative = attribute_text(node, "decorative") == "true";
    figure.alternative = attribute_text(node, "alt");
    figure.caption = line(node.child("caption"));
    return figure;
  }

  Attribution attribution(xml_node node) {
    const xml_node from = node.child("attribution");
    Attribution attribution;
    attribution.speaker = line(from.child("speaker"));
    attribution.source = line(from.child("source"));
    attribution.locator = line(from.child("locator"));
    return attribution;
  }

  Verse verse(xml_node node) {
    Verse verse;
    for (const xml_node stanza : node.children("stanza")) {
      std::vector<Inlines> lines;
      for (const xml_node child : stanza.children("line")) lines.push_back(line(child));
      verse.stanzas.push_back(std::move(lines));
    }
    verse.attribution = attribution(node);
    return verse;
  }

  InlineBuilder inlines_;
  std::string_view bytes_;
};

}  // namespace

Document build_document(xml_node root, std::string_view bytes) {
  Document document;
  document.work = build_work(root.child("work"), bytes);
  document.edition = build_edition(root, document.work, bytes);
  Builder builder(bytes);
  for (const xml_node child : root.children()) {
    const std::string_view name = child.name();
    if (child.type() == pugi::node_element && name != "work" && name != "edition") {
      document.parts.push_back(builder.part(child));
    }
  }
  return document;
}

}  // namespace epitome::reader
