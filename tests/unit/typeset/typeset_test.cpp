#include "typeset/typeset.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>

#include "book.hpp"
#include "typeset/flow/structure.hpp"
#include "typeset/pages/plan.hpp"

namespace epitome::typeset {
namespace {

using page::Role;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

std::string paragraph(int number, int words) {
  std::string text = "<p>";
  for (int i = 0; i < words; ++i)
    text += (i > 0 ? " " : "") + std::string("w") + std::to_string(number) + "x" + std::to_string(i);
  return text + "</p>";
}

std::string paragraphs(int count, int words) {
  std::string text;
  for (int i = 0; i < count; ++i) text += paragraph(i, words);
  return text;
}

std::vector<std::string> labels(const Book& book) {
  std::vector<std::string> out;
  for (const page::Page& page : book.pages().pages) out.push_back(page.label);
  return out;
}

const char* const warnings_part =
    "<warnings><p>Before you read.</p><warning><term>Grief</term><places><ref "
    "to=\"story\"/></places></warning></warnings>";

// Chapters, quotations and questions of all lengths: what a layout keeps together is together.
TEST(Typeset, HeadingsQuotationsAndAnswersAreKeptTogether) {
  const std::string asked = "What is it, and why is it so?";
  constexpr int quotation = 200, answer = 400;  // the first numbers of their paragraphs
  std::string story, questions;
  for (int i = 0; i < 60; ++i) {
    story += "<chapter><title>Chapter</title>" + paragraph(i, 20 + i * 37 % 110) +
             paragraph(i + 100, 15 + i * 53 % 90) + "<blockquote>" + paragraph(i + quotation, 8 + i * 11 % 28) +
             "</blockquote>" + paragraph(i + 300, 30) + "</chapter>";
    questions +=
        "<qa><question>" + asked + "</question><answer>" + paragraph(i + answer, 10 + i * 13 % 40) + "</answer></qa>";
  }
  const auto book = set_book(source_with("<story>" + story + "</story><questions>" + questions + "</questions>"),
                             "book", nullptr, {}, true);
  ASSERT_TRUE(book);
  struct Set {
    int number = -1, lines = 0;
    std::set<std::size_t> pages;
  };
  std::map<std::uint32_t, Set> paragraphs;  // by place
  int titles = 0, questions_set = 0;
  const std::vector<InspectedPage>& pages = book->set.inspection->pages;
  for (std::size_t p = 0; p < pages.size(); ++p) {
    const std::vector<InspectedLine>& lines = pages[p].lines;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (lines[i].text == "Chapter" && lines[i].role == Role::h2) {
        ++titles;
        EXPECT_GE(lines.size(), i + 3) << "page " << p + 1;  // keep-with-next="3": the empty line and two
      }
      if (lines[i].text == asked) {
        ++questions_set;
        EXPECT_GE(lines.size(), i + 2) << "page " << p + 1;
      }
      Set& found = paragraphs[lines[i].place.offset];
      if (int number = 0; std::sscanf(lines[i].text.c_str(), "w%dx0", &number) == 1) found.number = number;
      ++found.lines;
      found.pages.insert(p);
    }
  }
  EXPECT_EQ(titles, 60);
  EXPECT_EQ(questions_set, 60);
  int whole = 0;
  for (const auto& [place, found] : paragraphs) {
    const bool quoted = found.number >= quotation && found.number < quotation + 60 && found.lines <= 6;  // whole="6"
    const bool answered = found.number >= answer && found.lines <= 7;  // whole="8", with the question
    if (!quoted && !answered) continue;
    EXPECT_EQ(found.pages.size(), 1u) << found.number;
    ++whole;
  }
  EXPECT_GT(whole, 80);
}

// A paragraph has a number of alternatives that grows with its length, and each costs a breaking of all of it: a
// paragraph that is longer than a page must have none, or the time would grow with the square of the length.
TEST(Typeset, AParagraphOfThousandsOfDividedWordsIsSet) {
  std::string text;
  for (int i = 0; i < 4000; ++i) text += "internationalisation misunderstanding ";
  const auto book = set_book(source_with("<story><p>" + text + "</p></story>"));
  ASSERT_TRUE(book);
  EXPECT_GT(book->pages().pages.size(), 40u);
}

TEST(Typeset, FrontMatterIsRomanAndTheTextBeginsOnARecto) {
  const auto book =
      set_book(source_with("<hook><p>Look here.</p></hook><story><p>Once.</p></story>" + std::string(warnings_part)));
  ASSERT_TRUE(book);
  // cover, endpaper, title page, imprint, contents, warnings | hook, story, (writing page,) brand
  EXPECT_THAT(labels(*book), ElementsAre("i", "ii", "iii", "iv", "v", "vi", "1", "2", "3", "4"));
  ASSERT_EQ(book->pages().labels.size(), 2u);
  EXPECT_EQ(book->pages().labels[1].first_page, 6u);
  EXPECT_EQ(book->pages().labels[1].style, page::LabelStyle::arabic);
}

TEST(Typeset, AnOddFrontMatterGivesItsLastPageToTheHook) {
  const auto book = set_book(source_with("<hook><p>Look here.</p></hook><story><p>Once.</p></story>"));
  ASSERT_TRUE(book);
  EXPECT_THAT(labels(*book), ElementsAre("i", "ii", "iii", "iv", "v", "vi", "1", "2"));
  EXPECT_EQ(book->set.page_map.breaks[5].id, "hook");
  EXPECT_EQ(book->set.page_map.breaks[6].id, "story");
}

TEST(Typeset, AnOddFrontMatterWithoutAHookHasItsImprintBehindTheCover) {
  const auto book = set_book(source_with("<story><p>Once.</p></story>"));
  ASSERT_TRUE(book);
  EXPECT_THAT(labels(*book), ElementsAre("i", "ii", "iii", "iv", "1", "2"));
  // The EPUB has the imprint behind the title page: the label stands where that begins.
  EXPECT_EQ(book->set.page_map.breaks[1].id, "title-page");
  EXPECT_EQ(book->set.page_map.breaks[2].id, "title-page");
  EXPECT_EQ(book->set.page_map.breaks[3].id, "contents");
  EXPECT_EQ(book->set.page_map.breaks[4].id, "story");
}

// Its endpaper would be the back of a drawing that isn't there; the title stands on a recto all the same.
TEST(Typeset, BehindAPictureStandsTheImprint) {
  const auto with_picture = [](const std::string& parts) {
    std::string source = source_with(parts);
    source.insert(source.find("</work>"), "<cover src=\"p.png\" alt=\"A lamp\"/>");
    image::Image picture;
    picture.width = 1000;
    picture.height = 1500;
    return set_book(source, "book", nullptr, {{"p.png", picture}});
  };
  const auto even = with_picture("<story><p>Once.</p></story>");
  ASSERT_TRUE(even);
  EXPECT_THAT(labels(*even), ElementsAre("i", "ii", "iii", "iv", "1", "2"));
  // Nothing is left to make it even: the text begins on a verso and goes on counting, so that rectos stay odd.
  const auto odd = with_picture("<story><p>Once.</p></story>" + std::string(warnings_part));
  ASSERT_TRUE(odd);
  EXPECT_THAT(labels(*odd), ElementsAre("i", "ii", "iii", "iv", "v", "6", "7", "8"));
  EXPECT_EQ(odd->pages().labels[1].start, 6);
}

TEST(Typeset, NoPageIsBlank) {
  for (const char* const layout : {"book", "a4", "letter"}) {
    const auto book = set_book(source_with("<story>" + paragraphs(30, 90) + "</story>" + warnings_part), layout);
    ASSERT_TRUE(book);
    for (const page::Page& page : book->pages().pages) {
      const auto drawn = std::count_if(page.items.begin(), page.items.end(), [&](const page::Item& item) {
        const page::ArtifactKind kind = book->pages().marks[item.mark].artifact;
        return kind != page::ArtifactKind::header && kind != page::ArtifactKind::footer;
      });
      EXPECT_GT(drawn, 0) << layout << " page " << page.label;
    }
  }
}

TEST(Typeset, TheContentsGiveThePagesOfTheirTargets) {
  std::string chapters;
  for (int i = 0; i < 8; ++i) {
    chapters += "<chapter id=\"c" + std::to_string(i) + "\"><title>Chapter " +
                std::string(1, static_cast<char>('A' + i)) + "</title>" + paragraphs(6, 80) + "</chapter>";
  }
  for (const char* const layout : {"book", "a4"}) {
    const auto book = set_book(source_with("<about><p>Her.</p></about><story>" + chapters + "</story>"), layout);
    ASSERT_TRUE(book);
    int checked = 0;
    for (const std::uint32_t entry : book->elements(Role::toci)) {
      const std::vector<std::string> words = words_of(book->text_of(entry));
      const page::Link* link = nullptr;
      for (const page::Link& candidate : book->pages().links) {
        std::uint32_t up = candidate.element;
        while (up != page::no_index && up != entry) up = book->pages().elements[up].parent;
        if (up == entry) link = &candidate;
      }
      ASSERT_NE(link, nullptr);
      const auto target = std::find_if(book->pages().destinations.begin(), book->pages().destinations.end(),
                                       [&](const page::Destination& d) { return d.name == link->destination; });
      ASSERT_NE(target, book->pages().destinations.end());
      const std::string& label = book->pages().pages[target->page].label;
      const std::string text = book->text_of(entry);
      EXPECT_EQ(words.back().substr(words.back().size() - label.size()), label) << text;
      EXPECT_THAT(link->description, HasSubstr("page " + label));
      ++checked;
    }
    EXPECT_EQ(checked, 10);
  }
}

TEST(Typeset, CrossReferencesSayTheirPage) {
  const auto book =
      set_book(source_with("<about><p>See <ref to=\"end\"/>, please.</p></about><story>" + paragraphs(20, 90) +
                           "<chapter id=\"end\"><title>The end</title><p>Here.</p></chapter></story>"));
  ASSERT_TRUE(book);
  const auto& destinations = book->pages().destinations;
  const auto end =
      std::find_if(destinations.begin(), destinations.end(), [](const auto& d) { return d.name == "end"; });
  ASSERT_NE(end, destinations.end());
  const std::string expected = "See “The end” (page\xC2\xA0" + book->pages().pages[end->page].label + "), please.";
  const std::string plain = book->text_of(0);
  EXPECT_THAT(plain,
              testing::AnyOf(HasSubstr(expected),
                             HasSubstr("See “The end” (page " + book->pages().pages[end->page].label + "), please.")));
  EXPECT_EQ(book->set.figures.passes, 1u);
}

// The pages that the links of a book say are those on which they land; how many links there are.
int links_with_right_pages(const Book& book) {
  int right = 0;
  for (const std::uint32_t link : book.elements(Role::link)) {
    const std::string text = book.text_of(link);
    const auto target =
        std::find_if(book.pages().destinations.begin(), book.pages().destinations.end(),
                     [&](const page::Destination& d) { return text.find("“On " + d.name.substr(1) + "” ") == 0; });
    if (target == book.pages().destinations.end()) continue;
    EXPECT_THAT(text, testing::EndsWith("page\xC2\xA0" + book.pages().pages[target->page].label + ")"));
    ++right;
  }
  return right;
}

std::string book_of_references(int count, const std::string& between) {
  std::string about, story;
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    about += paragraph(i, 20).substr(0, paragraph(i, 20).size() - 4) + " See <ref to=\"t" + number + "\"/>, and " +
             paragraph(i + 7, 20).substr(3);
    story += "<chapter id=\"t" + number + "\"><title>On " + number + "</title>" + between + "</chapter>";
  }
  return source_with("<about>" + about + "</about><story>" + story + "</story>");
}

