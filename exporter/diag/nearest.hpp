// What was probably meant by a name that is none.
#pragma once

#include <span>
#include <string_view>

namespace epitome::diag {

// The one of `names` that differs from `name` in the fewest letters, if a slip of the pen
// explains the difference; else empty.
std::string_view nearest(std::string_view name, std::span<const std::string_view> names);

}  // namespace epitome::diag
