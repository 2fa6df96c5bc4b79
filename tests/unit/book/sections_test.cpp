#include "book/sections.hpp"

#include <gmock/gmock.h>

#include "model/kinds.hpp"
#include "style/read_language.hpp"

namespace epitome::book {

using namespace style;
namespace {

using testing::ElementsAre;

const Language& english() {
  static const Language language = [] {
    diag::Sink sink;
    return read_language("en", EPITOME_SOURCE_DIR, sink).value();
  }();
  return language;
}

ReferenceNames names_in(const model::Document& d) { return {d, english(), order_sections(d, english())}; }

model::Inlines text(const std::string& words) { return {model::Text{words, {}}}; }

model::Inline phrase(model::Meaning meaning, model::Inlines content, const std::string& id = {}) {
  model::Phrase p;
  p.meaning = meaning;
  p.content = std::move(content);
  p.attributes.id = id;
  return p;
}

model::Inline reference(const std::string& target) {
  model::CrossReference r;
  r.target = target;
  return r;
}

model::Block block(const std::string& id, decltype(model::Block::value) value) {
  model::Block b;
  b.id = id;
  b.value = std::move(value);
  return b;
}

model::Part part(const std::string& id, model::PartValue value, model::Inlines title = {}) {
  model::Part p;
  p.id = id;
  p.title = std::move(title);
  p.value = std::move(value);
  return p;
}

model::Document document() {
  model::Document d;
  d.work.title = {"The", "Push", "", "", {}};
  d.work.contributors = {{"aut", "Ashley Audrain", "Audrain, Ashley", {}}};
  d.work.first_published = "2021-01-05";
  d.edition.lang = "en-GB";
  d.quotation_marks = {{"“", "”"}, {"‘", "’"}};
  d.edition.identifier = "urn:uuid:1";
  d.edition.date = d.edition.modified = "2026-11-22";
  return d;
}

std::vector<std::string> ids(const std::vector<Section>& sections) {
  std::vector<std::string> out;
  for (const Section& s : sections) out.push_back(s.id);
  return out;
}

std::string plain(const model::Inlines& inlines) { return model::plain_text(inlines); }

TEST(OrderSections, WarningsFirstBrandLast) {
  model::Document d = document();
  d.parts = {part("brand", model::Brand()),       part("story", model::Story()), part("hook", model::Hook()),
             part("overview", model::Overview()), part("notes", model::Notes()), part("warnings", model::Warnings())};
  const std::vector<Section> sections = order_sections(d, english());
  EXPECT_THAT(ids(sections), ElementsAre("cover", "title-page", "imprint", "contents", "warnings", "hook", "story",
                                         "overview", "notes", "brand"));
  for (std::size_t i = 0; i < sections.size(); ++i) EXPECT_EQ(sections[i].front, i < 5) << i;
  EXPECT_EQ(plain(sections[3].title), "Contents");
  EXPECT_EQ(plain(sections[6].title), "The story");
  EXPECT_TRUE(sections[5].title.empty());
  EXPECT_TRUE(sections[9].title.empty());
  EXPECT_EQ(section_name(sections[5], names_in(d)), "To begin with");
  EXPECT_EQ(section_name(sections[0], names_in(d)), "Cover");
  EXPECT_EQ(section_name(sections[9], names_in(d)), "About this edition");
}

TEST(OrderSections, ABrandWithoutAPartHasASection) {
  model::Document d = document();
  d.parts = {part("overview", model::Overview())};
  EXPECT_EQ(order_sections(d, english()).back().id, "overview");
  d.edition.brand_name = "Epitome";
  const std::vector<Section> sections = order_sections(d, english());
  EXPECT_EQ(sections.back().id, "brand");
  EXPECT_EQ(sections.back().part, nullptr);
}

TEST(OrderSections, TitlesAreTheAuthorsOrTheLanguages) {
  model::Document d = document();
  model::Comparison comparison;
  comparison.other_title = text("We Need to Talk About Kevin");
  d.parts = {part("a", model::About(), text("A first novel")), part("b", comparison)};
  const std::vector<Section> sections = order_sections(d, english());
  EXPECT_EQ(plain(sections[4].title), "A first novel");
  ASSERT_EQ(sections[5].title.size(), 2U);
  EXPECT_EQ(plain(sections[5].title), "Beside We Need to Talk About Kevin");
  EXPECT_EQ(std::get<model::Phrase>(sections[5].title[1]).meaning, model::Meaning::work_title);
}

TEST(PartKinds, NamesGoBothWays) {
  for (std::size_t i = 0; i < std::variant_size_v<model::PartValue>; ++i) {
    const auto kind = static_cast<model::PartKind>(i);
    EXPECT_EQ(model::part_kind_by_name(model::row(kind).element), kind);
    EXPECT_FALSE(english().label("part." + std::string(model::row(kind).element)).empty());
  }
  EXPECT_FALSE(model::part_kind_by_name("prologue"));
}

TEST(ShownText, QuotationsHaveTheirMarks) {
  using model::Meaning;
  model::Inlines inlines = {
      model::Text{"She said ", {}},
      phrase(Meaning::quotation,
             {model::Text{"he said ", {}}, phrase(Meaning::quotation, text("no")), model::Text{".", {}}}),
      model::Footnote{{}, "1", text("Not so.")},
  };
  auto& outer = std::get<model::Phrase>(static_cast<model::Inline::variant&>(inlines[1]));
  std::get<model::Phrase>(static_cast<model::Inline::variant&>(outer.content[1])).marks = 1;
  const model::Document d = document();
  EXPECT_EQ(shown_text(inlines, names_in(d)), "She said “he said ‘no’.”");
}

// As a reference of the document's calls it.
std::string name_in(model::Document d, const std::string& id) {
  d.parts.push_back(part("about", model::About{{block("about-p", model::Paragraph{{reference(id)}})}}));
  return names_in(d).name(id);
}

TEST(ReferenceName, EverythingHasAName) {
  using model::Meaning;
  model::Document d = document();
  model::Takeaways takeaways;
  takeaways.items.push_back({{}, "t1", "1", {phrase(Meaning::quotation, text("Love")), model::Text{" fails", {}}}, {}});
  model::Table named;
  named.caption = text("Two mothers");
  model::List list;
  list.items.push_back({{}, "item", {block("item-p", model::Paragraph{text("x")})}});
  model::Story story;
  story.introduction = {block("story-t1", model::Table{})};
  story.chapters.push_back(
      {{},
       "c1",
       text("Violet"),
       {block("c1-p1", model::Paragraph{{
                           phrase(Meaning::span, text("the door"), "door"),
                           model::Footnote{{"n1", "", {}, {}}, "3", text("a note")},
                       }}),
        block("c1-t1", named), block("c1-t2", model::Table{}), block("c1-f1", model::Figure{}), block("c1-l1", list)}});
  model::People people;
  people.items.push_back({{}, "fox", text("Fox"), {}});
  model::DefinitionList definitions;
  definitions.items.push_back({{}, "dt", "dd", text("Kin"), {block("dd-p", model::Paragraph{text("family")})}});
  d.parts = {part("takeaways", takeaways), part("story", story), part("people", people),
             part("notes", model::Notes{{block("n-d", definitions)}, {}})};
  const auto name = [&](const char* id) { return name_in(d, id); };
  EXPECT_EQ(name("takeaways"), "“Key takeaways”");
  EXPECT_EQ(name("t1"), "“Love” fails");
  EXPECT_EQ(name("c1"), "“Violet”");
  EXPECT_EQ(name("c1-p1"), "“Violet”");
  EXPECT_EQ(name("item-p"), "“Violet”");
  EXPECT_EQ(name("door"), "the door");
  EXPECT_EQ(name("n1"), "Footnote 3");
  EXPECT_EQ(name("story-t1"), "Table 1");
  EXPECT_EQ(name("c1-t1"), "Two mothers");
  EXPECT_EQ(name("c1-t2"), "Table 3");
  EXPECT_EQ(name("c1-f1"), "Figure 1");
  EXPECT_EQ(name("fox"), "Fox");
  EXPECT_EQ(name("dd-p"), "Kin");
  EXPECT_EQ(name("n-d"), "“Notes and sources”");
  EXPECT_EQ(name("contents"), "“Contents”");
  EXPECT_EQ(name("nowhere"), "");
  EXPECT_EQ(name(""), "");
}

TEST(ReferenceName, ANameThatHoldsANameIsWhole) {
  model::Document d = document();
  model::Questions questions;
  questions.items.push_back({{}, "q1", {model::Text{"Who knew ", {}}, reference("q2"), model::Text{"?", {}}}, {}});
  questions.items.push_back({{}, "q2", {model::Text{"whom ", {}}, reference("fox")}, {}});
  model::People people;
  people.items.push_back({{}, "fox", text("Fox"), {}});
  d.parts = {part("questions", questions), part("people", people)};
  EXPECT_EQ(name_in(d, "q1"), "Who knew whom Fox?");
}

TEST(GeneratedTexts, TitlePageAndImprint) {
  model::Document d = document();
  d.parts = {part("story", model::Story()), part("cues", model::Cues()), part("takeaways", model::Takeaways())};
  d.work.contributors.push_back({"trl", "Ann Other", "Other, Ann", {}});
  d.work.contributors.push_back({"trl", "Bea Other", "Other, Bea", {}});
  d.work.awards = {"A prize"};
  d.work.facts = {{"Rights", "sold"}};
  d.edition.author = "The editors";
  d.edition.licence = "Free.";
  d.edition.licence_href = "https://example.org/";
  const GeneratedText out = generated_text(d, english());
  const std::vector<model::Inlines> edition = imprint(d, english(), {"Vollkorn by Friedrich Althausen"});
  EXPECT_EQ(out.author, "Ashley Audrain");
  EXPECT_EQ(out.title, "The Push");
  EXPECT_EQ(out.kind, "A summary");
  EXPECT_EQ(out.contains, "with takeaways, memory cues and the story retold");
  std::vector<std::string> paragraphs;
  for (const model::Inlines& p : edition) paragraphs.push_back(plain(p));
  EXPECT_THAT(
      paragraphs,
      ElementsAre("The Push by Ashley Audrain was first published in 2021. Translator: Ann Other and Bea Other.",
                  "Awards: A prize. Rights: sold.",
                  "Summary in English. Written and edited by: The editors. This summary is an independent work. "
                  "It retells and discusses the book; it doesn’t replace it.",
                  "Free.", "Set in Vollkorn by Friedrich Althausen. Typeset by Epitome.", "Identifier: urn:uuid:1",
                  "Edition of 22 November 2026"));
  EXPECT_EQ(std::get<model::Phrase>(edition[0][0]).meaning, model::Meaning::work_title);
  EXPECT_EQ(std::get<model::Link>(edition[3][0]).href, "https://example.org/");
}

TEST(GeneratedTexts, AYearBeforeTheCommonEraIsWhole) {
  model::Document d = document();
  d.work.first_published = "-0800";
  EXPECT_THAT(plain(imprint(d, english(), {}).at(0)), testing::HasSubstr("-0800"));
}

TEST(GeneratedTexts, WhatIsNotKnownIsNotSaid) {
  model::Document d = document();
  d.work.first_published.clear();
  d.parts = {part("about", model::About())};
  EXPECT_EQ(generated_text(d, english()).contains, "");
  const std::vector<model::Inlines> edition = imprint(d, english(), {});
  EXPECT_EQ(plain(edition[0]), "The Push is by Ashley Audrain.");
  EXPECT_EQ(edition.size(), 5U);
}

const Language& arabic() {
  static const Language language = [] {
    diag::Sink sink;
    return read_language("ar", EPITOME_SOURCE_DIR, sink).value();
  }();
  return language;
}

TEST(DirectionApart, IsThatOfTheFirstLetterWhereItIsNotTheLanguages) {
  using model::Direction;
  EXPECT_EQ(direction_apart(arabic(), "The Push"), Direction::ltr);
  EXPECT_EQ(direction_apart(arabic(), "«Élan»"), Direction::ltr);
  EXPECT_EQ(direction_apart(arabic(), "الدفعة (The Push)"), Direction::inherit);
  EXPECT_EQ(direction_apart(arabic(), "978-0-14-103614-4"), Direction::ltr);
  EXPECT_EQ(direction_apart(arabic(), "2021"), Direction::inherit);
  EXPECT_EQ(direction_apart(arabic(), "…"), Direction::inherit);
  EXPECT_EQ(direction_apart(english(), "The Push"), Direction::inherit);
  EXPECT_EQ(direction_apart(english(), "978-0-14-103614-4"), Direction::inherit);
  EXPECT_EQ(direction_apart(english(), "«שלום»"), Direction::rtl);
}

TEST(DirectionApart, PlainTextIsIsolatedByMarks) {
  EXPECT_EQ(isolated(arabic(), "What If?"), "\u2066What If?\u2069");
  EXPECT_EQ(isolated(english(), "שלום!"), "\u2067שלום!\u2069");
  EXPECT_EQ(isolated(english(), "What If?"), "What If?");
}

TEST(GeneratedText, ValuesOfTheOtherDirectionAreIsolated) {
  model::Document d = document();
  d.work.publisher = "House (London)";
  d.edition.brand_href = "https://epitome.example/";
  const std::vector<model::Inlines> edition = imprint(d, arabic(), {"Vollkorn", "Noto"});
  const auto apart = [](const model::Inlines& inlines) {
    std::vector<std::string> found;
    for (const model::Inline& item : inlines) {
      const auto* phrase = std::get_if<model::Phrase>(&item);
      if (phrase != nullptr && phrase->attributes.dir == model::Direction::ltr)
        found.push_back(model::plain_text(phrase->content));
    }
    return found;
  };
  EXPECT_THAT(apart(edition[0]), ElementsAre("The Push", "Ashley Audrain", "House (London)"));
  EXPECT_THAT(apart(generated_text(d, arabic()).brand_more), ElementsAre("https://epitome.example/"));
  std::vector<std::string> all;
  for (const model::Inlines& paragraph : edition)
    for (const std::string& value : apart(paragraph)) all.push_back(value);
  EXPECT_THAT(all, testing::IsSupersetOf({"Vollkorn", "Noto", "urn:uuid:1"}));
  // In its own direction a sentence holds plain characters.
  for (const model::Inlines& paragraph : imprint(d, english(), {"Vollkorn"})) EXPECT_TRUE(apart(paragraph).empty());
}

}  // namespace
}  // namespace epitome::book
