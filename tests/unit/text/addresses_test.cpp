// Addresses: found in running text, broken as such, set with their letters as they are.
#include "text/addresses.hpp"

#include "setting.hpp"

namespace epitome::text {
namespace {

std::vector<std::string> found_in(std::string_view text) {
  std::vector<std::string> out;
  for (const Address& a : find_addresses(text)) out.emplace_back(text.substr(a.begin, a.end - a.begin));
  return out;
}
using Found = std::vector<std::string>;

TEST(Addresses, AreFoundWithoutTheMarksAround) {
  EXPECT_EQ(found_in("See https://example.org/a. Then (www.example.org), “doi:10.1/x”;"),
            (Found{"https://example.org/a", "www.example.org", "doi:10.1/x"}));
  EXPECT_EQ(found_in("ann+b@mail.example.org: /usr/share/lamp and C:\\Lamp\\log.txt"),
            (Found{"ann+b@mail.example.org", "/usr/share/lamp", "C:\\Lamp\\log.txt"}));
  EXPECT_EQ(found_in("https://example.org/Lamp_(1931) example.org/a/b"),
            (Found{"https://example.org/Lamp_(1931)", "example.org/a/b"}));
}

TEST(Addresses, EndWhereIdeographsBegin) {
  EXPECT_EQ(found_in("请访问https://example.org/a，那里有资料（包括照片）。"), Found{"https://example.org/a"});
  EXPECT_EQ(found_in("灯台はexample.org/logにある"), Found{"example.org/log"});
}

TEST(Addresses, OtherWordsWithSuchMarksAreNone) {
  for (const char* text : {"and/or/not", "he/she/they/them", "12/31/1931 24.12./25.12.", "a @ b @c ann@",
                           "10:30 ratio 3:4", "the lamp. Then", "https", "//", "a.m./p.m.", "z.B./d.h.", "i.e./e.g."})
    EXPECT_EQ(found_in(text), Found{}) << text;
}

class AddressLines : public ParagraphTest {
 protected:
  // Each line's text; no line is wider than its measure, no letters are spaced and no hyphen is added.
  std::vector<std::string> set(std::string text) {
    std::vector<std::string> out;
    for (const Line& line : lines_of(setting_.paragraph(std::move(text)))) {
      EXPECT_FALSE(line.overfull || line.hyphenated || line.divided) << text_of(line);
      EXPECT_LE(line.space_ratio, 1700) << text_of(line);
      out.push_back(text_of(line));
    }
    return out;
  }
};

TEST_F(AddressLines, BreakBeforeMarksAndAfterSlashes) {
  const std::string address =
      "https://archive.example.org/web/some_document-with-hyphens/2024/"
      "index.html?query=string&second=parameter%20encoded";
  const std::vector<std::string> lines = set("The keeper’s log is kept at " + address + " for whoever asks.");
  ASSERT_GE(lines.size(), 3u);
  std::string all;
  for (const std::string& line : lines) {
    if (!all.empty() && all.back() != ' ') {
      EXPECT_TRUE(all.back() == '/' || std::string("?=&.-_%").find(line[0]) != std::string::npos) << line;
    }
    all += line;
  }
  EXPECT_EQ(all, "The keeper’s log is kept at " + address + " for whoever asks.");
}

TEST_F(AddressLines, BreakAnywhereAtTheWorst) {
  const std::string address = "https://example.org/" + std::string(200, 'a');
  std::string all;
  for (const std::string& line : set("Here: " + address)) all += line;
  EXPECT_EQ(all, "Here: " + address);
}

TEST_F(AddressLines, LettersStandAsTheyAre) {
  const Paragraph paragraph =
      setting_.paragraph("A keeper tends a lamp at https://example.org/a/lamp/that/no/ship/has/passed and he counts.");
  const Line whole = typesetter_.set_line(paragraph.spans, setting_.english, model::Direction::ltr, setting_.sink);
  const auto first_advance = [](const Line& line) {
    for (const PlacedRun& run : line.runs)
      if (run.run.text.starts_with("https")) return Length(run.run.glyphs.front().advance);
    return Length();
  };
  Length found;
  for (const Line& line : lines_of(paragraph)) found = std::max(found, first_advance(line));
  EXPECT_GT(found, Length());
  EXPECT_EQ(found, first_advance(whole));
}

TEST_F(ParagraphTest, AWordWiderThanItsLineIsDividedAnywhereAndTold) {
  for (const std::string& word : {std::string(300, 'x'), std::string("ab\u00A0cd\u00A0") + std::string(200, 'y')}) {
    bool divided = false;
    const std::vector<Line> lines = lines_of(setting_.paragraph("Then " + word + " came."));
    for (const Line& line : lines) {
      EXPECT_FALSE(line.overfull);
      divided = divided || line.divided;
    }
    EXPECT_TRUE(divided);
    EXPECT_EQ(text_of(lines), "Then " + word + " came.");
  }
}

}  // namespace
}  // namespace epitome::text
