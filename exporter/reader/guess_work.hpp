// Title, authors, language and day of a source that has no front matter of ours.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reader/faults.hpp"
#include "reader/front_matter.hpp"
#include "reader/tree.hpp"

namespace epitome::reader {

// As markup has it, in texts and attributes.
std::string in_xml(std::string_view text);
// The characters of an element, white space collapsed.
std::string said_in(Node node);

class GuessedWork {
 public:
  // From front matter as sites have it: title, author, date, lang. False if it is no YAML.
  bool take(std::string_view bytes, const FrontMatter& front, Faults& faults);
  // From JSON's members; false if a key says nothing of the work. `place`: of the text, for what is told.
  bool take(std::string_view key, const std::string& text, diag::Span place, Faults& faults);
  // From the first heading, or the first lines of plain text; what is the title alone is taken away.
  void take(std::vector<Node>& blocks, bool lines, Faults& faults);
  // The root with its work and its edition; what is missing is told.
  Tree tree(Faults& faults) const;
  // Its tag; empty: none is said. One that was guessed from headings may be said then.
  const std::string& language() const { return language_; }
  void say_language(std::string tag) { language_ = std::move(tag); }

 private:
  void say_date(const std::string& text, diag::Span place, Faults& faults);
  void tell_title(diag::Span place, Faults& faults) const;
  void add_author(std::string name);
  bool take_language(const std::string& text);
  bool stands_for_title(const std::vector<Node>& blocks) const;
  bool take_more(std::string_view key, const std::string& text);
  void by_line(std::string title, diag::Span place, Faults& faults);
  // A line that says no more is taken away.
  void author_from(std::vector<Node>& blocks, Faults& faults);

  std::string title_, date_, language_;
  std::vector<std::pair<std::string_view, std::string>> more_;  // by their elements
  std::vector<std::string> authors_;
};

}  // namespace epitome::reader
