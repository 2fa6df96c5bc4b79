// What `epitome init` writes: a small summary that exports as it is, with what to do beside it.
#pragma once

#include <string_view>

#include "api/epitome.hpp"

namespace epitome::app {

// JSON has no comments: `epitome schema` describes it.
std::string_view starting_document(Syntax syntax);

}  // namespace epitome::app
