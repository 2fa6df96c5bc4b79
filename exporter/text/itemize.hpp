// Direction and script of each character of a paragraph: UAX #9 by FriBidi, UAX #24 by HarfBuzz's and ICU's data.
#pragma once

#include <hb.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/document.hpp"

namespace epitome::text {

// Whether all characters are such as Latin text has, of left-to-right direction: levels are then 0 and the script
// Latin throughout, and neither function below needs to be called.
bool is_plain_latin(std::string_view text);

// A stretch of the text that is an isolate (UAX #9, 2.4.2) of a direction of its own.
struct Isolate {
  std::uint32_t begin = 0, end = 0;
  model::Direction direction = model::Direction::ltr;
};

// The embedding level of each byte of `text` (all bytes of a character have its level). Isolates are ascending and
// don't overlap.
std::vector<std::uint8_t> bidi_levels(std::string_view text, model::Direction paragraph,
                                      std::span<const Isolate> isolates);

// The script of each byte: common and inherited characters take that of what stands before them, else after; closing
// brackets that of their opening ones.
std::vector<hb_script_t> scripts(std::string_view text);

// The byte offsets at which extended grapheme clusters begin (UAX #29), with the text's size as the last.
std::vector<std::uint32_t> cluster_starts(std::string_view text);

}  // namespace epitome::text
