#include "report/report.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <numeric>
#include <pugixml.hpp>

#include "report/summary.hpp"
#include "typeset/book.hpp"

namespace epitome::report {
namespace {

using testing::HasSubstr;
using testing::Not;
using typeset::Book;
using typeset::source_with;

std::vector<typeset::InspectedLine> lines_of(const typeset::Inspection& inspection) {
  std::vector<typeset::InspectedLine> lines;
  for (const typeset::InspectedPage& page : inspection.pages) {
    lines.insert(lines.end(), page.lines.begin(), page.lines.end());
  }
  return lines;
}

struct Reported {
  Book book;
  Summary summary;
  std::string json, html;

  const typeset::Inspection& inspection() const { return *book.set.inspection; }
  std::vector<Found> all(Fault fault) const {
    std::vector<Found> found;
    for (const std::vector<Found>& page : summary.pages) {
      std::copy_if(page.begin(), page.end(), std::back_inserter(found),
                   [&](const Found& f) { return f.fault == fault; });
    }
    return found;
  }
  std::vector<typeset::InspectedLine> lines() const { return lines_of(inspection()); }
};

std::optional<Reported> report_on(const std::string& source, const std::string& layout = "book",
                                  std::vector<std::string>* warnings = nullptr) {
  std::optional<Book> book = typeset::set_book(source, layout, warnings, {}, true);
  if (!book) return std::nullopt;
  const diag::SourceText text("folder/x.xml", source);
  Summary summary = summarize(book->set);
  std::string json = write_json(book->set, text), html = write_html(book->set, text);
  EXPECT_TRUE(pugi::xml_document().load_buffer(html.data(), html.size())) << html.substr(0, 2000);
  return Reported{std::move(*book), std::move(summary), std::move(json), std::move(html)};
}

std::string story(const std::string& paragraphs) { return source_with("<story>" + paragraphs + "</story>"); }

// Words of changing lengths, the same for the same seed.
std::string sentence(unsigned seed, int words) {
  static const char* const stock[] = {"lamp",       "of",     "their",   "window", "evening", "and",    "one",
                                      "remembered", "street", "in",      "quiet",  "morning", "people", "who",
                                      "walked",     "along",  "without", "asking", "it",      "because"};
  std::string text;
  for (int i = 0; i < words; ++i) {
    seed = seed * 1103515245u + 12345u;
    text += (i == 0 ? "" : " ") + std::string(stock[(seed >> 16) % std::size(stock)]);
  }
  return text + ".";
}

std::size_t offset_of(const std::string& source, const std::string& text) { return source.find(text); }

TEST(Report, AColumnWhereNothingFits) {
  // One character, wider than the column that so many lists leave.
  const std::string word = "\uFDFD";
  std::string open, close;
  for (int depth = 0; depth < 18; ++depth) {
    open += "<ul><li>";
    close += "</li></ul>";
  }
  const std::string source = story(open + "<p>See " + word + " here, which no line holds at all.</p>" + close);
  std::vector<std::string> warnings;
  const auto found = report_on(source, "book", &warnings);
  ASSERT_TRUE(found);
  EXPECT_THAT(warnings, testing::ElementsAre("W0602"));
  ASSERT_EQ(found->all(Fault::overfull).size(), 1u);
  EXPECT_EQ(found->book.set.figures.overfull, 1u);
  const Found fault = found->all(Fault::overfull).front();
  EXPECT_EQ(diag::SourceText("x", source).place(fault.place.offset).column, offset_of(source, "<p>See") + 2);
  const auto lines = found->lines();
  const auto line = std::find_if(lines.begin(), lines.end(), [](const auto& l) { return l.overfull; });
  ASSERT_NE(line, lines.end());
  EXPECT_THAT(line->text, HasSubstr(word));
  EXPECT_GT(line->width, line->room);
  EXPECT_THAT(found->json, HasSubstr("\"overfull\":1,"));
  EXPECT_THAT(found->json, HasSubstr("\"overfull\":true"));
  EXPECT_THAT(found->html, HasSubstr("<rect class=\"overfull\""));
  EXPECT_THAT(found->html, HasSubstr("overfull line: “"));
  EXPECT_THAT(found->html, HasSubstr("(x.xml:1:"));
}

model::Length abs_of(model::Length length) { return length < model::Length() ? model::Length() - length : length; }
model::Length edge_of(const Reported& found) { return found.book.layout.justification.edge; }

TEST(Report, LinesThatCantBeFilled) {
  const std::string word(40, '8');
  const auto found = report_on(story("<p>" + word + " a " + word + " a " + word + " and so it ends here.</p>"));
  ASSERT_TRUE(found);
  EXPECT_GE(found->all(Fault::underfull).size(), 2u);
  EXPECT_TRUE(found->all(Fault::loose).empty());  // each line has one of the two
  for (const typeset::InspectedLine& line : found->lines()) {
    if (!line.underfull()) continue;
    const bool one_word = line.text.find(' ') == std::string::npos;  // its letters are spaced instead
    EXPECT_LE(abs_of(line.room - line.width), edge_of(*found)) << line.text;
    EXPECT_EQ(line.space_ratio > 1500, !one_word) << line.text;
  }
  EXPECT_THAT(found->html, HasSubstr("<rect class=\"underfull\""));
}

// Each line's footnotes leave room for no other on the page.
TEST(Report, AnUnavoidableWidowAndOrphan) {
  std::string words;
  for (int i = 0; i < 30; ++i) {
    words += " abcde<note>" + sentence(static_cast<unsigned>(i), 35) + "</note>";
  }
  const std::string source = story("<p>One and then" + words + ".</p>");
  const auto found = report_on(source);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->all(Fault::orphan).size(), 1u);
  ASSERT_EQ(found->all(Fault::widow).size(), 1u);
  EXPECT_EQ(found->book.set.figures.widows, 1u);
  EXPECT_EQ(found->all(Fault::widow).front().place.offset, offset_of(source, "<p>One") + 1);
  EXPECT_THAT(found->json, HasSubstr("{\"fault\":\"widow\",\"line\":1,\"column\":"));
  EXPECT_THAT(found->html, HasSubstr("▼ widow"));
  EXPECT_THAT(found->html, HasSubstr("▲ orphan"));
  // What it cost stands with the page before the turn.
  const auto& pages = found->inspection().pages;
  EXPECT_TRUE(std::any_of(pages.begin(), pages.end(),
                          [](const auto& page) { return page.cost.turn >= typeset::PageCosts::widow; }));
}

TEST(Report, ADividedFootnote) {
  std::string notes;
  for (unsigned i = 0; i < 3; ++i) notes += " word<note>" + sentence(i, 200) + "</note>";
  const auto found = report_on(story("<p>Before" + notes + " and after.</p>"));
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->all(Fault::note_continues).empty());
  EXPECT_THAT(found->html, HasSubstr("footnote goes on"));
}

