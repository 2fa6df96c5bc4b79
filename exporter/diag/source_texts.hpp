// The texts of a source document, whatever its syntax: for who looks for a character's places in it.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

namespace epitome::diag {

// Takes one text. `begins`: by byte of `text`, where the source writes that character; one more for its end.
// `apart`: what an element says of itself, not its text (XML: an attribute).
using TextVisitor = std::function<void(std::string_view text, std::span<const std::uint32_t> begins, bool apart)>;

// Gives all texts of a document in their order to a visitor.
using SourceTexts = std::function<void(const TextVisitor&)>;

}  // namespace epitome::diag
