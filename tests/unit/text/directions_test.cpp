// Order on a line: numbers, brackets and isolates in lines of both directions (UAX #9).
#include "diag/utf8.hpp"
#include "setting.hpp"

namespace epitome::text {
namespace {

class DirectionsTest : public testing::Test {
 protected:
  Line line_of(const std::vector<TextSpan>& spans, model::Direction direction = model::Direction::rtl) {
    return typesetter_.set_line(spans, setting_.english, direction, setting_.sink);
  }
  TextSpan isolate(const std::string& text, model::Direction direction, const Face* face = nullptr) {
    TextSpan span = setting_.span(text, face);
    span.direction = direction;
    return span;
  }
  // The source's characters as they stand from left to right.
  static std::string seen(const Line& line) {
    std::string out;
    for (const PlacedRun& placed : line.runs) {
      const GlyphRun& run = placed.run;
      for (const Glyph& glyph : run.glyphs) {
        std::size_t end = glyph.cluster + 1;
        while (end < run.text.size() && (static_cast<unsigned char>(run.text[end]) & 0xC0) == 0x80) ++end;
        out += run.text.substr(glyph.cluster, end - glyph.cluster);
      }
    }
    return out;
  }

  Setting setting_;
  Typesetter typesetter_{setting_.options()};
};

// Letters stand from right to left, the figures of a number from left to right.
TEST_F(DirectionsTest, NumbersKeepTheirOrder) {
  EXPECT_EQ(seen(line_of({setting_.span("אב 2021 גד")})), "דג 2021 בא");
  EXPECT_EQ(seen(line_of({setting_.span("אב 12,5 גד")})), "דג 12,5 בא");
  // Two numbers and a dash are one after the other from the right …
  EXPECT_EQ(seen(line_of({setting_.span("אב 3–7 גד")})), "דג 7–3 בא");
  // … an ISBN only where it is isolated keeps its parts' order after Arabic letters (W2).
  EXPECT_EQ(seen(line_of({setting_.span("دب 978-0-14")})), "14-0-978 بد");
  EXPECT_EQ(seen(line_of({setting_.span("دب "), isolate("978-0-14", model::Direction::ltr)})), "978-0-14 بد");
}

// The font has the forms of Sindhi and Urdu for 4, 6 and 7 too, and would take them for any language.
TEST_F(DirectionsTest, PersianFiguresHavePersianForms) {
  TextSpan span = setting_.span("در ۴۶۷");
  span.lang = "fa";
  std::size_t seen_figures = 0;
  for (const PlacedRun& placed : line_of({span}).runs) {
    for (const Glyph& glyph : placed.run.glyphs) {
      const char32_t c = diag::decode_utf8(placed.run.text, glyph.cluster).value;
      if (c < U'۰' || c > U'۹') continue;
      EXPECT_EQ(glyph.id, placed.run.face->glyph(c));
      ++seen_figures;
    }
  }
  EXPECT_EQ(seen_figures, 3U);
}

TEST_F(DirectionsTest, BracketsGoWithWhatTheyHoldAndAreMirrored) {
  const Line line = line_of({setting_.span("אב (12) גד")});
  EXPECT_EQ(seen(line), "דג )12( בא");
  // What closes the bracket stands at its left and looks like an opening one.
  std::vector<std::uint32_t> brackets;
  for (const PlacedRun& placed : line.runs)
    for (const Glyph& glyph : placed.run.glyphs)
      if (placed.run.text[glyph.cluster] == '(' || placed.run.text[glyph.cluster] == ')') brackets.push_back(glyph.id);
  const Face* face = setting_.regular();
  EXPECT_EQ(brackets, (std::vector<std::uint32_t>{face->glyph(U'('), face->glyph(U')')}));
  EXPECT_EQ(seen(line_of({setting_.span("אב (The Push) גד")})), "דג )The Push( בא");
}

TEST_F(DirectionsTest, AnIsolateKeepsItsEndAndLeavesItsSurroundingsAlone) {
  // Without: the year goes with the title, or the title's mark with the Hebrew.
  EXPECT_EQ(seen(line_of({setting_.span("אב Who? 2021 גד")})), "דג Who? 2021 בא");
  EXPECT_EQ(seen(line_of({setting_.span("אב Who? גד")})), "דג ?Who בא");
  EXPECT_EQ(seen(line_of({setting_.span("אב "), isolate("Who?", model::Direction::ltr), setting_.span(" 2021 גד")})),
            "דג 2021 Who? בא");
  EXPECT_EQ(seen(line_of({setting_.span("By "), isolate("אב", model::Direction::rtl), setting_.span(" 12")},
                         model::Direction::ltr)),
            "By בא 12");
}

TEST_F(DirectionsTest, APhraseInTwoStylesStaysInOrder) {
  EXPECT_EQ(seen(line_of({setting_.span("אב "), isolate("The ", model::Direction::ltr),
                          isolate("Push", model::Direction::ltr, setting_.italic()), setting_.span(" גד")})),
            "דג The Push בא");
}

// Figures and marks are taken from the face that sets the letters around them, if it has them.
TEST_F(DirectionsTest, FiguresGoWithTheirScript) {
  const auto face_of = [&](const Line& line, char wanted) {
    for (const PlacedRun& placed : line.runs)
      if (placed.run.text.find(wanted) != std::string::npos) return placed.run.face->entry().family;
    return std::string("nowhere");
  };
  EXPECT_EQ(face_of(line_of({setting_.span("بيعت في 41 بلدا")}), '4'), "Noto Naskh Arabic");
  EXPECT_EQ(face_of(line_of({setting_.span("हिन्दी, (41)")}, model::Direction::ltr), ','), "Noto Serif Devanagari");
  EXPECT_EQ(face_of(line_of({setting_.span("日本41")}, model::Direction::ltr), '4'), "Vollkorn");
  EXPECT_EQ(face_of(line_of({setting_.span("Push 41")}), '4'), "Vollkorn");
  EXPECT_EQ(face_of(line_of({setting_.span("They said كتاب (41) to us.")}, model::Direction::ltr), '4'), "Vollkorn");
  EXPECT_EQ(face_of(line_of({setting_.span("שלום, (41)")}), ','), "Vollkorn");  // the Hebrew face has no comma
  EXPECT_EQ(setting_.sink.error_count(), 0u);
}

}  // namespace
}  // namespace epitome::text
