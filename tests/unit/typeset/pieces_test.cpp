// Tables, lists, notes and the places that ids name.
#include <gmock/gmock.h>

#include <algorithm>

#include "book.hpp"

namespace epitome::typeset {
namespace {

using model::Length;
using page::Role;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::string words(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += (i > 0 ? " word" : "word") + std::to_string(i);
  return text;
}

// The runs of text whose own text holds `part`, by page and place.
struct Found {
  std::uint32_t page;
  model::Point origin;
  std::uint32_t element;
};
std::vector<Found> find_text(const Book& book, const std::string& part) {
  std::vector<Found> found;
  for (std::uint32_t i = 0; i < book.pages().pages.size(); ++i) {
    for (const page::Item& item : book.pages().pages[i].items) {
      const auto* text = std::get_if<page::Text>(&item.value);
      if (text == nullptr || text->run.text.find(part) == std::string::npos) continue;
      found.push_back({i, text->origin, book.pages().marks[item.mark].element});
    }
  }
  return found;
}

const page::Destination* destination_of(const Book& book, const std::string& name) {
  for (const page::Destination& d : book.pages().destinations) {
    if (d.name == name) return &d;
  }
  return nullptr;
}

// A link to `id` shows the page of the text `target`, and leads there.
void expect_cited(const std::string& content, const std::string& id, const std::string& target) {
  const auto book =
      set_book(source_with("<story><p>Look <ref to=\"" + id + "\">there</ref>.</p>" + content + "</story>"));
  ASSERT_TRUE(book);
  const auto found = find_text(*book, target);
  ASSERT_FALSE(found.empty()) << target;
  const page::Destination* destination = destination_of(*book, id);
  ASSERT_NE(destination, nullptr) << id;
  const std::uint32_t page = found.front().page;
  EXPECT_GT(page, find_text(*book, "Look").front().page) << id;
  EXPECT_EQ(destination->page, page) << id;
  EXPECT_LE(destination->y, found.front().origin.y) << id;
  EXPECT_GT(destination->y, found.front().origin.y - book->layout.geometry.grid * 2) << id;
  std::string text = book->text_of(0);
  for (std::size_t at; (at = text.find("\xC2\xA0")) != std::string::npos;) text.replace(at, 2, " ");
  EXPECT_THAT(text, HasSubstr("there (page " + book->pages().pages[page].label + ")")) << id;
}

TEST(Pieces, RowsAndCellsAreCitedWhereTheyStand) {
  std::string rows;
  for (int i = 0; i < 70; ++i) {
    const std::string n = std::to_string(i);
    rows += "<tr id=\"row" + n + "\"><td>a" + n + "</td><td id=\"cell" + n + "\">b" + n + "</td></tr>";
  }
  const std::string table = "<table><tbody>" + rows + "</tbody></table>";
  expect_cited(table, "row55", "a55");
  expect_cited(table, "cell55", "b55");
}

TEST(Pieces, PhrasesAreCitedWhereTheyStand) {
  const auto with = [](const std::string& phrase) {
    return "<p>" + words(500) + " " + phrase + " " + words(40) + "</p>";
  };
  expect_cited(with("<span id=\"here\">Target</span>"), "here", "Target");
  expect_cited(with("<em id=\"outer\"><span id=\"here\">Target</span></em>"), "here", "Target");
  expect_cited(with("<em id=\"outer\"><span id=\"here\">Target</span></em>"), "outer", "Target");
  expect_cited(with("<a id=\"here\" href=\"https://epitome.example/\">Target</a>"), "here", "Target");
  expect_cited(with("A<note><em>x</em> <span id=\"here\">Target</span></note>"), "here", "Target");
  expect_cited("<p>" + words(500) + " Target<em id=\"here\"><note>Note.</note></em></p>", "here", "Target");
}

// The contents show a heading's words before its page does.
TEST(Pieces, APhraseInAHeadingIsCitedThereAndItalicThere) {
  const auto book = set_book(
      source_with("<story><chapter><title>Of <foreign id=\"it\" xml:lang=\"la\">lumen</foreign></title><p>Here is "
                  "<foreign xml:lang=\"la\">lumen</foreign>, see <ref to=\"it\">it</ref>.</p></chapter></story>"));
  ASSERT_TRUE(book);
  const auto found = find_text(*book, "lumen");
  ASSERT_GE(found.size(), 3u);
  const page::Destination* it = destination_of(*book, "it");
  ASSERT_NE(it, nullptr);
  EXPECT_NE(it->page, found.front().page);
  EXPECT_EQ(it->page, found.back().page);
}

std::vector<std::string> notes_down_the_page(const Book& book) {
  std::vector<std::pair<Length, std::string>> numbers;
  for (const std::uint32_t note : book.elements(Role::note)) {
    const std::string text = book.text_of(note);
    for (const Found& found : find_text(book, text.substr(text.find("Note")).substr(0, 6)))
      numbers.emplace_back(found.origin.y, text.substr(0, text.find(' ')));
  }
  std::sort(numbers.begin(), numbers.end());
  std::vector<std::string> out;
  for (const auto& [y, number] : numbers) out.push_back(number);
  return out;
}

TEST(Pieces, ATermsNoteStandsBeforeItsDefinitions) {
  const auto book = set_book(
      source_with("<about><dl><dt>Term<note>Note A.</note></dt><dd>Said<note>Note B.</note> of it.</dd></dl></about>"));
  ASSERT_TRUE(book);
  EXPECT_THAT(notes_down_the_page(*book), ElementsAre("1", "2"));
}

// Not even to spare a paragraph's single line: the term's note takes all the room that there is.
TEST(Pieces, ANoteBesideATermsLongNoteBeginsOnItsMarksPage) {
  int divided = 0;
  for (int length = 204; length < 304; length += 4) {
    const auto book =
        set_book(source_with("<about><dl><dt>Term<note>" + words(length) + "</note></dt><dd>Said<note>Second " +
                             words(14) + "</note> " + words(22) + ".</dd></dl></about>"));
    ASSERT_TRUE(book);
    const auto mark = find_text(*book, "Said"), note = find_text(*book, "Second");
    ASSERT_FALSE(mark.empty() || note.empty());
    EXPECT_EQ(mark.front().page, note.front().page) << length;
    divided += find_text(*book, "word21.").back().page != mark.front().page;
  }
  EXPECT_GT(divided, 0);
}

TEST(Pieces, ACellKeepsItsOwnDirection) {
  const auto book = set_book(source_with(
      "<about><table><tbody><tr><td>One</td><td dir=\"rtl\" xml:lang=\"en\">first <span dir=\"ltr\">second</span></td>"
      "<td>Three</td></tr></tbody></table></about>"));
  ASSERT_TRUE(book);
  const auto first = find_text(*book, "first"), second = find_text(*book, "second");
  ASSERT_EQ(first.size(), 1u);
  ASSERT_EQ(second.size(), 1u);
  EXPECT_GT(first.front().origin.x, second.front().origin.x);
}

TEST(Pieces, ATableSetAsListsIsWrittenOnce) {
  std::string head, row;
  for (int i = 0; i < 12; ++i) {
    head += "<th scope=\"col\">Interpretation" + std::to_string(i) + "</th>";
    row += "<td>incomprehensibilities" + std::to_string(i) + "</td>";
  }
  const auto book = set_book(
      source_with("<about><p>A<note>Note A.</note></p><table><thead><tr>" + head + "</tr></thead><tbody><tr>" + row +
                  "</tr><tr><td><foreign xml:lang=\"la\">lumen</foreign> it is<note>Note B.</note></td>" +
                  std::string(row.substr(row.find("</td>") + 5)) + "</tr></tbody></table></about>"));
  ASSERT_TRUE(book);
  ASSERT_TRUE(book->elements(Role::table).empty());
  std::vector<std::string> ids;
  for (const std::uint32_t note : book->elements(Role::note)) ids.push_back(book->pages().elements[note].details->id);
  EXPECT_THAT(ids, ElementsAre(StartsWith("about--note-"), StartsWith("about--note-")));
  EXPECT_NE(ids[0], ids[1]);
  const auto face_of = [&](const std::string& part) -> std::string {
    for (const page::Page& page : book->pages().pages) {
      for (const page::Item& item : page.items) {
        const auto* text = std::get_if<page::Text>(&item.value);
        if (text != nullptr && text->run.text.find(part) != std::string::npos) return text->run.face->entry().style;
      }
    }
    return {};
  };
  EXPECT_THAT(face_of("lumen"), HasSubstr("Italic"));
}

TEST(Pieces, AHeadOverColumnsAsksForTheSameWhereverItStands) {
  const auto starts = [](const std::string& rows) {
    const auto book = set_book(source_with("<about><table><tbody>" + rows + "</tbody></table></about>"));
    EXPECT_TRUE(book);
    std::vector<Length> out;
    for (const char* const text : {"aa", "bb", "cc"}) out.push_back(find_text(*book, text).front().origin.x);
    return out;
  };
  const std::string head = "<tr><td colspan=\"3\">012345678901234567890123456789012345</td></tr>";
  const std::string row = "<tr><td>aa</td><td>bb</td><td>cc</td></tr>";
  const std::vector<Length> before = starts(head + row), after = starts(row + head);
  EXPECT_EQ(before, after);
  EXPECT_LT(std::abs(((before[1] - before[0]) - (before[2] - before[1])).to_pt()), 1);
}

image::Image picture(std::uint32_t width, std::uint32_t height) {
  image::Image made;
  made.width = width;
  made.height = height;
  return made;
}

TEST(Pieces, AnItemsMarkerStandsAtItsPicturesTopAndIsReadFirst) {
  const auto book = set_book(source_with("<about><ol><li><figure src=\"p.png\" alt=\"A lamp\"/><p>After.</p></li>"
                                         "<li><table><tbody><tr><td>Cell</td></tr></tbody></table></li></ol></about>"),
                             "book", nullptr, {{"p.png", picture(100, 100)}});
  ASSERT_TRUE(book);
  for (const std::uint32_t item : book->elements(Role::li)) {
    const auto& kids = book->pages().elements[item].kids;
    ASSERT_EQ(kids.size(), 2u);
    EXPECT_EQ(book->pages().elements[kids[0].index].role, Role::lbl);
  }
  const std::uint32_t figure = book->elements(Role::figure).front();
  const model::Rect box = book->pages().elements[figure].details->box;
  const Length one = find_text(*book, "1. ").back().origin.y;
  EXPECT_GT(one, box.y);
  EXPECT_LT(one, box.y + book->layout.geometry.grid);
  EXPECT_EQ(find_text(*book, "2. ").back().origin.y, find_text(*book, "Cell").front().origin.y);
}

TEST(Pieces, NoColumnIsWithoutWidth) {
  std::string open, close;
  for (int i = 0; i < 22; ++i) open += "<ul><li><p>Deep.</p>", close += "</li></ul>";
  std::vector<std::string> warnings;
  const auto book =
      set_book(source_with("<about>" + open + "<figure src=\"p.png\" alt=\"A lamp\"/>" + close + "</about>"), "book",
               &warnings, {{"p.png", picture(400, 300)}});
  ASSERT_TRUE(book);
  EXPECT_THAT(warnings, testing::Contains("W0604"));
  const model::Rect box = book->pages().elements[book->elements(Role::figure).front()].details->box;
  const style::Geometry& g = book->layout.geometry;
  EXPECT_GT(box.width, Length::pt(20));
  EXPECT_LE(box.x + box.width, g.page_width);
}

TEST(Pieces, TermsStandOverTheirDefinitionsWhereThereIsNoRoomBesideThem) {
  const std::string inner = "<dl><dt>Third</dt><dd>" + words(12) + "</dd></dl>";
  const auto book = set_book(
      source_with("<about><dl><dt>First</dt><dd><dl><dt>Second</dt><dd>" + inner + "</dd></dl></dd></dl></about>"));
  ASSERT_TRUE(book);
  const auto third = find_text(*book, "Third"), said = find_text(*book, "word0");
  ASSERT_EQ(third.size(), 1u);
  EXPECT_LT(third.front().origin.y, said.front().origin.y);
}

TEST(Pieces, APartTitleHigherThanAPageIsSetSmallerOrGoesOn) {
  const auto warnings = [](const std::string& title) {
    std::vector<std::string> told;
    EXPECT_TRUE(set_book(source_with("<about><title>" + title + "</title><p>Her.</p></about>"), "book", &told));
    return told;
  };
  EXPECT_THAT(warnings(words(130)), testing::IsEmpty());
  std::string wide;
  for (int i = 0; i < 1000; ++i) wide += "灯";
  EXPECT_THAT(warnings(wide), testing::IsEmpty());
}

// The left and right edges of a running head's text.
std::vector<std::pair<Length, Length>> heads_of(const Book& book, std::size_t page) {
  std::vector<std::pair<Length, Length>> out;
  for (const page::Item& item : book.pages().pages[page].items) {
    const auto* text = std::get_if<page::Text>(&item.value);
    if (text == nullptr || book.pages().marks[item.mark].artifact != page::ArtifactKind::header) continue;
    out.emplace_back(text->origin.x, text->origin.x + text->run.width());
  }
  std::sort(out.begin(), out.end());
  return out;
}

// A title has what a short part's name leaves.
TEST(Pieces, ARunningHeadIsNotCutBesideAShortOne) {
  const auto book = set_book(
      "<summary version=\"1\" xml:lang=\"en\"><work><title prefix=\"The\">Lamp That Nobody Ever "
      "Saw</title><contributor role=\"author\">Ann Example</contributor></work><edition>"
      "<date>2024-05-31</date></edition><overview><p>" +
          words(900) + "</p></overview></summary>",
      "large");
  ASSERT_TRUE(book);
  std::string told;
  for (const page::Item& item : book->pages().pages.back().items) {
    const auto* text = std::get_if<page::Text>(&item.value);
    if (text != nullptr && book->pages().marks[item.mark].artifact == page::ArtifactKind::header)
      told += text->run.text;
  }
  EXPECT_THAT(told, testing::HasSubstr("Ever SawOverview"));
}

// Where paper is saved, the last question has no page of lines for itself.
TEST(Pieces, LinesToWriteOnAreNoMoreThanTheLayoutSays) {
  const auto book = set_book(source_with("<discussion><question>Why?</question></discussion>"), "print-a4");
  ASSERT_TRUE(book);
  std::size_t rules = 0;
  for (const page::Page& page : book->pages().pages)
    for (const page::Item& item : page.items) {
      const auto* rule = std::get_if<page::Rule>(&item.value);
      rules += rule != nullptr && rule->dash_off > Length{} ? 1 : 0;
    }
  EXPECT_EQ(rules, 6U);
}

TEST(Pieces, RunningHeadsWithoutSpacesAreCut) {
  std::string name;
  for (int i = 0; i < 60; ++i) name += i % 6 == 5 ? "の灯" : "海";
  for (const std::string& title : {name, std::string(200, 'w')}) {
    std::vector<std::string> warnings;  // the title itself is as long
    const auto book =
        set_book(source_with("<story><title>" + title + "</title><p>" + words(900) + "</p></story>", "xml:lang=\"ja\""),
                 "a4", &warnings);
    ASSERT_TRUE(book);
    const auto heads = heads_of(*book, book->pages().pages.size() - 2);
    ASSERT_GE(heads.size(), 2u);
    for (std::size_t i = 1; i < heads.size(); ++i) EXPECT_LE(heads[i - 1].second, heads[i].first + Length::pt(1));
    EXPECT_GT(heads.back().second - heads.front().first, book->layout.geometry.measure / 2);
  }
}

TEST(Pieces, GlyphsThatOnlyPagesHoldAreMissed) {
  diag::Sink sink;
  const diag::SourceText text("x.xml", source_with("<about><p>Her.</p></about><story><p>Once.</p></story>"));
  const std::string data = EPITOME_SOURCE_DIR;
  const auto document = reader::read_document(text, sink);
  const auto language = style::read_language("en", data, sink);
  auto layout = style::read_layout("a4", data, sink);
  ASSERT_TRUE(document && language && layout);
  layout->pieces.contents.entries_min = 0;
  layout->pieces.contents.dot = "\xF3\xB0\x80\x80";  // for private use
  const auto made = book::prepare(*document, *language, {}, sink);
  EXPECT_FALSE(typeset({{*made, *layout, fonts(), EPITOME_PATTERNS_DIR}, "Epitome test"}, sink));
  ASSERT_EQ(sink.diagnostics().size(), 1u);
  EXPECT_EQ(diag::code_name(sink.diagnostics().front().code), "E0601");
}

// Wherever on a page they come: the line that ends in a colon stands on the page on which the quotation begins.
TEST(Pieces, AColonStaysWithWhatItAnnounces) {
  const std::string quotation = "<blockquote><p>quoted " + words(90) + "</p></blockquote>",
                    list = "<ul><li>quoted " + words(9) + "</li><li>last</li></ul>";
  for (int lines = 20; lines < 36; ++lines) {
    for (const std::string& piece : {quotation, list}) {
      std::string before;
      for (int i = 0; i < lines / 2; ++i) before += "<p>" + words(16) + "</p>";
      if (lines % 2 == 1) before += "<p>One line.</p>";
      const auto book = set_book(source_with("<overview>" + before + "<p>" + words(14) + " announces this:</p>" +
                                             piece + "<p>" + words(200) + "</p></overview>"));
      ASSERT_TRUE(book);
      const std::vector<Found> colon = find_text(*book, "this:"), quoted = find_text(*book, "quoted");
      ASSERT_TRUE(colon.size() == 1 && quoted.size() == 1);
      EXPECT_EQ(colon[0].page, quoted[0].page) << lines;
    }
  }
}

}  // namespace
}  // namespace epitome::typeset
