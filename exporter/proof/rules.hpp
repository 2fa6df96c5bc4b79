// What an editor looks for in a text, as data: layouts/checks.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/diagnostic.hpp"

namespace epitome::proof {

// A pattern (RE2) that no sound text matches.
struct Rule {
  struct Pattern;
  std::string name;
  diag::Code code = diag::Code::W0411;
  std::shared_ptr<const Pattern> pattern, unless;  // `unless`: a match that it matches too is sound; may be null
  // What a text has that `pattern` matches, if it is cheaper to look for: `pattern` is then compiled for such a text.
  std::shared_ptr<const Pattern> needs;
  std::string message, hint;
  std::optional<std::string> fix;  // what may safely stand there instead
  bool fix_only = false;           // the reader tells it already (W0402 to W0404)
  bool alternatives = false;       // of alternative texts, not of the text
};

// The rules for one language.
struct Rules {
  std::vector<Rule> rules;
  // Words that may stand twice in a row; nothing: all may but `doubled_by_mistake`.
  std::optional<std::vector<std::string>> doubled;
  std::vector<std::string> doubled_by_mistake;  // the words of which one may safely be taken away
  // By language: words that a good part of any text in it is made of, in small letters.
  std::vector<std::pair<std::string, std::vector<std::string>>> common_words;
  std::optional<std::string> question_marks;  // one of which a question has
  std::vector<std::string> question_words;    // with one of which a question begins, in small letters
  std::optional<std::string> end_marks;       // one of which ends a paragraph; empty: the language needs none
};

// layouts/checks/all.xml and, if there are such files, that of the language and those that its tag is built on (en for
// en-US). Reports E0510 and returns nothing if one can't be read.
std::optional<Rules> read_rules(std::string_view language, const std::string& data_folder, diag::Sink& sink);

// Where a rule's pattern matches in `text`, from `from` on: its first group, or all of it. Nothing: no more.
struct Match {
  std::size_t begin = 0, end = 0;
};
std::optional<Match> next_match(const Rule& rule, std::string_view text, std::size_t from);

}  // namespace epitome::proof
