// Markup that is being written, with the places of its bytes, and where in the source it is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "reader/faults.hpp"
#include "reader/markdown_markup.hpp"

namespace epitome::reader {

class MarkupSink {
 public:
  MarkupSink(std::string_view from, PlacedText& to, Faults& told) : source(from), out(to), faults(told) {}

  std::string_view source;
  PlacedText& out;
  Faults& faults;
  std::uint32_t last = 0;  // behind the last text of the source
  bool in_code = false;    // an '&' begins no reference
  std::size_t cells = 0;   // of tables in HTML, with those that fill their rows

  // What stands without a place has it now.
  void settle(std::uint32_t at);
  // Nonzero ends md4c's work: one more element, or a character that is written as several.
  int counted();
  // A start tag, whose place is that of the next text, and an end tag, whose is behind the last.
  void begin(std::string_view tag);
  void end(std::string_view tag) { out.add(tag, last); }
  void element(std::string_view name, const PlacedText& content);
  // Characters of the source as text of XML.
  int characters(std::string_view text, std::uint32_t at);

  bool is_escaped(std::size_t at) const { return at > 0 && source[at - 1] == '\\'; }
  // Whether a paragraph begins so, and not because the source writes it in another way.
  bool begins_with(const PlacedText& content, std::string_view sign) const;
  void told(diag::Span place, std::string message, std::string hint);
  // Where what is written of a text stands.
  std::uint32_t begin_of(const PlacedText& content) const {
    return content.begins.empty() ? last : content.begins.front();
  }

 private:
  std::size_t waiting_ = std::string::npos;  // the first byte without a place
  std::size_t made_ = 0;
  bool stopped_ = false;
};

}  // namespace epitome::reader
