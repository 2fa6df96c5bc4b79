// Footnotes of Markdown, which md4c doesn't know: [^1] in a text, and "[^1]: …" at the beginning of a line, up to the
// next blank line.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "diag/diagnostic.hpp"
#include "reader/faults.hpp"

namespace epitome::reader {

struct MarkdownNote {
  std::string_view text;  // of the source
  diag::Span label;
  bool used = false;
};
using MarkdownNotes = std::map<std::string_view, MarkdownNote>;

// Takes the definitions out of `body`, which is a copy of the source from `from` on: spaces stand for them.
MarkdownNotes take_footnotes(std::string_view source, std::size_t from, std::string& body, Faults& faults);

// The label of a reference that begins a text, "1" of "[^1] and more"; empty if none does.
std::string_view footnote_label(std::string_view text);

// Tells the definitions of links, "[label]: address", of a body that stands at `from`, that nothing refers to.
void tell_unused_links(std::string_view body, std::size_t from, Faults& faults);

}  // namespace epitome::reader
