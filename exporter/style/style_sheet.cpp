#include "style/style_sheet.hpp"

#include <fmt/format.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>

#include "diag/utf8.hpp"
#include "style/language.hpp"
#include "style/script_leading.hpp"
#include "style/settings.hpp"

namespace epitome::style {

namespace {

// Conditions alone, behind the values: an italic of the language's letters, none, emphasis dots, words that MuPDF
// divides.
constexpr auto italic = static_cast<SheetValue>(static_cast<std::size_t>(SheetValue::count));
constexpr auto upright = static_cast<SheetValue>(static_cast<std::size_t>(SheetValue::count) + 1);
constexpr auto dots = static_cast<SheetValue>(static_cast<std::size_t>(SheetValue::count) + 2);
constexpr auto divided = static_cast<SheetValue>(static_cast<std::size_t>(SheetValue::count) + 3);
constexpr std::size_t value_count = static_cast<std::size_t>(SheetValue::count) + 4;

// In the order of SheetValue, then the conditions.
constexpr std::array<std::string_view, value_count> value_names = {"",       "start",   "end",          "line-height",
                                                                   "digits", "indent",  "first-indent", "leading",
                                                                   "italic", "upright", "dots",         "divided"};
static_assert(!value_names.back().empty(), "each SheetValue has a name");

constexpr const char* known_places =
    "known are @{start}, @{end}, @{line-height NUMBER}, @{digits}, @{indent}, @{first-indent}, @{leading}, "
    "@{if NAME}, @{/if}, and the conditions italic, upright, dots and divided";

SheetValue value_named(std::string_view name) {
  const auto at = std::find(value_names.begin(), value_names.end(), name);
  return at == value_names.end() ? SheetValue::none : static_cast<SheetValue>(at - value_names.begin());
}

bool needs_condition(SheetValue value) { return value >= SheetValue::digits; }
bool is_condition(SheetValue value) { return value >= SheetValue::count; }

// A number above 0 and below 100 with at most two decimals, in 1/100.
std::optional<int> hundredths(std::string_view text) {
  int out = 0, decimals = -1;
  for (const char c : text) {
    if (c == '.' && decimals < 0) {
      decimals = 0;
    } else if (c >= '0' && c <= '9' && decimals < 2 && out < 1000) {
      out = out * 10 + (c - '0');
      if (decimals >= 0) ++decimals;
    } else {
      return std::nullopt;
    }
  }
  for (; decimals < 2; decimals = std::max(decimals, 0) + 1) out *= 10;
  if (out <= 0 || out >= 10000) return std::nullopt;
  return out;
}

class SheetReader {
 public:
  SheetReader(const std::string& bytes, const std::string& shown, Settings& settings)
      : bytes_(bytes), shown_(shown), settings_(settings) {}

  std::optional<StyleSheet> read() {
    std::size_t at = 0;
    const std::string_view text = bytes_;
    for (std::size_t open; (open = text.find("@{", at)) != std::string_view::npos;) {
      const std::size_t close = text.find_first_of("}\n", open);
      if (close == std::string_view::npos || text[close] == '\n') {
        fault(open, "'@{' is not closed", "write '}' behind the place's name");
        return std::nullopt;
      }
      StyleSheet::Piece& piece = add(text.substr(at, open - at));
      at = close + 1;
      if (!place(piece, open, text.substr(open + 2, close - open - 2))) continue;
      // A condition on a line of its own takes the line with it.
      if ((open == 0 || text[open - 1] == '\n') && text.substr(at).starts_with('\n')) ++at;
    }
    if (condition_ != SheetValue::none)
      fault(condition_at_, "'@{if' has no end", "write '@{/if}' behind what it holds");
    add(text.substr(at));
    return sound_ ? std::optional(std::move(sheet_)) : std::nullopt;
  }

 private:
  StyleSheet::Piece& add(std::string_view text) {
    return sheet_.pieces.emplace_back(StyleSheet::Piece{std::string(text), SheetValue::none, {}, condition_});
  }

