// Title, authors, language and day of a source that has no front matter of ours.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reader/faults.hpp"
#include "reader/front_matter.hpp"
#include "reader/tree.hpp"

namespace epitome::reader {

// The characters of an element, white space collapsed.
std::string said_in(Node node);

class GuessedWork {
 public:
  // From front matter as sites have it: title, author, date, lang. False if it is no YAML.
  bool take(std::string_view bytes, const FrontMatter& front, Faults& faults);
  // From the first heading, or the first lines of plain text; what is the title alone is taken away.
  void take(std::vector<Node>& blocks, bool lines, Faults& faults);
  // The root with its work and its edition; what is missing is told.
  Tree tree(Faults& faults) const;

 private:
  void by_line(std::string title, diag::Span place, Faults& faults);
  void author_from(const std::vector<Node>& blocks, Faults& faults);

  std::string title_, date_, language_;
  std::vector<std::string> authors_;
};

}  // namespace epitome::reader
