// Rules of languages in set lines: words that bind, hyphens that are shown twice.
#include "text/language_rules.hpp"

#include <gmock/gmock.h>

#include "setting.hpp"

namespace epitome::text {
namespace {

class LanguageRules : public testing::Test {
 protected:
  std::vector<std::string> lines_of(const style::Language& language, const std::string& text, Length measure) {
    Typesetter typesetter(setting_.options());
    const PreparedParagraph prepared =
        typesetter.prepare(setting_.paragraph(text, measure), language, {}, setting_.sink);
    std::vector<std::string> lines;
    for (const Line& line : typesetter.break_lines(prepared)) lines.push_back(text_of(line));
    return lines;
  }
  Setting setting_;
};

constexpr std::string_view soft_hyphen = "\xC2\xAD";

TEST_F(LanguageRules, NoLineEndsAtAWordThatBinds) {
  style::Language polish;
  polish.tag = "pl";
  const std::string text =
      "Zamieszkał w domu z ogrodem i oknem, a potem u brata; O tym w ogóle nie mówił, i o niczym z tego, w zimie ani w "
      "lecie.";
  const auto loose_ends = [&] {
    std::size_t found = 0;
    for (int width = 60; width < 260; width += 7) {
      std::string all;
      for (const std::string& line : lines_of(polish, text, Length::pt(width))) {
        all += line;
        if (line.size() > 2 && line.back() == ' ' && line[line.size() - 3] == ' ') ++found;
      }
      EXPECT_EQ(all, text);
    }
    return found;
  };
  EXPECT_GT(loose_ends(), 20U) << "the measures don't try the rule";
  polish.bind_after = {"a", "i", "o", "u", "w", "z"};
  EXPECT_EQ(loose_ends(), 0U);
}

TEST_F(LanguageRules, AWordThatBindsToTheOneBefore) {
  std::vector<Opportunity> breaks(30, Opportunity::allowed);
  style::Language russian;
  russian.bind_before = {"бы"};
  const std::string text = "если бы бык";
  bind_words(text, 0, static_cast<std::uint32_t>(text.size()), russian, breaks);
  EXPECT_EQ(breaks[9], Opportunity::none);
  EXPECT_EQ(breaks[14], Opportunity::allowed);
}

TEST_F(LanguageRules, FiguresUnitsAndInitialsStayTogether) {
  // The spaces of `text` at which a line may still end, by what stands before them.
  const auto open = [](const std::string& text) {
    std::vector<Opportunity> breaks(text.size() + 1, Opportunity::allowed);
    bind_figures_and_initials(text, breaks);
    std::vector<std::string> words;
    for (std::size_t at = text.find(' '), from = 0; at != std::string::npos; from = at + 1, at = text.find(' ', from))
      if (breaks[at + 1] == Opportunity::allowed) words.push_back(text.substr(from, at - from));
    return words;
  };
  using testing::ElementsAre;
  EXPECT_THAT(open("ran 5 km. Then 20 °C, 10 000 €"), ElementsAre("ran", "km.", "Then", "°C,"));
  EXPECT_THAT(open("in 2015 300 men sat 5 min each"), ElementsAre("in", "2015", "300", "men", "sat", "min"));
  EXPECT_THAT(open("6 ft of 5 million men, 3 Mio. Euro"), ElementsAre("ft", "of", "million", "men,", "Mio."));
  EXPECT_THAT(open("en 1905 l'an 5 mois"), ElementsAre("en", "1905", "l'an", "5"));
  EXPECT_THAT(open("« 5 km » à 5 kmh“ и 5 км…"), ElementsAre("«", "km", "»", "à", "5", "kmh“", "и"));
  EXPECT_THAT(open("won 101 115 127 130 145 300."), ElementsAre("won", "130"));
  EXPECT_THAT(open("A. B. C. D. E. F."), ElementsAre("D."));
  EXPECT_THAT(open("by J. R. R. Tolkien. He"), ElementsAre("by", "Tolkien."));
  EXPECT_THAT(open("А. С. Пушкин и"), ElementsAre("Пушкин"));
  EXPECT_THAT(open("see No. 5, vol. 2 and § 7 there. 9 men"), ElementsAre("see", "5,", "2", "and", "7", "there.", "9"));
  EXPECT_THAT(open("it happened. 9 men saw it. She left"),
              ElementsAre("it", "happened.", "9", "men", "saw", "it.", "She"));
}

TEST_F(LanguageRules, SenseOfATitlesLine) {
  const auto sense = [](std::string_view line) { return sense_of_end(line, line.size()); };
  for (const char* const end : {"The lion,", "A life:", "Who?", "(and more)", "Is “Oil” all?"})
    EXPECT_EQ(sense(end), Sense::phrase_end) << end;
  for (const char* const end : {"Lord of", "Witch and the", "Thunder &", "Beside “We", "Neben „Wir,", "Avant « Nous"})
    EXPECT_EQ(sense(end), Sense::mid_phrase) << end;
  for (const char* const end : {"Lives of Mrs.", "What We", "The book", "ספר", "책", "上"})
    EXPECT_EQ(sense(end), Sense::plain) << end;
  // Before | in Japanese: a mark, the end of a phrase, within one.
  const auto before = [](std::string text) {
    const std::size_t end = text.find('|');
    return sense_of_end(text.erase(end, 1), end);
  };
  EXPECT_EQ(before("娘たちと、|霧の"), Sense::phrase_end);
  for (const char* const text : {"霧の|図書館を", "図書館を|めぐる", "めぐる|長い", "夜の|ラジオ"})
    EXPECT_EQ(before(text), Sense::plain) << text;
  for (const char* const text : {"娘たち|と、", "図書館|を", "図書|館を", "め|ぐる", "ラジ|オの"})
    EXPECT_EQ(before(text), Sense::mid_phrase) << text;
}

TEST_F(LanguageRules, ANotesMarkBeginsNoLine) {
  TextSpan mark = setting_.span("17");
  mark.style.superior = true;
  int lines = 0;
  for (int width = 60; width < 200; width += 5) {
    Paragraph paragraph = setting_.paragraph("", Length::pt(width));
    paragraph.spans.clear();
    for (const char* const text :
         {"Did she hear the child cry?", " Yes…", " She heard it all and more!", " No one did…"}) {
      paragraph.spans.push_back(setting_.span(text));
      paragraph.spans.push_back(mark);
    }
    Typesetter typesetter(setting_.options());
    for (const Line& line :
         typesetter.break_lines(typesetter.prepare(paragraph, setting_.english, {}, setting_.sink))) {
      EXPECT_FALSE(text_of(line).starts_with('1')) << width;
      ++lines;
    }
  }
  EXPECT_GT(lines, 50);
}

TEST_F(LanguageRules, AHyphenShownTwiceIsOneInTheText) {
  style::Language polish;
  polish.tag = "pl";
  polish.hyphen_repeat = true;
  const std::string text = "flaga biało-czerwona, północno-wschodni wiatr, polsko-angielski słownik, 1939-1945, e-mail";
  std::size_t repeated = 0;
  for (int width = 60; width < 200; width += 5) {
    std::string all;
    const std::vector<std::string> lines = lines_of(polish, text, Length::pt(width));
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const bool soft = lines[i].ends_with(soft_hyphen);
      if (soft) {
        ASSERT_LT(i + 1, lines.size());
        EXPECT_EQ(lines[i + 1].front(), '-');
        ++repeated;
      } else if (i + 1 < lines.size()) {
        EXPECT_FALSE(lines[i].ends_with("o-")) << lines[i];
      }
      all += soft ? lines[i].substr(0, lines[i].size() - soft_hyphen.size()) : lines[i];
    }
    EXPECT_EQ(all, text);
  }
  EXPECT_GT(repeated, 10U);
}

TEST_F(LanguageRules, TheLanguagesOwnHyphen) {
  style::Language language = setting_.english;
  language.hyphen = U'~';
  const Face& face = *setting_.regular();
  ASSERT_NE(face.glyph(U'~'), face.glyph(0x2010));
  Typesetter typesetter(setting_.options());
  const PreparedParagraph prepared = typesetter.prepare(
      setting_.paragraph("considerable understanding notwithstanding", Length::pt(60)), language, {}, setting_.sink);
  std::size_t hyphens = 0;
  for (const Line& line : typesetter.break_lines(prepared)) {
    if (!line.hyphenated) continue;
    ++hyphens;
    EXPECT_EQ(line.runs.back().run.glyphs.back().id, face.glyph(U'~'));
    EXPECT_TRUE(text_of(line).ends_with(soft_hyphen));
  }
  EXPECT_GT(hyphens, 0U);
}

TEST_F(LanguageRules, PatternsThatAreMissingAreAnError) {
  style::Language language = setting_.english;
  language.name = "English";
  language.hyphenation.patterns = "nowhere";
  language.hyphenation.package = "hyphen-nowhere";
  lines_of(language, "considerable understanding", Length::pt(60));
  ASSERT_EQ(setting_.sink.diagnostics().size(), 1U);
  EXPECT_EQ(setting_.sink.diagnostics()[0].code, diag::Code::E0507);
}

// Whatever the document's tag is: cut, likely script, letter case, another of the language's tags.
TEST_F(LanguageRules, PatternsThatAreMissingAreAnErrorByEveryTag) {
  const std::pair<const char*, const char*> tags[] = {{"en", "en-GB"}, {"de", "de-AT"},      {"nb", "no"},
                                                      {"nb", "NB"},    {"sr-Latn", "sr-ME"}, {"de", "de"}};
  for (const auto& [tag, asked] : tags) {
    style::Language language;
    language.tag = tag;
    language.asked = asked;
    language.hyphenation.patterns = "nowhere";
    Typesetter typesetter(setting_.options());
    diag::Sink sink;
    for (const char* const lang : {asked, tag}) {
      Paragraph paragraph = setting_.paragraph("considerable understanding", Length::pt(60));
      paragraph.spans[0].lang = lang;
      typesetter.prepare(paragraph, language, {}, sink);
      ASSERT_EQ(sink.diagnostics().size(), 1U) << asked;  // and once
    }
    EXPECT_EQ(sink.diagnostics()[0].code, diag::Code::E0507);
  }
}

TEST_F(LanguageRules, TheDocumentsOwnTagHasAllRulesOfTheLanguage) {
  const std::string text = "considerable understanding well-known notwithstanding and well-worn a considerable";
  const auto set = [&](const char* tag, const char* asked) {
    style::Language language = setting_.english;
    language.tag = tag;
    language.asked = asked;
    language.hyphen = U'~';
    language.hyphen_repeat = true;
    language.bind_after = {"a", "and"};
    Typesetter typesetter(setting_.options());
    std::vector<std::string> lines;
    for (int width = 60; width < 120; width += 5) {
      Paragraph paragraph = setting_.paragraph(text, Length::pt(width));
      paragraph.spans[0].lang = asked;
      for (const Line& line : typesetter.break_lines(typesetter.prepare(paragraph, language, {}, setting_.sink))) {
        lines.push_back(text_of(line));
        if (line.hyphenated) lines.push_back(std::to_string(line.runs.back().run.glyphs.back().id));
      }
    }
    return lines;
  };
  const std::vector<std::string> expected = set("en", "en");
  EXPECT_GT(std::count(expected.begin(), expected.end(), std::to_string(setting_.regular()->glyph(U'~'))), 10);
  const std::pair<const char*, const char*> tags[] = {{"nb", "no"},         {"nb", "NB"},    {"nb", "no-NO"},
                                                      {"sr-Latn", "sr-ME"}, {"en", "en-GB"}, {"en", "EN-gb"}};
  for (const auto& [tag, asked] : tags) EXPECT_EQ(set(tag, asked), expected) << asked;
}

// English of America has patterns of its own inside a document in English.
TEST_F(LanguageRules, APhraseWithItsOwnPatternsKeepsThem) {
  style::Language language = setting_.english;
  language.tag = "en";
  language.hyphenation.patterns = "nowhere";
  Paragraph paragraph = setting_.paragraph("considerable understanding", Length::pt(60));
  paragraph.spans[0].lang = "en-US";
  Typesetter typesetter(setting_.options());
  std::size_t hyphens = 0;
  for (const Line& line : typesetter.break_lines(typesetter.prepare(paragraph, language, {}, setting_.sink)))
    if (line.hyphenated) ++hyphens;
  EXPECT_GT(hyphens, 0U);
  EXPECT_TRUE(setting_.sink.diagnostics().empty());
}

}  // namespace
}  // namespace epitome::text
