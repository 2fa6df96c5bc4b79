#include "diag/codes.hpp"

#include <array>

namespace epitome::diag {

namespace {

constexpr auto names = std::to_array<std::string_view>({
#define X(name, summary) #name,
    EPITOME_CODES(X)
#undef X
});

}  // namespace

std::string_view code_name(Code code) { return names.at(static_cast<std::size_t>(code)); }

}  // namespace epitome::diag
