// Tables over pages: what divides, what stays whole, and where heads and notes stand.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "book.hpp"

namespace epitome::typeset {
namespace {

using model::Length;
using page::Role;

const std::vector<std::string> layouts = {"book", "a4", "letter", "large"};

std::string words(const std::string& stem, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += (i > 0 ? " " : "") + stem + std::to_string(i);
  return text;
}

std::string cell(const std::string& text, const std::string& attributes = {}) {
  return "<td" + attributes + ">" + text + "</td>";
}

std::string row(const std::string& cells) { return "<tr>" + cells + "</tr>"; }

std::string table(const std::string& rows, const std::string& head = {}, const std::string& attributes = {}) {
  return "<table" + attributes + ">" + (head.empty() ? "" : "<thead>" + head + "</thead>") + "<tbody>" + rows +
         "</tbody></table>";
}

const std::string short_head = row("<th>Key</th><th>Value</th>");

struct Placed {
  std::uint32_t page = 0, element = page::no_index;  // no element: repeated
  Length left, right, baseline, size;
  std::string text;
};

bool stands_in_cell(const Book& book, std::uint32_t element) {
  while (element != page::no_index) {
    const Role role = book.pages().elements[element].role;
    if (role == Role::td || role == Role::th) return true;
    if (role == Role::note) return false;
    element = book.pages().elements[element].parent;
  }
  return false;
}

// The texts of a table's cells, in the order in which they are drawn.
std::vector<Placed> cell_texts(const Book& book) {
  std::vector<Placed> found;
  for (std::uint32_t i = 0; i < book.pages().pages.size(); ++i) {
    for (const page::Item& item : book.pages().pages[i].items) {
      const auto* text = std::get_if<page::Text>(&item.value);
      if (text == nullptr) continue;
      const page::Mark& mark = book.pages().marks[item.mark];
      const bool repeated = mark.artifact == page::ArtifactKind::layout;
      const bool in_cell = !repeated && stands_in_cell(book, mark.element);
      if (!repeated && !in_cell) continue;
      Length width = text->run.width();
      const bool hangs = text->run.text.ends_with(' ') && !text->run.rtl && !text->run.glyphs.empty();
      if (hangs) width -= text->run.glyphs.back().advance;
      found.push_back({i, repeated ? page::no_index : mark.element, text->origin.x, text->origin.x + width,
                       text->origin.y, text->run.size, text->run.text});
    }
  }
  return found;
}

// No cell's text leaves the block or stands over another's; what is repeated is not alone on its page, nor is a head.
void expect_in_place(const Book& book, const std::string& what) {
  const style::Geometry& g = book.layout.geometry;
  const Length foot = g.margin_head + g.grid * g.lines, little = Length::pt(1) / 2;
  const std::vector<Placed> texts = cell_texts(book);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const Placed& a = texts[i];
    EXPECT_LE(a.baseline, foot) << what << ": " << a.text;
    EXPECT_GE(a.left, Length{}) << what << ": " << a.text;
    EXPECT_LE(a.right, g.page_width) << what << ": " << a.text;
    for (std::size_t k = i + 1; k < texts.size(); ++k) {
      const Placed& b = texts[k];
      const Length apart = a.baseline > b.baseline ? a.baseline - b.baseline : b.baseline - a.baseline;
      const bool beside = a.right <= b.left + little || b.right <= a.left + little;
      EXPECT_TRUE(a.page != b.page || beside || apart >= std::min(a.size, b.size) * 4 / 5)
          << what << ": " << a.text << " | " << b.text;
    }
  }
}

std::set<std::uint32_t> pages_of(const Book& book, const std::string& word) {
  std::set<std::uint32_t> pages;
  for (const Placed& text : cell_texts(book)) {
    if (text.text.find(word) != std::string::npos) pages.insert(text.page);
  }
  return pages;
}

// Page and baseline of the text that holds a word, wherever.
std::pair<std::uint32_t, Length> place_of(const Book& book, const std::string& word) {
  for (std::uint32_t i = 0; i < book.pages().pages.size(); ++i) {
    for (const page::Item& item : book.pages().pages[i].items) {
      const auto* text = std::get_if<page::Text>(&item.value);
      if (text != nullptr && text->run.text.find(word) != std::string::npos) return {i, text->origin.y};
    }
  }
  ADD_FAILURE() << word;
  return {};
}

// Of the last text that is a name: the contents name it before.
std::uint32_t heading_page(const Book& book, const std::string& name) {
  std::uint32_t found = page::no_index;
  for (std::uint32_t i = 0; i < book.pages().pages.size(); ++i) {
    for (const page::Item& item : book.pages().pages[i].items) {
      const auto* text = std::get_if<page::Text>(&item.value);
      if (text != nullptr && text->run.text == name) found = i;
    }
  }
  return found;
}

std::set<std::uint32_t> pages_of_mark(const Book& book, std::uint32_t element) {
  std::set<std::uint32_t> pages;
  for (const page::Kid& kid : book.pages().elements[element].kids) {
    if (kid.is_mark) pages.insert(book.pages().marks[kid.index].page);
  }
  return pages;
}

std::optional<Book> set_table(const std::string& blocks, const std::string& layout = "book",
                              const std::string& root = "xml:lang=\"en\"") {
  return set_book(source_with("<overview>" + blocks + "</overview>", root), layout);
}

TEST(Tables, ARowHigherThanAPageGoesOnUnderItsHead) {
  for (const std::string& layout : layouts) {
    const auto book =
        set_table(table(row(cell("a") + cell("b")) + row(cell("c") + cell(words("word", 900))), short_head), layout);
    ASSERT_TRUE(book);
    expect_in_place(*book, layout);
    const std::uint32_t tall = book->elements(Role::td).back();
    EXPECT_EQ(book->elements(Role::td).size(), 4u);
    EXPECT_EQ(words_of(book->text_of(tall)), words_of(words("word", 900)));
    const std::set<std::uint32_t> pages = pages_of_mark(*book, tall);
    EXPECT_GT(pages.size(), 1u);
    EXPECT_EQ(pages_of(*book, "Key"), pages) << layout;
    EXPECT_EQ(book->page_of(tall), book->page_of(book->elements(Role::td).front())) << layout;
    EXPECT_EQ(book->pages().elements[tall].kids.size(), pages.size());  // a mark a page
  }
}

TEST(Tables, TwoHighCellsGoOnBesideEachOther) {
  const auto book = set_table(table(row(cell(words("left", 500)) + cell(words("right", 1100)))));
  ASSERT_TRUE(book);
  expect_in_place(*book, "book");
  const std::vector<std::uint32_t> cells = book->elements(Role::td);
  ASSERT_EQ(cells.size(), 2u);
  EXPECT_EQ(words_of(book->text_of(cells[0])), words_of(words("left", 500)));
  EXPECT_EQ(words_of(book->text_of(cells[1])), words_of(words("right", 1100)));
  EXPECT_EQ(book->page_of(cells[0]), book->page_of(cells[1]));
  EXPECT_GT(pages_of_mark(*book, cells[1]).size(), pages_of_mark(*book, cells[0]).size());
  // A page that begins in the row begins in its first cell that goes on.
  const auto begins = [&](std::uint32_t page) { return book->set.page_map.breaks[page].id; };
  const std::uint32_t first = book->page_of(cells[0]);
  EXPECT_EQ(begins(first + 1), "overview--td-s2jt3n");
  EXPECT_EQ(begins(*pages_of_mark(*book, cells[1]).rbegin()), "overview--td-s2jt3n8dkw1t");
  EXPECT_GT(book->set.page_map.breaks[first + 1].offset, 0u);
}

TEST(Tables, RowsThatACellJoinsPartBetweenThem) {
  for (const std::string& layout : layouts) {
    std::string rows = row(cell(words("long", 300), " rowspan=\"60\"") + cell("row0"));
    for (int i = 1; i < 60; ++i) rows += row(cell("row" + std::to_string(i) + " second third fourth fifth"));
    const auto book = set_table(table(rows, short_head), layout);
    ASSERT_TRUE(book);
    expect_in_place(*book, layout);
    const std::vector<std::uint32_t> cells = book->elements(Role::td);
    ASSERT_EQ(cells.size(), 61u);
    for (std::size_t i = 1; i < cells.size(); ++i) EXPECT_EQ(pages_of_mark(*book, cells[i]).size(), 1u) << layout << i;
    EXPECT_EQ(book->page_of(cells[1]), book->page_of(cells[0]));
    EXPECT_GT(book->page_of(cells[60]), book->page_of(cells[1]));
  }
}

// However much stands before it.
TEST(Tables, AHeadIsNeverAlone) {
  for (int before = 0; before < 34; ++before) {
    const std::string caption = before % 2 == 0 ? "" : "<caption>A caption</caption>";
    std::string made = table(row(cell("a") + cell(words("word", 400))) + row(cell("c") + cell("d")), short_head);
    made.insert(std::string("<table>").size(), caption);
    std::string lines;
    for (int i = 0; i < before; ++i) lines += "<p>A line.</p>";
    const auto book = set_table(lines + made);
    ASSERT_TRUE(book);
    expect_in_place(*book, std::to_string(before));
    const std::vector<std::uint32_t> heads = book->elements(Role::th), cells = book->elements(Role::td);
    EXPECT_EQ(book->page_of(heads.front()), book->page_of(cells.front())) << before;
    if (before % 2 == 0) continue;
    EXPECT_EQ(book->page_of(book->elements(Role::caption).front()), book->page_of(heads.front()));
  }
}

TEST(Tables, AHeadHigherThanHalfAPageIsNotRepeated) {
  for (const int count : {150, 900}) {
    std::string rows;
    for (int i = 0; i < 60; ++i) rows += row(cell("a" + std::to_string(i)) + cell("b"));
    const auto book = set_table(table(rows, row("<th>Key</th><th>" + words("head", count) + "</th>")));
    ASSERT_TRUE(book);
    expect_in_place(*book, std::to_string(count));
    const std::uint32_t head = book->elements(Role::th).back();
    EXPECT_EQ(words_of(book->text_of(head)), words_of(words("head", count)));
    EXPECT_EQ(pages_of(*book, "Key").size(), 1u);
    EXPECT_EQ(*pages_of_mark(*book, head).rbegin(), book->page_of(book->elements(Role::td).front())) << count;
  }
}

TEST(Tables, ARowThatAPageHoldsStaysWhole) {
  for (const int before : {0, 3, 6, 9, 26}) {
    std::string lines;
    for (int i = 0; i < before; ++i) lines += "<p>A line.</p>";
    const auto book = set_table(lines + table(row(cell("a") + cell("b")) + row(cell("c") + cell("d")) +
                                                  row(cell("e") + cell(words("word", 180))) +
                                                  row(cell("f") + cell(words("word", 180))),
                                              short_head));
    ASSERT_TRUE(book);
    expect_in_place(*book, std::to_string(before));
    for (const std::uint32_t td : book->elements(Role::td)) EXPECT_EQ(pages_of_mark(*book, td).size(), 1u) << before;
  }
}

// Wherever a page may turn in a table.
TEST(Tables, NoRowIsAloneOnAPage) {
  std::string rows;
  for (int i = 0; i < 30; ++i) rows += row(cell("cell" + std::to_string(i)) + cell("b"));
  int divided = 0;
  for (int before = 0; before < 34; ++before) {
    std::string lines;
    for (int i = 0; i < before; ++i) lines += "<p>A line.</p>";
    const auto book = set_table(lines + table(rows));
    ASSERT_TRUE(book);
    std::map<std::uint32_t, int> on_page;
    for (const Placed& text : cell_texts(*book)) {
      if (text.text.starts_with("cell")) ++on_page[text.page];
    }
    for (const auto& [page, count] : on_page) EXPECT_GE(count, 2) << before;
    divided += on_page.size() > 1;
  }
  EXPECT_GT(divided, 0);
}

// Paragraphs that are set in more or fewer lines move the first rows of the tables after them to other numbers: a table
// that begins a page doesn't repeat its head there.
TEST(Tables, AfterParagraphsThatWereSetAnewHeadsStandOnceAPage) {
  std::size_t set_anew = 0;
  for (int i = 0; i < 24; ++i) {
    std::string blocks;
    for (int t = 0; t < 8; ++t) {
      for (int p = 0; p < 5; ++p) blocks += "<p>" + words("w", 35 + (p * 17 + t * 29 + i * 5) % 50) + ".</p>";
      std::string rows;
      for (int r = 0; r < 8; ++r) rows += row(cell("cell" + std::to_string(t)) + cell("b"));
      blocks += table(rows, row("<th>Key" + std::to_string(t) + "</th><th>Value</th>"));
    }
    const auto book = set_book(source_with("<story>" + blocks + "</story>"), "book", nullptr, {}, true);
    ASSERT_TRUE(book);
    expect_in_place(*book, std::to_string(i));
    for (const ResetParagraph& paragraph : book->set.inspection->paragraphs) set_anew += paragraph.extra != 0;
    for (int t = 0; t < 8; ++t) {
      const std::string number = std::to_string(t);
      std::map<std::uint32_t, int> heads;
      for (const Placed& text : cell_texts(*book)) heads[text.page] += text.text == "Key" + number;
      for (const std::uint32_t page : pages_of(*book, "cell" + number)) EXPECT_EQ(heads[page], 1) << i << " " << t;
    }
  }
  EXPECT_GT(set_anew, 0u);
}

TEST(Tables, NotesOfADividedRowStandWithTheirMarksInOrder) {
  std::string left, right;
  for (int i = 10; i < 30; ++i) {
    const std::string n = std::to_string(i);
    left += words("left", 25) + " atleft" + n + "<note>Noteleft" + n + " says it.</note> ";
    right += "atright" + n + "<note>Noteright" + n + " says it.</note> " + words("right", 25) + " ";
  }
  const auto book = set_table(table(row(cell(left) + cell(right)), short_head));
  ASSERT_TRUE(book);
  expect_in_place(*book, "book");
  std::map<std::uint32_t, std::vector<std::pair<Length, int>>> down;  // by page: the notes' places and their order
  int order = 0;
  for (const std::string side : {"left", "right"}) {
    for (int i = 10; i < 30; ++i, ++order) {
      const auto mark = place_of(*book, "at" + side + std::to_string(i));
      const auto note = place_of(*book, "Note" + side + std::to_string(i));
      EXPECT_EQ(mark.first, note.first) << side << i;
      down[note.first].emplace_back(note.second, order);
    }
  }
  EXPECT_GT(down.size(), 1u);
  for (auto& [page, notes] : down) {
    std::sort(notes.begin(), notes.end());
    EXPECT_TRUE(std::is_sorted(notes.begin(), notes.end(), [](const auto& a, const auto& b) {
      return a.second < b.second;
    })) << page;
  }
}

TEST(Tables, ATermBesideADividedTableIsReadBeforeIt) {
  const std::string tall = table(row(cell("first") + cell(words("word", 600))));
  const auto book = set_table("<dl><dt>Term</dt><dd>" + tall + "</dd></dl>");
  ASSERT_TRUE(book);
  const std::vector<std::string> read = words_of(book->text_of(book->elements(Role::lbl).back()));
  EXPECT_EQ(read, std::vector<std::string>{"Term"});
  const std::string text = book->text_of(0);
  EXPECT_LT(text.find("Term"), text.find("first"));
  EXPECT_LT(text.find("first"), text.find("word0"));
}

TEST(Tables, RightToLeftCellsAreAsWideAsTheirColumns) {
  const std::string head =
      row("<th>אחת</th><th colspan=\"2\">" + words("מילה", 12) + "</th>") + row("<th>אלף</th><th>בית</th><th>גמל</th>");
  const std::string rows =
      row(cell("שלום") + cell("עולם") + cell("קטן")) + row(cell(words("רחב", 30), " colspan=\"3\""));
  for (const std::string& layout : layouts) {
    const auto book = set_table(table(rows, head), layout, "xml:lang=\"he\"");
    ASSERT_TRUE(book);
    expect_in_place(*book, layout);
    Length left = book->layout.geometry.page_width, right;
    for (const Placed& text : cell_texts(*book)) left = std::min(left, text.left), right = std::max(right, text.right);
    EXPECT_LE(right - left, book->layout.geometry.measure + Length::pt(6)) << layout;
    EXPECT_GT(right - left, book->layout.geometry.measure * 3 / 4) << layout;  // the last row takes all of it
  }
}

TEST(Tables, RubyInACellMakesItsLineHigher) {
  const std::string ruby = words("word", 12) + " <ruby>漢字<rt>reading</rt></ruby> " + words("last", 12);
  const auto book = set_table(table(row(cell("a") + cell(ruby))));
  ASSERT_TRUE(book);
  expect_in_place(*book, "book");
}

// The right edge of what the word ends.
Length right_of(const Book& book, const std::string& word) {
  for (const Placed& text : cell_texts(book)) {
    if (text.text.find(word) != std::string::npos) return text.right;
  }
  ADD_FAILURE() << word;
  return {};
}

// Under a head that two columns share, beside a remark over both, and with what is lost in brackets.
TEST(Tables, NumbersAlignBesideWhatIsNone) {
  const auto book =
      set_table(table(row("<th>A</th>" + cell("1,204") + cell("17")) + row("<th>B</th>" + cell("(35)") + cell("9")) +
                          row("<th>C</th>" + cell("nobody wrote it down", " colspan=\"2\"")) +
                          row("<th>D</th>" + cell("8") + cell("1,130")),
                      row("<th>Key</th><th colspan=\"2\">Barrels</th>")));
  ASSERT_TRUE(book);
  const Length little = Length::pt(1) / 4;
  const auto same = [&](const std::string& a, const std::string& b) {
    const Length apart = right_of(*book, a) - right_of(*book, b);
    return apart < little && -apart < little;
  };
  EXPECT_TRUE(same("8", "1,204"));
  EXPECT_TRUE(same("17", "9") && same("9", "1,130"));
  EXPECT_GT(right_of(*book, "(35)"), right_of(*book, "1,204"));  // the bracket stands behind the units
  expect_in_place(*book, "book");
}

// As wide as they need, not more and not less, where there is room.
TEST(Tables, RowHeadsTakeWhatTheyNeed) {
  const auto value_at = [](const std::string& head) {
    const auto book = set_table(table(row("<th>" + head + "</th>" + cell("value"))));
    for (const Placed& text : cell_texts(*book))
      if (text.text == "value") return text.left;
    return Length{};
  };
  const Length narrow = value_at("A"), middle = value_at("Northernmost Skerry"),
               wide = value_at("The northernmost of all the skerries");
  EXPECT_LT(narrow, middle);
  EXPECT_LT(middle, wide);
}

// Columns of figures under long heads leave the room to the one that has much to say.
TEST(Tables, MuchTextHasMoreRoomThanAHead) {
  const std::string figures = cell("9") + cell("94") + cell("71");
  const auto book = set_table(
      table(row("<th>Oversized</th>" + figures +
                cell("Too little flow in dry summers, so that the sludge starved and "
                     "had to be brought from elsewhere by cart")) +
                row("<th>Kept up</th>" + figures + cell("A chemist")),
            row("<th>Group</th><th>Plants</th><th>Removal in the test</th><th>In the tenth year</th><th>Why</th>")));
  ASSERT_TRUE(book);
  std::set<Length> lines;
  for (const Placed& text : cell_texts(*book)) {
    if (text.baseline > place_of(*book, "Oversized").second && text.baseline < place_of(*book, "Kept").second)
      lines.insert(text.baseline);
  }
  EXPECT_LE(lines.size(), 4U);  // 7 in columns of equal shares
  expect_in_place(*book, "book");
}

// Ruby opens its line by what the leading has no room for.
TEST(Tables, RubyTakesTheRoomThatItsLineHas) {
  std::string many;
  for (int i = 0; i < 60; ++i) many += "一";
  const auto book = set_book(
      source_with("<overview><p>" + many + "<ruby>灯<rt>ひ</rt></ruby>" + many + "</p></overview>", "xml:lang=\"ja\""));
  ASSERT_TRUE(book);
  std::set<Length> baselines;
  for (const page::Item& item : book->pages().pages[place_of(*book, "一一").first].items) {
    const auto* text = std::get_if<page::Text>(&item.value);
    if (text != nullptr && text->run.text.find("一一") != std::string::npos) baselines.insert(text->origin.y);
  }
  ASSERT_GE(baselines.size(), 3U);
  const Length depth = *baselines.rbegin() - *baselines.begin();
  const Length opened = depth - book->layout.geometry.grid * (static_cast<std::int64_t>(baselines.size()) - 1);
  EXPECT_LT(opened, book->layout.style(style::StyleName::text).size.scaled(300, 1000));  // 500 without
}

// A heading stands on the turned page with the table that it announces; nothing is left behind on a page of its own.
TEST(Tables, AHeadingGoesWithItsTableToTheTurnedPage) {
  std::string head, cells;
  for (int i = 0; i < 11; ++i) head += "<th>Month</th>", cells += cell("1,234.5");
  const std::string wide = table(row(cells) + row(cells), row(head));
  const auto book =
      set_book(source_with("<story><chapter><title>Oil</title>" + wide + "</chapter><chapter><title>Light</title><p>" +
                           words("text", 40) + "</p>" + wide + "<p>" + words("after", 9) + "</p></chapter></story>"));
  ASSERT_TRUE(book);
  const std::set<std::uint32_t> tables = pages_of(*book, "1,234.5");
  ASSERT_EQ(tables.size(), 2U);
  for (const std::uint32_t page : tables) EXPECT_TRUE(book->pages().pages[page].turned);
  EXPECT_EQ(heading_page(*book, "Oil"), *tables.begin());
  EXPECT_EQ(heading_page(*book, "Light"), place_of(*book, "text0").first);
  EXPECT_EQ(book->elements(Role::table).size(), 2U);
}

// A name of many lines stands beside the table in a description; it takes no edge away from it.
TEST(Tables, KeepTheirEdgesBesideALongName) {
  const auto rules = [](const std::string& name) {
    const auto book = set_book(source_with("<people><person><name>" + name + "</name><description><p>He tends it.</p>" +
                                           table(row(cell("oil")) + row(cell("wick"))) + "<p>" + words("text", 60) +
                                           "</p></description></person></people>"));
    std::size_t count = 0;
    for (const page::Page& page : book->pages().pages) {
      count += static_cast<std::size_t>(std::count_if(page.items.begin(), page.items.end(), [](const page::Item& item) {
        return std::holds_alternative<page::Rule>(item.value);
      }));
    }
    return count;
  };
  EXPECT_EQ(rules(words("name", 20)), rules("Ann"));
}

}  // namespace
}  // namespace epitome::typeset
