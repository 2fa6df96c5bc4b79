// Characters without a glyph: what stands for them, how spans are cut, and what is told of them.
#include "text/missing_glyphs.hpp"

#include <gmock/gmock.h>

#include <filesystem>

#include "diag/utf8.hpp"
#include "setting.hpp"
#include "style/read_layout.hpp"
#include "text/itemize.hpp"
#include "text/source_places.hpp"

namespace epitome::text {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Way = MissingGlyphs::Way;

std::string best(const std::string& language, std::string_view characters) {
  return Replacements(EPITOME_DATA_DIR, language).candidates(characters).front().text;
}

TEST(Replacements, TheTableGoesBeforeNames) {
  EXPECT_EQ(best("en", "✅"), "✓");
  EXPECT_EQ(best("ar", "❌"), "✗");
  EXPECT_EQ(best("en", "➡️"), "→");
  EXPECT_EQ(best("en", "1️⃣"), "1");
  EXPECT_EQ(best("en", "🆗"), "OK");
}

TEST(Replacements, NamesAreInTheDocumentsLanguage) {
  EXPECT_EQ(best("en", "🔥"), "[fire]");
  EXPECT_EQ(best("de", "🔥"), "[Feuer]");
  EXPECT_EQ(best("ar", "🔥"), "[حريق]");
  EXPECT_EQ(best("ja", "🔥"), "[火]");
  EXPECT_EQ(best("pt", "👍"), "[polegar para cima]");  // from pt, which pt_PT is built on
  EXPECT_EQ(best("nb", "🔥"), "[ild]");
}

TEST(Replacements, SequencesAreOnePiece) {
  EXPECT_EQ(best("en", "👨‍👩‍👧"), "[family: man, woman, girl]");
  EXPECT_EQ(best("de", "🇩🇪"), "[Flagge: Deutschland]");
  EXPECT_EQ(best("en", "👍🏽"), "[thumbs up: medium skin tone]");
  EXPECT_EQ(best("en", "🏳️‍🌈"), "[rainbow flag]");
  EXPECT_EQ(best("en", "🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F"), "[flag: Scotland]");
  // Without a name of their own: their parts, and the letters that are spelled.
  EXPECT_EQ(best("en", "🏴\U000E0075\U000E0073\U000E0074\U000E0078\U000E007F"), "[black flag, ustx]");
  EXPECT_EQ(best("en", "👩‍👩‍👶‍👶"), "[woman, woman, baby, baby]");
  EXPECT_EQ(best("en", "🇽🇽"), "[XX]");
}

TEST(Replacements, WhatCldrDoesNotNameHasUnicodesName) {
  EXPECT_EQ(best("de", "\U00013000"), "[U+13000 egyptian hieroglyph a001]");
  EXPECT_EQ(best("en", "\uE000"), "[U+E000]");
  EXPECT_EQ(best("en", "\uFDD0"), "[U+FDD0]");
  // Where the data are missing too.
  EXPECT_EQ(Replacements("/none", "en").candidates("🔥").front().text, "[U+1F525 fire]");
  EXPECT_EQ(Replacements(EPITOME_DATA_DIR, "none").candidates("🔥").front().text, "[fire]");
}

// English ones where CLDR has none in the language.
TEST(Replacements, EachLanguageHasNames) {
  int languages = 0, with = 0;
  for (const auto& file : std::filesystem::directory_iterator(EPITOME_SOURCE_DIR "/layouts/languages")) {
    const std::vector<Replacements::Candidate> found =
        Replacements(EPITOME_DATA_DIR, file.path().stem()).candidates("🇩🇪");
    EXPECT_TRUE(found.front().lang.empty() || found.front().lang == "en") << file.path();
    with += found.front().lang.empty() ? 1 : 0;
    ++languages;
  }
  EXPECT_GT(languages, 120);
  EXPECT_GT(with, 90);
}

// All that a layout's faces and their fallbacks can show.
class Layouts : public testing::Test {
 protected:
  bool can_set(const std::string& text, const style::Layout& layout, const std::string& lang = "en") {
    MissingGlyphs missing(Way::refuse, Replacements(EPITOME_DATA_DIR, lang));
    Typesetter typesetter({&layout, &setting_.fonts, EPITOME_PATTERNS_DIR, {}, &missing});
    diag::Sink sink;
    for (const style::FaceChoice& choice : layout.faces) {
      TextSpan span = setting_.span(text, setting_.fonts.face(choice.family, choice.style, sink));
      span.style.features = nullptr;
      typesetter.shown_text(span, setting_.english, sink);
    }
    missing.report({}, sink);
    return sink.diagnostics().empty();
  }