// Most paragraphs are set once: what was guessed has as many figures, which are exchanged in their lines.
TEST(Typeset, PagesAreShownWithoutAnotherPass) {
  const auto book = set_book(book_of_references(30, paragraphs(4, 60)));
  ASSERT_TRUE(book);
  EXPECT_EQ(links_with_right_pages(*book), 30);
  EXPECT_EQ(book->set.figures.passes, 1u);
  EXPECT_EQ(book->set.figures.overfull, 0u);
}

// The guess is far too low: titles and pictures take the room, not text.
TEST(Typeset, PagesAreRightWhateverWasGuessed) {
  const auto book = set_book(book_of_references(120, "<p>x</p><separator/><p>x</p><separator/><p>x</p>"));
  ASSERT_TRUE(book);
  EXPECT_EQ(links_with_right_pages(*book), 120);
  EXPECT_EQ(book->set.figures.overfull, 0u);
}

TEST(Typeset, FootnotesStandOnTheirMarksPage) {
  std::string text;
  for (int i = 0; i < 12; ++i) {
    text += "<p>Some text<note>Note " + std::to_string(i) + " says this.</note>. " + paragraph(i, 70).substr(3);
  }
  const auto book = set_book(source_with("<story>" + text + "</story>"));
  ASSERT_TRUE(book);
  const auto notes = book->elements(Role::note);
  ASSERT_EQ(notes.size(), 12u);
  for (std::size_t i = 0; i < notes.size(); ++i) {
    const page::Element& note = book->pages().elements[notes[i]];
    EXPECT_FALSE(note.details->id.empty());
    EXPECT_EQ(words_of(book->text_of(notes[i]))[0], std::to_string(i + 1));
    const auto& kids = book->pages().elements[note.parent].kids;
    const auto at =
        std::find_if(kids.begin(), kids.end(), [&](const page::Kid& k) { return !k.is_mark && k.index == notes[i]; });
    ASSERT_NE(at, kids.end());
    ASSERT_NE(at, kids.begin());
    const page::Kid mark = *(at - 1);  // the Reference before it
    ASSERT_FALSE(mark.is_mark);
    EXPECT_EQ(book->pages().elements[mark.index].role, Role::reference);
    EXPECT_EQ(book->page_of(mark.index), book->page_of(notes[i]));
  }
  // The mark follows the full stop that the source has after the note.
  EXPECT_THAT(book->text_of(0, Role::note), HasSubstr("text.1 "));
}

