// What an EPUB says, for who looks for something in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace epitome::preflight {

struct DocumentText {
  std::string path;  // in the container
  std::string text;  // UTF-8; a line for each block, without notes' marks
};

// The documents of the spine in their order. Nothing, and `why` says so, if the EPUB or one of them can't be read.
std::optional<std::vector<DocumentText>> spine_texts(std::string_view epub, std::string& why);

// UTF-8 and UTF-16 (with its mark) as UTF-8; nothing if it is neither.
std::optional<std::string> plain_text(std::string bytes);

}  // namespace epitome::preflight
