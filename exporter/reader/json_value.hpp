// JSON (RFC 8259) as values with their places: the one file that sees simdjson is json_value.cpp. The front matter of a
// Markdown document becomes the same values.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "reader/faults.hpp"
#include "reader/tree.hpp"

namespace epitome::reader {

struct JsonValue {
  using Index = std::uint32_t;
  static constexpr Index none = std::numeric_limits<Index>::max();
  enum class Kind : std::uint8_t { null, truth, number, string, array, object };

  Kind kind = Kind::null;
  diag::Span span;        // a string's characters between the quotation marks, an array's or object's bracket, a token
  std::uint32_t end = 0;  // behind the whole value
  Tree::Piece text;       // of JsonValues: a string's characters, escapes replaced; a token
  diag::Span key_span;    // a member's key between the quotation marks
  Tree::Piece key;        // of JsonValues
  std::uint32_t position = 0;  // in an array
  Index parent = none, first = none, next = none;
};

class JsonValues {
 public:
  using Index = JsonValue::Index;

  // What the whole may be: a source document is an object.
  enum class Root : std::uint8_t { object, any };
  // False after a fault: then the values before it are there. Bounds are those of limits.hpp.
  bool parse(const diag::SourceText& source, Faults& faults, Root root = Root::object);

  // In document order, the root first.
  std::size_t size() const { return values_.size(); }
  const JsonValue& operator[](Index i) const { return values_[i]; }
  std::string_view text(Tree::Piece piece) const {
    return std::string_view(characters_).substr(piece.offset, piece.length);
  }
  // The JSON Pointer (RFC 6901) of the innermost value at an offset of the source; empty: the whole.
  std::string pointer(std::uint32_t offset) const;

 private:
  friend class JsonParser;
  friend class YamlParser;
  std::string characters_;
  std::vector<JsonValue> values_;
};

// By byte of a string's text, where the source writes that character; one more for its end. `span`: the string's.
std::vector<std::uint32_t> begins_of(std::string_view source, diag::Span span, std::string_view text);

}  // namespace epitome::reader
