#include "style/read_language.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace epitome::style {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string data = EPITOME_SOURCE_DIR;

Language read_sound(std::string_view tag) {
  diag::Sink sink;
  std::optional<Language> language = read_language(tag, data, sink);
  for (const diag::Diagnostic& d : sink.diagnostics())
    if (d.severity != diag::Severity::note) ADD_FAILURE() << d.message;
  return language.value_or(Language());
}

TEST(ReadLanguage, EveryFileIsWhole) {
  const std::vector<std::string> tags = language_tags(data);
  EXPECT_THAT(tags, testing::IsSupersetOf({"de", "en", "en-US", "es", "fr"}));
  for (const std::string& tag : tags) {
    const Language language = read_sound(tag);
    EXPECT_EQ(language.tag, tag);
    EXPECT_EQ(language.labels.size(), label_keys().size());
    for (const auto& [key, text] : language.labels) EXPECT_FALSE(text.empty()) << tag << ' ' << key;
  }
}

TEST(ReadLanguage, FallsBackByTruncation) {
  EXPECT_EQ(read_sound("en-GB").tag, "en");
  EXPECT_EQ(read_sound("en-AU-x-private").tag, "en");
  EXPECT_EQ(read_sound("EN-us").tag, "en-US");
  EXPECT_EQ(read_sound("de-Latn-CH-1901").tag, "de");
}

TEST(ReadLanguage, OtherTagsOfALanguage) {
  EXPECT_EQ(read_sound("zh").tag, "zh-Hans");
  EXPECT_EQ(read_sound("zh-CN").tag, "zh-Hans");
  EXPECT_EQ(read_sound("zh-TW").tag, "zh-Hant");
  EXPECT_EQ(read_sound("zh-Hant-HK").tag, "zh-Hant");
  EXPECT_EQ(read_sound("no").tag, "nb");
  EXPECT_EQ(read_sound("no-NO").tag, "nb");
  EXPECT_EQ(read_sound("iw").tag, "he");
  EXPECT_EQ(read_sound("sr-RS").tag, "sr");
  EXPECT_EQ(read_sound("sr-Cyrl").tag, "sr");
  EXPECT_EQ(read_sound("sr-Latn-RS").tag, "sr-Latn");
  EXPECT_EQ(read_sound("pt-AO").tag, "pt");
  EXPECT_EQ(read_sound("sr-ME").tag, "sr-Latn");
}

// What a phrase may call the document's language.
TEST(ReadLanguage, CoversTheLanguagesOtherTags) {
  const Language norwegian = read_sound("nb"), hebrew = read_sound("he"), english = read_sound("en");
  for (const char* const tag : {"nb", "no", "NO", "no-NO", "nb-NO"}) EXPECT_TRUE(norwegian.covers(tag)) << tag;
  for (const char* const tag : {"nn", "non", "n", "da"}) EXPECT_FALSE(norwegian.covers(tag)) << tag;
  EXPECT_TRUE(norwegian.named("no"));
  EXPECT_FALSE(norwegian.named("no-NO"));
  EXPECT_TRUE(hebrew.covers("iw"));
  EXPECT_FALSE(english.covers("no"));
}

TEST(ReadLanguage, ScriptsLines) {
  EXPECT_EQ(read_sound("en").lines, ScriptLines());
  EXPECT_EQ(read_sound("ur").lines, (ScriptLines{1150, 2200, false}));
  EXPECT_TRUE(read_sound("km").lines.ragged);
}

