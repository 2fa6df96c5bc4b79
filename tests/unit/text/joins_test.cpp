// Where spans meet inside a word: kerning goes across, and Italic and upright don't touch.
#include <gtest/gtest.h>
#include <hb.h>

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

// Words are shaped one by one; the whole line by HarfBuzz is as wide. A no-break space is kerned as a space, which
// fonts needn't say.
TEST_F(JoinsTest, SpacesAreKernedAsInOneText) {
  for (const std::string text : {"of women", "By Tom", "of f of", "of\u00A0wives", "Sam f", "(of) \u201CTen\u201D"}) {
    const TextSpan span = roman(text);
    hb_buffer_t* const buffer = hb_buffer_create();
    std::string spaced = text;
    if (const std::size_t at = spaced.find("\u00A0"); at != std::string::npos) spaced.replace(at, 2, " ");
    hb_buffer_add_utf8(buffer, spaced.data(), -1, 0, -1);
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(span.style.face->hb_font(), buffer, nullptr, 0);
    unsigned count = 0;
    const hb_glyph_position_t* const positions = hb_buffer_get_glyph_positions(buffer, &count);
    std::int64_t units = 0;
    for (unsigned i = 0; i < count; ++i) units += positions[i].x_advance;
    hb_buffer_destroy(buffer);
    const Length whole = span.style.size.scaled(units, span.style.face->units_per_em());
    EXPECT_NEAR(static_cast<double>(width({span}).raw()), static_cast<double>(whole.raw()), 32) << text;
  }
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
