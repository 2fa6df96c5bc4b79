// What one reading found, in the order of places, and not without bound.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "diag/diagnostic.hpp"

namespace epitome::reader {

class Faults {
 public:
  // A file of another kind may be at fault everywhere: nobody reads more than this.
  static constexpr std::size_t most = 500;

  void add(diag::Code code, diag::Span span, std::string message, std::vector<std::string> hints = {}) {
    if (diag::code_name(code).front() == 'E') has_errors_ = true;
    if (found_.size() < most) {
      found_.push_back({{}, code, span, std::move(message), std::move(hints)});
    } else {
      ++left_out_;
    }
  }
  // Nothing more is kept: hints that take time can be spared.
  bool full() const { return found_.size() == most; }
  bool has_errors() const { return has_errors_; }
  // Reports all to `sink`, sorted by place; the last one tells how many were left out.
  void report_to(diag::Sink& sink);

 private:
  std::vector<diag::Diagnostic> found_;
  std::size_t left_out_ = 0;
  bool has_errors_ = false;
};

}  // namespace epitome::reader
