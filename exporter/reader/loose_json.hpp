// JSON as people and language models write it, made JSON before `epitome convert` reads it.
#pragma once

#include <optional>
#include <string_view>

#include "reader/faults.hpp"
#include "reader/markdown_markup.hpp"

namespace epitome::reader {

// The source without what stands around its JSON (a fence, sentences), comments and commas before a closing bracket;
// with double quotation marks for single ones and around keys; each is told (W0116). Behind its last byte stands the
// place of the end; lines are the source's. Nothing if nothing was to be mended, or more than that is wrong.
std::optional<PlacedText> mended_json(std::string_view bytes, Faults& faults);

}  // namespace epitome::reader