  Setting setting_;
};

TEST_F(Layouts, EachSignOfTheTableHasItsGlyphs) {
  const auto rows = Replacements(EPITOME_SOURCE_DIR, "en").table();
  ASSERT_GT(rows.size(), 50u);
  std::string signs;
  for (const auto& [characters, sign] : rows) {
    EXPECT_EQ(cluster_starts(characters).size(), 2u) << characters;
    EXPECT_TRUE(is_emoji(characters) || diag::decode_utf8(characters, 0).length == characters.size()) << characters;
    EXPECT_EQ(characters, without_selectors(characters));
    EXPECT_FALSE(sign.empty()) << characters;
    EXPECT_NE(sign, characters);
    signs += sign + " ";
  }
  for (const char* const name : {"book", "a4", "letter", "large"}) {
    diag::Sink sink;
    const auto layout = style::read_layout(name, EPITOME_SOURCE_DIR, sink);
    ASSERT_TRUE(layout);
    EXPECT_TRUE(can_set(signs, *layout)) << name;
    EXPECT_FALSE(can_set(signs + "🔥", *layout));
  }
}

// A source of one text, every character as it stands.
diag::SourceTexts plain_source(const std::string& text, bool apart = false) {
  return [text, apart](const diag::TextVisitor& visit) {
    std::vector<std::uint32_t> begins;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t next = at + diag::decode_utf8(text, at).length;
      begins.resize(next, static_cast<std::uint32_t>(at));
      at = next;
    }
    begins.push_back(static_cast<std::uint32_t>(text.size()));
    visit(text, begins, apart);
  };
}

TEST(SourcePlaces, ClustersAndTheCharactersInThem) {
  const std::string source = "o 🔥 🔥 👨‍👩‍👧 e\u20DD 🇩🇪🇫🇷";
  SourcePlaces wanted = {{"🔥", {}}, {"👨‍👩‍👧", {}}, {"👩", {}}, {"\u20DD", {}}, {"🇫🇷", {}}, {"☂", {}}};
  find_in_source(plain_source(source), wanted);
  const auto texts = [&](std::string_view characters) {
    std::vector<std::string> found;
    for (const diag::Span& span : wanted.find(characters)->second)
      found.push_back(source.substr(span.offset, span.length));
    return found;
  };
  EXPECT_THAT(texts("🔥"), ElementsAre("🔥", "🔥"));
  EXPECT_EQ(wanted["🔥"][0].offset, 2u);
  EXPECT_THAT(texts("👨‍👩‍👧"), ElementsAre("👨‍👩‍👧"));
  EXPECT_THAT(texts("\u20DD"), ElementsAre("\u20DD"));
  EXPECT_THAT(texts("🇫🇷"), ElementsAre("🇫🇷"));
  EXPECT_THAT(texts("☂"), ElementsAre());
}

TEST(SourcePlaces, WhatStandsApartCountsWhereNoTextHasIt) {
  const diag::SourceTexts source = [](const diag::TextVisitor& visit) {
    plain_source("🔥 ✅", true)(visit);
    plain_source("🔥")(visit);
  };
  SourcePlaces wanted = {{"🔥", {}}, {"✅", {}}};
  find_in_source(source, wanted);
  EXPECT_THAT(wanted["🔥"], ElementsAre(diag::Span{0, 4}));
  EXPECT_THAT(wanted["✅"], ElementsAre(diag::Span{5, 3}));
}

class Replaced : public testing::Test {
 protected:
  std::vector<Line> lines_of(const Paragraph& paragraph) {
    return typesetter_.break_lines(typesetter_.prepare(paragraph, setting_.english, {}, setting_.sink));
  }
  TextOptions options() {
    TextOptions options = setting_.options();
    options.missing = &missing_;
    return options;
  }
  std::string told() {
    diag::Sink sink;
    missing_.report({}, sink);
    std::string out;
    for (const diag::Diagnostic& d : sink.diagnostics())
      out += std::string(diag::code_name(d.code)) + " " + d.message + "\n";
    return out;
  }

  Setting setting_;
  MissingGlyphs missing_{Way::replace, Replacements(EPITOME_DATA_DIR, "en")};
  Typesetter typesetter_{options()};
};

