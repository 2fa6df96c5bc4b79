// A style sheet of the EPUB as a layout gives it: CSS with places for what the document's language and direction
// decide. layouts/README.md explains the places.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/document.hpp"

namespace epitome::style {

class Settings;
struct Language;

// What may stand at a place. From `digits` on a language may have none: such a place stands under a condition.
enum class SheetValue : std::uint8_t { none, start, end, line_height, digits, indent, first_indent, leading, count };

struct StyleSheet {
  // Text, then a value.
  struct Piece {
    std::string text;
    SheetValue value = SheetValue::none;
    std::string height;                       // of a line_height: what the layout gives, "1.25"
    SheetValue condition = SheetValue::none;  // the piece is left out where the language has no such value
  };
  std::vector<Piece> pieces;
};

// `bytes` is the file that diagnostics show as `shown`. Reports a place that is not known, not closed or without the
// condition that it needs, with line and column; returns nothing then.
std::optional<StyleSheet> read_style_sheet(const std::string& bytes, const std::string& shown, Settings& settings);

// The CSS for a document in `language` that runs in `direction`.
std::string fill(const StyleSheet& sheet, const Language& language, model::Direction direction);

}  // namespace epitome::style
