// Which lines are chosen of a long text: those that pages ask for, those without faults, and how straight they end.
#include <gtest/gtest.h>

#include <utility>

#include "setting.hpp"
#include "text/rescore.hpp"
#include "text/typesetter_data.hpp"

namespace epitome::text {
namespace {

TEST_F(ParagraphTest, OneLineMoreOrFewerWhereItCanBe) {
  int more = 0, fewer = 0;
  const std::vector<std::string> paragraphs = corpus_paragraphs();
  ASSERT_GT(paragraphs.size(), 150u);
  for (std::size_t i = 0; i < 150; ++i) {
    const Paragraph paragraph = setting_.paragraph(paragraphs[i]);
    const std::size_t lines = lines_of(paragraph).size();
    const std::vector<Line> longer = lines_of(paragraph, 1), shorter = lines_of(paragraph, -1);
    if (!longer.empty()) {
      EXPECT_EQ(longer.size(), lines + 1);
      EXPECT_EQ(text_of(longer), paragraphs[i]);
      EXPECT_GE(longer.back().width * 3, paragraph.shape.measure) << "its last line has a third of the measure";
      ++more;
    }
    if (!shorter.empty()) {
      EXPECT_EQ(shorter.size(), lines - 1);
      EXPECT_EQ(text_of(shorter), paragraphs[i]);
      ++fewer;
    }
  }
  EXPECT_GT(more, 0);
  EXPECT_GT(fewer, 0);
}

// Page breaking asks for it where a hyphen would stand at a page's end.
TEST_F(ParagraphTest, AsManyLinesWithoutOneOfTheHyphens) {
  int without = 0;
  for (const std::string& source : corpus_paragraphs()) {
    const Paragraph paragraph = setting_.paragraph(source);
    const PreparedParagraph prepared = typesetter_.prepare(paragraph, setting_.english, {}, setting_.sink);
    const std::vector<Line> best = typesetter_.break_lines(prepared);
    for (const Line& line : best) {
      if (!line.hyphenated) continue;
      const std::vector<Line> other = typesetter_.other_lines(prepared, {0, line.end, false}).lines;
      if (other.empty()) continue;
      ++without;
      ASSERT_EQ(other.size(), best.size());
      ASSERT_EQ(text_of(other), source);
      for (const Line& o : other) ASSERT_NE(o.end, line.end);
    }
  }
  EXPECT_GT(without, 100);
}

// Channels of white run through a paragraph's lines: as it is broken best, and as they are mended.
class ChannelsTest : public ParagraphTest {
 protected:
  std::pair<int, int> best_and_mended(const Paragraph& paragraph) {
    const PreparedParagraph::Data prepared = prepare_paragraph(data_, paragraph, setting_.english, {}, setting_.sink);
    const BreakOptions options = break_options(prepared, setting_.layout.justification);
    const Breaking best = total_fit(prepared.candidates, prepared.first_hang, options);
    const Length size = paragraph.spans.front().style.size;
    return {channels(finalize_lines(data_, prepared, best, options), size),
            channels(set_best(data_, prepared, options).lines, size)};
  }

 private:
  static int channels(const std::vector<Line>& lines, Length size) {
    Channels found;
    int count = 0;
    for (const Line& line : lines)
      for (const Strip& strip : found.next(line, {}, size)) count += strip.lines == channel_lines;
    return count;
  }