// A layout with wide limits asks for other lines of paragraphs whose notes it has to follow.
TEST(Typeset, NotesOfParagraphsSetWideAreAllPlaced) {
  const std::string folder = testing::TempDir() + "/wide-limits";
  std::filesystem::create_directory(folder);
  std::ofstream(folder + "/layout.xml") << "<layout base=\"book/layout.xml\">"
                                           "<justification page-space=\"250%\"/></layout>";
  std::mt19937 random(2);
  std::string text;
  int notes = 0;
  for (int i = 0; i < 300; ++i) {
    text += "<p>";
    for (int words = 8 + static_cast<int>(random() % 40); words > 0; --words) {
      text += "word" + std::string(random() % 7, 'e');
      if (random() % 80 == 0) text += "<note>Note number " + std::to_string(notes++) + ".</note>";
      text += ' ';
    }
    text += "end.</p>";
  }
  const auto book = set_book(source_with("<story>" + text + "</story>"), folder);
  ASSERT_TRUE(book);
  EXPECT_GT(notes, 50);
  EXPECT_EQ(book->elements(Role::note).size(), static_cast<std::size_t>(notes));
}

// Their lines are not alike: in other lines they would be of another height than the page was broken with.
TEST(Typeset, ParagraphsWithRubyAreNotSetAnewForThePage) {
  const auto set_anew = [](const std::string& word) {
    std::string text;
    for (int i = 0; i < 200; ++i) {
      text += "<p>" + word;
      for (int w = 25 + i * 37 % 60; w > 0; --w) text += " w" + std::to_string(w);
      text += ".</p>";
    }
    const auto book = set_book(source_with("<story>" + text + "</story>"), "book", nullptr, {}, true);
    EXPECT_TRUE(book);
    return book ? book->set.inspection->paragraphs.size() : 0;
  };
  EXPECT_GT(set_anew("fire"), 0u);
  EXPECT_EQ(set_anew("<ruby>fire<rt>flame</rt></ruby>"), 0u);
}

