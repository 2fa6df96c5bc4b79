// What is set in the place of characters that no font has: a sign much like them by a declared table, else their name.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace epitome::text {

// Without U+FE0E and U+FE0F, which ask for another look of the same character: as the table and CLDR name sequences.
inline std::string without_selectors(std::string_view text) {
  std::string out(text);
  for (const std::string_view selector : {"\xEF\xB8\x8E", "\xEF\xB8\x8F"}) {
    for (std::size_t at = out.find(selector); at != std::string::npos; at = out.find(selector, at))
      out.erase(at, selector.size());
  }
  return out;
}

// Reads its files when they are first asked for: nothing is paid where no glyph is missing.
class Replacements {
 public:
  // `data_folder`: where layouts/replacements.xml and names/ are. `language`: the tag of the document's language file.
  Replacements(std::string data_folder, std::string language)
      : data_folder_(std::move(data_folder)), language_(std::move(language)) {}

  struct Candidate {
    std::string text;
    std::string_view lang;  // BCP 47; empty: the document's; it lives for ever
    bool is_sign = false;   // of the table: in the language of the text around it
  };
  // What may stand for a character or a sequence that is one (an emoji of several, a flag): the table's sign; its
  // names, in brackets, by CLDR in the document's language and in English, and in small ASCII letters by Unicode. Best
  // first, none twice, never none.
  std::vector<Candidate> candidates(std::string_view characters);
  // Its English name, for messages; empty where it has none.
  std::string name(std::string_view characters);
  // The table's rows, in order of their characters.
  const std::map<std::string, std::string, std::less<>>& table();

 private:
  std::string named(const std::string& language, std::string_view characters);
  std::string_view name_in(const std::string& language, std::string_view characters);
  const std::string& names(const std::string& language);

  std::string data_folder_, language_;
  std::map<std::string, std::string, std::less<>> table_;
  bool table_read_ = false;
  std::map<std::string, std::string, std::less<>> names_;  // by language: the lines of its file
};

}  // namespace epitome::text
