// What options of the command line may be, by name. Internal to app.
#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "api/epitome.hpp"

namespace epitome::app {

// "a, b and c".
std::string listed(const std::vector<std::string>& names, std::string_view last = "and");

std::vector<const Format*> formats_of(Format::Use use);
std::vector<std::string> names_of(Format::Use use);
std::vector<std::string> endings_of(Format::Use use);

struct MessageFormatName {
  const char* name;
  MessageFormat value;
};
inline constexpr MessageFormatName message_formats[] = {{"full", MessageFormat::full},
                                                        {"short", MessageFormat::brief},
                                                        {"json", MessageFormat::json},
                                                        {"sarif", MessageFormat::sarif}};

struct ActionName {
  const char* name;
  OnMissingGlyph value;
};
inline constexpr ActionName glyph_actions[] = {{"error", OnMissingGlyph::error}, {"replace", OnMissingGlyph::replace}};

struct CardSizeName {
  const char* name;
  CardSize value;
};
inline constexpr CardSizeName card_sizes[] = {{"a7", CardSize::a7}, {"3x5", CardSize::three_by_five}};

// "; did you mean pdf?" if a slip of the pen explains the difference to one of `known`, else nothing.
std::string meant(std::string_view name, const std::vector<std::string>& known);

template <typename Table>
std::vector<std::string> names_in(const Table& table) {
  std::vector<std::string> out;
  for (const auto& row : table) out.emplace_back(row.name);
  return out;
}

// Sets `value` to the one that `name` has in `table`; false if it has none.
template <typename Table, typename Value>
bool choose(const Table& table, const std::string& name, Value& value) {
  const auto* const at =
      std::find_if(std::begin(table), std::end(table), [&](const auto& row) { return row.name == name; });
  if (at == std::end(table)) return false;
  value = at->value;
  return true;
}

}  // namespace epitome::app