  // What stands between the braces; true if it is the start or end of a condition.
  bool place(StyleSheet::Piece& piece, std::size_t at, std::string_view inside) {
    constexpr std::string_view condition = "if ";
    if (inside == "/if" || inside.starts_with(condition)) {
      turn(at, inside == "/if" ? std::string_view() : inside.substr(condition.size()));
      return true;
    }
    const std::size_t space = std::min(inside.find(' '), inside.size());
    const SheetValue value = value_named(inside.substr(0, space));
    const bool height = value == SheetValue::line_height;
    if (value == SheetValue::none || is_condition(value) || (!height && space != inside.size())) {
      fault(at, fmt::format("'@{{{}}}' is not known", inside), known_places);
    } else if (needs_condition(value) && condition_ != value) {
      fault(at, fmt::format("a language may have no '{}'", inside),
            fmt::format("put '@{{if {}}}' before what needs it and '@{{/if}}' behind it", inside));
    }
    piece.value = value;
    if (!height) return false;
    piece.height = inside.substr(std::min(space + 1, inside.size()));
    if (!hundredths(piece.height)) {
      fault(at, fmt::format("'{}' is not a line height", piece.height),
            "write a number below 100 with at most two decimals: @{line-height 1.25}");
    }
    return false;
  }

  // A condition begins, or ends if there is no name.
  void turn(std::size_t at, std::string_view name) {
    const SheetValue value = name.empty() ? SheetValue::none : value_named(name);
    if (!name.empty() && !needs_condition(value)) {
      fault(at, fmt::format("'@{{if {}}}' is not known", name), known_places);
    } else if (name.empty() && condition_ == SheetValue::none) {
      fault(at, "'@{/if}' ends nothing", "write '@{if NAME}' before what it holds");
    } else if (!name.empty() && condition_ != SheetValue::none) {
      fault(at, "'@{if' stands inside another", "end the other with '@{/if}' first");
    }
    condition_ = value;
    condition_at_ = at;
  }

  void fault(std::size_t at, const std::string& message, const std::string& hint) {
    sound_ = false;
    settings_.fault(diag::SourceText(shown_, bytes_), at, message, hint);
  }

  const std::string& bytes_;
  const std::string& shown_;
  Settings& settings_;
  StyleSheet sheet_;
  SheetValue condition_ = SheetValue::none;  // in force
  std::size_t condition_at_ = 0;
  bool sound_ = true;
};

std::string height_text(int hundredths) { return fmt::format("{}.{:02}", hundredths / 100, hundredths % 100); }

// A line height in proportion to the leading that the language's script needs in running text.
std::string line_height(const std::string& given, const Language& language) {
  if (language.lines.leading == 0) return given;
  return height_text(static_cast<int>(widened(hundredths(given).value_or(0), language)));
}

// Whether the letters of its own name are of the font that MuPDF brings. In others MuPDF 1.21 never ends once a word
// must be divided (overflow-wrap).
bool is_divided(const Language& language) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script =
      language.name.empty()
          ? USCRIPT_LATIN
          : uscript_getScript(static_cast<UChar32>(diag::decode_utf8(language.name, 0).value), &status);
  return script == USCRIPT_LATIN || script == USCRIPT_CYRILLIC;
}

// What the places hold, by SheetValue; empty: the language has no such value.
std::array<std::string, value_count> sheet_values(const Language& language, model::Direction direction) {
  std::array<std::string, value_count> values;
  const auto value = [&](SheetValue which) -> std::string& { return values[static_cast<std::size_t>(which)]; };
  const bool rtl = direction == model::Direction::rtl;
  value(SheetValue::start) = rtl ? "right" : "left";
  value(SheetValue::end) = rtl ? "left" : "right";
  // A reader that doesn't know the language's digits counts in its own.
  if (language.zero != U'0') value(SheetValue::digits) = language.list_digits;
  if (language.indent_ems != 0) {
    value(SheetValue::indent) = fmt::format("{}em", language.indent_ems);
    if (language.indent_first) value(SheetValue::first_indent) = value(SheetValue::indent);
  }
  if (language.lines.leading != 0) value(SheetValue::leading) = height_text(language.lines.leading / 10);
  value(language.foreign_in_italic ? italic : upright) = "yes";
  if (language.emphasis_dots != Dots::none) value(dots) = "yes";
  if (is_divided(language)) value(divided) = "yes";
  return values;
}

}  // namespace

std::optional<StyleSheet> read_style_sheet(const std::string& bytes, const std::string& shown, Settings& settings) {
  return SheetReader(bytes, shown, settings).read();
}

std::string fill(const StyleSheet& sheet, const Language& language, model::Direction direction) {
  const std::array<std::string, value_count> values = sheet_values(language, direction);
  std::string out;
  for (const StyleSheet::Piece& piece : sheet.pieces) {
    if (piece.condition != SheetValue::none && values[static_cast<std::size_t>(piece.condition)].empty()) continue;
    out += piece.text;
    out += piece.value == SheetValue::line_height ? line_height(piece.height, language)
                                                  : values[static_cast<std::size_t>(piece.value)];
  }
  return out;
}

}  // namespace epitome::style
