// Hints: what was probably meant, and what may stand there.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diag/nearest.hpp"
#include "reader/tree.hpp"
#include "reader/vocabulary.hpp"

namespace epitome::reader {

// The names of the elements that may stand in `parent`.
std::vector<std::string_view> allowed_in(const Rule& parent);

// nearest() among allowed_in().
std::string_view nearest_child(std::string_view name, const Rule& parent);

// Hints for an element called `name` that can't stand in `parent`.
std::vector<std::string> hints_for(std::string_view name, const Rule& parent);

// The attribute called `name` of an element, id, xml:lang and dir included; null if it takes none.
const Attribute* find_attribute(const Rule& rule, std::string_view name);

// All attributes of an element, those that many take behind its own.
std::vector<Attribute> all_attributes(const Rule& rule);

// Hints for an attribute that `rule` doesn't take.
std::vector<std::string> attribute_hints(std::string_view name, const Rule& rule);

// For an element of HTML that writers reach for; empty: it is none.
std::string_view habit_hint(std::string_view name);

// The element of the part that a name of an element or a key says: "people" of "characters"; empty: none.
std::string_view part_meant(std::string_view name);

// The role of a contributor that a name of an element or a key says: "author" of "author" and "authors"; empty: none.
std::string_view role_meant(std::string_view name);

// How the source `at` is in writes a child, or an attribute, of that name.
std::string child_sample(Node at, std::string_view name);
std::string attribute_sample(Node at, std::string_view name);

// A hint that names elements as XML does, in the terms of another syntax: "blocks" for <blocks>, a paragraph for
// <p>…</p>. Inline elements are XML everywhere but where Markdown has a sign.
std::string in_terms_of(diag::Syntax syntax, std::string_view hint);

// What to do with text between the children of an element.
std::string text_hint(const Rule& parent);

}  // namespace epitome::reader
