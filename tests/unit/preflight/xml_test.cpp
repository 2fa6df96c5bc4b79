#include "preflight/xml.hpp"

#include <gmock/gmock.h>

namespace epitome::preflight {

namespace {

TEST(Xml, PathsAreResolvedFromTheirFile) {
  const auto path = [](const char* href) { return resolve("OEBPS/text/one.xhtml", href).path; };
  EXPECT_EQ(path("two.xhtml"), "OEBPS/text/two.xhtml");
  EXPECT_EQ(path("../a%20b.css?x#y"), "OEBPS/a b.css");
  EXPECT_EQ(path("#y"), "OEBPS/text/one.xhtml");
  EXPECT_EQ(path("./x/../z"), "OEBPS/text/z");
  EXPECT_EQ(resolve("one.xhtml", "two.xhtml#a%62").fragment, "ab");
  const auto where = [](const char* href) { return resolve("OEBPS/one.xhtml", href).where; };
  EXPECT_EQ(where("../../x"), Target::Where::outside_container);
  EXPECT_EQ(where("%2e%2e/%2e%2e/x"), Target::Where::outside_container);
  EXPECT_EQ(where("/x"), Target::Where::outside_container);
  EXPECT_EQ(where("https://example.com/"), Target::Where::elsewhere);
  EXPECT_EQ(where("//example.com/"), Target::Where::elsewhere);
  EXPECT_EQ(where("a/b:c"), Target::Where::inside);
}

TEST(Xml, AttributesHaveTheirPlaces) {
  std::string why;
  diag::Span where;
  const auto xml = parse_xml("<a>\n<b title=' id=\"no\"' id = 'yes'/></a>", why, where);
  ASSERT_TRUE(xml);
  const pugi::xml_node b = xml->tree.child("a").child("b");
  const diag::Span id = span_of(*xml, b, "id");
  EXPECT_EQ(xml->text.substr(id.offset, id.length), "id = 'yes'");
  EXPECT_EQ(span_of(*xml, b, "none"), span_of(b));
  EXPECT_EQ(xml->text.substr(span_of(b).offset, span_of(b).length), "b");
}

TEST(Xml, ATreeIsWalkedInItsOrder) {
  std::string why, walked;
  diag::Span where;
  const auto xml = parse_xml("<a><b/>x<c><d/></c></a>", why, where);
  ASSERT_TRUE(xml);
  walk(
      xml->tree, [&](const pugi::xml_node& node) { walked += node.name()[0] == 0 ? "x" : node.name(); },
      [&](const pugi::xml_node& node) { walked += node.name()[0] == 0 ? "." : "/"; });
  EXPECT_EQ(walked, "ab/x.cd///");
  EXPECT_EQ(text_of(xml->tree), "x");
}

TEST(Xml, WhatIsNotWellFormedSaysWhere) {
  std::string why;
  diag::Span where;
  EXPECT_FALSE(parse_xml("<a><b></a>", why, where));
  EXPECT_FALSE(why.empty());
  EXPECT_GE(where.offset, 6U);
}

// A byte order mark stays: it is the parser's.
TEST(Xml, TextsAreUtf8) {
  using namespace std::string_literals;
  EXPECT_EQ(as_utf8("a\xC3\xA9"s), "a\xC3\xA9");
  EXPECT_EQ(as_utf8("\xFF\xFE\x61\0\x3D\xD8\0\xDE"s), "\xEF\xBB\xBF\x61\xF0\x9F\x98\x80");
  EXPECT_EQ(as_utf8("\xFE\xFF\0\x61"s), "\xEF\xBB\xBF\x61");
  EXPECT_EQ(as_utf8("\xFF\xFE\x3D\xD8"s), "\xEF\xBB\xBF\xEF\xBF\xBD");
  EXPECT_FALSE(as_utf8("\xE9"s));
}

}  // namespace

}  // namespace epitome::preflight
