// What kinds of diagnostics there are, and how they are printed: for the rooms and for the library's users.
#pragma once

#include <cstdint>
#include <string_view>

namespace epitome::diag {

enum class Severity : std::uint8_t { note, warning, error };
std::string_view severity_name(Severity severity);  // "warning"

// Who can mend it.
enum class Category : std::uint8_t {
  input,   // the editor: a document, an image, a layout of one's own
  output,  // who names the files to write
  ours,    // who wrote or installed the program: its data, its fonts
};

// full: file:line:column, severity, code, message, the source line underlined, hints. brief: the first line alone.
// json: one object on one line (RFC 8259). sarif: one result of SARIF 2.1.0, for the list of a run.
enum class Format : std::uint8_t { full, brief, json, sarif };

// What a source document is written in.
enum class Syntax : std::uint8_t { xml, json, markdown };

}  // namespace epitome::diag
