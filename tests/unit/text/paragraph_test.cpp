// Paragraphs from spans to lines, with the fonts of the manifest.
#include "text/paragraph.hpp"

#include <gmock/gmock.h>

#include "setting.hpp"

namespace epitome::text {
namespace {

using testing::HasSubstr;

// What the line's first and last glyphs leave free of the measure.
struct Edges {
  Length left, right;
};
Edges edges_of(const Line& line) {
  Edges edges{line.runs.front().x, line.runs.front().x};
  for (const PlacedRun& run : line.runs) {
    edges.left = std::min(edges.left, run.x);
    edges.right = std::max(edges.right, run.x + run.run.width());
  }
  return edges;
}

TEST_F(ParagraphTest, ShapesKnownWords) {
  const Line line =
      typesetter_.set_line({setting_.span("first office")}, setting_.english, model::Direction::ltr, setting_.sink);
  ASSERT_EQ(line.runs.size(), 1u);
  const GlyphRun& run = line.runs[0].run;
  EXPECT_EQ(run.text, "first office");
  // "fi" and "ffi" are one glyph each in Vollkorn: eleven characters and a space give nine glyphs.
  std::vector<std::uint32_t> clusters;
  for (const Glyph& g : run.glyphs) clusters.push_back(g.cluster);
  EXPECT_EQ(clusters, (std::vector<std::uint32_t>{0, 2, 3, 4, 5, 6, 7, 10, 11}));
  expect_no_diagnostics();
}

TEST_F(ParagraphTest, OldStyleOneIsNotASmallCapital) {
  const auto one = [&](const std::vector<std::string>& features) {
    TextSpan span = setting_.span("1");
    span.style.features = &features;
    return typesetter_.set_line({span}, setting_.english, model::Direction::ltr, setting_.sink)
        .runs[0]
        .run.glyphs[0]
        .id;
  };
  EXPECT_NE(one({"ss11"}), one({}));
}

TEST_F(ParagraphTest, CorpusKeepsAllTextInOrderAndFillsTheMeasure) {
  const std::vector<std::string> paragraphs = corpus_paragraphs();
  ASSERT_GT(paragraphs.size(), 300u);
  int hyphens = 0, overfull = 0, full = 0, fragments = 0, four_in_a_row = 0;
  for (const std::string& source : paragraphs) {
    const Paragraph paragraph = setting_.paragraph(source);
    const std::vector<Line> lines = lines_of(paragraph);
    ASSERT_EQ(text_of(lines), source);
    int in_a_row = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const Line& line = lines[i];
      ASSERT_EQ(line.last, i + 1 == lines.size());
      hyphens += line.hyphenated;
      overfull += line.overfull;
      in_a_row = line.hyphenated ? in_a_row + 1 : 0;
      ASSERT_LE(in_a_row, 4) << source;
      four_in_a_row += in_a_row == 4;
      if (line.last || line.overfull) continue;
      ASSERT_EQ(line.width, paragraph.shape.measure);
      ++full;
      // Runs stand side by side; the line's glyphs begin where its width says, but for what hangs.
      for (std::size_t r = 1; r < line.runs.size(); ++r)
        ASSERT_EQ(line.runs[r].x, line.runs[r - 1].x + line.runs[r - 1].run.width());
    }
    // The end of a divided word is all that the last line has only where its paragraph would else have a hole.
    if (lines.size() > 1 && lines[lines.size() - 2].hyphenated)
      fragments += text_of(lines.back()).find(' ') == std::string::npos;
  }
  EXPECT_EQ(overfull, 0);
  EXPECT_LE(four_in_a_row, 1);
  EXPECT_LE(fragments, 3);
  EXPECT_GT(full, 5000);
  EXPECT_GT(hyphens, 200);
  EXPECT_LT(hyphens, full / 10);
  expect_no_diagnostics();
}

TEST_F(ParagraphTest, RunsCarryTheirSpansTagAndOffset) {
  Paragraph paragraph = setting_.paragraph("It was ", Length::pt(120));
  paragraph.spans[0].tag = 7;
  paragraph.spans.push_back(setting_.span("a remarkable and quite unlikely", setting_.italic()));
  paragraph.spans[1].tag = 8;
  paragraph.spans.push_back(setting_.span(" coincidence of many events."));
  paragraph.spans[2].tag = 9;
  for (const Line& line : lines_of(paragraph)) {
    for (const PlacedRun& placed : line.runs) {
      const TextSpan& span = paragraph.spans[placed.tag - 7];
      std::string text = placed.run.text;
      if (placed.run.ends_in_soft_hyphen) text.resize(text.size() - 2);
      EXPECT_EQ(span.text.substr(placed.offset, text.size()), text);
      EXPECT_EQ(placed.run.face, span.style.face);
    }
  }
}

TEST_F(ParagraphTest, PunctuationHangsAndTheTrailingSpaceStandsBeyondTheMeasure) {
  const std::string text = "“Well, well, well,” said she, and it was well, and well, and well, said he, and it was so.";
  for (const bool protrude : {false, true}) {
    Paragraph paragraph = setting_.paragraph(text, Length::pt(100));
    paragraph.shape.protrude = protrude;
    const std::vector<Line> lines = lines_of(paragraph);
    ASSERT_GT(lines.size(), 2u);
    EXPECT_EQ(edges_of(lines[0]).left < Length(), protrude);  // the opening mark
    bool hangs = false;
    for (const Line& line : lines) {
      if (line.last) continue;
      ASSERT_TRUE(line.runs.back().run.text.ends_with(' '));
      const Length gap = line.runs.back().run.glyphs.back().advance;
      const Length end = edges_of(line).right - gap;
      hangs = hangs || end > paragraph.shape.measure;
      if (!protrude) {
        EXPECT_EQ(end, paragraph.shape.measure);
      }
    }
    EXPECT_EQ(hangs, protrude);
  }
}

TEST_F(ParagraphTest, HyphenatesWordsButNotNamesFiguresOrWhatIsForbidden) {
  const auto hyphenated = [&](const std::string& word, bool hyphenate = true) {
    Paragraph paragraph = setting_.paragraph(word + " and so it is", Length::pt(30));
    paragraph.spans[0].hyphenate = hyphenate;
    return lines_of(paragraph).front().hyphenated;
  };
  EXPECT_TRUE(hyphenated("conversation"));
  // What is forbidden, and a name, only where it would stand out of the measure.
  EXPECT_TRUE(hyphenated("conversation", false));
  int allowed = 0;
  for (int measure = 90; measure < 160; ++measure) {
    Paragraph paragraph =
        setting_.paragraph("He came to us from conversation and went away again", Length::pt(measure));
    paragraph.shape.alignment = style::Alignment::start;
    for (const Line& line : lines_of(paragraph)) allowed += line.hyphenated;
    paragraph.spans[0].hyphenate = false;
    for (const Line& line : lines_of(paragraph)) EXPECT_FALSE(line.hyphenated) << text_of(line);
  }
  EXPECT_GT(allowed, 0);
  EXPECT_TRUE(hyphenated("Constantinople"));
  Paragraph named = setting_.paragraph("He came to us from Constantinople and went away again", Length::pt(90));
  int in_lines = 0;
  for (int measure = 90; measure < 160; ++measure) {
    named.shape.measure = Length::pt(measure);
    named.shape.alignment = style::Alignment::start;
    for (const Line& line : lines_of(named)) {
      EXPECT_FALSE(line.hyphenated && text_of(line).find("Constant") != std::string::npos) << text_of(line);
      ++in_lines;
    }
  }
  EXPECT_GT(in_lines, 100);
  EXPECT_FALSE(hyphenated("conVersation"));
  EXPECT_FALSE(hyphenated("conversation2"));
  // The added hyphen's character is U+00AD, last of its run, and has a glyph.
  const Line line = lines_of(setting_.paragraph("conversation and so it is", Length::pt(30))).front();
  const GlyphRun& run = line.runs.back().run;
  EXPECT_TRUE(run.ends_in_soft_hyphen);
  EXPECT_TRUE(run.text.ends_with("\xC2\xAD"));
  EXPECT_EQ(run.glyphs.back().cluster, run.text.size() - 2);
  EXPECT_EQ(run.glyphs.back().id, run.face->glyph(0x2010));
}

// However its language's tag is written; Norwegian is the macrolanguage of Bokmål.
TEST_F(ParagraphTest, APhraseInAnotherLanguageIsHyphenatedByItsTag) {
  const auto hyphenated = [&](const std::string& word, const std::string& lang) {
    Paragraph paragraph = setting_.paragraph(word + " and so it is", Length::pt(45));
    paragraph.spans[0].lang = lang;
    return lines_of(paragraph).front().hyphenated;
  };
  for (const char* const lang : {"de", "de-AT", "DE-at"})
    EXPECT_TRUE(hyphenated("donaudampfschifffahrt", lang)) << lang;
  EXPECT_TRUE(hyphenated("forventninger", "no"));
  EXPECT_TRUE(hyphenated("pemberontakan", "in"));
  EXPECT_FALSE(hyphenated("donaudampfschifffahrt", "tlh"));
}

TEST_F(ParagraphTest, ASoftHyphenOfTheTextBecomesAHyphenOnlyWhereTheLineBreaks) {
  const std::string text =
      "super\xC2\xAD"
      "califragilistic and so on";
  const std::vector<Line> narrow = lines_of(setting_.paragraph(text, Length::pt(60)));
  EXPECT_EQ(text_of(narrow[0]), "super\xC2\xAD");
  EXPECT_TRUE(narrow[0].runs[0].run.ends_in_soft_hyphen);
  EXPECT_GT(narrow[0].runs[0].run.glyphs.back().advance, Length());
  Paragraph whole = setting_.paragraph(text, Length::pt(300));
  whole.shape.protrude = false;  // as in a line of its own
  const std::vector<Line> wide = lines_of(whole);
  ASSERT_EQ(wide.size(), 1u);
  EXPECT_FALSE(wide[0].runs[0].run.ends_in_soft_hyphen);
  const Line plain = typesetter_.set_line({setting_.span("supercalifragilistic and so on")}, setting_.english,
                                          model::Direction::ltr, setting_.sink);
  EXPECT_EQ(wide[0].width, plain.width);
}

TEST_F(ParagraphTest, DashesAndNoBreakSpacesKeepTheirPlaces) {
  for (int measure = 40; measure < 200; measure += 3) {
    const auto lines =
        lines_of(setting_.paragraph("It came to me—quite late – as such things do—on page\xC2\xA0"
                                    "12 of that book.",
                                    Length::pt(measure)));
    for (const Line& line : lines) {
      EXPECT_FALSE(text_of(line).starts_with("—")) << text_of(line);
      EXPECT_FALSE(text_of(line).starts_with("–")) << text_of(line);
      EXPECT_FALSE(text_of(line).starts_with("12")) << text_of(line);
    }
  }
}

TEST_F(ParagraphTest, NoLineBeginsWithAUnitOrAfterAnInitial) {
  for (int measure = 40; measure < 200; measure += 3) {
    for (const Line& line :
         lines_of(setting_.paragraph("He ran 5 km in 20 min with J. R. Smith, at 18 °C.", Length::pt(measure)))) {
      const std::string text = text_of(line);
      for (const char* const unit : {"km", "min", "°C", "R.", "Smith"}) EXPECT_FALSE(text.starts_with(unit)) << text;
    }
  }
}

TEST_F(ParagraphTest, AnOpeningDashStaysWithItsWordASpacedEllipsisWithTheOneBefore) {
  for (int measure = 40; measure < 220; measure += 3) {
    for (const Line& line : lines_of(setting_.paragraph("—No lo … creo —dijo— casi nunca; ―Nunca "
                                                        "… vino― y se fue.",
                                                        Length::pt(measure)))) {
      std::string text = text_of(line);
      while (text.ends_with(' ')) text.pop_back();
      EXPECT_FALSE(text.starts_with("…")) << text;
      EXPECT_FALSE(text == "—" || text.ends_with(" —") || text.ends_with(" ―")) << text;
      EXPECT_FALSE(text.starts_with("— ") || text.starts_with("― ")) << text;
    }
  }
}

TEST_F(ParagraphTest, AnEllipsisAtTheEndAndADashBehindAnOpeningMark) {
  int ended = 0;
  for (int measure = 40; measure < 220; measure += 3) {
    for (const Line& line : lines_of(setting_.paragraph(
             "Then \u00AB\u2014No, nunca\u00BB, he said as he no longer knew \u2026", Length::pt(measure)))) {
      std::string text = text_of(line);
      while (text.ends_with(' ')) text.pop_back();
      EXPECT_FALSE(text.starts_with("\u2026")) << text;
      EXPECT_FALSE(text.ends_with("\u2014")) << text;
      ended += text.ends_with("Then");
    }
  }
  EXPECT_GT(ended, 3);
}

TEST_F(ParagraphTest, AQuotationMayBeginALineAfterADash) {
  int begun = 0;
  for (int measure = 60; measure < 300; measure += 3) {
    for (const Line& line : lines_of(setting_.paragraph("The magistrate was intimidated:—“You are mistaken,” said "
                                                        "he—“‘and so’, you say,” and left—”",
                                                        Length::pt(measure)))) {
      EXPECT_FALSE(text_of(line).starts_with("”")) << text_of(line);
      EXPECT_FALSE(text_of(line).starts_with("—")) << text_of(line);
      begun += text_of(line).starts_with("“You") || text_of(line).starts_with("“‘and");
    }
  }
  EXPECT_GT(begun, 3);
}

TEST_F(ParagraphTest, ARaggedTextEndsInMoreThanAWordIfItCan) {
  Paragraph paragraph = setting_.paragraph("Is Fox to blame for what she says of her own daughter and father?");
  paragraph.shape.alignment = style::Alignment::start;
  paragraph.shape.hyphenate = false;
  int lone = 0;
  for (int measure = 150; measure < 320; measure += 2) {
    paragraph.shape.measure = Length::pt(measure);
    const std::vector<Line> lines = lines_of(paragraph);
    if (lines.size() > 1) lone += text_of(lines.back()).find(' ') == std::string::npos;
  }
  EXPECT_EQ(lone, 0);
}

TEST_F(ParagraphTest, AnUnbreakableSpanStaysOnOneLine) {
  for (int measure = 90; measure < 160; measure += 5) {
    Paragraph paragraph = setting_.paragraph("This was said by ", Length::pt(measure));
    paragraph.spans.push_back(setting_.span("Ashley—“Audrain"));
    paragraph.spans[1].unbreakable = true;
    paragraph.spans.push_back(setting_.span(" in her first book."));
    int lines_with_name = 0;
    for (const Line& line : lines_of(paragraph))
      lines_with_name += text_of(line).find("Ashley—“Audrain") != std::string::npos;
    EXPECT_EQ(lines_with_name, 1) << measure;
  }
}

TEST_F(ParagraphTest, HebrewInEnglishIsSetFromRightToLeft) {
  const std::string hebrew = "שלום עולם";
  Paragraph paragraph = setting_.paragraph("They said ", Length::pt(400));
  paragraph.spans.push_back(setting_.span(hebrew));
  paragraph.spans[1].lang = "he";
  paragraph.spans[1].direction = model::Direction::rtl;
  paragraph.spans.push_back(setting_.span(" to us."));
  const std::vector<Line> lines = lines_of(paragraph);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(text_of(lines), "They said " + hebrew + " to us.");
  // One run, spaces and all, in the fallback face; its glyphs stand for the letters from the last to the first.
  ASSERT_EQ(lines[0].runs.size(), 3u);
  const GlyphRun& run = lines[0].runs[1].run;
  EXPECT_EQ(run.text, hebrew);
  EXPECT_TRUE(run.rtl);
  EXPECT_EQ(run.face->entry().family, "Noto Serif Hebrew");
  EXPECT_EQ(run.lang, "he");
  std::vector<std::uint32_t> clusters;
  for (const Glyph& g : run.glyphs) clusters.push_back(g.cluster);
  EXPECT_EQ(clusters, (std::vector<std::uint32_t>{15, 13, 11, 9, 8, 6, 4, 2, 0}));
  expect_no_diagnostics();
}

TEST_F(ParagraphTest, AnIsolateOrdersItsOwnPunctuation) {
  Paragraph paragraph = setting_.paragraph("They said ", Length::pt(400));
  paragraph.spans.push_back(setting_.span("שלום!"));
  paragraph.spans[1].direction = model::Direction::rtl;
  paragraph.spans.push_back(setting_.span(" to us."));
  const Line line = lines_of(paragraph).front();
  // The mark ends the phrase, so it stands at its left.
  std::string visual;
  for (const PlacedRun& run : line.runs) visual += run.run.text;
  EXPECT_EQ(visual, "They said !שלום to us.");
  EXPECT_EQ(text_of(line), "They said שלום! to us.");
}

TEST_F(ParagraphTest, RunsOfARightToLeftLineStandInVisualOrder) {
  Paragraph paragraph = setting_.paragraph("הספר The Push שלה", Length::pt(400));
  paragraph.shape.direction = model::Direction::rtl;
  const Line line = lines_of(paragraph).front();
  std::string visual;
  for (const PlacedRun& run : line.runs) visual += run.run.text + "|";
  EXPECT_EQ(visual, "שלה| |The Push|הספר |");
  for (std::size_t i = 1; i < line.runs.size(); ++i) EXPECT_GT(line.runs[i].x, line.runs[i - 1].x);
  EXPECT_EQ(text_of(line), "הספר The Push שלה");
}

TEST_F(ParagraphTest, ARightToLeftParagraphBeginsAtTheRight) {
  Paragraph paragraph = setting_.paragraph("שלום לכל העולם מן הספר החדש שלנו", Length::pt(100));
  paragraph.spans[0].lang = "he";
  paragraph.shape.direction = model::Direction::rtl;
  paragraph.shape.first_line_indent = Length::pt(14);
  const std::vector<Line> lines = lines_of(paragraph);
  ASSERT_GT(lines.size(), 1u);
  EXPECT_EQ(text_of(lines), "שלום לכל העולם מן הספר החדש שלנו");
  EXPECT_EQ(edges_of(lines[0]).right, Length::pt(86));
  EXPECT_EQ(edges_of(lines[1]).right, Length::pt(100));
  // The trailing space hangs at the left.
  EXPECT_LT(edges_of(lines[0]).left, Length());
}

TEST_F(ParagraphTest, OtherScriptsComeFromFallbackFaces) {
  Paragraph paragraph = setting_.paragraph("Ἀχιλλεύς, Война, العربية, हिन्दी, 日本語, ไทย → ✓", Length::pt(400));
  paragraph.shape.alignment = style::Alignment::start;
  const std::vector<Line> lines = lines_of(paragraph);
  EXPECT_EQ(text_of(lines), paragraph.spans[0].text);
  for (const Line& line : lines)
    for (const PlacedRun& run : line.runs)
      for (const Glyph& g : run.run.glyphs) EXPECT_NE(g.id, 0u) << run.run.text;
  expect_no_diagnostics();
}

TEST_F(ParagraphTest, AMissingGlyphIsAnErrorThatNamesTheCharacter) {
  const diag::Span place{42, 7};
  typesetter_.prepare(setting_.paragraph("a \xF0\x93\x80\x80 b \xF0\x93\x80\x80"), setting_.english, place,
                      setting_.sink);
  ASSERT_EQ(setting_.sink.diagnostics().size(), 1u);
  const diag::Diagnostic& d = setting_.sink.diagnostics()[0];
  EXPECT_EQ(d.code, diag::Code::E0601);
  EXPECT_EQ(d.span, place);
  EXPECT_THAT(d.message, HasSubstr("U+13000"));
}

TEST_F(ParagraphTest, SpacesThatTheFontLacksHaveTheirWidths) {
  const auto width = [&](const char* text) {
    return typesetter_.set_line({setting_.span(text)}, setting_.english, model::Direction::ltr, setting_.sink).width;
  };
  const Length square = Length::ratio_pt(21, 2), without = width("a") + width("b");
  EXPECT_EQ(width("a\xE2\x80\x83"
                  "b") -
                without,
            square);  // U+2003
  const Length narrow = width(
                            "a\xE2\x80\xAF"
                            "b") -
                        without;  // U+202F
  EXPECT_GT(narrow, square / 12);
  EXPECT_LT(narrow, square / 4);
  expect_no_diagnostics();
}

TEST_F(ParagraphTest, SuperiorsComeFromTheFontOrAreRaised) {
  const auto set = [&](const char* text) {
    TextSpan span = setting_.span(text);
    span.style.superior = true;
    return typesetter_.set_line({span}, setting_.english, model::Direction::ltr, setting_.sink).runs.front();
  };
  const PlacedRun figures = set("12");
  EXPECT_EQ(figures.baseline_shift, Length());
  EXPECT_EQ(figures.run.size, Length::ratio_pt(21, 2));
  TextSpan span = setting_.span("12", setting_.fonts.face("Noto Serif Hebrew", "Regular", setting_.sink));
  span.style.superior = true;
  const PlacedRun raised =
      typesetter_.set_line({span}, setting_.english, model::Direction::ltr, setting_.sink).runs.front();
  EXPECT_GT(raised.baseline_shift, Length());
  EXPECT_LT(raised.run.size, Length::ratio_pt(21, 2));
}

// Large print: no figure is smaller than the text's least size, also where the font has superiors of its own.
TEST_F(ParagraphTest, SuperiorsAreNotSmallerThanTheLayoutAllows) {
  const auto set = [&](Length least) {
    TextSpan span = setting_.span("12");
    span.style.superior = true;
    span.style.script_size_min = least;
    return typesetter_.set_line({span}, setting_.english, model::Direction::ltr, setting_.sink).runs.front();
  };
  const Length size = Length::ratio_pt(21, 2);
  EXPECT_EQ(set(Length::pt(6)).baseline_shift, Length());
  EXPECT_EQ(set(Length::pt(9)).run.size, Length::pt(9));
  EXPECT_GT(set(Length::pt(9)).baseline_shift, Length());
  EXPECT_EQ(set(Length::pt(18)).run.size, size);  // never larger than the text
}

TEST_F(ParagraphTest, ABaseWiderThanALineIsPartedAndAnnotatedOnce) {
  Paragraph paragraph = setting_.paragraph("The word ", Length::pt(150));
  TextSpan ruby = setting_.span("樽樽樽樽樽樽樽樽樽樽樽樽樽樽樽樽樽樽樽樽樽樽樽樽樽樽樽樽樽樽樽樽樽樽樽樽");
  ruby.lang = "ja";
  ruby.annotation = Gloss{"たる", ruby.style};
  paragraph.spans.push_back(ruby);
  const std::vector<Line> lines = lines_of(paragraph);
  EXPECT_GT(lines.size(), 2u);
  std::string annotations;
  for (const Line& line : lines) {
    EXPECT_FALSE(line.overfull);
    for (const PlacedRun& run : line.runs)
      if (run.annotation) annotations += run.run.text;
  }
  EXPECT_EQ(annotations, "たる");
}

TEST_F(ParagraphTest, RubyStandsCentredAboveItsBase) {
  Paragraph paragraph = setting_.paragraph("The word ", Length::pt(300));
  TextSpan ruby = setting_.span("東京");
  ruby.lang = "ja";
  ruby.tag = 3;
  ruby.annotation = Gloss{"とうきょう", ruby.style};
  ruby.annotation.edit().style.size = ruby.style.size / 2;
  paragraph.spans.push_back(ruby);
  paragraph.spans.push_back(setting_.span(" is a name."));
  const std::vector<Line> lines = lines_of(paragraph);
  ASSERT_EQ(lines.size(), 1u);
  const Line& line = lines[0];
  EXPECT_EQ(text_of(lines), "The word 東京 is a name.");
  const PlacedRun *base = nullptr, *above = nullptr;
  for (const PlacedRun& run : line.runs)
    if (run.tag == 3) (run.annotation ? above : base) = &run;
  ASSERT_NE(base, nullptr);
  ASSERT_NE(above, nullptr);
  EXPECT_EQ(above->run.text, "とうきょう");
  EXPECT_GT(above->baseline_shift, ruby.style.size / 2);
  // It needs its own height above that of the base; what the leading has of it, no line is higher for.
  EXPECT_EQ(line.more_height(ruby.style.size.scaled(1130, 1000)), ruby.annotation->style.size);
  EXPECT_EQ(line.more_height(ruby.style.size * 2), Length{});
  const Length off = (base->x + base->run.width() / 2) - (above->x + above->run.width() / 2);
  EXPECT_LT(off, Length::from_raw(4));
  EXPECT_GT(off, Length::from_raw(-4));
  // The wider annotation makes room for itself: the text after the base does not begin under it.
  EXPECT_GE(line.runs[2].x, above->x + above->run.width() - Length::from_raw(4));
  // Read after its base.
  const auto position = [&](const PlacedRun* run) {
    return std::find(line.logical.begin(), line.logical.end(), static_cast<std::uint32_t>(run - line.runs.data())) -
           line.logical.begin();
  };
  EXPECT_EQ(position(above), position(base) + 1);
  expect_no_diagnostics();
}

TEST_F(ParagraphTest, ABalancedHeadingHasLinesOfAboutEqualLength) {
  Paragraph paragraph =
      setting_.paragraph("What the book says about mothers and about their daughters", Length::pt(240));
  paragraph.shape.alignment = style::Alignment::start;
  paragraph.shape.hyphenate = false;
  paragraph.shape.balance = true;
  const std::vector<Line> lines = lines_of(paragraph);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_GT(lines[1].width.scaled(10, 7), lines[0].width);
}

TEST_F(ParagraphTest, ABalancedHeadingIsBrokenBySense) {
  const auto lines = [&](const std::string& text) {
    Paragraph paragraph = setting_.paragraph(text, Length::pt(150));
    paragraph.shape.alignment = style::Alignment::start;
    paragraph.shape.balance = true;
    std::vector<std::string> found;
    for (const Line& line : lines_of(paragraph)) found.push_back(text_of(line));
    return found;
  };
  // Without sense the evenest lines would part "wrote / it:" and "in the / books".
  EXPECT_THAT(lines("The one who wrote it: a life in books"),
              testing::ElementsAre("The one who wrote it: ", "a life in books"));
  EXPECT_THAT(lines("Her mothers and daughters in the book of lives"),
              testing::ElementsAre("Her mothers and daughters ", "in the book of lives"));
}

TEST_F(ParagraphTest, ABalancedHeadingIsNotBrokenAtAHyphen) {
  Paragraph paragraph = setting_.paragraph("Long-Winded Titles of Eighteenth-Century Improvement", Length::pt(175));
  paragraph.shape.alignment = style::Alignment::start;
  paragraph.shape.hyphenate = false;
  paragraph.shape.balance = true;
  const std::vector<Line> lines = lines_of(paragraph);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_FALSE(lines[0].hyphenated) << text_of(lines[0]);
}

// Where nothing is hyphenated, neither by the paragraph nor by the span, all but what else would be divided anywhere.
TEST_F(ParagraphTest, AWordWiderThanItsLineIsHyphenated) {
  for (const bool span : {true, false}) {
    Paragraph paragraph = setting_.paragraph("a counterrevolutionary conversation", Length::pt(60));
    paragraph.shape.alignment = style::Alignment::start;
    paragraph.shape.hyphenate = !span;
    paragraph.spans[0].hyphenate = span;
    const std::vector<Line> lines = lines_of(paragraph);
    ASSERT_GE(lines.size(), 3u);
    int divided = 0;
    for (const Line& line : lines) {
      EXPECT_FALSE(line.overfull);
      EXPECT_EQ(line.divided, line.hyphenated) << text_of(line);
      EXPECT_EQ(line.divided, line.runs.back().run.ends_in_soft_hyphen) << text_of(line);
      divided += line.divided;
    }
    EXPECT_GE(divided, 1);
    EXPECT_EQ(text_of(lines.back()), "conversation");
  }
}

TEST_F(ParagraphTest, AnAddressGoesOnToALineThatHoldsIt) {
  for (int measure = 170; measure < 260; measure += 5) {
    Paragraph paragraph = setting_.paragraph("More summaries, free as PDF and EPUB: https://epitome.example/de/");
    paragraph.shape.measure = Length::pt(measure);
    paragraph.shape.alignment = style::Alignment::start;
    const std::vector<Line> lines = lines_of(paragraph);
    EXPECT_EQ(lines.size(), 2u);
    EXPECT_THAT(text_of(lines.back()), testing::EndsWith("https://epitome.example/de/"));
  }
}

TEST_F(ParagraphTest, AlignsRaggedLines) {
  for (const auto alignment : {style::Alignment::start, style::Alignment::end, style::Alignment::centre}) {
    Paragraph paragraph = setting_.paragraph("Some words that are set on a few short lines", Length::pt(100));
    paragraph.shape.alignment = alignment;
    paragraph.shape.protrude = false;
    for (const Line& line : lines_of(paragraph)) {
      EXPECT_EQ(line.space_ratio, 1000);
      const Length left = line.runs.front().x;
      const Length expected = alignment == style::Alignment::start ? Length()
                              : alignment == style::Alignment::end ? Length::pt(100) - line.width
                                                                   : (Length::pt(100) - line.width) / 2;
      EXPECT_EQ(left, expected);
    }
  }
}

TEST_F(ParagraphTest, ExtentIsTheWidestWordAndTheWhole) {
  Paragraph paragraph = setting_.paragraph("a extraordinarily b");
  paragraph.shape.hyphenate = paragraph.shape.protrude = false;
  const PreparedParagraph prepared = typesetter_.prepare(paragraph, setting_.english, {}, setting_.sink);
  const Typesetter::Extent extent = typesetter_.extent(prepared);
  const auto width = [&](const char* text) {
    return typesetter_.set_line({setting_.span(text)}, setting_.english, model::Direction::ltr, setting_.sink).width;
  };
  // Sums of glyphs, each rounded, and sums rounded once differ by less than half a unit a glyph.
  EXPECT_NEAR(static_cast<double>(extent.min.raw()), static_cast<double>(width("extraordinarily").raw()), 10);
  EXPECT_NEAR(static_cast<double>(extent.max.raw()), static_cast<double>(width("a extraordinarily b").raw()), 10);
}

TEST_F(ParagraphTest, TheSameInAnotherTypesetterAndAfterOtherText) {
  const std::vector<std::string> paragraphs = corpus_paragraphs();
  ASSERT_GT(paragraphs.size(), 20u);
  Typesetter other(setting_.options());
  for (std::size_t i = 20; i-- > 0;) {
    const Paragraph paragraph = setting_.paragraph(paragraphs[i]);
    const std::vector<Line> a = lines_of(paragraph);
    const PreparedParagraph prepared = other.prepare(paragraph, setting_.english, {}, setting_.sink);
    const std::vector<Line> b = other.break_lines(prepared);
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t l = 0; l < a.size(); ++l) {
      ASSERT_EQ(text_of(a[l]), text_of(b[l]));
      ASSERT_EQ(a[l].runs.size(), b[l].runs.size());
      for (std::size_t r = 0; r < a[l].runs.size(); ++r) {
        ASSERT_EQ(a[l].runs[r].x, b[l].runs[r].x);
        ASSERT_EQ(a[l].runs[r].run.width(), b[l].runs[r].run.width());
      }
    }
  }
}

TEST_F(ParagraphTest, AnEmptyParagraphHasNoLines) { EXPECT_TRUE(lines_of(setting_.paragraph("")).empty()); }

}  // namespace
}  // namespace epitome::text