TEST(Typeset, HeadingsAreNestedWithoutGaps) {
  const auto book = set_book(
      source_with("<takeaways><takeaway id=\"t\"><headline>First</headline><p>Because.</p></takeaway></takeaways>"
                  "<questions><qa id=\"q\"><question>Why?</question><answer><p>So.</p></answer></qa></questions>"),
      "a4");
  ASSERT_TRUE(book);
  EXPECT_EQ(book->elements(Role::h1).size(), 3u);  // title page, takeaways, questions
  EXPECT_EQ(book->elements(Role::h2).size(), 2u);
  EXPECT_TRUE(book->elements(Role::h3).empty());
  std::vector<std::string> outline;
  for (const page::OutlineEntry& entry : book->pages().outline)
    outline.push_back(std::to_string(entry.level) + entry.title);
  EXPECT_THAT(outline, testing::IsSupersetOf({"0Key takeaways", "1First", "0Questions and answers", "1Why?"}));
}

TEST(Typeset, TableHeadsAreRepeatedAsArtifacts) {
  std::string rows;
  for (int i = 0; i < 60; ++i) rows += "<tr><th scope=\"row\">r" + std::to_string(i) + "</th><td>a cell</td></tr>";
  const auto book =
      set_book(source_with("<about><table><thead><tr><th scope=\"col\">Head</th><th scope=\"col\">Second"
                           "</th></tr></thead><tbody>" +
                           rows + "</tbody></table></about>"));
  ASSERT_TRUE(book);
  int real = 0, repeated = 0;
  for (const page::Page& page : book->pages().pages) {
    for (const page::Item& item : page.items) {
      const auto* text = std::get_if<page::Text>(&item.value);
      if (text == nullptr || text->run.text.find("Second") == std::string::npos) continue;
      ++(book->pages().marks[item.mark].element == page::no_index ? repeated : real);
    }
  }
  EXPECT_EQ(real, 1);
  EXPECT_GE(repeated, 1);
  for (const std::uint32_t cell : book->elements(Role::th)) {
    EXPECT_NE(book->pages().elements[cell].scope, page::Element::ThScope::none);
  }
}

