// Spelling, by Hunspell's dictionaries.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "diag/source_texts.hpp"
#include "model/document.hpp"
#include "style/language.hpp"

namespace epitome::proof {

class Dictionary;

// Dictionaries by language, opened when they are first needed.
class Dictionaries {
 public:
  // Folders where they are looked for, in this order: de_DE.aff and de_DE.dic.
  explicit Dictionaries(std::vector<std::string> folders);
  ~Dictionaries();
  const std::vector<std::string>& folders() const { return folders_; }
  // That of a language tag: of the region that it names, else of the language alone; of a tag without a region the most
  // usual region's, else any. Null: there is none.
  Dictionary* find(std::string_view tag);

 private:
  std::string file_of(std::string_view tag) const;
  std::vector<std::string> folders_;
  std::map<std::string, std::unique_ptr<Dictionary>> opened_;  // by file
  std::map<std::string, Dictionary*, std::less<>> found_;      // by tag, of which there is no end
};

// Warns (W0437) of each word that its text's dictionary doesn't have, once, at its first place, with what may be meant.
// The document teaches names and terms: the words of titles, persons and glossaries, and what has a capital more than
// once. A word with a capital that stands once is a name too where only names have one, unless two letters have changed
// places. What is no misspelling isn't asked for: quotations and letters, addresses, words with figures, abbreviations.
// Notes (N0438) each language without a dictionary.
void check_spelling(const model::Document& document, const style::Language& language, const diag::SourceTexts& source,
                    Dictionaries& dictionaries, diag::Sink& sink);

}  // namespace epitome::proof
