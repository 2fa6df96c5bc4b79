// What a person has looked at and means so.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"

namespace epitome::proof {

// A file of lines
//   CODE | TEXT | REASON
// beside blank ones and those that begin with #. A line covers the warnings and notes of that code whose place meets
// TEXT where the source has it, however its white space is broken; * stands for any place.
class Ignores {
 public:
  // Reports E0436 for a line that isn't so, names no warning or gives no reason.
  Ignores(const diag::SourceText& file, diag::Sink& sink);
  // Whether a line says so; that line is used.
  bool covers(const diag::Diagnostic& diagnostic, std::string_view source);
  // Warns (W0435) of each line that covered nothing, but for codes of what wasn't asked for.
  void tell_unused(std::span<const diag::Code> unasked, diag::Sink& sink) const;

 private:
  struct Line {
    std::string code, text;
    diag::Span span;
    bool used = false;
  };
  std::vector<Line> lines_;
};

}  // namespace epitome::proof