TEST(Typeset, ATableTooWideBecomesAList) {
  std::string head, row;
  for (int i = 0; i < 12; ++i) {
    head += "<th scope=\"col\">Interpretation" + std::to_string(i) + "</th>";
    row += "<td>incomprehensibilities" + std::to_string(i) + "</td>";
  }
  const auto book = set_book(source_with("<about><table><thead><tr>" + head + "</tr></thead><tbody><tr>" + row +
                                         "</tr></tbody></table></about>"));
  ASSERT_TRUE(book);
  EXPECT_TRUE(book->elements(Role::table).empty());
  EXPECT_THAT(book->text_of(0), HasSubstr("Interpretation3: incomprehensibilities3"));
}

TEST(Typeset, FacingPagesMirrorTheirMarginsAndRightToLeftMirrorsThem) {
  const auto left_of = [](const Book& book, std::size_t page) {
    Length left = Length::pt(10000);
    for (const page::Item& item : book.pages().pages[page].items) {
      const auto* text = std::get_if<page::Text>(&item.value);
      if (text != nullptr && book.pages().marks[item.mark].element != page::no_index)
        left = std::min(left, text->origin.x);
    }
    return left;
  };
  const auto book = set_book(source_with("<story>" + paragraphs(14, 90) + "</story>"));
  ASSERT_TRUE(book);
  EXPECT_LT(left_of(*book, 6), left_of(*book, 7));  // recto: the inner margin is the smaller
  const auto mirrored =
      set_book(source_with("<story>" + paragraphs(14, 90) + "</story>", "xml:lang=\"en\" dir=\"rtl\""));
  ASSERT_TRUE(mirrored);
  EXPECT_GT(left_of(*mirrored, 6), left_of(*mirrored, 7));
  EXPECT_TRUE(mirrored->pages().metadata.rtl);
}

TEST(Typeset, NumeralsStandAtTheStartEdge) {
  const std::string parts =
      "<takeaways><takeaway id=\"t\"><headline>First</headline><p>Because.</p></takeaway></takeaways>";
  for (const bool rtl : {false, true}) {
    const auto book = set_book(source_with(parts, rtl ? "xml:lang=\"en\" dir=\"rtl\"" : "xml:lang=\"en\""), "a4");
    ASSERT_TRUE(book);
    const style::Geometry& g = book->layout.geometry;
    const Length start = rtl ? g.page_width - g.margin_start : g.margin_start;
    int numerals = 0;
    for (const page::Page& page : book->pages().pages) {
      for (const page::Item& item : page.items) {
        const auto* text = std::get_if<page::Text>(&item.value);
        if (text == nullptr || text->colour == style::Colour{} || text->run.text.substr(0, 1) != "1") continue;
        ++numerals;
        const Length edge = rtl ? text->origin.x + text->run.width() : text->origin.x;
        EXPECT_LT(std::abs((edge - start).to_pt()), 3) << rtl;
      }
    }
    EXPECT_EQ(numerals, 1);
  }
}

