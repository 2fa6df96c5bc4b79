// Bytes of two files in, what is to be printed out.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compare/compare.hpp"
#include "diag/diagnostic.hpp"

namespace epitome::compare {

struct Input {
  std::string name;
  std::string_view bytes;
};

struct Report {
  bool same = false;
  std::string summary;   // for standard output: part by part; empty if a file can't be read
  std::string messages;  // for standard error: diagnostics
};

// `words`: of the source (the format words), with the source's name; without one the files alone are compared.
Report report(const Input& pdf, const Input& epub, const std::optional<Input>& words, diag::Format format);

}  // namespace epitome::compare
