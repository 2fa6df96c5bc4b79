// Where spans meet inside a word: kerning goes across, and Italic and upright don't touch.
#include <gtest/gtest.h>

#include "setting.hpp"

namespace epitome::text {
namespace {

class JoinsTest : public testing::Test {
 protected:
  Length width(std::vector<TextSpan> spans) {
    return typesetter_.set_line(std::move(spans), setting_.english, model::Direction::ltr, setting_.sink).width;
  }
  TextSpan roman(const std::string& text, std::uint32_t tag = 0) {
    TextSpan span = setting_.span(text);
    span.tag = tag;
    return span;
  }
  TextSpan italic(const std::string& text) {
    TextSpan span = setting_.span(text);
    span.style.face = setting_.italic();
    return span;
  }
  // What stands between two spans beyond their own widths.
  Length between(const TextSpan& a, const TextSpan& b) { return width({a, b}) - width({a}) - width({b}); }

  Setting setting_;
  Typesetter typesetter_{setting_.options()};
};

TEST_F(JoinsTest, KerningGoesAcrossSpansOfOneFace) {
  ASSERT_NE(width({roman("AV")}), width({roman("A")}) + width({roman("V")}));
  EXPECT_EQ(width({roman("A"), roman("V", 1)}), width({roman("AV")}));
  EXPECT_EQ(width({roman("“T"), roman("o", 1), roman("y”", 2)}), width({roman("“Toy”")}));
}

TEST_F(JoinsTest, WhereALineMayEndNothingIsAdded) {
  ASSERT_NE(width({roman("—T")}), width({roman("—")}) + width({roman("T")}));
  EXPECT_EQ(between(roman("anti—"), roman("Tory", 1)), Length());
}

TEST_F(JoinsTest, LettersOfALigatureKeepTheirWidths) {
  ASSERT_NE(width({roman("fi")}), width({roman("f")}) + width({roman("i")}));
  EXPECT_EQ(between(roman("f"), roman("i", 1)), Length());
}

TEST_F(JoinsTest, ItalicDoesNotTouchWhatStandsAsHigh) {
  EXPECT_GT(between(italic("roof"), roman(")")), Length());
  EXPECT_LE(between(italic("roof"), roman(")")), setting_.span("").style.size.scaled(80, 1000));
  EXPECT_GT(between(roman("("), italic("fjord")), Length());
  // Its head leans over a comma without touching it, and a round letter leans nowhere.
  EXPECT_EQ(between(italic("roof"), roman(",")), Length());
  EXPECT_EQ(between(italic("a"), roman("l")), Length());
  // A space parts enough.
  EXPECT_EQ(between(italic("roof"), roman(" (")), Length());
}

}  // namespace
}  // namespace epitome::text