TEST(Typeset, ATitlePageMakesRoomForItsAuthors) {
  const auto with_authors = [](int count, std::vector<std::string>* warnings) {
    std::string source = source_with("<about><p>X.</p></about>");
    const std::string one = "<contributor role=\"author\">Alexandra Constantinopoulou</contributor>";
    std::string all;
    for (int i = 0; i < count; ++i) all += one;
    const std::size_t at = source.find("</work>");
    source.insert(at, all);
    return set_book(source, "book", warnings);
  };
  std::vector<std::string> warnings;
  const auto book = with_authors(6, &warnings);
  ASSERT_TRUE(book);
  EXPECT_THAT(warnings, testing::IsEmpty());
  // No line of the title page reaches up into the one before it.
  model::Length before;
  int lines = 0;
  for (const page::Item& item : book->pages().pages.at(2).items) {
    const auto* text = std::get_if<page::Text>(&item.value);
    if (text == nullptr || text->origin.y == before) continue;
    EXPECT_GT(text->origin.y - text->run.size.scaled(7, 10), before) << text->run.text;
    before = text->origin.y;
    ++lines;
  }
  EXPECT_GT(lines, 5);
  warnings.clear();
  ASSERT_TRUE(with_authors(60, &warnings));
  EXPECT_THAT(warnings, testing::Contains("W0604"));
}

TEST(Typeset, FiguresCountTheFaultsOfPages) {
  const auto book = set_book(source_with("<story>" + paragraphs(40, 90) + "</story>"));
  ASSERT_TRUE(book);
  const Figures& figures = book->set.figures;
  EXPECT_EQ(figures.pages.size(), book->pages().pages.size());
  EXPECT_EQ(figures.widows + figures.orphans + figures.overfull + figures.hyphens_at_page_end, 0u);
  EXPECT_GT(figures.text_lines, 100u);
  for (std::size_t i = 1; i < figures.pages.size(); ++i) {
    const PageFigures& page = figures.pages[i];
    EXPECT_LE(page.lines, book->layout.geometry.lines);
    if (page.facing_left && !page.part_end && !figures.pages[i - 1].part_end) {
      EXPECT_LE(std::abs(page.lines - figures.pages[i - 1].lines), 2) << "page " << i + 1;
    }
  }
  EXPECT_THAT(dump_figures(figures), HasSubstr(" widows 0 orphans 0 "));

  // A layout that lets single lines stand has some, and they are told.
  const std::string folder = testing::TempDir() + "/single-lines";
  std::filesystem::create_directory(folder);
  std::ofstream(folder + "/layout.xml")
      << "<layout base=\"book/layout.xml\">"
         "<turns lines-before=\"1\" lines-after=\"1\" part-end-lines=\"1\"/></layout>";
  const auto loose = set_book(source_with("<story>" + paragraphs(60, 31) + "</story>"), folder);
  ASSERT_TRUE(loose);
  const auto counted = [&](bool PageFigures::*flag) {
    const std::vector<PageFigures>& pages = loose->set.figures.pages;
    return static_cast<std::size_t>(std::count_if(pages.begin(), pages.end(), [&](const auto& p) { return p.*flag; }));
  };
  EXPECT_EQ(loose->set.figures.widows, counted(&PageFigures::widow));
  EXPECT_EQ(loose->set.figures.orphans, counted(&PageFigures::orphan));
  EXPECT_GT(loose->set.figures.widows, 0u);
  EXPECT_GT(loose->set.figures.orphans, 0u);
}

TEST(Typeset, RomanNumerals) {
  EXPECT_EQ(roman_numeral(4), "iv");
  EXPECT_EQ(roman_numeral(19), "xix");
  EXPECT_EQ(roman_numeral(1994), "mcmxciv");
}

TEST(Typeset, DestinationNamesAreAscii) {
  EXPECT_EQ(destination_name("q-1.a"), "q-1.a");
  EXPECT_EQ(destination_name("caf\xC3\xA9"), "caf_00E9");
  EXPECT_NE(destination_name("a_b"), destination_name("a-b"));
}

}  // namespace
}  // namespace epitome::typeset
