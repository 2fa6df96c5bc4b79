// The syntaxes: what stands where in a source.
#include "reader/syntax.hpp"

#include <gmock/gmock.h>

#include "diag/utf8.hpp"
#include "support.hpp"

namespace epitome::reader {
namespace {

using testing::ElementsAre;

// All texts of a source, those of attributes with an @ before; behind each what the source writes for its first
// character.
std::vector<std::string> texts_of(const std::string& bytes) {
  const diag::SourceText source("x.xml", bytes);
  std::vector<std::string> out;
  each_xml_text(source, [&](std::string_view text, std::span<const std::uint32_t> begins, bool apart) {
    EXPECT_EQ(begins.size(), text.size() + 1);
    const std::size_t first = diag::decode_utf8(text, 0).length;
    out.push_back((apart ? "@" : "") + std::string(text) + "|" + bytes.substr(begins[0], begins[first] - begins[0]));
  });
  return out;
}

TEST(XmlSyntax, TextsWithThePlacesOfTheirCharacters) {
  EXPECT_THAT(texts_of("<a x='🔥 &#x2705;'><!-- 🔥 --><b>o 🔥</b>&#x1F525;<![CDATA[&#x1F525;]]></a>"),
              ElementsAre("@🔥 ✅|🔥", "o 🔥|o", "🔥|&#x1F525;", "&#x1F525;|&"));
}

TEST(XmlSyntax, ATreeSaysWhereNamesAndValuesStand) {
  const std::string bytes = "<a  one = \"1\"\n two='&lt;2'>text<b/> more</a>";
  const diag::SourceText source("x.xml", bytes);
  Faults faults;
  const std::optional<Tree> tree = parse_xml(source, faults);
  ASSERT_TRUE(tree && !faults.has_errors());
  const auto at = [&](diag::Span span) { return bytes.substr(span.offset, span.length); };
  const Node root = tree->root();
  EXPECT_EQ(at(root.span()), "a");
  EXPECT_EQ(at(root.attribute_span("one")), "one");
  EXPECT_EQ(at(root.value_span("two")), "&lt;2");
  EXPECT_EQ(root.attribute("two"), "<2");
  EXPECT_EQ(at(root.value_span("three")), "a");
  EXPECT_EQ(at(root.first_child().span()), "text");
  EXPECT_EQ(root.child("b").parent(), root);
  EXPECT_EQ(root.child("b").next_sibling().value(), " more");
}

TEST(XmlSyntax, TheShortestDocumentKeepsItsName) {
  const diag::SourceText source("x.xml", "<a/>");
  Faults faults;
  const std::optional<Tree> tree = parse_xml(source, faults);
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree->root().name(), "a");
}

}  // namespace
}  // namespace epitome::reader
