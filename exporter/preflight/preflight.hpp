// Rules that any EPUB 2 or 3 file can be held against: what standards, shops' guides and readers' faults ask for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"

namespace epitome::preflight {

// What was found in one file of the container, by its place in it.
struct File {
  std::string path;   // empty: the container itself
  std::string bytes;  // of a text, as UTF-8, so that places can be shown; empty where no finding has a place
  std::vector<diag::Diagnostic> found;
};

// Of one code limits::told are kept; one more, of the container, says how many those are that are left out.
struct Report {
  std::vector<File> files;
  std::size_t errors = 0, warnings = 0;
};

// Never throws for bad input; what can't be read at all is one diagnostic (E0802). Bounds: diag/limits.hpp.
Report inspect(std::string_view epub);

}  // namespace epitome::preflight
