// Compiled patterns give what libhyphen gives from the dictionary itself.
#include "text/patterns.hpp"

#include <hyphen.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <set>

#include "diag/utf8.hpp"
#include "setting.hpp"

// libhyphen 2.8.8 leaks the first of two equal patterns as it loads; the leak sanitizer is to pass over it.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libhyphen"; }

namespace epitome::text {
namespace {

// The distinct words of a text in lower case: runs of letters.
void collect_words(std::string_view text, std::set<std::string>& words) {
  std::string word;
  for (std::size_t i = 0; i <= text.size();) {
    const diag::CodePoint c = i < text.size() ? diag::decode_utf8(text, i) : diag::CodePoint{U' ', 1, true};
    if (u_isalpha(static_cast<UChar32>(c.value)) != 0) {
      diag::append_utf8(word, static_cast<char32_t>(u_tolower(static_cast<UChar32>(c.value))));
    } else if (!word.empty()) {
      words.insert(word);
      word.clear();
    }
    i += c.length;
  }
}

std::set<std::string> corpus_words(const std::string& file) {
  const char* folder = std::getenv("EPITOME_CORPUS");
  const std::string path = folder != nullptr ? folder : std::string(EPITOME_SOURCE_DIR) + "/../shared/corpus";
  std::ifstream in(path + "/" + file);
  std::stringstream all;
  all << in.rdbuf();
  std::set<std::string> words;
  collect_words(all.str(), words);
  return words;
}

// libhyphen's points, in characters from the word's begin, with their replacements: "3", "5:ff=f/1,2".
std::vector<std::string> points_by_libhyphen(HyphenDict* dict, const std::string& encoding, const std::string& word) {
  std::string bytes = word;
  if (encoding != "UTF-8") {
    UErrorCode status = U_ZERO_ERROR;
    char buffer[256];
    const std::int32_t size = ucnv_convert(encoding.c_str(), "UTF-8", buffer, sizeof buffer, word.data(),
                                           static_cast<std::int32_t>(word.size()), &status);
    bytes.assign(buffer, static_cast<std::size_t>(size));
    if (bytes.find('\x1A') != std::string::npos) return {"not in the encoding"};
  }
  std::vector<char> hyphens(bytes.size() + 5, '\0');
  char** replacements = nullptr;
  int* positions = nullptr;
  int* cuts = nullptr;
  hnj_hyphen_hyphenate2(dict, bytes.data(), static_cast<int>(bytes.size()), hyphens.data(), nullptr, &replacements,
                        &positions, &cuts);
  std::vector<std::string> points;
  for (std::size_t i = 0; i + 1 < bytes.size() && hyphens[i] != '\0'; ++i) {
    if ((hyphens[i] & 1) == 0) continue;
    std::string point = std::to_string(i + 1);
    if (replacements != nullptr && replacements[i] != nullptr)
      point += ":" + std::string(replacements[i]) + "/" + std::to_string(positions[i]) + "," + std::to_string(cuts[i]);
    points.push_back(point);
  }
  if (replacements != nullptr)
    for (std::size_t i = 0; i < bytes.size(); ++i) std::free(replacements[i]);
  std::free(replacements);
  std::free(positions);
  std::free(cuts);
  return points;
}

int characters(std::string_view bytes) {
  int n = 0;
  for (const char c : bytes) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return n;
}

std::vector<std::string> points_by_patterns(const Patterns& patterns, const std::string& word, int start_min,
                                            int end_min) {
  std::vector<HyphenPoint> found;
  patterns.points(word, found);
  std::vector<std::string> points;
  for (const HyphenPoint& p : found) {
    const std::string_view view = word;
    const int before = characters(view.substr(0, p.offset));
    if (p.replacement.empty()) {
      if (before < start_min || characters(view.substr(p.offset)) < end_min) continue;
      points.push_back(std::to_string(before));
    } else {
      points.push_back(std::to_string(before) + ":" + std::string(p.replacement) + "/" +
                       std::to_string(characters(view.substr(p.from, p.offset - p.from))) + "," +
                       std::to_string(characters(view.substr(p.from, p.cut))));
    }
  }
  return points;
}

// The dictionary with every `nth` of its patterns, all that is not a pattern, and the file compiled from it.
struct Dictionary {
  std::string path, compiled;
};
Dictionary thinned(const std::string& path, int nth) {
  const std::string name = testing::TempDir() + "thinned-" + std::to_string(::getpid());
  std::ifstream in(path);
  std::ofstream out(name + ".dic");
  int at = 0;
  for (std::string line; std::getline(in, line);) {
    const bool is_pattern =
        line.find_first_of("0123456789") != std::string::npos && line.find(' ') == std::string::npos;
    if (at == 0 || !is_pattern || at % nth == 0) out << line << '\n';
    ++at;
  }
  out.close();
  const std::string command = std::string(EPITOME_COMPILE_PATTERNS) + " " + name + ".dic " + name + ".hyp";
  EXPECT_EQ(std::system(command.c_str()), 0);
  return {name + ".dic", name + ".hyp"};
}

struct Case {
  const char* patterns;
  const char* dictionary;
  const char* encoding;
  const char* corpus;
  std::size_t words_at_least;
  int nth = 1;  // pattern of the dictionary that is taken
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.patterns << " over " << c.corpus; }

class CompiledPatterns : public testing::TestWithParam<Case> {};

TEST_P(CompiledPatterns, AgreeWithLibhyphenOnEveryWordOfTheCorpus) {
  const Case& c = GetParam();
  Dictionary dictionary{std::string(EPITOME_HYPHEN_DICTIONARIES) + "/" + c.dictionary,
                        std::string(EPITOME_PATTERNS_DIR) + "/" + c.patterns + ".hyp"};
  if (c.nth > 1) dictionary = thinned(dictionary.path, c.nth);
  const auto patterns = Patterns::open(dictionary.compiled);
  ASSERT_NE(patterns, nullptr);
  HyphenDict* dict = hnj_hyphen_load(dictionary.path.c_str());
  ASSERT_NE(dict, nullptr);
  const std::set<std::string> words = corpus_words(c.corpus);
  ASSERT_GE(words.size(), c.words_at_least) << "the corpus is missing or short";
  // libhyphen takes 2 where the dictionary names no limit.
  const int start_min = patterns->start_min() > 0 ? patterns->start_min() : 2;
  const int end_min = patterns->end_min() > 0 ? patterns->end_min() : 2;
  std::size_t hyphens = 0;
  for (const std::string& word : words) {
    const std::vector<std::string> expected = points_by_libhyphen(dict, c.encoding, word);
    hyphens += expected.size();
    ASSERT_EQ(points_by_patterns(*patterns, word, start_min, end_min), expected) << word;
  }
  EXPECT_GT(hyphens, words.size() / 4);
  hnj_hyphen_free(dict);
}

INSTANTIATE_TEST_SUITE_P(Languages, CompiledPatterns,
                         testing::Values(Case{"en", "hyph_en_GB.dic", "UTF-8", "frankenstein.txt", 7000},
                                         Case{"en-US", "hyph_en_US.dic", "UTF-8", "frankenstein.txt", 7000},
                                         // libhyphen takes seconds to load all of it.
                                         Case{"de", "hyph_de_DE.dic", "ISO-8859-1", "udhr/udhr_deu_1996.xml", 500, 8},
                                         Case{"de", "hyph_de_DE.dic", "ISO-8859-1", "frankenstein.txt", 7000, 8},
                                         Case{"fr", "hyph_fr.dic", "UTF-8", "udhr/udhr_fra.xml", 400},
                                         Case{"es", "hyph_es_ES.dic", "UTF-8", "udhr/udhr_spa.xml", 400}));

// All German patterns: what libhyphen makes of these words.
TEST(Patterns, GermanIsWhole) {
  const auto patterns = Patterns::open(std::string(EPITOME_PATTERNS_DIR) + "/de.hyp");
  ASSERT_NE(patterns, nullptr);
  for (const std::string expected :
       {"sil-ben-tren-nung", "men-schen-wür-de", "grund-ge-setz", "do-nau-dampf-schiff-fahrt", "leucht-turm-wär-ter",
        "nach-ti-gall", "über-ra-schung", "mäd-chen", "stra-ße", "zu-sam-men-fas-sung", "buch-hand-lung",
        "auf-merk-sam-keit", "un-ter-schied", "er-in-ne-rung", "abend"}) {
    std::string word;
    for (const char c : expected)
      if (c != '-') word += c;
    std::vector<HyphenPoint> points;
    patterns->points(word, points);
    std::string hyphenated = word;
    for (auto point = points.rbegin(); point != points.rend(); ++point) {
      if (characters(std::string_view(word).substr(0, point->offset)) >= 2 &&
          characters(std::string_view(word).substr(point->offset)) >= 2)
        hyphenated.insert(point->offset, 1, '-');
    }
    EXPECT_EQ(hyphenated, expected);
  }
}

// hyph-utf8's patterns, without the compiler's automaton: each pattern is laid on each place of ".word.".
std::vector<std::string> points_by_every_pattern(const std::map<std::string, std::string>& patterns,
                                                 const std::map<std::string, std::string>& exceptions,
                                                 const std::string& word) {
  const std::string text = "." + word + ".";
  std::string digits(text.size() + 1, '0');
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    for (std::size_t size = 1; begin + size <= text.size(); ++size) {
      const auto found = patterns.find(text.substr(begin, size));
      if (found == patterns.end()) continue;
      for (std::size_t i = 0; i <= size; ++i) digits[begin + i] = std::max(digits[begin + i], found->second[i]);
    }
  }
  std::vector<std::string> points;
  const auto exception = exceptions.find(word);
  if (exception != exceptions.end()) {
    int before = 0;
    for (std::size_t i = 0; i < exception->second.size(); ++i) {
      if (exception->second[i] == '-') points.push_back(std::to_string(before));
      before += exception->second[i] != '-' && (static_cast<unsigned char>(exception->second[i]) & 0xC0) != 0x80;
    }
    return points;
  }
  for (std::size_t i = 1; i < word.size(); ++i)
    if ((digits[i + 1] & 1) != 0) points.push_back(std::to_string(characters(std::string_view(word).substr(0, i))));
  return points;
}

struct TexCase {
  const char* patterns;
  const char* file;
  const char* corpus;
};
void PrintTo(const TexCase& c, std::ostream* out) { *out << c.file << " over " << c.corpus; }

class TexPatternsCompiled : public testing::TestWithParam<TexCase> {};

TEST_P(TexPatternsCompiled, AgreeWithEveryPatternLaidOnEveryPlace) {
  const TexCase& c = GetParam();
  const auto compiled = Patterns::open(std::string(EPITOME_PATTERNS_DIR) + "/" + c.patterns + ".hyp");
  ASSERT_NE(compiled, nullptr);
  std::map<std::string, std::string> patterns, exceptions;
  const std::string folder = std::string(EPITOME_TEX_PATTERNS) + "/" + c.file;
  std::ifstream lines(folder + ".pat.txt"), words_apart(folder + ".hyp.txt");
  for (std::string line; std::getline(lines, line);) {
    std::string bytes, digits = "0";
    for (const char x : line) {
      if (x >= '0' && x <= '9') {
        digits.back() = x;
      } else {
        bytes += x;
        digits += '0';
      }
    }
    patterns[bytes] = digits;
  }
  ASSERT_GT(patterns.size(), 100U);
  std::set<std::string> words = corpus_words(c.corpus);
  ASSERT_GE(words.size(), 400U) << "the corpus is missing or short";
  for (std::string line; std::getline(words_apart, line);) {
    std::string word = line;
    word.erase(std::remove(word.begin(), word.end(), '-'), word.end());
    if (word.empty()) continue;
    exceptions[word] = line;
    words.insert(word);
  }
  std::size_t hyphens = 0;
  for (const std::string& word : words) {
    const std::vector<std::string> expected = points_by_every_pattern(patterns, exceptions, word);
    hyphens += expected.size();
    ASSERT_EQ(points_by_patterns(*compiled, word, 1, 1), expected) << word;
  }
  EXPECT_GT(hyphens, words.size() / 3);
}

INSTANTIATE_TEST_SUITE_P(
    Languages, TexPatternsCompiled,
    testing::Values(TexCase{"fi", "hyph-fi", "udhr/udhr_fin.xml"}, TexCase{"pl", "hyph-pl", "udhr/udhr_pol.xml"},
                    TexCase{"nl", "hyph-nl", "udhr/udhr_nld.xml"}, TexCase{"ru", "hyph-ru", "udhr/udhr_rus.xml"},
                    TexCase{"el", "hyph-el-monoton", "udhr/udhr_ell_monotonic.xml"},
                    TexCase{"hy", "hyph-hy", "udhr/udhr_hye.xml"}, TexCase{"hu", "hyph-hu", "udhr/udhr_hun.xml"}));

// A dictionary with non-standard points (old German spelling) and a compound level, from libhyphen's own manual.
TEST(Patterns, NonStandardPointsCarryTheirReplacement) {
  const std::string folder = testing::TempDir();
  const std::string dictionary = folder + "nonstandard.dic", compiled = folder + "nonstandard.hyp";
  std::ofstream(dictionary) << "UTF-8\nf1f/ff=f,1,2\nf1fa\nc1k/k=k,1,2\n.zu1\n";
  ASSERT_EQ(std::system((std::string(EPITOME_COMPILE_PATTERNS) + " " + dictionary + " " + compiled).c_str()), 0);
  const auto patterns = Patterns::open(compiled);
  ASSERT_NE(patterns, nullptr);
  HyphenDict* dict = hnj_hyphen_load(dictionary.c_str());
  ASSERT_NE(dict, nullptr);
  for (const std::string word : {"schiffahrt", "zucker", "größeffekt", "über"})
    EXPECT_EQ(points_by_patterns(*patterns, word, 2, 2), points_by_libhyphen(dict, "UTF-8", word)) << word;
  EXPECT_EQ(points_by_patterns(*patterns, "schiffahrt", 2, 2), std::vector<std::string>{"5:ff=f/1,2"});
  hnj_hyphen_free(dict);
}

TEST(Patterns, AnythingElseIsNoPatternsFile) {
  const std::string path = testing::TempDir() + "broken.hyp";
  std::ofstream(path) << std::string(200, 'x');
  EXPECT_EQ(Patterns::open(path), nullptr);
  EXPECT_EQ(Patterns::open(path + ".missing"), nullptr);
}

}  // namespace
}  // namespace epitome::text
