// One walk over a document: what each of its pieces holds, in reading order, is said here and nowhere else.
//
// A visitor is an object with operator() for the pieces that concern it: parts' values, items, blocks, rows, cells,
// attributions, stanzas, inlines, and Line for a line of text. The walk gives it these and goes on inside all others. A
// visitor goes on inside a piece by walk_inside(piece, *this): before it, behind it or not at all, as it needs. One
// that changes the document takes the pieces by reference.
#pragma once

#include <concepts>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "model/document.hpp"

namespace epitome::model {

// Text of a piece's own: `name` is the element in the source that holds it ("headline"); empty if the piece itself is
// that element, as a paragraph is. `content` may be empty.
template <class Content>
struct LineOf {
  std::string_view name;
  Content& content;

  // A visitor that only reads is given the lines of a document that could be changed, too.
  operator LineOf<const Content>() const
    requires(!std::is_const_v<Content>)
  {
    return {name, content};
  }
};
using Line = LineOf<const Inlines>;
using MutableLine = LineOf<Inlines>;

// `T` is a `Piece`, const or not.
template <class T, class Piece>
concept Is = std::same_as<std::remove_const_t<T>, Piece>;

// The items of parts: what is numbered, named or listed in them.
template <class T>
concept Item = Is<T, Takeaway> || Is<T, Cue> || Is<T, Chapter> || Is<T, Question> || Is<T, Person> ||
               Is<T, DiscussionQuestion> || Is<T, Warning>;

// The element of an item in the source document.
inline std::string_view element_name(const Takeaway&) { return "takeaway"; }
inline std::string_view element_name(const Cue&) { return "cue"; }
inline std::string_view element_name(const Chapter&) { return "chapter"; }
inline std::string_view element_name(const Question&) { return "qa"; }
inline std::string_view element_name(const Person&) { return "person"; }
inline std::string_view element_name(const DiscussionQuestion&) { return "question"; }
inline std::string_view element_name(const Warning&) { return "warning"; }

// The element of a block.
inline std::string_view element_name(const Paragraph&) { return "p"; }
inline std::string_view element_name(const List& list) { return list.ordered ? "ol" : "ul"; }
inline std::string_view element_name(const DefinitionList&) { return "dl"; }
inline std::string_view element_name(const Table&) { return "table"; }
inline std::string_view element_name(const Figure&) { return "figure"; }
inline std::string_view element_name(const BlockQuotation&) { return "blockquote"; }
inline std::string_view element_name(const Verse&) { return "verse"; }
inline std::string_view element_name(const Letter&) { return "letter"; }
inline std::string_view element_name(const Aside&) { return "aside"; }
inline std::string_view element_name(const Separator&) { return "separator"; }

// The words by which a piece is called; empty where the author gave none.
inline const Inlines& name_of(const Part& part) { return part.title; }
inline const Inlines& name_of(const Takeaway& item) { return item.headline; }
inline const Inlines& name_of(const Cue& item) { return item.prompt; }
inline const Inlines& name_of(const Chapter& item) { return item.title; }
inline const Inlines& name_of(const Question& item) { return item.question; }
inline const Inlines& name_of(const Person& item) { return item.name; }
inline const Inlines& name_of(const DiscussionQuestion& item) { return item.question; }
inline const Inlines& name_of(const Warning& item) { return item.term; }
inline const Inlines& name_of(const Definition& item) { return item.term; }
inline const Inlines& name_of(const Table& table) { return table.caption; }
inline const Inlines& name_of(const Figure& figure) { return figure.caption; }
inline const Inlines& name_of(const Aside& aside) { return aside.title; }

// Gives `visitor` what `piece` holds, in reading order.
template <class Piece, class Visitor>
void walk_inside(Piece& piece, Visitor& visitor);

// Gives `visitor` the piece itself if it has a function for it; else what the piece holds.
template <class Piece, class Visitor>
void walk(Piece& piece, Visitor& visitor) {
  if constexpr (std::invocable<Visitor&, Piece&>) {
    visitor(piece);
  } else {
    walk_inside(piece, visitor);
  }
}

// What each piece holds. Its fields are told in the order in which both files show them.
template <class Visitor>
class Inside {
 public:
  explicit Inside(Visitor& visitor) : visitor_(visitor) {}

  // Parts.
  void operator()(Is<Document> auto& document) { each(document.parts); }
  void operator()(Is<Part> auto& part) {
    line("title", part.title);
    std::visit(Alternatives{visitor_}, part.value);
  }
  void operator()(Is<Hook> auto& part) { each(part.content), line("source", part.source); }
  void operator()(Is<About> auto& part) { each(part.content); }
  void operator()(Is<Overview> auto& part) { each(part.content); }
  void operator()(Is<Takeaways> auto& part) { each(part.introduction), each(part.items); }
  void operator()(Is<Cues> auto& part) { each(part.introduction), each(part.items); }
  void operator()(Is<Story> auto& part) { each(part.introduction), each(part.chapters); }
  void operator()(Is<Questions> auto& part) { each(part.introduction), each(part.items); }
  void operator()(Is<Comparison> auto& part) { line("with", part.other_title), each(part.content); }
  void operator()(Is<People> auto& part) { each(part.introduction), each(part.items); }
  void operator()(Is<Discussion> auto& part) { each(part.introduction), each(part.items); }
  void operator()(Is<Warnings> auto& part) { each(part.introduction), each(part.items), each(part.closing); }
  void operator()(Is<Notes> auto& part) { each(part.content), lines("source", part.sources); }
  void operator()(Is<Brand> auto& part) { each(part.content); }

