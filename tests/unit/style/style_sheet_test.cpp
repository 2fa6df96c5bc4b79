#include "style/style_sheet.hpp"

#include <gmock/gmock.h>

#include "style/language.hpp"
#include "style/settings.hpp"

namespace epitome::style {
namespace {

using model::Direction;
using testing::ElementsAre;
using testing::HasSubstr;

// The CSS of `sheet`, which must be sound.
std::string filled(const std::string& sheet, const Language& language, Direction direction = Direction::ltr) {
  diag::Sink sink;
  Settings settings(sink, diag::Code::E0501);
  const std::optional<StyleSheet> read = read_style_sheet(sheet, "own.css", settings);
  for (const diag::Diagnostic& d : sink.diagnostics()) ADD_FAILURE() << d.message;
  return read ? fill(*read, language, direction) : std::string();
}

std::vector<std::string> sheet_faults(const std::string& sheet) {
  diag::Sink sink;
  Settings settings(sink, diag::Code::E0501);
  EXPECT_FALSE(read_style_sheet(sheet, "own.css", settings)) << sheet;
  EXPECT_FALSE(settings.sound());
  std::vector<std::string> messages;
  for (const diag::Diagnostic& d : sink.diagnostics()) {
    EXPECT_EQ(d.code, diag::Code::E0501);
    EXPECT_FALSE(d.hints.empty()) << d.message;
    messages.push_back(d.message);
  }
  return messages;
}

}  // namespace

TEST(StyleSheet, WithoutPlacesIsAsItWasWritten) {
  const std::string sheet =
      "/* left, right */ p { margin-left: 1em; line-height: 1.25; }\n@media print { a { float: right } }";
  Language language;
  language.lines.leading = 2200;
  EXPECT_EQ(filled(sheet, language, Direction::rtl), sheet);
  EXPECT_EQ(filled("", language), "");
}

TEST(StyleSheet, StartAndEndAreTheDirections) {
  const std::string sheet = "p { margin-@{start}: 1em; text-align: @{end}; }";
  EXPECT_EQ(filled(sheet, {}, Direction::ltr), "p { margin-left: 1em; text-align: right; }");
  EXPECT_EQ(filled(sheet, {}, Direction::rtl), "p { margin-right: 1em; text-align: left; }");
}

TEST(StyleSheet, LineHeightsFollowTheLeadingThatTheScriptNeeds) {
  const std::string sheet =
      "h1 { line-height: @{line-height 1.25}; } h2 { line-height: @{line-height 1.1}; }\n"
      "@{if leading}\nbody { line-height: @{leading}; }\n@{/if}\n";
  Language language;
  EXPECT_EQ(filled(sheet, language), "h1 { line-height: 1.25; } h2 { line-height: 1.1; }\n");
  language.lines.leading = 2200;
  EXPECT_EQ(filled(sheet, language),
            "h1 { line-height: 2.06; } h2 { line-height: 1.81; }\nbody { line-height: 2.20; }\n");
  language.lines.leading = 1450;
  EXPECT_EQ(filled(sheet, language),
            "h1 { line-height: 1.35; } h2 { line-height: 1.19; }\nbody { line-height: 1.45; }\n");
}

TEST(StyleSheet, IndentsAsTheLanguageDoes) {
  const std::string sheet =
      "@{if indent}p { text-indent: @{indent}; }@{/if}@{if first-indent} p.first { text-indent: @{first-indent}; "
      "}@{/if}";
  Language language;
  EXPECT_EQ(filled(sheet, language), "");
  language.indent_first = true;
  EXPECT_EQ(filled(sheet, language), "");
  language.indent_ems = 2;
  EXPECT_EQ(filled(sheet, language), "p { text-indent: 2em; } p.first { text-indent: 2em; }");
  language.indent_first = false;
  EXPECT_EQ(filled(sheet, language), "p { text-indent: 2em; }");
}

TEST(StyleSheet, CountsInTheLanguagesDigits) {
  const std::string sheet = "a\n@{if digits}\nol { list-style-type: @{digits}; }\n@{/if}\nb";
  Language language;
  language.list_digits = "decimal";
  EXPECT_EQ(filled(sheet, language), "a\nb");
  language.zero = U'٠';
  language.list_digits = "arabic-indic";
  EXPECT_EQ(filled(sheet, language), "a\nol { list-style-type: arabic-indic; }\nb");
}

// At words in letters that its font hasn't MuPDF 1.21 never ends once it must divide one.
TEST(StyleSheet, DividesWordsWhereMuPdfCan) {
  const std::string sheet = "p { word-wrap: break-word;@{if divided} overflow-wrap: break-word;@{/if} }";
  const auto divided = [&](const char* name) {
    Language language;
    language.name = name;
    return filled(sheet, language) == "p { word-wrap: break-word; overflow-wrap: break-word; }";
  };
  for (const char* const name : {"", "English", "isiZulu", "українська"}) EXPECT_TRUE(divided(name)) << name;
  for (const char* const name : {"Ελληνικά", "ქართული", "עברית", "Հայերեն", "日本語", "ไทย"})
    EXPECT_FALSE(divided(name)) << name;
}

TEST(StyleSheet, FaultsHaveTheirPlaces) {
  EXPECT_THAT(sheet_faults("p { }\nq { float: @{strat}; }"), ElementsAre("own.css:2:12: '@{strat}' is not known"));
  EXPECT_THAT(sheet_faults("é @{start now}"), ElementsAre("own.css:1:3: '@{start now}' is not known"));
  EXPECT_THAT(sheet_faults("@{}"), ElementsAre("own.css:1:1: '@{}' is not known"));
  EXPECT_THAT(sheet_faults("@{start"), ElementsAre("own.css:1:1: '@{' is not closed"));
  EXPECT_THAT(sheet_faults("@{start\n}"), ElementsAre("own.css:1:1: '@{' is not closed"));
  EXPECT_THAT(sheet_faults("@{if start}@{/if}"), ElementsAre("own.css:1:1: '@{if start}' is not known"));
  EXPECT_THAT(sheet_faults("a\n@{if digits}"), ElementsAre("own.css:2:1: '@{if' has no end"));
  EXPECT_THAT(sheet_faults("@{/if}"), ElementsAre("own.css:1:1: '@{/if}' ends nothing"));
  EXPECT_THAT(sheet_faults("@{if indent}@{if digits}@{/if}"),
              ElementsAre("own.css:1:13: '@{if' stands inside another"));
  EXPECT_THAT(sheet_faults("@{indent}"), ElementsAre("own.css:1:1: a language may have no 'indent'"));
  EXPECT_THAT(sheet_faults("@{if digits}@{indent}@{/if}"),
              ElementsAre("own.css:1:13: a language may have no 'indent'"));
  for (const char* const height : {"@{line-height}", "@{line-height 0}", "@{line-height 1.255}", "@{line-height 1.2em}",
                                   "@{line-height 100}", "@{line-height 999999999999}", "@{line-height 1.2.3}"}) {
    EXPECT_THAT(sheet_faults(height), ElementsAre(HasSubstr("is not a line height"))) << height;
  }
}

}  // namespace epitome::style
