#include "diag/codes.hpp"

#include <array>

namespace epitome::diag {

namespace {

struct Row {
  std::string_view name;
  Category category;
};

constexpr auto rows = std::to_array<Row>({
#define X(name, category, summary) {#name, Category::category},
    EPITOME_CODES(X)
#undef X
});

}  // namespace

std::string_view code_name(Code code) { return rows.at(static_cast<std::size_t>(code)).name; }

Severity severity_of(Code code) { return code_name(code).front() == 'E' ? Severity::error : Severity::warning; }

Category category_of(Code code) { return rows.at(static_cast<std::size_t>(code)).category; }

}  // namespace epitome::diag
