#include "diag/codes.hpp"

#include <array>

namespace epitome::diag {

namespace {

struct Entry {
  std::string_view name, summary;
};
constexpr auto entries = std::to_array<Entry>({
#define X(name, summary) {#name, summary},
    EPITOME_CODES(X)
#undef X
});

}  // namespace

std::string_view code_name(Code code) { return entries.at(static_cast<std::size_t>(code)).name; }
std::string_view code_summary(Code code) { return entries.at(static_cast<std::size_t>(code)).summary; }

}  // namespace epitome::diag
