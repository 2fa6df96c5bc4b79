// The shipped style sheets, filled for every language: what readers' engines and scripts ask of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iterator>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "style/read_language.hpp"
#include "style/read_layout.hpp"

namespace epitome::epub {
namespace {

using model::Direction;
using testing::HasSubstr;
using testing::Not;

// The first sheet and the second, for a language that runs in `direction`, without comments.
std::string sheets(const style::Language& language, Direction direction) {
  diag::Sink sink;
  static const style::Layout layout = style::read_layout("book", EPITOME_SOURCE_DIR, sink).value();
  const std::string css = style::fill(layout.epub_first_sheet, language, direction) +
                          style::fill(layout.epub_second_sheet, language, direction);
  return std::regex_replace(css, std::regex(R"(/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)"), "");
}

style::Language language(const std::string& tag) {
  diag::Sink sink;
  return style::read_language(tag, EPITOME_SOURCE_DIR, sink).value();
}

struct Declaration {
  std::string property, value;
};

std::vector<Declaration> declarations(const std::string& css) {
  std::vector<Declaration> out;
  const std::regex one(R"(([-a-z]+)\s*:\s*([^;{}]+)[;}])");
  for (std::sregex_iterator at(css.begin(), css.end(), one), end; at != end; ++at) out.push_back({(*at)[1], (*at)[2]});
  return out;
}

// What mirroring the words "left" and "right" misses, and what readers with columns answer wrongly.
std::vector<std::string> faults(const std::string& css) {
  std::vector<std::string> out;
  if (css.find("@media") != css.npos) out.emplace_back("@media");
  for (const auto& [property, value] : declarations(css)) {
    std::istringstream words(value);
    const std::vector<std::string> sides{std::istream_iterator<std::string>(words), {}};
    const bool shorthand = property == "margin" || property == "padding" || property.starts_with("border-");
    if (shorthand && sides.size() == 4 && sides[1] != sides[3]) out.push_back(property + ": " + value);
    if (property.starts_with("page-break-") && value == "always") out.push_back(property + ": " + value);
    if (property == "hanging-punctuation") out.push_back(property);
  }
  return out;
}

TEST(Sheets, HoldNothingThatReadersAnswerWrongly) {
  for (const std::string& tag : style::language_tags(EPITOME_SOURCE_DIR)) {
    const style::Language own = language(tag);
    EXPECT_THAT(faults(sheets(own, own.direction)), testing::IsEmpty()) << tag;
  }
  // The check itself.
  EXPECT_EQ(faults("ul { margin: 1em 0 1em 2em; } p { margin: 1em 2em 1em 2em } @media (min-width: 42em) { }").size(),
            2U);
  EXPECT_EQ(faults("body { hanging-punctuation: first; } nav { page-break-before: always; }").size(), 2U);
}

// Each declaration of the one direction is in the other, with left for right.
TEST(Sheets, OfTheOtherDirectionAreMirrored) {
  const style::Language english = language("en");
  const std::string ltr = sheets(english, Direction::ltr), rtl = sheets(english, Direction::rtl);
  const auto mirrored = [](std::string css) {
    css = std::regex_replace(css, std::regex("\\bleft\\b"), "@");
    css = std::regex_replace(css, std::regex("\\bright\\b"), "left");
    return std::regex_replace(css, std::regex("@(?![a-z])"), "right");
  };
  EXPECT_NE(ltr, rtl);
  // What the second sheet resets, it resets on both sides.
  const std::string both = "margin-left: 0; margin-right: 0;", turned = "margin-right: 0; margin-left: 0;";
  std::string expected = mirrored(ltr);
  for (std::size_t at; (at = expected.find(turned)) != expected.npos;) expected.replace(at, turned.size(), both);
  const std::string cells = "padding-left: 0; padding-right: 0;", other = "padding-right: 0; padding-left: 0;";
  for (std::size_t at; (at = expected.find(other)) != expected.npos;) expected.replace(at, other.size(), cells);
  EXPECT_EQ(expected, rtl);
}

TEST(Sheets, SlantAndSpaceOnlyLettersThatHaveAnItalic) {
  std::size_t upright = 0;
  for (const std::string& tag : style::language_tags(EPITOME_SOURCE_DIR)) {
    const style::Language own = language(tag);
    const std::string css = sheets(own, own.direction);
    if (own.foreign_in_italic) {
      EXPECT_THAT(css, HasSubstr("font-style: italic")) << tag;
      continue;
    }
    ++upright;
    EXPECT_THAT(css, Not(HasSubstr("italic"))) << tag;
    EXPECT_THAT(css, Not(HasSubstr("letter-spacing"))) << tag;
    EXPECT_THAT(css, HasSubstr("em, i, cite { font-style: normal; }")) << tag;
  }
  EXPECT_GT(upright, 15U);
}

}  // namespace
}  // namespace epitome::epub
