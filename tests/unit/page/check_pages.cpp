#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "page/pages.hpp"

namespace epitome::page {
namespace {

// One page, a heading and a link, a rule and an artifact: as small as has every invariant. No font is needed for
// runs without glyphs, so text is tested with the page writer.
Pages small_pages() {
  Pages p;
  p.metadata.title = "The Push";
  p.metadata.lang = "en";
  p.pages.resize(1);
  p.pages[0].trim = {{}, {}, Length::pt(400), Length::pt(600)};
  p.pages[0].label = "1";
  p.elements.resize(3);
  p.elements[0].role = Role::document;
  p.elements[0].kids = {{false, 1}};
  p.elements[1] = {};
  p.elements[1].role = Role::p;
  p.elements[1].parent = 0;
  p.elements[1].kids = {{true, 0}, {false, 2}};
  p.elements[2].role = Role::link;
  p.elements[2].parent = 1;
  p.elements[2].kids = {{true, 1}};
  p.marks = {{0, 1, ArtifactKind::none}, {0, 2, ArtifactKind::none}, {0, no_index, ArtifactKind::footer}};
  const Rule rule{{Length::pt(10), Length::pt(20), Length::pt(30), Length::pt(1)}, {}, {}, {}};
  for (const std::uint32_t mark : {0u, 1u, 2u}) p.pages[0].items.push_back({mark, rule});
  p.pages[0].items.push_back({no_index, Rule{rule.box, {138, 42, 31}, {}, Length::pt(4)}});
  p.links.push_back({0, {rule.box}, "top", "", "To the top", 2});
  p.destinations.push_back({"top", 0, Length::pt(5)});
  p.outline.push_back({0, "Top", "top"});
  p.labels.push_back({0, LabelStyle::arabic, "", 1});
  return p;
}

TEST(CheckPages, TakesWhatIsWellFormed) {
  diag::Sink sink;
  EXPECT_TRUE(check_pages(small_pages(), sink));
  EXPECT_TRUE(sink.diagnostics().empty());
}

struct Fault {
  const char* message;
  std::function<void(Pages&)> spoil;
};

TEST(CheckPages, ReportsEveryFault) {
  const Fault faults[] = {
      {"there is no page", [](Pages& p) { p = {}; }},
      {"the title is empty", [](Pages& p) { p.metadata.title.clear(); }},
      {"the language is empty", [](Pages& p) { p.metadata.lang.clear(); }},
      {"its size is not possible", [](Pages& p) { p.pages[0].trim.width = Length::pt(2); }},
      {"element 0 is not the Document", [](Pages& p) { p.elements[0].role = Role::sect; }},
      {"two elements have the id",
       [](Pages& p) { p.elements[1].details.edit().id = p.elements[2].details.edit().id = "a"; }},
      {"has no id", [](Pages& p) { p.elements[1].role = Role::note; }},
      {"has no alternative text", [](Pages& p) { p.elements[1].role = Role::figure; }},
      {"a kid that doesn't exist",
       [](Pages& p) {
         p.elements[2].kids.push_back({false, 9});
       }},
      {"a kid that doesn't exist",
       [](Pages& p) {
         p.elements[2].kids.push_back({true, 9});
       }},
      {"mark 0 is a kid of element 2",
       [](Pages& p) {
         p.elements[2].kids.push_back({true, 0});
       }},
      {"names another parent", [](Pages& p) { p.elements[2].parent = 0; }},
      {"in the tree twice",
       [](Pages& p) {
         p.elements[1].kids.push_back({false, 2});
       }},
      {"names another parent",
       [](Pages& p) {
         p.elements[2].kids.push_back({false, 0});
       }},
      {"is not in the tree", [](Pages& p) { p.elements.emplace_back().parent = 0; }},
      {"is on no page", [](Pages& p) { p.marks[2].page = 1; }},
      {"not either content or an artifact", [](Pages& p) { p.marks[2].artifact = ArtifactKind::none; }},
      {"not either content or an artifact", [](Pages& p) { p.marks[0].artifact = ArtifactKind::page; }},
      {"belongs to no element",
       [](Pages& p) {
         p.marks[2] = {0, 7, ArtifactKind::none};
       }},
      {"is not a kid of its element 2", [](Pages& p) { p.elements[2].kids.clear(); }},
      {"an item's mark doesn't exist", [](Pages& p) { p.pages[0].items[0].mark = 5; }},
      {"don't stand together", [](Pages& p) { p.pages[0].items[2].mark = 0; }},
      {"text has no mark", [](Pages& p) { p.pages[0].items[3].value = Text{}; }},
      {"a picture's image doesn't exist", [](Pages& p) { p.pages[0].items[0].value = Picture{}; }},
      {"has no description", [](Pages& p) { p.links[0].description.clear(); }},
      {"has no place", [](Pages& p) { p.links[0].boxes.clear(); }},
      {"either an address or a destination", [](Pages& p) { p.links[0].uri = "https://example.org"; }},
      {"leads to 'nowhere'", [](Pages& p) { p.links[0].destination = "nowhere"; }},
      {"has no Link element", [](Pages& p) { p.links[0].element = 1; }},
      {"is not named in ASCII",
       [](Pages& p) {
         p.destinations.push_back({"é", 0, {}});
       }},
      {"is there twice",
       [](Pages& p) {
         p.destinations.push_back({"top", 0, {}});
       }},
      {"an outline entry has no title", [](Pages& p) { p.outline[0].title.clear(); }},
      {"skips a level", [](Pages& p) { p.outline[0].level = 1; }},
      {"labels' ranges are out of order", [](Pages& p) { p.labels[0].first_page = 1; }},
      {"labels' ranges are out of order", [](Pages& p) { p.labels.push_back(p.labels[0]); }},
  };
  for (const Fault& fault : faults) {
    Pages pages = small_pages();
    fault.spoil(pages);
    diag::Sink sink;
    EXPECT_FALSE(check_pages(pages, sink)) << fault.message;
    std::string all;
    for (const diag::Diagnostic& d : sink.diagnostics()) {
      EXPECT_EQ(d.code, diag::Code::E0901);
      all += d.message + "\n";
    }
    EXPECT_THAT(all, testing::HasSubstr(fault.message));
  }
}

TEST(CheckPages, LooksAtRuns) {
  Pages pages = small_pages();
  text::GlyphRun run;
  run.text = "a";
  run.glyphs = std::vector<text::Glyph>(1);
  pages.pages[0].items[0].value = Text{run, {}, {}};
  diag::Sink sink;
  EXPECT_FALSE(check_pages(pages, sink));
  EXPECT_THAT(sink.diagnostics().at(0).message, testing::HasSubstr("has no face"));
}

TEST(DumpPages, SaysEverything) {
  EXPECT_EQ(dump_pages(small_pages()), R"(pages 1 images 0
  title "The Push"
  lang "en"
page "1" 400x600
  P 1
    rule 10 20 30x1
  Link 2
    rule 10 20 30x1
  artifact footer
    rule 10 20 30x1
  unmarked
    rule 10 20 30x1 #8a2a1f dash 0 4
structure
  Document 0
    P 1 @0
      Link 2 @0
links
  page 0 element 2 [10 20 30x1] "To the top" -> #top
destinations
  top page 0 5
outline
  "Top" #top
labels
  from page 0 arabic 1
)");
}

TEST(DumpPages, SpellsInvisibleCharactersOut) {
  Pages pages = small_pages();
  pages.metadata.title = "a\u00A0b\u00AD \"c\"\u202F";
  EXPECT_THAT(dump_pages(pages), testing::HasSubstr(R"(title "a\u{00A0}b\u{00AD} \"c\"\u{202F}")"));
}

}  // namespace
}  // namespace epitome::page
