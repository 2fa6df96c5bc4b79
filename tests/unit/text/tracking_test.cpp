// Letter-spacing: what a line is known to be wide is what its glyphs are wide, whatever stands in it.
#include "diag/utf8.hpp"
#include "setting.hpp"

namespace epitome::text {
namespace {

class Tracking : public ParagraphTest {
 protected:
  Paragraph tracked(std::string text, std::int32_t tracking, style::Alignment alignment) {
    Paragraph paragraph = setting_.paragraph(std::move(text), Length::pt(190));
    paragraph.spans.front().style.tracking = tracking;
    paragraph.shape.alignment = alignment;
    paragraph.shape.protrude = false;
    return paragraph;
  }

  // Without the space that hangs at the line's end.
  static Length width_of_glyphs(const Line& line) {
    Length width;
    for (const PlacedRun& placed : line.runs) width += placed.annotation ? Length{} : placed.run.width();
    const GlyphRun& last = line.runs[line.logical.back()].run;
    return last.text.ends_with(' ') ? width - last.glyphs.back().advance : width;
  }
};

TEST_F(Tracking, LinesAreAsWideAsTheirGlyphs) {
  const std::string address = "https://lamp.example/log-log-log-log-log-log-log-log-log-log-log-log-log-log";
  for (const std::string& text :
       {std::string("A keeper tends a lamp that no ship has passed for a year."), "See " + address + " for it.",
        std::string("\xE2\x80\xAE"
                    "abc\xE2\x80\xAC is \xE2\x81\xA6"
                    "a title\xE2\x81\xA9 of some length, and more of it."),
        std::string("un\xC2\xAD"
                    "ac\xC2\xAD"
                    "knowl\xC2\xAD"
                    "edged re\xC2\xADspon\xC2\xADsi\xC2\xAD"
                    "bi\xC2\xADli\xC2\xADties "
                    "of keep\xC2\xAD"
                    "ers")}) {
    for (const std::int32_t tracking : {-12, 60, 200}) {
      for (const style::Alignment alignment : {style::Alignment::start, style::Alignment::justified}) {
        for (const Line& line : lines_of(tracked(text, tracking, alignment))) {
          EXPECT_LE(std::abs((line.width - width_of_glyphs(line)).raw()), 400) << text_of(line) << " " << tracking;
          EXPECT_LE(line.width.raw(), line.room.raw() + 400) << text_of(line) << " " << tracking;
        }
      }
    }
  }
}

TEST_F(Tracking, CharactersWithoutAWidthTakeNone) {
  const std::vector<Line> lines =
      lines_of(tracked("\xE2\x80\xAE"
                       "abc\xE2\x80\xAC \xE2\x80\x8B"
                       "d",
                       60, style::Alignment::start));
  ASSERT_EQ(lines.size(), 1u);
  int unseen = 0;
  for (const PlacedRun& placed : lines.front().runs) {
    for (const Glyph& glyph : placed.run.glyphs) {
      const char32_t c = diag::decode_utf8(placed.run.text, glyph.cluster).value;
      if (c < 0x2000) continue;
      ++unseen;
      EXPECT_EQ(Length(glyph.advance), Length{}) << std::hex << static_cast<std::uint32_t>(c);
    }
  }
  EXPECT_EQ(unseen, 3);
}

TEST_F(Tracking, AddressesTakeNone) {
  const std::string address = "https://lamp.example/log";
  const std::vector<Line> plain = lines_of(tracked(address, 0, style::Alignment::start));
  const std::vector<Line> spaced = lines_of(tracked(address, 60, style::Alignment::start));
  EXPECT_EQ(plain.front().width, spaced.front().width);
  EXPECT_EQ(width_of_glyphs(plain.front()), width_of_glyphs(spaced.front()));
}

TEST_F(Tracking, AReadingStandsWithinItsColumn) {
  Paragraph paragraph = tracked("lamp and keeper", 60, style::Alignment::justified);
  paragraph.spans.front().annotation = Gloss{"what it says of them all, above", paragraph.spans.front().style};
  for (const Line& line : lines_of(paragraph)) {
    for (const PlacedRun& placed : line.runs) EXPECT_LE((placed.x + placed.run.width()).raw(), line.room.raw() + 400);
    for (const PlacedRun& placed : line.runs) EXPECT_GE(placed.x.raw(), -400);
  }
}

}  // namespace
}  // namespace epitome::text