TEST(Report, ParagraphsSetLongerAndShorter) {
  std::string text;
  std::vector<std::string> paragraphs;
  for (unsigned i = 0; i < 400; ++i) {
    paragraphs.push_back("<p>" + sentence(i * 77 + 5, 70 + static_cast<int>(i * 53 % 170)) + "</p>");
    text += paragraphs.back();
  }
  const std::string source = story(text);
  const auto found = report_on(source);
  ASSERT_TRUE(found);
  const auto& reset = found->inspection().paragraphs;
  EXPECT_GT(found->summary.totals.longer, 0u);
  EXPECT_GT(found->summary.totals.shorter, 0u);
  EXPECT_GT(found->summary.totals.unhyphenated, 0u);
  EXPECT_EQ(found->summary.totals.longer + found->summary.totals.shorter + found->summary.totals.unhyphenated,
            reset.size());
  std::int64_t paid = 0;
  for (const typeset::InspectedPage& page : found->inspection().pages) paid += page.cost.paragraphs;
  std::int64_t owed = 0;
  const auto lines = found->lines();
  for (const typeset::ResetParagraph& paragraph : reset) {
    owed += paragraph.cost;
    EXPECT_GE(paragraph.cost, typeset::PageCosts::reset);
    std::size_t number = 0, at = offset_of(source, paragraphs.front());
    while (at + 1 != paragraph.place.offset) at += paragraphs[number++].size();
    const auto count = [](const std::vector<typeset::InspectedLine>& of, diag::Span place) {
      return std::count_if(of.begin(), of.end(), [&](const auto& line) { return line.place == place; });
    };
    // Alone (the first has no indent) it has its best number of lines.
    const std::string other = story((number == 0 ? "" : "<p>One.</p>") + paragraphs[number]);
    const auto alone = typeset::set_book(other, "book", nullptr, {}, true);
    ASSERT_TRUE(alone);
    diag::Span place = paragraph.place;
    place.offset = static_cast<std::uint32_t>(offset_of(other, paragraphs[number]) + 1);
    EXPECT_EQ(count(lines, paragraph.place) - count(lines_of(*alone->set.inspection), place), paragraph.extra)
        << paragraph.begins;
    EXPECT_TRUE(paragraphs[number].starts_with("<p>" + paragraph.begins.substr(0, paragraph.begins.find("\xC2\xAD"))));
    EXPECT_TRUE(std::any_of(lines.begin(), lines.end(), [&](const auto& line) {
      return line.place == paragraph.place && line.extra == paragraph.extra;
    }));
  }
  EXPECT_GE(paid, owed);  // and what two in a row cost more
  EXPECT_THAT(found->json, HasSubstr("{\"page\":"));
  EXPECT_THAT(found->html, HasSubstr("its paragraph is a line longer"));
}

TEST(Report, ALastLineThatIsTheEndOfADividedWord) {
  const std::string word(48, '8');
  const auto found = report_on(story("<p>" + word + " internationalisation.</p>"));
  ASSERT_TRUE(found);
  ASSERT_EQ(found->all(Fault::fragment).size(), 1u);
  EXPECT_THAT(found->json, HasSubstr("\"fragment\":true"));
  EXPECT_THAT(found->html, HasSubstr("end of a divided word"));
  const auto without = report_on(story("<p>" + word + " an international word.</p>"));
  ASSERT_TRUE(without);
  EXPECT_TRUE(without->all(Fault::fragment).empty());
}

