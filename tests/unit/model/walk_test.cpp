#include "model/walk.hpp"

#include <gtest/gtest.h>

#include "model/kinds.hpp"

namespace epitome::model {
namespace {

Inlines text(const char* words) { return {Text{words, {}}}; }

Block block(decltype(Block::value) value) {
  Block made;
  made.value = std::move(value);
  return made;
}

// All text in the order of the walk, a stroke behind each line.
struct Said {
  std::string out = {};
  void operator()(const Line& line) {
    walk_inside(line, *this);
    out += '|';
  }
  void operator()(const Text& text) { out += text.text; }
};

TEST(Walk, ComesByEveryTextInReadingOrder) {
  Document document;
  Part part;
  part.title = text("title");
  Takeaway item{{}, {}, {}, text("headline"), {}};
  Table table;
  table.caption = text("caption");
  table.head = {{{}, {{{}, {}, Scope::column, 1, 1, text("head")}}}};
  table.body = {{{}, {{{}, {}, Scope::none, 1, 1, text("cell")}}}};
  item.content = {block(table), block(Verse{{{text("line"), text("second")}}, {text("speaker"), {}, {}}}),
                  block(Letter{text("dear"), {ParagraphBlock(Paragraph{text("body")})}, text("signed")})};
  part.value = Takeaways{{block(Paragraph{text("introduction")})}, {item}};
  document.parts = {part};
  Said said;
  walk(document, said);
  EXPECT_EQ(said.out, "title|introduction|headline|caption|head|cell|line|second|speaker|||dear|body|signed|");
}

TEST(Walk, GivesWhatAVisitorAsksForAndGoesOnInsideTheRest) {
  struct Targets {
    std::string out = {};
    void operator()(const CrossReference& reference) { out += reference.target; }
    void operator()(const Footnote&) {}
  } targets;
  const Inlines inlines = {Phrase{Meaning::emphasis, {}, {CrossReference{{}, "a", {}}}},
                           Footnote{{}, "1", {CrossReference{{}, "b", {}}}},
                           Ruby{{}, {CrossReference{{}, "c", {}}}, {}}};
  walk(inlines, targets);
  EXPECT_EQ(targets.out, "ac");
}

TEST(Walk, AVisitorCanChangeTheDocument) {
  struct Louder {
    void operator()(Text& text) { text.text += '!'; }
  } louder;
  Block quotation = block(BlockQuotation{{ParagraphBlock(Paragraph{text("Said")})}, {text("she"), {}, {}}});
  walk(quotation, louder);
  Said said;
  walk(quotation, said);
  EXPECT_EQ(said.out, "Said!|she!|||");
}

TEST(Kinds, NamesGoBothWays) {
  for (const PartKindRow& kind : part_kinds) EXPECT_EQ(part_kind_by_name(kind.element), kind.kind);
  for (const MeaningRow& meaning : meanings) EXPECT_EQ(meaning_by_name(meaning.element), meaning.meaning);
  EXPECT_FALSE(part_kind_by_name("prologue") || meaning_by_name("bold"));
}

}  // namespace
}  // namespace epitome::model