TEST_F(Replaced, RunsRememberTheirPlaceInTheSpan) {
  Paragraph paragraph = setting_.paragraph("ab 🔥, 🔥 c");
  paragraph.spans[0].tag = 7;
  const std::vector<Line> lines = lines_of(paragraph);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(text_of(lines[0]), "ab [fire], [fire] c");
  std::vector<std::string> runs;
  for (const std::uint32_t i : lines[0].logical) {
    const PlacedRun& run = lines[0].runs[i];
    EXPECT_EQ(run.tag, 7u);
    runs.push_back(run.run.text + "@" + std::to_string(run.offset));
    if (run.stands_for != 0) runs.back() += "=" + missing_.original(run.stands_for);
  }
  EXPECT_THAT(runs, ElementsAre("ab @0", "[fire]@3=🔥", ", @7", "[fire]@9=🔥", " c@13"));
  EXPECT_THAT(told(), testing::StartsWith("W0609 the character U+1F525 '🔥' (fire) has no glyph in Vollkorn Regular"));
  EXPECT_EQ(told(), "");  // once
}

TEST_F(Replaced, ALetterKeepsTheMarksThatAFaceHas) {
  EXPECT_EQ(text_of(lines_of(setting_.paragraph("e\u0301\U0001E8D0")).front()),
            "e\u0301[U+1E8D0 mende kikakui combining number teens]");
}

TEST_F(Replaced, ManyMarksAreNotTriedOneByOne) {
  std::string text = "e";
  for (int i = 0; i < 3000; ++i) text += i % 2 == 0 ? "\u0301" : "\U0001E8D0";
  Paragraph paragraph = setting_.paragraph(text);
  EXPECT_THAT(text_of(lines_of(paragraph).front()), HasSubstr("[U+1E8D0"));
}

TEST_F(Replaced, AnIsolateStaysOne) {
  Paragraph paragraph = setting_.paragraph("שלום one 🔥 two עולם");
  TextSpan before = paragraph.spans[0], inside = before, behind = before;
  before.text = "שלום ";
  inside.text = "one 🔥 two";
  inside.direction = model::Direction::ltr;
  behind.text = " עולם";
  paragraph.spans = {before, inside, behind};
  paragraph.shape.direction = model::Direction::rtl;
  paragraph.shape.alignment = style::Alignment::start;
  const std::vector<Line> lines = lines_of(paragraph);
  ASSERT_EQ(lines.size(), 1u);
  std::string shown;
  for (const PlacedRun& run : lines[0].runs) shown += run.run.rtl ? "<" : run.run.text;
  EXPECT_THAT(shown, HasSubstr("one [fire] two"));
}

TEST_F(Replaced, ABaseStaysUnderItsReading) {
  Paragraph paragraph = setting_.paragraph("x");
  paragraph.spans[0].text = "a🔥b";
  paragraph.spans[0].annotation = Gloss{"read 🔥", paragraph.spans[0].style};
  std::vector<std::string> runs;
  const std::vector<Line> lines = lines_of(paragraph);
  for (const PlacedRun& run : lines.front().runs)
    runs.push_back(run.run.text + (run.stands_for != 0 ? "=" + missing_.original(run.stands_for) : ""));
  EXPECT_THAT(runs, ElementsAre("a[fire]b=a🔥b", "read ", "[fire]=🔥"));
}

TEST_F(Replaced, OneMessageACharacterWithItsFirstPlaceAndTheirNumber) {
  const std::string source = "one 🔥 two 🔥 three 🔥 🇩🇪";
  typesetter_.prepare(setting_.paragraph("one 🔥 two 🔥 three 🔥 🇩🇪"), setting_.english, {1, 1}, setting_.sink);
  typesetter_.prepare(setting_.paragraph("🔥"), setting_.english, {}, setting_.sink);  // a running head
  diag::Sink sink;
  missing_.report(plain_source(source), sink);
  ASSERT_EQ(sink.diagnostics().size(), 2u);
  const diag::Diagnostic& fire = sink.diagnostics()[0];
  EXPECT_EQ(fire.span.offset, source.find("🔥"));
  EXPECT_THAT(fire.message, testing::EndsWith(": '[fire]' is set instead, here and at 2 more places"));
  EXPECT_THAT(sink.diagnostics()[1].message, HasSubstr("the characters U+1F1E9 U+1F1EA '🇩🇪' (flag: Germany) have"));
  EXPECT_THAT(sink.diagnostics()[1].message, testing::EndsWith("'[flag: Germany]' is set instead"));
}

}  // namespace
}  // namespace epitome::text
