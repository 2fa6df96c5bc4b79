// The vocabulary as JSON: what keys the object of an element has. Made from the table in vocabulary.hpp; the reader,
// the writer and the schema (source/summary.schema.json) all go by it.
//
// An element is
//   - a string: its content. Characters alone where the vocabulary has characters alone; else as XML writes it, inline
//     elements and references (&amp; &lt;) included;
//   - an array, if all it holds is one list: the rows of a table's body, the cells of a row, the lines of a stanza;
//   - an object: its attributes ("lang" for xml:lang) and what it holds, or "text", its content as above. One that has
//     no attributes is a string or an array alone.
// Blocks, parts and cells say in "type" which they are; a string is a paragraph among blocks, a <td> or, in a head, a
// <th> among cells. Inside a block each element that can't be as simple may be a string of its content too, and a list
// a string of its elements, so that objects need not stand in each other without end. null is as if it weren't there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reader/vocabulary.hpp"

namespace epitome::reader {

struct JsonKey {
  enum class Kind : std::uint8_t {
    attribute,
    text,    // the element's content
    child,   // one element: `types` has it
    list,    // of one kind of elements
    any_of,  // of several kinds
    pairs,   // of objects with one of each of `types`
  };
  std::string name;
  Kind kind = Kind::attribute;
  bool required = false;
  const Attribute* attribute = nullptr;
  std::vector<Type> types;
};

struct JsonShape {
  std::vector<JsonKey> keys;  // in the vocabulary's order of children; attributes come first
  // Nothing but text, or nothing but one list: may be a string or an array if it has no attributes.
  const JsonKey* alone = nullptr;
};

// Objects stand in each other at most so deep in what is written and in the schema: what strict structured output of
// language models accepts everywhere.
inline constexpr std::size_t json_levels = 5;

// Where an element stands that is written, or that the schema describes.
struct JsonPlace {
  std::size_t level = 1;  // of an object that stands here
  bool in_block = false;  // a string may stand for what is built of elements
  Type around = Type::count;
};

// Of an element in its place.
const JsonShape& json_shape(Type type);
// What a string or an array without a type is among elements of several kinds; Type::count: nothing.
Type json_default(std::span<const Type> types, Type parent);

// A whole number and a truth value are such in JSON; all other values are strings.
enum class JsonScalar : std::uint8_t { string, integer, truth };
JsonScalar json_scalar(Value value);

// Whether a text of this element is characters alone.
inline bool is_plain(const Rule& rule) { return rule.content == Content::text; }
// Whether it holds markup that any text may: inlines, and blocks where they may stand beside them.
inline bool is_markup(const Rule& rule) {
  return rule.content == Content::inlines || rule.content == Content::flow || rule.content == Content::ruby;
}

}  // namespace epitome::reader
