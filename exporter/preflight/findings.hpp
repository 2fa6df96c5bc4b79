// Where the checks report to.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"

namespace epitome::preflight {

class Findings {
 public:
  // In the file `path` of the container (empty: the container itself). `what` says what of it breaks the rule; the
  // rule's own words, hint and source are added.
  void report(diag::Code code, const std::string& path, diag::Span span, std::string_view what);
  // A fault that ends the reading: no rule of the table.
  void unreadable(const std::string& path, std::string message);

  struct OfFile {
    std::string path;
    std::vector<diag::Diagnostic> found;
  };
  // In the order in which the files were first reported; those of a file by place.
  std::vector<OfFile> finish();

 private:
  std::vector<diag::Diagnostic>& of_file(const std::string& path);

  std::vector<OfFile> files_;
  std::map<std::string, std::size_t, std::less<>> index_;
  std::map<diag::Code, std::size_t> counts_;
};

}  // namespace epitome::preflight
