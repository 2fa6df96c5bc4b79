// ToUnicode maps: what their codes say, and what damaged ones leave unsaid.
#include "compare/to_unicode.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace epitome::compare {
namespace {

constexpr std::string_view code_space = "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n";

std::u32string text_of(const std::string& cmap, std::string_view string) {
  std::size_t room = 10000;
  const ToUnicode map(std::string(code_space) + cmap, room);
  std::u32string out;
  while (!string.empty()) {
    const ToUnicode::Code code = map.first(string);
    out += code.text;
    string.remove_prefix(code.length);
  }
  return out;
}

std::string_view code(const char (&bytes)[3]) { return {bytes, 2}; }

TEST(ToUnicode, ACodesCharacters) {
  const std::string map = "2 beginbfchar\n<0001><00410301>\n<0002> <D83DDE00>\nendbfchar";
  EXPECT_EQ(text_of(map, code("\0\1")), U"A\u0301");
  EXPECT_EQ(text_of(map, code("\0\2")), U"\U0001F600");
}

TEST(ToUnicode, ARangeCountsItsLastCharacterUp) {
  const std::string map = "1 beginbfrange\n<0010><0012><00780061>\nendbfrange";
  EXPECT_EQ(text_of(map, code("\0\x10")), U"xa");
  EXPECT_EQ(text_of(map, code("\0\x12")), U"xc");
  EXPECT_EQ(text_of(map, code("\0\x13")), U"\xFFFD");
}

TEST(ToUnicode, ARangeMayListItsTexts) {
  const std::string map =
      "2 beginbfrange\n<0020><0021>[<0041> % a comment <0043>\n<0042><0044>]\n<0030><0030><005A>\nendbfrange";
  EXPECT_EQ(text_of(map, code("\0\x20")), U"A");
  EXPECT_EQ(text_of(map, code("\0\x21")), U"B");
  EXPECT_EQ(text_of(map, code("\0\x22")), U"\xFFFD");  // past the range's end
  EXPECT_EQ(text_of(map, code("\0\x30")), U"Z");       // what follows is read
}

TEST(ToUnicode, ALaterEntryHolds) {
  EXPECT_EQ(text_of("2 beginbfchar\n<0001><0041>\n<0001><0042>\nendbfchar", code("\0\1")), U"B");
}

TEST(ToUnicode, TheCodeSpaceSaysHowLongACodeIs) {
  std::size_t room = 1000;
  const ToUnicode map(
      "2 begincodespacerange\n<00><7F>\n<8000><FFFF>\nendcodespacerange\n"
      "2 beginbfchar\n<41><0061>\n<8001><0062>\nendbfchar",
      room);
  EXPECT_EQ(map.first("A").text, U"a");
  EXPECT_EQ(map.first("A").length, 1u);
  EXPECT_EQ(map.first("\x80\x01").text, U"b");
  EXPECT_EQ(map.first("\x80\x01").length, 2u);
  EXPECT_EQ(map.first("\x80").text, U"\xFFFD");  // half a code
  EXPECT_EQ(map.first("\x80").length, 1u);
}

TEST(ToUnicode, WhatCantBeUnderstoodHasNoText) {
  EXPECT_EQ(text_of("1 beginbfrange\n<0012><0010><0061>\nendbfrange", code("\0\x11")), U"\xFFFD");
  EXPECT_EQ(text_of("1 beginbfchar\n<0000000001><0061>\nendbfchar", code("\0\1")), U"\xFFFD");
  EXPECT_EQ(text_of("1 beginbfchar\n<0001", code("\0\1")), U"\xFFFD");
  EXPECT_EQ(text_of("/CMapName /X def << /Registry (A) >>", code("\0\1")), U"\xFFFD");
}

TEST(ToUnicode, RoomIsForAllMaps) {
  std::size_t room = 30;
  const std::string one = std::string(code_space) + "1 beginbfchar\n<0001><0041>\nendbfchar";
  const ToUnicode first(one, room), second(one, room), third(one, room);
  EXPECT_EQ(room, 3u);
  EXPECT_THROW(ToUnicode(one, room), std::runtime_error);
}

TEST(ToUnicode, Utf16WithoutItsOtherHalfIsReplaced) {
  EXPECT_EQ(from_utf16(std::string_view("\xD8\x3D\x00\x41", 4)), U"\xFFFD\x41");
  EXPECT_EQ(from_utf16(std::string_view("\xDE\x00", 2)), U"\xFFFD");
  EXPECT_EQ(from_utf16(std::string_view("\x00\x41\x00", 3)), U"A");
}

}  // namespace
}  // namespace epitome::compare
