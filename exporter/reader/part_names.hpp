// What headings of Markdown call the parts.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reader/tree.hpp"
#include "reader/vocabulary.hpp"

namespace epitome::reader {

struct NamedPart {
  Type type = Type::count;  // none is called so
  // Its words are what the program writes above the part itself; others are a title of the part's own.
  bool untitled = true;
  // The words of another title that a label names ("Beside {title}"), as words_of has them; else empty.
  std::string other = {};
};

// The words of a heading without markup, in small letters, a space between two; no figures and signs around them.
std::string words_of(std::string_view heading);

class PartNames {
 public:
  // Of a document in `lang` (BCP 47): the labels of the language's files and of English. Empty: those of all languages.
  PartNames() : PartNames(std::string_view()) {}
  explicit PartNames(std::string_view lang) : PartNames(lang, {}) {}
  // Of a root whose edition may have labels of its own.
  explicit PartNames(Node root);

  // The part that a heading names, by its label, its element or what it is usually called in English: "Key takeaways",
  // "Das Wichtigste", "Characters". Markup, case, figures and signs around the words don't count.
  NamedPart find(std::string_view heading) const;
  // The tags of the languages whose label for a part a heading says.
  static std::vector<std::string> languages(std::string_view heading);
  // For a heading that names none.
  std::string hint(std::string_view heading) const;

 private:
  using Own = std::vector<std::pair<Type, std::string>>;
  // "Beside {title}": the words before and behind the title.
  struct Pattern {
    std::string before, behind;
    NamedPart named;
  };
  PartNames(std::string_view lang, const Own& own);
  void add(std::string_view label, NamedPart named);

  std::map<std::string, NamedPart, std::less<>> names_;  // by their words in small letters
  std::vector<Pattern> patterns_;
};

// How a heading names a part that has no title.
std::string part_name(Type part);

}  // namespace epitome::reader
