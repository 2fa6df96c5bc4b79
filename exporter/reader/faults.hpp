// What one reading found, in the order of places, and not without bound.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
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
    const bool is_error = diag::code_name(code).front() == 'E';
    has_errors_ = has_errors_ || is_error;
    if (found_.size() < most) {
      warnings_ += is_error ? 0 : 1;
      found_.push_back({{}, code, span, std::move(message), std::move(hints)});
      return;
    }
    ++left_out_;
    if (!is_error || warnings_ == 0) return;
    // What refuses the document must be told: it takes the last warning's place.
    --warnings_;
    const auto last = std::find_if(found_.rbegin(), found_.rend(),
                                   [](const diag::Diagnostic& d) { return diag::code_name(d.code).front() == 'W'; });
    found_.erase(std::next(last).base());
    found_.push_back({{}, code, span, std::move(message), std::move(hints)});
  }
  // Hardly anything more is kept: hints that take time can be spared.
  bool full() const { return found_.size() == most; }
  bool has_errors() const { return has_errors_; }
  // Reports all to `sink`, sorted by place; the last one tells how many were left out.
  void report_to(diag::Sink& sink);

 private:
  std::vector<diag::Diagnostic> found_;
  std::size_t warnings_ = 0;  // of `found_`
  std::size_t left_out_ = 0;
  bool has_errors_ = false;
};

}  // namespace epitome::reader