TEST(Report, StacksAndChannels) {
  // The same word begins each line: it is as wide as half of the measure and more.
  const std::string word = "8888888888888888888888888888888888";
  std::string text;
  for (int i = 0; i < 6; ++i) text += "same " + word + " aaaaaaaaaaaaaaaa ";
  const auto found = report_on(story("<p>" + text + "</p>"));
  ASSERT_TRUE(found);
  const auto& pages = found->inspection().pages;
  const auto page = std::find_if(pages.begin(), pages.end(), [](const auto& p) { return !p.channels.empty(); });
  ASSERT_NE(page, pages.end());
  const typeset::Channel& channel = page->channels.front();
  EXPECT_GE(channel.last - channel.first, 2u);
  EXPECT_GE(channel.right - channel.left, model::Length::pt(2));
  for (std::uint32_t i = channel.first; i <= channel.last; ++i) EXPECT_TRUE(page->lines[i].channel);
  ASSERT_FALSE(page->stacks.empty());
  EXPECT_EQ(page->stacks.front().word, "same");
  EXPECT_TRUE(page->stacks.front().at_start);
  EXPECT_THAT(found->html, HasSubstr("<rect class=\"channel\""));
  EXPECT_THAT(found->html, HasSubstr("<path class=\"stack\""));
  EXPECT_THAT(found->json, HasSubstr("\"at\":\"start\",\"word\":\"same\""));
}

TEST(Report, AdjustmentsAddUp) {
  const auto found = report_on(story("<p>" + sentence(3, 150) + "</p>"));
  ASSERT_TRUE(found);
  int scaled = 0;
  for (const typeset::InspectedLine& line : found->lines()) {
    EXPECT_EQ(letter_spacing(line) + (line.glyph_scale - 1000) * 10, line.letter_fit);
    scaled += line.glyph_scale != 1000;
    if (line.justified) {
      EXPECT_LE(abs_of(line.room - line.width), edge_of(*found)) << line.text;
    }
  }
  EXPECT_GT(scaled, 3);
  std::size_t shown = 0;  // in the figures that dumps show
  for (const typeset::PageFigures& page : found->book.set.figures.pages) shown += page.justified.size();
  EXPECT_EQ(shown, found->summary.totals.justified);
}

TEST(Report, NothingJustifiedAndNoText) {
  const auto cues = report_on(source_with("<cues><cue><prompt>Who?</prompt><answer>She.</answer></cue></cues>"));
  ASSERT_TRUE(cues);
  EXPECT_EQ(cues->summary.totals.justified, 0u);
  EXPECT_THAT(cues->json, HasSubstr("\"justified\":0,"));
  EXPECT_THAT(cues->html, Not(HasSubstr("class=\"looser\" x")));
}

TEST(Report, RightToLeftWordsStandWhereTheyAre) {
  const auto found = report_on(source_with(
      "<story><p>كان يا ما كان، في قديم الزمان، رجل يسير في الطريق وحده ولا يسأل أحدا عن شيء، ثم عاد إلى البيت "
      "مع المساء ولم يجد فيه أحدا.</p></story>",
      "xml:lang=\"ar\" dir=\"rtl\""));
  ASSERT_TRUE(found);
  EXPECT_THAT(found->html, HasSubstr("direction=\"rtl\" text-anchor=\"end\""));
  EXPECT_THAT(found->html, HasSubstr(" dir=\"rtl\">"));
  for (const typeset::InspectedLine& line : found->lines()) {
    if (line.justified) {
      EXPECT_NEAR((line.right - line.left).to_pt(), line.room.to_pt(), 4.0) << line.text;
    }
  }
}

// Names of files and characters that markup knows.
TEST(Report, WhatTheSourceSaysIsNoMarkup) {
  const auto found = report_on(source_with("<overview><p>A &lt;b&gt; &amp; c</p></overview>"));
  ASSERT_TRUE(found);
  EXPECT_THAT(found->html, HasSubstr("&lt;b&gt;"));
  const std::string html = write_html(found->book.set, diag::SourceText("a\x01<&.xml", ""));
  EXPECT_THAT(html, HasSubstr("a\xEF\xBF\xBD&lt;&amp;.xml"));
  EXPECT_TRUE(pugi::xml_document().load_buffer(html.data(), html.size()));
  EXPECT_THAT(write_json(found->book.set, diag::SourceText("a\x01\".xml", "")), HasSubstr("\"a\\u0001\\\".xml\""));
}

// Asking for a report changes nothing else.
TEST(Report, ThePagesAreTheSame) {
  const std::string source = story("<p>" + sentence(9, 400) + "</p>");
  const auto with = typeset::set_book(source, "book", nullptr, {}, true), without = typeset::set_book(source);
  ASSERT_TRUE(with && without);
  EXPECT_TRUE(with->set.inspection && !without->set.inspection);
  EXPECT_EQ(page::dump_pages(with->pages()), page::dump_pages(without->pages()));
}

}  // namespace
}  // namespace epitome::report
