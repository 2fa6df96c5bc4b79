// JSON of another shape as the blocks that Markdown of the usual shape would be: keys become headings, lists lists.
#pragma once

#include <string_view>

#include "reader/guess_work.hpp"
#include "reader/json_value.hpp"
#include "reader/markdown_markup.hpp"

namespace epitome::reader {

// What names the work goes into `work`; numbers and truth values become words, null is left out.
PlacedText flat_json(const JsonValues& values, std::string_view source, GuessedWork& work, Faults& faults);

}  // namespace epitome::reader