  // Their items.
  void operator()(Is<Takeaway> auto& item) { line("headline", item.headline), each(item.content); }
  void operator()(Is<Cue> auto& item) { line("prompt", item.prompt), line("answer", item.answer); }
  void operator()(Is<Chapter> auto& item) { line("title", item.title), each(item.content); }
  void operator()(Is<Question> auto& item) { line("question", item.question), each(item.answer); }
  void operator()(Is<Person> auto& item) { line("name", item.name), each(item.description); }
  void operator()(Is<DiscussionQuestion> auto& item) { line({}, item.question); }
  void operator()(Is<Warning> auto& item) { line("term", item.term), line("places", item.places); }

  // Blocks and what stands in them.
  void operator()(Is<Block> auto& block) { std::visit(Alternatives{visitor_}, block.value); }
  void operator()(Is<ParagraphBlock> auto& block) { walk(block.paragraph(), visitor_); }
  void operator()(Is<Paragraph> auto& block) { line({}, block.content); }
  void operator()(Is<List> auto& block) { each(block.items); }
  void operator()(Is<ListItem> auto& item) { each(item.content); }
  void operator()(Is<DefinitionList> auto& block) { each(block.items); }
  void operator()(Is<Definition> auto& item) { line({}, item.term), each(item.definition); }
  void operator()(Is<Table> auto& block) { line("caption", block.caption), each(block.head), each(block.body); }
  void operator()(Is<Row> auto& row) { each(row.cells); }
  void operator()(Is<Cell> auto& cell) { line({}, cell.content); }
  void operator()(Is<Figure> auto& block) { line("caption", block.caption); }
  void operator()(Is<BlockQuotation> auto& block) { each(block.content), walk(block.attribution, visitor_); }
  void operator()(Is<Verse> auto& block) { each(block.stanzas), walk(block.attribution, visitor_); }
  void operator()(Is<Stanza> auto& stanza) { lines({}, stanza); }
  void operator()(Is<Letter> auto& block) {
    line("salutation", block.salutation), each(block.content), line("signature", block.signature);
  }
  void operator()(Is<Aside> auto& block) { line("title", block.title), each(block.content); }
  void operator()(Is<Separator> auto&) {}
  void operator()(Is<Attribution> auto& by) {
    line("speaker", by.speaker), line("source", by.source), line("locator", by.locator);
  }

  // Lines and inlines.
  template <class Content>
  void operator()(const LineOf<Content>& line) {
    each(line.content);
  }
  template <Is<Inline> Item>
  void operator()(Item& item) {
    using Variant = std::conditional_t<std::is_const_v<Item>, const Inline::variant, Inline::variant>;
    std::visit(Alternatives{visitor_}, static_cast<Variant&>(item));
  }
  void operator()(Is<Text> auto&) {}
  void operator()(Is<Phrase> auto& phrase) { each(phrase.content); }
  void operator()(Is<Link> auto& link) { each(link.content); }
  void operator()(Is<CrossReference> auto& reference) { each(reference.content); }
  void operator()(Is<Footnote> auto& note) { each(note.content); }
  void operator()(Is<Ruby> auto& ruby) { each(ruby.base), each(ruby.annotation); }

  // Several pieces of one sort.
  template <class Piece>
    requires(!std::same_as<Piece, Inlines>)
  void operator()(const std::vector<Piece>& pieces) {
    each(pieces);
  }
  template <class Piece>
    requires(!std::same_as<Piece, Inlines>)
  void operator()(std::vector<Piece>& pieces) {
    each(pieces);
  }

 private:
  // What takes the alternatives of a variant.
  struct Alternatives {
    Visitor& visitor;
    template <class Piece>
    void operator()(Piece& piece) const {
      walk(piece, visitor);
    }
  };

  void each(auto& pieces) {
    for (auto& piece : pieces) walk(piece, visitor_);
  }
  template <class Content>
  void line(std::string_view name, Content& content) {
    const LineOf<Content> whole{name, content};
    walk(whole, visitor_);
  }
  void lines(std::string_view name, auto& contents) {
    for (auto& content : contents) line(name, content);
  }
  Visitor& visitor_;
};

template <class Piece, class Visitor>
void walk_inside(Piece& piece, Visitor& visitor) {
  Inside<Visitor>{visitor}(piece);
}

}  // namespace epitome::model
