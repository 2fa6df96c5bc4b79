// Unicode 15.0's own test files, through the functions that prepare a paragraph.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <array>
#include <charconv>
#include <map>
#include <set>
#include <utility>

#include "diag/utf8.hpp"
#include "setting.hpp"
#include "text/break_opportunities.hpp"
#include "text/itemize.hpp"

namespace epitome::text {
namespace {

using model::Direction;

// The lines of a data file without comments and empty ones. The files' version is the one the numbers here belong to.
std::vector<std::string> data_lines(const std::string& name) {
  std::ifstream file("/usr/share/unicode/" + name);
  std::vector<std::string> lines;
  bool version = false;
  for (std::string line; std::getline(file, line);) {
    version = version || line.find("-15.0.0.txt") != std::string::npos;
    line.resize(std::min(line.find('#'), line.size()));
    if (line.find_first_not_of(" \t\r") != std::string::npos) lines.push_back(line);
  }
  EXPECT_TRUE(version) << name << " of Unicode 15.0 (Debian's unicode-data) is not there";
  return lines;
}

std::vector<std::string> fields(std::string_view line, char separator) {
  std::vector<std::string> all;
  std::istringstream stream{std::string(line)};
  for (std::string field; std::getline(stream, field, separator);)
    if (!field.empty()) all.push_back(field);
  return all;
}

char32_t from_hex(const std::string& digits) {
  std::uint32_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return value;
}

// ---- UAX #9 ------------------------------------------------------------------------------------

struct Bytes {
  std::string text;
  std::vector<std::size_t> begin;  // of each character
};

Bytes utf8(const std::vector<char32_t>& characters) {
  Bytes out;
  for (const char32_t c : characters) {
    out.begin.push_back(out.text.size());
    diag::append_utf8(out.text, c);
  }
  return out;
}

// White space and isolate marks at the line's end have the paragraph's level (L1): the line breaker's part, which knows
// where lines end. `blank` says which characters these are.
std::vector<int> line_levels(const Bytes& bytes, Direction direction, const std::vector<bool>& blank) {
  const std::vector<std::uint8_t> levels = bidi_levels(bytes.text, direction, {});
  std::vector<int> result;
  for (const std::size_t at : bytes.begin) result.push_back(levels[at]);
  for (std::size_t i = result.size(); i-- > 0 && blank[i];) result[i] = direction == Direction::rtl ? 1 : 0;
  return result;
}

// Characters that X9 removes have 'x' for a level.
int differences(const std::vector<int>& levels, const std::vector<std::string>& expected) {
  int count = levels.size() == expected.size() ? 0 : 1;
  for (std::size_t i = 0; i < std::min(levels.size(), expected.size()); ++i)
    if (expected[i] != "x" && std::stoi(expected[i]) != levels[i]) ++count;
  return count;
}

bool is_blank_class(std::string_view bidi_class) {
  static const std::set<std::string_view> blank{"WS",  "LRI", "RLI", "FSI", "PDI", "LRE",
                                                "RLE", "LRO", "RLO", "PDF", "BN"};
  return blank.contains(bidi_class);
}

TEST(UnicodeData, BidiCharacterTest) {
  // Characters of these classes that the file uses; the rest does not matter to the ends of lines.
  const auto blank = [](char32_t c) {
    return c == ' ' || c == 0x3000 || (c >= 0x2000 && c <= 0x200D && c != 0x200E) || c == 0x205F || c == 0x1680 ||
           c == '\f' || (c >= 0x2066 && c <= 0x2069) || (c >= 0x202A && c <= 0x202E) || c == 0x00AD || c == 0xFEFF ||
           c < 9 || (c >= 0xE && c < 0x1B) || (c >= 0x7F && c <= 0x9F && c != 0x85) || (c >= 0x2060 && c <= 0x206F);
  };
  int cases = 0, different = 0;
  std::string first;
  for (const std::string& line : data_lines("BidiCharacterTest.txt")) {
    const std::vector<std::string> parts = fields(line, ';');
    ASSERT_EQ(parts.size(), 5u) << line;
    std::vector<char32_t> characters;
    std::vector<bool> blanks;
    for (const std::string& digits : fields(parts[0], ' ')) {
      characters.push_back(from_hex(digits));
      blanks.push_back(blank(characters.back()));
    }
    // Direction "auto" does not occur in a document: the level that it resolves to is the file's third field.
    const Direction direction = parts[2] == "1" ? Direction::rtl : Direction::ltr;
    ++cases;
    if (differences(line_levels(utf8(characters), direction, blanks), fields(parts[3], ' ')) == 0) continue;
    ++different;
    if (first.empty()) first = line;
  }
  EXPECT_EQ(cases, 91'707);
  EXPECT_EQ(different, 0) << first;
}

TEST(UnicodeData, BidiTest) {
  // A character of each class.
  const std::map<std::string, char32_t> samples{
      {"L", 'a'},      {"R", 0x05D0},   {"AL", 0x0627},  {"EN", '1'},     {"AN", 0x0661},  {"ES", '+'},
      {"ET", '#'},     {"CS", ','},     {"NSM", 0x0300}, {"BN", 0x00AD},  {"B", 0x2029},   {"S", '\t'},
      {"WS", ' '},     {"ON", '!'},     {"LRE", 0x202A}, {"RLE", 0x202B}, {"LRO", 0x202D}, {"RLO", 0x202E},
      {"PDF", 0x202C}, {"LRI", 0x2066}, {"RLI", 0x2067}, {"FSI", 0x2068}, {"PDI", 0x2069}};
  int cases = 0, different = 0;
  std::string first;
  std::vector<std::string> levels;
  for (const std::string& line : data_lines("BidiTest.txt")) {
    if (line[0] == '@') {
      if (line.starts_with("@Levels:")) levels = fields(std::string_view(line).substr(8), ' ');
      for (std::string& level : levels) std::erase(level, '\t');
      continue;
    }
    const std::vector<std::string> parts = fields(line, ';');
    ASSERT_EQ(parts.size(), 2u) << line;
    std::vector<char32_t> characters;
    std::vector<bool> blanks;
    for (const std::string& name : fields(parts[0], ' ')) {
      ASSERT_TRUE(samples.contains(name)) << line;
      characters.push_back(samples.at(name));
      blanks.push_back(is_blank_class(name));
    }
    const Bytes bytes = utf8(characters);
    const int directions = std::stoi(parts[1]);  // 1: auto, 2: left to right, 4: right to left
    for (const auto& [bit, direction] : {std::pair{2, Direction::ltr}, {4, Direction::rtl}}) {
      if ((directions & bit) == 0) continue;
      ++cases;
      if (differences(line_levels(bytes, direction, blanks), levels) == 0) continue;
      ++different;
      if (first.empty()) first = line;
    }
  }
  EXPECT_EQ(cases, 513'494);
  EXPECT_EQ(different, 0) << first;
}

// ---- UAX #14 and #29 -----------------------------------------------------------------------------

// A case of the break tests: "÷ 0061 × 0308 ÷", with the places where ÷ stands.
struct BreakCase {
  std::string line, text;
  std::set<std::size_t> breaks;
};

std::vector<BreakCase> break_cases(const std::string& name) {
  std::vector<BreakCase> cases;
  for (const std::string& line : data_lines(name)) {
    BreakCase one;
    for (std::string& field : fields(line, ' ')) {
      std::erase(field, '\t');
      if (field.empty()) continue;
      if (field == "÷") {
        one.breaks.insert(one.text.size());
      } else if (field != "×") {
        one.line += (one.line.empty() ? "" : " ") + field;
        diag::append_utf8(one.text, from_hex(field));
      }
    }
    cases.push_back(std::move(one));
  }
  return cases;
}

TEST(UnicodeData, GraphemeBreakTest) {
  const std::vector<BreakCase> cases = break_cases("auxiliary/GraphemeBreakTest.txt");
  EXPECT_EQ(cases.size(), 602u);
  for (const BreakCase& one : cases) {
    const std::vector<std::uint32_t> starts = cluster_starts(one.text);
    EXPECT_EQ(std::set<std::size_t>(starts.begin(), starts.end()), one.breaks) << one.line;
  }
}

TEST(UnicodeData, LineBreakTest) {
  // ICU 72 departs from the file by its own design: a hyphen at a word's begin stays with any letter after it, and a
  // comma or full stop with the figure after it ("a.2", " .35") where the file's rule for numbers parts them.
  const std::set<std::string> known{"002C 0030",
                                    "002C 0308 0030",
                                    "002D 0023",
                                    "002D 00A7",
                                    "002D 0308 0023",
                                    "002D 0308 00A7",
                                    "002D 0308 0E01",
                                    "002D 0308 50005",
                                    "002D 0E01",
                                    "002D 50005",
                                    "0041 002E 0031 0020 BABB",
                                    "0061 002E 0032 0020",
                                    "0061 002E 0032 0020 0915",
                                    "0061 002E 0032 0020 672C",
                                    "0061 002E 0032 3000 0033",
                                    "0061 002E 0032 3000 300C",
                                    "0061 002E 0032 3000 307E",
                                    "0061 002E 0032 3000 672C",
                                    "0065 0071 0075 0061 006C 0073 0020 002E 0033 0035 0020 0063 0065 006E 0074 0073",
                                    "BD10 C694 002E 0020 0041 002E 0033 0020 BABB",
                                    "BD24 C5B4 002E 0020 0041 002E 0032 0020 BCFC",
                                    "C694 002E 0020 0041 002E 0034 0020 BABB"};
  std::set<std::string> found;
  BreakFinder finder;
  std::vector<Opportunity> opportunities;
  const std::vector<BreakCase> cases = break_cases("auxiliary/LineBreakTest.txt");
  EXPECT_EQ(cases.size(), 7654u);
  for (const BreakCase& one : cases) {
    finder.find(one.text, "en", opportunities);
    std::set<std::size_t> breaks;
    for (std::size_t i = 0; i < opportunities.size(); ++i)
      if (opportunities[i] != Opportunity::none) breaks.insert(i);
    if (breaks != one.breaks) found.insert(one.line);
  }
  EXPECT_EQ(found, known);
}

// Every string of these files set on narrow lines: no line begins inside a cluster.
TEST(UnicodeData, NoLineBreakInsideACluster) {
  Setting setting;
  Typesetter typesetter(setting.options());
  std::set<std::string> texts;
  for (const BreakCase& one : break_cases("auxiliary/GraphemeBreakTest.txt")) texts.insert(one.text);
  for (const BreakCase& one : break_cases("auxiliary/LineBreakTest.txt")) texts.insert(one.text);
  for (const BreakCase& one : break_cases("auxiliary/WordBreakTest.txt")) texts.insert(one.text);
  std::size_t lines_seen = 0;
  for (const std::string& text : texts) {
    // Twice with a word between: what stands at the text's begin and end then stands inside it too.
    const std::string whole = text + "ab" + text;
    diag::Sink sink;  // hardly any of these characters is in a font
    for (const std::string lang : {"en", "ja", "ko", "th"}) {
      Paragraph paragraph = setting.paragraph(whole, Length::pt(1));
      paragraph.spans[0].lang = lang;
      style::Language language = setting.english;
      language.tag = lang;
      const std::vector<Line> lines = typesetter.break_lines(typesetter.prepare(paragraph, language, {}, sink));
      const std::vector<std::uint32_t> starts = cluster_starts(whole);
      for (const Line& line : lines) {
        if (line.logical.empty()) continue;
        const std::uint32_t begin = line.runs[line.logical.front()].offset;
        ++lines_seen;
        ASSERT_TRUE(std::binary_search(starts.begin(), starts.end(), begin))
            << lang << ": " << testing::PrintToString(whole) << " at " << begin;
      }
    }
  }
  EXPECT_GT(lines_seen, 30'000u);
}

}  // namespace
}  // namespace epitome::text