TEST(ReadLanguage, KeepsTheTagThatWasAsked) {
  for (const char* const tag : {"no", "NB", "no-NO", "nb"}) {
    const Language norwegian = read_sound(tag);
    EXPECT_EQ(norwegian.asked, tag);
    EXPECT_TRUE(norwegian.named(tag)) << tag;
    EXPECT_TRUE(norwegian.named("nb"));
    EXPECT_TRUE(norwegian.covers("NB-no"));
    EXPECT_FALSE(norwegian.named("nb-NO"));
    for (const char* const other : {"nbx", "n", "", "-", "nn", "en"}) EXPECT_FALSE(norwegian.covers(other)) << other;
    EXPECT_EQ(norwegian.hyphenation.patterns, "nb");
  }
  EXPECT_TRUE(read_sound("sr-ME").covers("sr-ME"));
  EXPECT_FALSE(read_sound("sr-ME").covers("sr-RS"));
  Language by_hand;
  by_hand.tag = "en";
  EXPECT_FALSE(by_hand.covers("fr"));
}

// Longer than ICU's buffers.
TEST(ReadLanguage, LongTags) {
  std::string extended = "en-u", private_use = "en-x";
  for (int i = 10; i < 70; ++i) {
    extended += "-abc" + std::to_string(i), private_use += "-abc" + std::to_string(i);
    EXPECT_EQ(read_sound(extended).tag, "en") << extended;
    EXPECT_EQ(read_sound(private_use).tag, "en") << private_use;
    EXPECT_EQ(read_sound(extended + "-x-y").tag, "en");
  }
}

// A file in another script would set words that the document's readers may not be able to read.
TEST(ReadLanguage, BorrowsInTheSameScript) {
  for (const auto& [tag, label] : {std::pair("az-Cyrl", "Страницы"),
                                   {"az-IR", "الصفحات"},
                                   {"ru-Latn", "Pages"},
                                   {"hi-Latn", "Pages"},
                                   {"en-Dsrt", "Pages"},
                                   {"cv", "Страницы"},
                                   {"haw", "Pages"}}) {
    diag::Sink sink;
    const std::optional<Language> language = read_language(tag, data, sink);
    ASSERT_TRUE(language) << tag;
    EXPECT_EQ(language->label("page-list"), label) << tag;
    EXPECT_EQ(language->tag, tag);
    EXPECT_TRUE(language->hyphenation.patterns.empty()) << tag;
    EXPECT_TRUE(language->articles.empty() && language->bind_after.empty()) << tag;
    ASSERT_EQ(sink.diagnostics().size(), 1U);
    EXPECT_EQ(sink.diagnostics()[0].code, diag::Code::W0508);
    EXPECT_THAT(sink.diagnostics()[0].hints, Contains(HasSubstr("en, en-US,")));
  }
}

// Of CLDR: the language's own name and marks, whatever the environment's locale is.
TEST(ReadLanguage, WhatIsKnownOfALanguageGoesBeforeTheBorrowed) {
  diag::Sink sink;
  const Language swiss = read_language("gsw", data, sink).value();
  EXPECT_EQ(swiss.name, "Schwiizertüütsch");
  EXPECT_EQ(swiss.quotation[0].open, "«");
  EXPECT_EQ(swiss.quotation[1].close, "›");
  EXPECT_EQ(swiss.direction, model::Direction::ltr);
  const Language divehi = read_language("dv", data, sink).value();
  EXPECT_EQ(divehi.direction, model::Direction::rtl);
  EXPECT_FALSE(divehi.named("en"));
}

