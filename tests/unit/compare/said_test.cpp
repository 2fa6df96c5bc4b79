// What counts as text: white space, unseen characters, blocks and places.
#include "compare/said.hpp"

#include <gmock/gmock.h>

namespace epitome::compare {
namespace {

using testing::ElementsAre;

Text text_of(std::string_view utf8) {
  Text text;
  text.append(utf8);
  text.finish();
  return text;
}

TEST(Said, WhiteSpaceIsOneSpaceAndNoneAtTheEnds) {
  EXPECT_EQ(text_of(" \n a\t\r\nb \f c ").characters, U"a b c");
  EXPECT_EQ(text_of(" \n").characters, U"");
}

TEST(Said, ANoBreakSpaceIsACharacter) { EXPECT_EQ(text_of("a\u00A0 b").characters, U"a\u00A0 b"); }

TEST(Said, SoftHyphensAndMarksOfDirectionAreLeftOut) {
  EXPECT_EQ(text_of("a\u00ADb\u200E\u200F\u061C\u202A\u202Ec\u2066\u2069").characters, U"abc");
  EXPECT_EQ(text_of("a\u200Cb\u200Dc").characters, U"a\u200Cb\u200Dc");  // they choose a letter's form
}

TEST(Said, TheSpaceBetweenTwoBlocksBelongsToTheFirst) {
  Text text;
  for (const char* const block : {"one", "", "two "}) {
    text.part_block();
    text.append(std::string_view(block));
  }
  text.part_block();
  text.finish();
  EXPECT_EQ(text.characters, U"one two");
  EXPECT_THAT(text.blocks, ElementsAre(0, 4));
}

TEST(Said, APlaceHoldsUpToTheNext) {
  Text text;
  text.append(std::string_view("ab"));
  EXPECT_EQ(text.place(0), nullptr);
  text.at({0, {}, "1", "H1"});
  text.at({0, {}, "1", "P"});  // nothing stands in the one before
  text.append(std::string_view("cd"));
  text.at({0, {}, "2", "P"});
  ASSERT_EQ(text.places.size(), 2u);
  EXPECT_EQ(text.place(1), nullptr);
  EXPECT_EQ(text.place(2)->element, "P");
  EXPECT_EQ(text.place(3)->page, "1");
  EXPECT_EQ(text.place(4)->page, "2");
}

TEST(Said, ALinkEndsWithTheText) {
  Text text;
  text.append(std::string_view("see "));
  text.links.push_back({0, 4, true, U"9"});
  text.finish();
  EXPECT_EQ(text.links[0].end, 3u);
}

TEST(Said, WordsStandBetweenSpaces) {
  EXPECT_EQ(count_words(U""), 0u);
  EXPECT_EQ(count_words(U"one"), 1u);
  EXPECT_EQ(count_words(U"one two, three"), 3u);
}

TEST(Said, Utf8ThereAndBack) {
  EXPECT_EQ(to_utf32("a\u05D0\U0001F600"), U"a\u05D0\U0001F600");
  EXPECT_EQ(to_utf8(U"a\u05D0\U0001F600"), "a\u05D0\U0001F600");
}

}  // namespace
}  // namespace epitome::compare
