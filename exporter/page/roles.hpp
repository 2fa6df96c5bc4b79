// The names of the roles, as dumps and PDF files have them.
#pragma once

#include <string_view>

#include "page/pages.hpp"

namespace epitome::page {

// The standard structure type (ISO 32000-1 14.8.4): "BlockQuote", "H1".
std::string_view role_name(Role role);

}  // namespace epitome::page
