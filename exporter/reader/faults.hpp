// What one reading found, in the order of places, and not without bound.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "diag/diagnostic.hpp"
#include "diag/limits.hpp"

namespace epitome::reader {

class Faults {
 public:
  void add(diag::Code code, diag::Span span, std::string message, std::vector<std::string> hints = {}) {
    has_errors_ = has_errors_ || diag::severity_of(code) == diag::Severity::error;
    Kind& kind = kinds_[code];
    if (kind.told == limits::told) {
      if (kind.left_out++ == 0) kind.next = span;
      return;
    }
    ++kind.told;
    found_.push_back({{}, code, span, std::move(message), std::move(hints)});
  }
  // What was found in a piece of the source; `place` says where each span of the piece stands in the whole.
  template <class Place>
  void add_all(const Faults& piece, Place place) {
    for (const diag::Diagnostic& d : piece.found_) add(d.code, place(d.span), d.message, d.hints);
    for (const auto& [code, kind] : piece.kinds_) {
      if (kind.left_out == 0) continue;
      Kind& here = kinds_[code];
      if (here.left_out == 0) here.next = place(kind.next);
      here.left_out += kind.left_out;
    }
  }
  template <class Rewrite>
  void rewrite_hints(Rewrite rewrite) {
    for (diag::Diagnostic& d : found_)
      for (std::string& hint : d.hints) hint = rewrite(hint);
  }
  // No more of this code is kept: hints that take time can be spared.
  bool full(diag::Code code) const {
    const auto kind = kinds_.find(code);
    return kind != kinds_.end() && kind->second.told == limits::told;
  }
  bool has_errors() const { return has_errors_; }
  // Reports all to `sink`, sorted by place, and how many of each code were left out.
  void report_to(diag::Sink& sink);

 private:
  struct Kind {
    std::size_t told = 0, left_out = 0;
    diag::Span next;  // the first that was left out
  };
  std::vector<diag::Diagnostic> found_;
  std::map<diag::Code, Kind> kinds_;
  bool has_errors_ = false;
};

}  // namespace epitome::reader
