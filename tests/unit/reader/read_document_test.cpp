#include "reader/read_document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "diag/limits.hpp"
#include "model/dump.hpp"
#include "support.hpp"

namespace epitome::reader {
namespace {

using ::testing::ContainsRegex;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// The inlines of the one paragraph <p>`content`</p>, dumped.
std::string paragraph(const std::string& content, std::vector<std::string>* warnings = nullptr) {
  const model::Document document =
      read_good(source_with("<overview><p>" + content + "</p><p id=\"x\">X.</p></overview>"), warnings);
  const auto& overview = std::get<model::Overview>(document.parts.at(0).value);
  return model::dump_inlines(std::get<model::Paragraph>(overview.content.at(0).value).content);
}

std::vector<std::string> warnings_of(const std::string& content) {
  std::vector<std::string> warnings;
  paragraph(content, &warnings);
  return warnings;
}

TEST(WhiteSpace, IsCollapsedAcrossMarkup) {
  EXPECT_EQ(paragraph("  A\n   keeper \t tends  "), "A keeper tends");
  EXPECT_EQ(paragraph("A <em> keeper </em> tends"), "A {em: keeper} tends");
  EXPECT_EQ(paragraph("A <em>keeper </em> "), "A {em: keeper}");
  EXPECT_EQ(paragraph("A <!-- no --> keeper<![CDATA[ <tends> ]]>it"), "A keeper <tends> it");
  EXPECT_EQ(paragraph("A\xC2\xA0\xC2\xA0keeper &#160; tends"), "A\xC2\xA0\xC2\xA0keeper \xC2\xA0 tends");
  EXPECT_EQ(paragraph("see <ref to=\"overview\"/> there"), "see {ref overview} there");
}

TEST(WhiteSpace, ALinesEndBetweenIdeographsIsNothing) {
  EXPECT_EQ(paragraph("灯台の\n      番人、\n「夜」"), "灯台の番人、「夜」");
  EXPECT_EQ(paragraph("灯台の\n<em>番\n人</em>\n（夜）"), "灯台の{em: 番人}（夜）");
  EXPECT_EQ(paragraph("灯台の <em>番人</em>"), "灯台の {em: 番人}");  // a space is the author's
  EXPECT_EQ(paragraph("灯台の\nPDF\n番人"), "灯台の PDF 番人");
  EXPECT_EQ(paragraph("등대를\n지키는 燈臺"), "등대를 지키는 燈臺");
  EXPECT_EQ(paragraph("<span xml:lang=\"ko\">燈\n臺</span>"), "{span xml:lang=ko: 燈 臺}");
  EXPECT_EQ(paragraph("灯台\n<note>夜。</note>番人"), "灯台{note #overview--note-m9nn9n: 夜。}番人");
  EXPECT_EQ(paragraph("灯台\n<ref to=\"overview\"/>\n番人"), "灯台 {ref overview} 番人");
}

TEST(WhiteSpace, IsDroppedBeforeANote) {
  EXPECT_EQ(paragraph("A keeper <note> He reads. </note> tends"),
            "A keeper{note #overview--note-1jxn9n: He reads.} tends");
  EXPECT_EQ(paragraph("A <em>keeper</em> <note>He reads.</note>."),
            "A {em: keeper}{note #overview--note-1jxn9n: He reads.}.");
}

TEST(Inlines, EachKind) {
  EXPECT_EQ(paragraph("<strong>a</strong><sc>b</sc><cite>c</cite><q>d</q><spoiler>e</spoiler><sup>f</sup><sub>g</sub>"),
            "{strong: a}{sc: b}{cite: c}{q: d}{spoiler: e}{sup: f}{sub: g}");
  EXPECT_EQ(paragraph("<foreign xml:lang=\"fr\" id=\"w\">mot</foreign><span dir=\"rtl\">x</span>"),
            "{foreign #w xml:lang=fr: mot}{span dir=rtl: x}");
  EXPECT_EQ(paragraph("<a href=\" https://example.org/?a=1&amp;b=2 \">x</a>"), "{a https://example.org/?a=1&b=2: x}");
  EXPECT_EQ(paragraph("<ruby>\u706f<rt>hi</rt></ruby>"), "{ruby: \u706f|hi}");
  EXPECT_EQ(paragraph("<ref to=\"x\">the <em>last</em> one</ref>"), "{ref x: the {em: last} one}");
}

TEST(Inlines, AReferencesWordsMayComeLate) {
  EXPECT_EQ(paragraph("<ref to=\"x\"> <!-- c -->the opening words</ref>"), "{ref x: the opening words}");
  EXPECT_EQ(paragraph("<ref to=\"x\"> <em>these words</em></ref>"), "{ref x: {em: these words}}");
  EXPECT_EQ(paragraph("<ref to=\"overview\"> <!-- c --> </ref>"), "{ref overview}");
}

TEST(Ids, ABrandPageOfTheAuthorsMayBeCalledSo) {
  EXPECT_EQ(read_good(source_with("<brand id=\"brand\"><p>X.</p></brand>")).parts.at(0).id, "brand");
}

TEST(Languages, OfWhatTheModelHasNoPlaceForAreHandedDown) {
  const std::string dump = model::dump_document(read_good(
      source_with("<questions><qa><question xml:lang=\"de\">Wer?</question>"
                  "<answer xml:lang=\"fr\"><p>Moi.</p><p xml:lang=\"it\">Io.</p></answer></qa></questions>")));
  EXPECT_THAT(dump, HasSubstr("question: {span xml:lang=de: Wer?}"));
  EXPECT_THAT(dump, ContainsRegex("p \\[[a-z0-9-]+\\] xml:lang=fr Moi\\."));
  EXPECT_THAT(dump, ContainsRegex("p \\[[a-z0-9-]+\\] xml:lang=it Io\\."));
}

TEST(Languages, ATermsIsNotItsDefinitions) {
  const std::string dump = model::dump_document(read_good(
      source_with("<about><dl><dt id=\"t\" xml:lang=\"fr\" dir=\"ltr\">mot</dt><dd>A word.</dd></dl></about>")));
  EXPECT_THAT(dump, HasSubstr("{span xml:lang=fr dir=ltr: mot}"));
  EXPECT_THAT(dump, ContainsRegex("p \\[[a-z0-9-]+\\] A word\\."));
  EXPECT_THAT(dump, Not(HasSubstr("#t xml:lang")));
}

TEST(Languages, GiveTheDirection) {
  const auto direction = [](const std::string& lang) {
    return read_good(source_with("<about><p>X.</p></about>", lang)).edition.dir;
  };
  EXPECT_EQ(direction("en"), model::Direction::ltr);
  EXPECT_EQ(direction("ar-EG"), model::Direction::rtl);
  EXPECT_EQ(direction("he"), model::Direction::rtl);
  EXPECT_EQ(direction("az-Arab"), model::Direction::rtl);
  EXPECT_EQ(direction("ar-Latn"), model::Direction::ltr);
}

TEST(Languages, TurnTheDirectionWhereTheyAreWrittenTheOtherWay) {
  const std::string dump = model::dump_document(read_good(source_with(
      "<about><p xml:lang=\"he\">\xD7\x90 <span xml:lang=\"ar\">\xD8\xA7</span> <span xml:lang=\"de\">c</span></p>"
      "<p xml:lang=\"fr\">d</p><p xml:lang=\"he\" dir=\"ltr\">e</p></about>")));
  EXPECT_THAT(dump,
              HasSubstr("xml:lang=he dir=rtl \xD7\x90 {span xml:lang=ar: \xD8\xA7} {span xml:lang=de dir=ltr: c}"));
  EXPECT_THAT(dump, HasSubstr("xml:lang=fr d"));
  EXPECT_THAT(dump, HasSubstr("xml:lang=he dir=ltr e"));
}

TEST(Tables, HeaderCellsGetTheScopeOfTheirPlace) {
  const std::string dump = model::dump_document(
      read_good(source_with("<about><table><thead><tr><td/><th>a</th></tr></thead><tbody><tr><th>b</th><td>c</td></tr>"
                            "<tr><th scope=\"col\" rowspan=\"1\">d</th><td>e</td></tr></tbody></table></about>")));
  EXPECT_THAT(dump, HasSubstr("th of column [about--th-4g62c9] a"));
  EXPECT_THAT(dump, HasSubstr("th of row [about--th-16tbj1] b"));
  EXPECT_THAT(dump, HasSubstr("th of column [about--th-p1pr5k] d"));
}

TEST(Warnings, WhatFollowsTheLastOneCloses) {
  const model::Document document = read_good(
      source_with("<warnings><p>In.</p><warning><term>Grief</term></warning><p>Out.</p><p>More.</p></warnings>"));
  const auto& warnings = std::get<model::Warnings>(document.parts.at(0).value);
  EXPECT_EQ(warnings.introduction.size(), 1u);
  EXPECT_EQ(warnings.closing.size(), 2u);
}

TEST(Comparison, KeepsTheOtherTitlesArticle) {
  const model::Document document = read_good(
      source_with("<comparison><with><title prefix=\"L\u2019\">\u00c9tranger</title></with><p>X.</p></comparison>"));
  EXPECT_EQ(model::plain_text(std::get<model::Comparison>(document.parts.at(0).value).other_title),
            "L\u2019\u00c9tranger");
}

TEST(Parts, StandInTheAuthorsOrder) {
  const model::Document document = read_good(source_with("<brand/><story><p>X.</p></story><hook><p>Y.</p></hook>"));
  EXPECT_EQ(document.parts.at(0).kind(), model::PartKind::brand);
  EXPECT_EQ(document.parts.at(1).kind(), model::PartKind::story);
  EXPECT_EQ(document.parts.at(2).kind(), model::PartKind::hook);
}

// ---- the work and the edition -----------------------------------------------------------------------

TEST(Work, ALinesEndBetweenIdeographsIsNothing) {
  std::string bytes = source_with("<about><p>X.</p></about>", "ja");
  bytes.replace(bytes.find("</date>"), 7, "</date><licence>印刷し、\n    複製し\n PDF <!-- c -->できます </licence>");
  EXPECT_EQ(read_good(bytes).edition.licence, "印刷し、複製し PDF できます");
}

TEST(Work, ContributorsSortByTheirLastNameUnlessTold) {
  const std::string bytes = source_with("<about><p>X.</p></about>");
  EXPECT_EQ(read_good(bytes).work.contributors.at(0).sort, "Example, Ann");
  EXPECT_EQ(read_good(bytes).work.contributors.at(0).role, "aut");
  std::string told = bytes;
  told.insert(told.find("role="), "sort=\"Le Example, Ann\" ");
  EXPECT_EQ(read_good(told).work.contributors.at(0).sort, "Le Example, Ann");
}

TEST(Identifiers, OfTheWorkAndTheEdition) {
  const std::string bytes = source_with("<about><p>X.</p></about>");
  const model::Edition edition = read_good(bytes).edition;
  // Fixed for ever: made anew with python's uuid.uuid5 from the namespace in build_work.cpp.
  EXPECT_EQ(edition.work_uuid, "385ad11f-f4fb-555a-a735-8c3e3ac7590a");
  EXPECT_EQ(edition.identifier, "urn:uuid:9ebf3abf-8649-5c6b-85bd-f1a0e1617896");
  EXPECT_FALSE(edition.identifier_given);

  std::string variant = bytes;
  variant.insert(variant.find("<edition") + 8, " variant=\"large-print\"");
  EXPECT_EQ(read_good(variant).edition.work_uuid, edition.work_uuid);
  EXPECT_NE(read_good(variant).edition.identifier, edition.identifier);

  std::string given = bytes;
  given.insert(given.find("<date>"), "<identifier>urn:isbn:9781984881663</identifier>");
  EXPECT_EQ(read_good(given).edition.identifier, "urn:isbn:9781984881663");
  EXPECT_TRUE(read_good(given).edition.identifier_given);

  // A translation that names the original is the same work.
  std::string original = bytes, translated = bytes;
  const std::string name = "<original-title>Die Lampe</original-title>";
  original.insert(original.find("<contributor"), name);
  translated.replace(translated.find("<title prefix=\"The\">Lamp</title>"), 32, "<title>Lampa</title>" + name);
  EXPECT_EQ(read_good(original).edition.work_uuid, read_good(translated).edition.work_uuid);
}

// ---- typography ---------------------------------------------------------------------------------------

TEST(Typography, DoubledArticles) {
  EXPECT_THAT(warnings_of("in the <cite>The Lamp</cite>"), ElementsAre("W0401 The"));
  EXPECT_THAT(warnings_of("in the the lamp"), ElementsAre("W0401 the"));
  EXPECT_THAT(warnings_of("see a \u201cThe Lamp\u201d"), ElementsAre("W0401 \u201cThe"));
  EXPECT_THAT(warnings_of("of the. The lamp"), IsEmpty());
  EXPECT_THAT(warnings_of("on the A list"), IsEmpty());
  EXPECT_THAT(warnings_of("<foreign xml:lang=\"de\">die the The</foreign>"), IsEmpty());
  EXPECT_THAT(warnings_of("the<note>The lamp</note> keeper"), IsEmpty());
}

TEST(Typography, QuotesDashesAndDots) {
  EXPECT_THAT(warnings_of("it's \"so\" &quot;"), ElementsAre("W0402 '", "W0402 \"", "W0402 \"", "W0402 &quot;"));
  EXPECT_THAT(warnings_of("a lamp - a light -- and more---"), ElementsAre("W0403 -", "W0403 --", "W0403 ---"));
  EXPECT_THAT(warnings_of("well-kept pre- and post-war \u2013 \u2014"), IsEmpty());
  EXPECT_THAT(warnings_of("so... on\u2026 e.g. this."), ElementsAre("W0404 ..."));
}

TEST(Typography, ANameThatIsPutInMayBringAnArticle) {
  std::vector<std::string> warnings;
  read_good(source_with("<story><chapter id=\"c\"><title>The wreck</title><p>See the <ref to=\"c\"/>, "
                        "and <ref to=\"c\"/>, and the <ref to=\"c\">wreck</ref>.</p></chapter></story>"),
            &warnings);
  EXPECT_THAT(warnings, ElementsAre("W0401 ref"));
}

// ---- limits -------------------------------------------------------------------------------------------

TEST(Limits, TheDeepestNestingIsRead) {
  std::string open, close;
  // summary, overview and p are around them.
  for (unsigned i = 3; i < limits::nesting; ++i) open += "<em>", close += "</em>";
  EXPECT_THAT(paragraph(open + "x" + close), HasSubstr("x"));
}

TEST(Limits, TooLargeAnInputIsNotRead) {
  const diag::SourceText source("x.xml", std::string(limits::input_bytes + 1, ' '));
  diag::Sink sink;
  EXPECT_FALSE(read_document(source, sink).has_value());
  ASSERT_EQ(sink.diagnostics().size(), 1u);
  EXPECT_EQ(sink.diagnostics()[0].code, diag::Code::E0105);
}

TEST(Limits, FaultsAreListedUpToABound) {
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "<x/>";
  const diag::SourceText source("x.xml", source_with("<about><p>" + many + "</p></about>"));
  diag::Sink sink;
  EXPECT_FALSE(read_document(source, sink).has_value());
  ASSERT_EQ(sink.diagnostics().size(), limits::told + 1);
  EXPECT_EQ(sink.diagnostics().back().message, "… and 4900 more of this kind");
  EXPECT_EQ(sink.error_count(), 5000u);
}

// The error refuses the document: it can't be among those that are not listed.
TEST(Limits, AnErrorBehindManyWarningsIsTold) {
  std::string many;
  for (int i = 0; i < 600; ++i) many += "don't ";
  const diag::SourceText source("x.xml",
                                source_with("<about><p>" + many + "<blink>x</blink> <blink>y</blink></p></about>"));
  diag::Sink sink;
  EXPECT_FALSE(read_document(source, sink).has_value());
  EXPECT_EQ(sink.error_count(), 2u);
  ASSERT_EQ(sink.diagnostics().size(), limits::told + 3);
  EXPECT_EQ(sink.diagnostics()[limits::told].message, "<blink> is not allowed in <p>");
  EXPECT_EQ(sink.diagnostics()[limits::told + 1].message, "<blink> is not allowed in <p>");
  EXPECT_EQ(sink.diagnostics().back().message, "… and 500 more of this kind");
}

// ---- examples -----------------------------------------------------------------------------------------

TEST(Examples, AreReadWithoutAWarning) {
  std::size_t count = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(EPITOME_SOURCE_DIR) / "examples")) {
    const auto path = entry.path() / "summary.xml";
    if (!std::filesystem::exists(path)) continue;
    SCOPED_TRACE(path);
    read_good(contents(path));
    ++count;
  }
  EXPECT_GE(count, 3u);
}

TEST(Title, AnEmptyPrefixIsOne) {
  for (const bool given : {false, true}) {
    std::string source = source_with("<overview><p>X.</p></overview>");
    const std::string title = "<title prefix=\"The\">";
    source.replace(source.find(title), title.size(), given ? "<title prefix=\" \">" : "<title>");
    const model::Title read = read_good(source).work.title;
    EXPECT_EQ(read.prefix, "");
    EXPECT_EQ(read.prefix_given, given);
    EXPECT_EQ(source.substr(read.span.offset, read.span.length), "Lamp");
  }
}

TEST(Title, AnArticleIsDoubledOnce) {
  for (const char* const title :
       {"<title prefix=\"The\">The Lamp", "<title prefix=\"The\">The The Lamp", "<title>The The Lamp"}) {
    std::string source = source_with("<overview><p>X.</p></overview>");
    source.replace(source.find("<title"), std::string("<title prefix=\"The\">Lamp").size(), title);
    std::vector<std::string> warnings;
    read_good(source, &warnings);
    EXPECT_THAT(warnings, ElementsAre("W0401 The")) << title;
  }
}

}  // namespace
}  // namespace epitome::reader
