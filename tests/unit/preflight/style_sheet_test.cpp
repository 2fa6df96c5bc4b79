#include "preflight/style_sheet.hpp"

#include <gmock/gmock.h>

namespace epitome::preflight {

namespace {

using testing::ElementsAre;

TEST(StyleSheet, RulesHaveTheirPlaces) {
  const StyleSheet sheet =
      parse_style_sheet("/* a { b: c } */ h1, H2 > p {\n  Color : RED ;margin:0 !important }", 100);
  ASSERT_EQ(sheet.rules.size(), 1U);
  const StyleRule& rule = sheet.rules[0];
  EXPECT_EQ(rule.selector, "h1, H2 > p");
  EXPECT_EQ(rule.offset, 117U);
  ASSERT_EQ(rule.declarations.size(), 2U);
  EXPECT_EQ(rule.declarations[0].property, "color");
  EXPECT_EQ(rule.declarations[0].value, "red");
  EXPECT_EQ(rule.declarations[0].offset, 132U);
  EXPECT_EQ(rule.value("margin"), "0");
  EXPECT_EQ(rule.value("padding"), "");
}

TEST(StyleSheet, RulesKnowTheirMedia) {
  const StyleSheet sheet =
      parse_style_sheet("@media PRINT { @supports (a: b) { p { c: d } } } q { e: f } @media x { }", 0);
  ASSERT_EQ(sheet.rules.size(), 2U);
  EXPECT_EQ(sheet.rules[0].media, "print");
  EXPECT_TRUE(sheet.rules[0].supports);
  EXPECT_EQ(sheet.rules[1].media, "");
  ASSERT_EQ(sheet.at_rules.size(), 3U);
  EXPECT_FALSE(sheet.at_rules[0].empty);
  EXPECT_TRUE(sheet.at_rules[2].empty);
}

TEST(StyleSheet, AddressesAreFoundInEveryForm) {
  const StyleSheet sheet =
      parse_style_sheet("@import 'a.css'; @import url(b.css); p { q: url( \"c d.png\" ) } r { s: URL(e) }", 0);
  std::vector<std::string> hrefs;
  for (const Address& address : sheet.addresses) hrefs.push_back(address.href);
  EXPECT_THAT(hrefs, testing::UnorderedElementsAre("a.css", "b.css", "c d.png", "e"));
}

TEST(StyleSheet, WhatIsNotWholeIsPassedOver) {
  for (const char* const text : {"", "/*", "/", "a", "a{", "a{b", "a{b:", "a{b:c", "}", "}}a{b:c}", "@", "@media",
                                 "@media{", "a{b:'c}", "a{b:url(", "\\", "a{b:\\", "a{{{", "a{b:c;{d:e}}"}) {
    EXPECT_LE(parse_style_sheet(text, 0).rules.size(), 1U) << text;
  }
}

TEST(StyleSheet, LengthsHaveAUnit) {
  double number = 0;
  std::string_view unit;
  ASSERT_TRUE(parse_length("-1.5em", number, unit));
  EXPECT_EQ(number, -1.5);
  EXPECT_EQ(unit, "em");
  ASSERT_TRUE(parse_length(".8em", number, unit));
  EXPECT_EQ(number, .8);
  ASSERT_TRUE(parse_length("+0", number, unit));
  EXPECT_EQ(unit, "");
  EXPECT_FALSE(parse_length("auto", number, unit));
  EXPECT_THAT(parts_of(" 0  calc(1px + 2px) 3em"), ElementsAre("0", "calc(1px + 2px)", "3em"));
}

TEST(StyleSheet, SubjectsAreWhatARuleIsAbout) {
  EXPECT_THAT(subjects_of("body > nav, H1.title, a[href=\"x,y\"] , .box, epub|aside::before, *"),
              ElementsAre("nav", "h1", "a", "", "aside", "*"));
}

}  // namespace

}  // namespace epitome::preflight
