// Name-based identifiers: RFC 9562, 5.5 (version 5).
#pragma once

#include <string>
#include <string_view>

namespace epitome::model {

// The version 5 UUID of `name` in the namespace `space`, which is a UUID itself
// ("6ba7b811-9dad-11d1-80b4-00c04fd430c8"): 36 characters, lower case.
std::string uuid_v5(std::string_view space, std::string_view name);

}  // namespace epitome::model
