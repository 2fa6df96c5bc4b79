// The one list of diagnostic codes. A code is never used twice and never reused.
#pragma once

#include <cstdint>
#include <string_view>

#include "diag/kinds.hpp"

namespace epitome::diag {

// Ranges: 01xx bytes and well-formedness · 02xx vocabulary · 03xx images and files · 04xx text and
// typography · 05xx layouts, languages, fonts · 06xx typesetting · 07xx writing files · 08xx comparing files ·
// 09xx ours.
// Numbers start with E (error) or W (warning): the severity belongs to the code, and so does the category.
#define EPITOME_CODES(X)                                                 \
  X(E0101, input, "the input is not UTF-8")                              \
  X(E0102, input, "the input is not well-formed XML")                    \
  X(W0103, input, "the input starts with a byte order mark")             \
  X(E0104, input, "a control character is not allowed")                  \
  X(E0105, input, "the input is too large or nested too deeply")         \
  X(E0106, input, "the input can't be read")                             \
  X(E0107, input, "a document type declaration is not allowed")          \
  X(E0108, input, "a text is too long")                                  \
  X(E0109, input, "there are too many of something")                     \
  X(E0201, input, "an element is not allowed here")                      \
  X(E0202, input, "an element is missing")                               \
  X(E0203, input, "an attribute is not allowed here")                    \
  X(E0204, input, "an attribute is missing")                             \
  X(E0205, input, "a value is not valid")                                \
  X(E0206, input, "text is not allowed here")                            \
  X(E0207, input, "an element is empty")                                 \
  X(E0208, input, "an answer has no question, or a question no answer")  \
  X(E0209, input, "an id is used twice")                                 \
  X(E0210, input, "a reference names no id")                             \
  X(E0211, input, "a language tag is not valid")                         \
  X(E0212, input, "an element appears twice")                            \
  X(E0213, input, "a table's rows differ in width")                      \
  X(E0301, input, "an image is not found")                               \
  X(E0302, input, "an image can't be read")                              \
  X(E0303, input, "an image's format is not supported")                  \
  X(E0304, input, "an image is too large")                               \
  X(E0305, input, "a path leads outside the document's folder")          \
  X(W0306, input, "an image's colours are not sRGB")                     \
  X(W0307, input, "a cover is not what shops take")                      \
  X(W0401, input, "an article is doubled")                               \
  X(W0402, input, "straight quotation marks")                            \
  X(W0403, input, "a hyphen stands for a dash")                          \
  X(W0404, input, "three full stops stand for an ellipsis")              \
  X(W0405, input, "a title begins with an article")                      \
  X(E0501, input, "a layout can't be read")                              \
  X(E0502, input, "a language is not known")                             \
  X(E0503, ours, "a font is not found")                                  \
  X(W0504, ours, "a font's file is not the one that the manifest names") \
  X(E0505, ours, "a language's file can't be read")                      \
  X(E0506, input, "a layout names a font that the manifest has not")     \
  X(E0507, ours, "hyphenation patterns are missing")                     \
  X(E0601, input, "a character has no glyph")                            \
  X(W0602, input, "a line is overfull")                                  \
  X(W0603, input, "page numbers did not settle")                         \
  X(W0604, input, "a piece does not fit its page")                       \
  X(W0605, input, "a mark stands too far from its letter")               \
  X(E0606, input, "a face has too many glyphs")                          \
  X(W0607, input, "boxes overlap or leave their place")                  \
  X(W0609, input, "a character was replaced")                            \
  X(E0701, output, "a file can't be written")                            \
  X(E0801, input, "a PDF can't be read")                                 \
  X(E0802, input, "an EPUB can't be read")                               \
  X(E0803, input, "text stands outside of the structure or its page")    \
  X(E0804, input, "two files differ")                                    \
  X(E0805, input, "a part stands in one file only")                      \
  X(E0901, ours, "a fault of the program's own")                         \
  X(E0902, ours, "the program's data is not found")                      \
  X(E0903, ours, "memory ran out")

enum class Code : std::uint16_t {
#define X(name, category, summary) name,
  EPITOME_CODES(X)
#undef X
};

// "E0301".
std::string_view code_name(Code code);
Severity severity_of(Code code);
// Whose fault a diagnostic of that code is.
Category category_of(Code code);

}  // namespace epitome::diag
