// Page breaks stand before the character that the page map names, whatever surrounds it.
#include "sample.hpp"

namespace epitome::epub {

using testing::AllOf;
using testing::HasSubstr;

namespace {

constexpr std::string_view overview =
    "<overview><p id=\"one\">Plain <em>stress <strong>within</strong> it</em> and <q>words</q>.</p>"
    "<p id=\"two\">Second.</p></overview>";

std::string with_break(std::string_view xml, const std::string& id, std::uint32_t offset, std::string_view path) {
  Sample sample(xml);
  sample.page_map.breaks = {{"7", id, offset}};
  return sample.file(path);
}

}  // namespace

TEST(PageBreaks, StandAtTheStartOfAParagraph) {
  EXPECT_THAT(with_break(overview, "two", 0, "EPUB/overview.xhtml"), HasSubstr(">" + page("7") + "Second."));
}

TEST(PageBreaks, StandInsideNestedInlines) {
  // "Plain stress within it": 13 is the w.
  EXPECT_THAT(with_break(overview, "one", 15, "EPUB/overview.xhtml"),
              HasSubstr("<strong>wi" + page("7") + "thin</strong>"));
}

TEST(PageBreaks, StandOutsideOfWhatBeginsThePage) {
  EXPECT_THAT(with_break(overview, "one", 6, "EPUB/overview.xhtml"), HasSubstr("Plain " + page("7") + "<em>stress"));
  EXPECT_THAT(with_break(overview, "one", 13, "EPUB/overview.xhtml"), HasSubstr(page("7") + "<strong>within"));
}

TEST(PageBreaks, StandBeforeGeneratedQuotationMarks) {
  // "Plain stress within it and words": 27 is the w.
  EXPECT_THAT(with_break(overview, "one", 27, "EPUB/overview.xhtml"), HasSubstr("and " + page("7") + "“words”."));
}

TEST(PageBreaks, CountBytes) {
  Sample sample("<overview><p id=\"one\">né ici</p></overview>");
  sample.page_map.breaks = {{"7", "one", 3}};
  EXPECT_THAT(sample.file("EPUB/overview.xhtml"), HasSubstr("né" + page("7") + " ici"));
}

TEST(PageBreaks, StandAfterANotesMark) {
  Sample sample("<overview><p id=\"one\">End.<note>A note.</note> Next.</p></overview>");
  sample.page_map.breaks = {{"7", "one", 4}};
  EXPECT_THAT(sample.file("EPUB/overview.xhtml"), HasSubstr(">1</a>" + page("7") + " Next."));
}

TEST(PageBreaks, RunThroughPromptAndAnswer) {
  constexpr std::string_view cues = "<cues><cue id=\"c\"><prompt>Who</prompt><answer>Nobody</answer></cue></cues>";
  EXPECT_THAT(with_break(cues, "c", 3, "EPUB/cues.xhtml"), HasSubstr("<p class=\"answer\">" + page("7") + "Nobody"));
}

TEST(PageBreaks, OfAnElementWithoutTextStandAtItsFirstText) {
  constexpr std::string_view list = "<overview><ul id=\"l\"><li id=\"i\"><p id=\"p\">Item</p></li></ul></overview>";
  EXPECT_THAT(with_break(list, "l", 0, "EPUB/overview.xhtml"), HasSubstr(page("7") + "Item"));
  EXPECT_THAT(with_break(list, "i", 0, "EPUB/overview.xhtml"), HasSubstr(page("7") + "Item"));
}

TEST(PageBreaks, SeveralAtOnePlaceKeepTheirOrder) {
  Sample sample(overview);
  sample.page_map.breaks = {{"ii", "title-page", 0}, {"iii", "title-page", 0}, {"1", "overview", 0}, {"2", "two", 0}};
  EXPECT_THAT(sample.file("EPUB/title-page.xhtml"), HasSubstr(page("ii") + page("iii")));
  const std::string nav = sample.file("EPUB/nav.xhtml");
  EXPECT_THAT(nav, HasSubstr("<li><a href=\"title-page.xhtml#page--ii\">ii</a></li>\n"
                             "<li><a href=\"title-page.xhtml#page--iii\">iii</a></li>\n"
                             "<li><a href=\"overview.xhtml#page--1\">1</a></li>\n"
                             "<li><a href=\"overview.xhtml#page--2\">2</a></li>"));
}

TEST(PageBreaks, StandBeforeASectionsTitle) {
  EXPECT_THAT(with_break(overview, "overview", 0, "EPUB/overview.xhtml"), HasSubstr("<h1>" + page("7")));
}

TEST(PageBreaks, OfWhatClosesAnElementCountFromItsOwnStart) {
  constexpr std::string_view notes =
      "<notes><title>Sources</title><p>Text.</p><source>One.</source>"
      "<source>Two.</source></notes>";
  EXPECT_THAT(with_break(notes, "notes.closing", 4, "EPUB/notes.xhtml"), HasSubstr("<p>" + page("7") + "Two."));
  constexpr std::string_view closed =
      "<overview><blockquote id=\"q\"><p>Said.</p><attribution><speaker>Ann</speaker></attribution></blockquote>"
      "<letter id=\"l\"><p>Dear.</p><signature>Ben</signature></letter></overview>";
  EXPECT_THAT(with_break(closed, "q.closing", 0, "EPUB/overview.xhtml"), HasSubstr(page("7") + "Ann"));
  EXPECT_THAT(with_break(closed, "l.closing", 0, "EPUB/overview.xhtml"), HasSubstr(page("7") + "Ben"));
  constexpr std::string_view hook = "<hook id=\"h\"><p>Hook.</p><source>Ann</source></hook>";
  EXPECT_THAT(with_break(hook, "h.closing", 0, "EPUB/hook.xhtml"), HasSubstr(page("7") + "Ann"));
}

TEST(PageBreaks, StandBeforeWhatHasNoText) {
  constexpr std::string_view rule = "<overview><p>First.</p><separator id=\"s\"/><p>Second.</p></overview>";
  EXPECT_THAT(with_break(rule, "s", 0, "EPUB/overview.xhtml"),
              AllOf(HasSubstr("<hr id=\"s\"/>"), HasSubstr(">" + page("7") + "Second.")));
}

TEST(PageBreaks, ThatFindNoPlaceAreAFault) {
  const auto fault = [](const std::string& id, std::uint32_t offset) {
    Sample sample(overview);
    sample.page_map.breaks = {{"7", id, offset}};
    const bool made = sample.make().has_value();
    const bool reported =
        sample.sink.diagnostics().size() == 1 && sample.sink.diagnostics()[0].code == diag::Code::E0901;
    return !made && reported;
  };
  EXPECT_TRUE(fault("nowhere", 0));
  EXPECT_TRUE(fault("two", 8));
  EXPECT_FALSE(fault("two", 7));  // the end of "Second."
}

TEST(PageBreaks, OutOfOrderOrTwiceAreAFault) {
  for (const auto& [label, id] : {std::pair{"2", "one"}, {"1", "two"}}) {
    Sample sample(overview);
    sample.page_map.breaks = {{"1", "two", 0}, {label, id, 0}};
    EXPECT_FALSE(sample.make());
    EXPECT_TRUE(sample.sink.has_errors());
  }
}

}  // namespace epitome::epub
