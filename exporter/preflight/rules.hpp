// The one table of the rules: what each code of the range 10xx protects, who says so, and what to do.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "diag/codes.hpp"

namespace epitome::preflight {

// `readers`: those that the rule protects. `source`: a public document, and where in it. No rule is without one.
struct Rule {
  diag::Code code{};
  std::string_view readers, source, hint;
};

// In the order of their codes.
std::span<const Rule> rules();
const Rule& rule_of(diag::Code code);

// The table as a page for authors (source/epub-rules.md).
std::string rules_page();

}  // namespace epitome::preflight
