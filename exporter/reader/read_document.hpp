// From the bytes of a source document to a Document.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "diag/diagnostic.hpp"
#include "diag/source_texts.hpp"
#include "model/document.hpp"

namespace epitome::reader {

// Tree and model together take about thirty bytes of memory for each byte of the source; what is refused takes no more
// than the tree. A whole export takes less than sixty for each byte of running text, most of it the glyphs of lines,
// and up to 100 MB besides for the pages that are being chosen among (tests/growth).

using diag::Syntax;

struct SyntaxName {
  Syntax syntax;
  std::string_view name, ending;  // "json", ".json"
};
std::span<const SyntaxName> syntaxes();

// Whether a file's name says that it is plain text, of which convert() makes a document as of Markdown.
bool is_plain_text(std::string_view file_name);

// By the ending of a file's name; XML if it is none of ours.
Syntax syntax_of(std::string_view file_name);

// Reads `source` as source/summary.rnc and source/reference.md say. All faults that can be found are
// reported to `sink` in the order of their places; nothing is returned if one of them is an error.
// No file is opened: a path is checked for its form, not for what it names.
std::optional<model::Document> read_document(const diag::SourceText& source, diag::Sink& sink,
                                             Syntax syntax = Syntax::xml);

// The same document in another syntax, or the same one written as the program writes it; nothing after an error. Of
// Markdown without front matter of ours, and of plain text, a document is made by guesses, which are told.
std::optional<std::string> convert(const diag::SourceText& source, Syntax from, Syntax to, diag::Sink& sink);

// What names the place of an offset in a source, where its syntax has such a thing (JSON: RFC 6901's pointer); a null
// function where it has none.
std::function<std::string(std::uint32_t)> pointers(const diag::SourceText& source, Syntax syntax);

// The texts of a source that read_document() reads without an error; it is read again when they are asked for.
// `source` must outlive what is returned.
diag::SourceTexts source_texts(const diag::SourceText& source, Syntax syntax = Syntax::xml);

}  // namespace epitome::reader