TEST(ReadLanguage, FilesOfOnesOwnGoFirst) {
  std::string folder = (std::filesystem::temp_directory_path() / "epitome-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  std::ofstream(folder + "/tlh.xml") << R"(<language base="en.xml" tag="tlh" name="tlhIngan Hol" dir="ltr">
<label name="page-list">navmey</label></language>)";
  std::ofstream(folder + "/de.xml") << R"(<language base="en.xml" tag="de" name="Deutsch" dir="ltr" draft="yes"/>)";
  LanguageFiles files{LanguageFolders(data, folder)};
  diag::Sink sink;
  EXPECT_EQ(read_language("tlh", files, sink).value().label("page-list"), "navmey");
  EXPECT_TRUE(sink.diagnostics().empty());
  EXPECT_EQ(read_language("de-CH", files, sink).value().label("page-list"), "Pages");
  ASSERT_EQ(sink.diagnostics().size(), 1U);
  EXPECT_EQ(sink.diagnostics()[0].code, diag::Code::N0509);
  EXPECT_EQ(sink.warning_count() + sink.error_count(), 0U);
  EXPECT_EQ(read_language("fr", files, sink).value().name, "français");
  std::filesystem::remove_all(folder);
}

TEST(ReadLanguage, DigitsOfTheLanguage) {
  EXPECT_EQ(written_number(read_sound("en"), 107), "107");
  EXPECT_EQ(written_number(read_sound("fa"), 107), "۱۰۷");
  EXPECT_EQ(written_number(read_sound("mr"), 42), "४२");
  EXPECT_EQ(written_date(read_sound("bn"), "1818"), "১৮১৮");
  EXPECT_THAT(written_date(read_sound("fa"), "2026-11-22"), HasSubstr("۲۲"));
}

TEST(ReadLanguage, PatternsOrTheReasonForNone) {
  std::size_t with = 0;
  for (const std::string& tag : language_tags(data)) {
    const Language language = read_sound(tag);
    EXPECT_EQ(language.hyphenation.patterns.empty(), language.hyphenation.package.empty()) << tag;
    with += language.hyphenation.patterns.empty() ? 0 : 1;
  }
  EXPECT_GE(with, 36U);
}

TEST(ReadLanguage, RulesAreWhole) {
  for (const std::string& tag : language_tags(data)) {
    const Language language = read_sound(tag);
    EXPECT_FALSE(language.list_digits.empty()) << tag;
    EXPECT_TRUE(language.sentence_join.empty() || language.sentence_join == " ") << tag;
    // Binding words are looked up in lower case and only up to 16 bytes.
    for (const auto* const words : {&language.bind_after, &language.bind_before})
      for (const std::string& word : *words) EXPECT_LE(word.size(), 16U) << tag;
    for (const MarkSpacing& spacing : language.mark_spacing) EXPECT_FALSE(spacing.space.empty()) << tag;
  }
  EXPECT_THAT(read_sound("pl").bind_after, ElementsAre("a", "i", "o", "u", "w", "z"));
  EXPECT_TRUE(read_sound("pt-BR").hyphen_repeat);
  EXPECT_EQ(read_sound("hy").hyphen, U'\u058A');
  EXPECT_EQ(read_sound("ja").sentence_join, "");
  EXPECT_EQ(read_sound("hi").sentence_stop, "।");
}

TEST(ReadLanguage, EnglishOnBothSidesOfTheOcean) {
  const Language british = read_sound("en-GB");
  const Language american = read_sound("en-US");
  EXPECT_EQ(british.hyphenation.patterns, "en");
  EXPECT_EQ(american.hyphenation.patterns, "en-US");
  EXPECT_EQ(british.quotation[0].open, "“");
  EXPECT_EQ(british.quotation[1].open, "‘");
  EXPECT_EQ(british.quotation[0].close, "”");
  EXPECT_EQ(written_date(british, "2026-11-22"), "22 November 2026");
  EXPECT_EQ(written_date(american, "2026-11-22"), "November 22, 2026");
  EXPECT_EQ(american.label("part.story"), "The story");
}

TEST(ReadLanguage, FrenchKeepsItsSpaces) {
  const Language french = read_sound("fr-CA");
  EXPECT_EQ(french.quotation[0].open, "«\u202F");
  EXPECT_EQ(french.quotation[0].close, "\u202F»");
  EXPECT_EQ(written_date(french, "2026-03-01"), "1er mars 2026");
  EXPECT_EQ(written_date(french, "2026-03-02"), "2 mars 2026");
  EXPECT_EQ(french.label("document-title"), "{title}\u00A0: un résumé");
}

TEST(ReadLanguage, DatesOfAYearAlone) { EXPECT_EQ(written_date(read_sound("de"), "1818"), "1818"); }

TEST(ReadLanguage, ListsAreJoined) {
  const Language english = read_sound("en");
  EXPECT_EQ(joined(english, {}), "");
  EXPECT_EQ(joined(english, {"a"}), "a");
  EXPECT_EQ(joined(english, {"a", "b"}), "a and b");
  EXPECT_EQ(joined(english, {"a", "b", "c", "d"}), "a, b, c and d");
  EXPECT_EQ(joined(read_sound("en-US"), {"a", "b", "c"}), "a, b, and c");
}

TEST(ReadLanguage, WhatIsNoTagHasNoLanguage) {
  for (const char* const tag : {"", "../en", "e n"}) {
    diag::Sink sink;
    EXPECT_FALSE(read_language(tag, data, sink)) << tag;
    ASSERT_EQ(sink.diagnostics().size(), 1U);
    EXPECT_EQ(sink.diagnostics()[0].code, diag::Code::E0502);
  }
}

TEST(ReadLanguage, AFileWithMissingUnknownAndBrokenLabels) {
  std::string folder = (std::filesystem::temp_directory_path() / "epitome-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  std::filesystem::create_directories(folder + "/layouts/languages");
  std::filesystem::copy(data + "/layouts/languages/en.xml", folder + "/layouts/languages/en.xml");
  std::ofstream(folder + "/layouts/languages/xx.xml")
      << "<language base=\"en.xml\" tag=\"xx\">\n<label name=\"page\">p. {m}</label>\n"
         "<label name=\"pages\">pages</label>\n<label name=\"spoiler\">{</label>\n</language>\n";
  diag::Sink sink;
  EXPECT_FALSE(read_language("xx", folder, sink));
  std::vector<std::string> messages;
  for (const diag::Diagnostic& d : sink.diagnostics()) {
    EXPECT_EQ(d.code, diag::Code::E0505);
    messages.push_back(d.message);
  }
  EXPECT_THAT(messages, ElementsAre("layouts/languages/xx.xml:2:2: label 'page' must hold the places {n} and no others",
                                    "layouts/languages/xx.xml:4:2: label 'spoiler' must hold no {…} place",
                                    "layouts/languages/xx.xml:3:2: 'label.pages' is not known"));
  std::ofstream(folder + "/layouts/languages/yy.xml") << "<language tag=\"yy\"/>";
  diag::Sink lacking;
  EXPECT_FALSE(read_language("yy", folder, lacking));
  EXPECT_GT(lacking.diagnostics().size(), label_keys().size());
  std::filesystem::remove_all(folder);
}

// A key that a backend asks for and no language has would only be found when that text is made.
TEST(ReadLanguage, EveryKeyThatTheSourcesNameIsKnown) {
  std::size_t seen = 0;
  const std::string call = "label(\"";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(data + "/exporter")) {
    if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    const std::string source = text.str();
    for (std::size_t at = source.find(call); at != std::string::npos; at = source.find(call, at + 1)) {
      const std::size_t from = at + call.size();
      const std::string key = source.substr(from, source.find('"', from) - from);
      if (key.ends_with('.') || key.ends_with('-')) continue;  // the first half of a composed key
      ++seen;
      EXPECT_TRUE(
          std::any_of(label_keys().begin(), label_keys().end(), [&](const LabelKey& k) { return k.key == key; }))
          << key << " in " << entry.path().filename();
    }
  }
  EXPECT_GT(seen, 10U);
}

TEST(Fill, PutsValuesInPlace) {
  EXPECT_EQ(fill("{name}, page {page}", {{"name", "Notes"}, {"page", "{x}"}}), "Notes, page {x}");
  EXPECT_EQ(fill("none", {}), "none");
  EXPECT_THROW(fill("{n}", {{"m", "1"}}), std::logic_error);
  EXPECT_THROW(fill("{n", {{"n", "1"}}), std::logic_error);
  EXPECT_THROW(read_sound("en").label("no-such-key"), std::logic_error);
}

}  // namespace
}  // namespace epitome::style
