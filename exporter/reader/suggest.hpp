// Hints: what was probably meant, and what may stand there.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reader/vocabulary.hpp"

namespace epitome::reader {

// The one of `names` that differs from `name` in the fewest letters, if a slip of the pen
// explains the difference; else empty.
std::string_view nearest(std::string_view name, std::span<const std::string_view> names);

// The names of the elements that may stand in `parent`.
std::vector<std::string_view> allowed_in(const Rule& parent);

// nearest() among allowed_in().
std::string_view nearest_child(std::string_view name, const Rule& parent);

// Hints for an element called `name` that can't stand in `parent`.
std::vector<std::string> hints_for(std::string_view name, const Rule& parent);

// The attribute called `name` of an element, id, xml:lang and dir included; null if it takes none.
const Attribute* find_attribute(const Rule& rule, std::string_view name);

// Hints for an attribute that `rule` doesn't take.
std::vector<std::string> attribute_hints(std::string_view name, const Rule& rule);

// What to do with text between the children of an element.
std::string text_hint(const Rule& parent);

}  // namespace epitome::reader
