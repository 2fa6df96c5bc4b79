#include "diag/codes.hpp"

#include <array>

namespace epitome::diag {

namespace {

struct Row {
  std::string_view name;
  Category category;
  std::string_view summary;
};

constexpr auto rows = std::to_array<Row>({
#define X(name, category, summary) {#name, Category::category, summary},
    EPITOME_CODES(X)
#undef X
});

}  // namespace

std::string_view code_name(Code code) { return rows.at(static_cast<std::size_t>(code)).name; }

Severity severity_of(Code code) {
  const char letter = code_name(code).front();
  return letter == 'E' ? Severity::error : letter == 'W' ? Severity::warning : Severity::note;
}

Category category_of(Code code) { return rows.at(static_cast<std::size_t>(code)).category; }

std::string_view summary_of(Code code) { return rows.at(static_cast<std::size_t>(code)).summary; }

}  // namespace epitome::diag