  Typesetter::Data data_{setting_.options()};
};

// The best breakings of a long text have channels; many are found and mended.
TEST_F(ChannelsTest, AreBrokenUp) {
  int best = 0, mended = 0;
  for (const std::string& source : corpus_paragraphs()) {
    const auto [found, left] = best_and_mended(setting_.paragraph(source, Length::pt(215)));
    best += found;
    mended += left;
  }
  EXPECT_GT(best, 20);
  EXPECT_LT(mended * 5, best * 4);
}

// A round of mending moves the end of one line. Two like halves with a line break between them have a channel each.
TEST_F(ChannelsTest, EachOfTwoIsBrokenUpInARoundOfItsOwn) {
  const std::pair mendable(1, 0);
  int tried = 0;
  for (const std::string& source : corpus_paragraphs()) {
    if (tried == 4) break;
    if (best_and_mended(setting_.paragraph(source, Length::pt(215))) != mendable) continue;
    const auto [found, left] = best_and_mended(setting_.paragraph(source + "\xE2\x80\xA8" + source, Length::pt(215)));
    if (found != 2) continue;  // the first half's last line is another line's neighbour, too
    EXPECT_EQ(left, 0) << source;
    ++tried;
  }
  EXPECT_EQ(tried, 4);
}

// An exact line ends with its last letter's ink at the measure, not with the letter's advance.
TEST_F(ParagraphTest, LettersEndLinesWithTheirInk) {
  setting_.layout.justification.edge = {};
  Typesetter typesetter(setting_.options());
  int upright = 0, slanted = 0;
  for (const std::string& source : corpus_paragraphs()) {
    // Every second word is italic and the space after it upright.
    Paragraph paragraph = setting_.paragraph(source);
    paragraph.spans.clear();
    for (std::size_t at = 0, end = 0; at < source.size(); at = end) {
      end = std::min(source.find(' ', at + 1), source.size());
      const Face* face = paragraph.spans.size() % 2 == 1 ? setting_.italic() : nullptr;
      if (face != nullptr) ++at, paragraph.spans.back().text += ' ';
      paragraph.spans.push_back(setting_.span(source.substr(at, end - at), face));
    }
    for (const Line& line :
         typesetter.break_lines(typesetter.prepare(paragraph, setting_.english, {}, setting_.sink))) {
      const auto last = std::find_if(line.logical.rbegin(), line.logical.rend(), [&](std::uint32_t run) {
        return line.runs[run].run.text.find_last_not_of(' ') != std::string::npos;
      });
      const PlacedRun& run = line.runs[*last];
      const std::size_t end = run.run.text.find_last_not_of(' ');
      if (!line.justified || line.last || (run.run.text[end] != 'e' && run.run.text[end] != 'o')) continue;
      Length ink = run.x;
      for (const Glyph& glyph : run.run.glyphs) {
        if (glyph.cluster > end) break;
        ink += glyph.advance;
        if (glyph.cluster == end) ink -= std::max(Length(), run.run.face->end_bearing(glyph.id, run.run.size));
      }
      EXPECT_NEAR(ink.to_pt(), paragraph.shape.measure.to_pt(), 0.02) << text_of(line);
      ++(run.run.face == setting_.italic() ? slanted : upright);
    }
  }
  EXPECT_GT(upright, 50);
  EXPECT_GT(slanted, 50);
}

// Not a mark over a letter, nor a word that runs against its paragraph: it doesn't stand at the line's end.
TEST_F(ParagraphTest, OnlyLettersAtTheEndOfALineEndWithTheirInk) {
  setting_.layout.justification.edge = {};
  Typesetter typesetter(setting_.options());
  // How many lines end beyond the measure if each word ends in that.
  const auto beyond = [&](std::string_view tail, model::Direction direction) {
    int lines = 0;
    for (const std::string& source : corpus_paragraphs()) {
      std::string words;
      for (const char c : source + ' ') {
        if (c >= 'a' && c <= 'z') words += c;
        if (c == ' ' && !words.empty() && words.back() != ' ') words.append(tail) += c;
      }
      Paragraph paragraph = setting_.paragraph(words);
      paragraph.shape.direction = direction;
      paragraph.shape.hyphenate = false;
      for (const Line& line :
           typesetter.break_lines(typesetter.prepare(paragraph, setting_.english, {}, setting_.sink))) {
        if (!line.justified || line.last) continue;
        Length begin = paragraph.shape.measure, end;
        for (const PlacedRun& run : line.runs) {
          if (run.run.text.find_first_not_of(' ') == std::string::npos) continue;
          Length x = run.x;
          for (const Glyph& glyph : run.run.glyphs) {
            if (run.run.text[glyph.cluster] != ' ') {
              begin = std::min(begin, x);
              end = std::max(end, x + glyph.advance);
            }
            x += glyph.advance;
          }
        }
        const bool rtl = direction == model::Direction::rtl;
        lines += (rtl ? -begin.to_pt() : (end - paragraph.shape.measure).to_pt()) > 0.02;
      }
    }
    return lines;
  };
  EXPECT_GT(beyond("e", model::Direction::ltr), 50);
  EXPECT_EQ(beyond("x\xCC\x82", model::Direction::ltr), 0);
  EXPECT_EQ(beyond("e", model::Direction::rtl), 0);
}

// A line ends before or beyond its measure by what the layout lets it, which makes its spaces more even.
TEST_F(ParagraphTest, TheEdgeTakesALittleOfWhatALineLacks) {
  const auto spread_of = [&](Length edge) {
    setting_.layout.justification.edge = edge;
    Typesetter typesetter(setting_.options());
    double sum = 0, squares = 0, count = 0;
    int off = 0;
    for (const std::string& source : corpus_paragraphs()) {
      const Paragraph paragraph = setting_.paragraph(source);
      for (const Line& line :
           typesetter.break_lines(typesetter.prepare(paragraph, setting_.english, {}, setting_.sink))) {
        if (!line.justified || line.last) continue;
        EXPECT_LE(line.width, paragraph.shape.measure + edge);
        EXPECT_GE(line.width, paragraph.shape.measure - edge);
        off += line.width != paragraph.shape.measure;
        sum += line.space_ratio;
        squares += static_cast<double>(line.space_ratio) * line.space_ratio;
        count += 1;
      }
    }
    EXPECT_EQ(off > 0, edge > Length());
    return squares / count - sum / count * (sum / count);
  };
  EXPECT_LT(spread_of(Length::ratio_pt(1, 2)), spread_of(Length()));
}

}  // namespace
}  // namespace epitome::text
