// Hyphenation points of words, by compiled patterns (patterns.hpp) and the language's limits.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "diag/diagnostic.hpp"
#include "style/language.hpp"
#include "text/patterns.hpp"

namespace epitome::text {

// Patterns with the limits to use them with.
struct HyphenationRules {
  std::uint32_t id = 0;  // from 1; 0 is "none" in ShapedWord
  const Patterns* patterns = nullptr;
  int start_min = 2, end_min = 3, word_min = 5;
  bool capitals = false;  // else a hyphen in a word with a capital initial, which may be a name, is to be avoided
  bool same_as(const HyphenationRules& other) const {
    return patterns == other.patterns && start_min == other.start_min && end_min == other.end_min &&
           word_min == other.word_min && capitals == other.capitals;
  }
};

bool is_letter(char32_t c);  // or a mark on one
bool is_upper(char32_t c);
char32_t to_lower(char32_t c);

class Hyphenation {
 public:
  explicit Hyphenation(std::string folder) : folder_(std::move(folder)) {}

  // The rules for text in `lang` inside a document in `language`; null if there are no patterns. Reports E0507 where
  // the document's language, by whatever tag, names patterns whose file can't be read; once.
  const HyphenationRules* rules(std::string_view lang, const style::Language& language, diag::Sink& sink);
  // Byte offsets in `word` (a word with its punctuation) before which a hyphen may be set, ascending.
  void points(const HyphenationRules& rules, std::string_view word, std::vector<std::uint32_t>& out);

 private:
  // Patterns by their name, mapped once however many tags lead to them; null if there are none.
  const Patterns* patterns(const std::string& name);
  // For the tag or the tag cut from its end (BCP 47 lookup, RFC 4647 3.4), until it is the document's.
  const Patterns* look_up(std::string& tag, const style::Language& language);
  HyphenationRules resolved(std::string_view lang, const style::Language& language, diag::Sink& sink);

  std::string folder_;
  std::string missing_;  // patterns that E0507 was reported for
  std::map<std::string, std::unique_ptr<Patterns>, std::less<>> patterns_;
  std::vector<std::unique_ptr<HyphenationRules>> rules_;  // no two alike
  // By the text's tag and the document's language; into rules_, null where there are no patterns.
  std::map<std::tuple<std::string, std::string, std::string>, const HyphenationRules*, std::less<>> found_rules_;
  struct Character {
    char32_t value;
    std::uint32_t offset;
  };
  std::vector<Character> characters_;
  std::string lower_;
  std::vector<std::uint32_t> offsets_;
  std::vector<HyphenPoint> found_;
};

}  // namespace epitome::text
