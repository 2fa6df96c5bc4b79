// The one list of diagnostic codes. A code is never used twice and never reused.
#pragma once

#include <cstdint>
#include <string_view>

namespace epitome::diag {

// Ranges: 01xx bytes and well-formedness · 02xx vocabulary · 03xx images and files · 04xx text and
// typography · 05xx layouts, languages, fonts · 06xx typesetting · 07xx writing files · 08xx comparing files ·
// 09xx ours.
// Numbers start with E (error) or W (warning): the severity belongs to the code.
#define EPITOME_CODES(X)                                           \
  X(E0101, "the input is not UTF-8")                               \
  X(E0102, "the input is not well-formed XML")                     \
  X(W0103, "the input starts with a byte order mark")              \
  X(E0104, "a control character is not allowed")                   \
  X(E0105, "the input is too large or nested too deeply")          \
  X(E0106, "the input can't be read")                              \
  X(E0107, "a document type declaration is not allowed")           \
  X(E0108, "a text is too long")                                   \
  X(E0109, "there are too many of something")                      \
  X(E0201, "an element is not allowed here")                       \
  X(E0202, "an element is missing")                                \
  X(E0203, "an attribute is not allowed here")                     \
  X(E0204, "an attribute is missing")                              \
  X(E0205, "a value is not valid")                                 \
  X(E0206, "text is not allowed here")                             \
  X(E0207, "an element is empty")                                  \
  X(E0208, "an answer has no question, or a question no answer")   \
  X(E0209, "an id is used twice")                                  \
  X(E0210, "a reference names no id")                              \
  X(E0211, "a language tag is not valid")                          \
  X(E0212, "an element appears twice")                             \
  X(E0213, "a table's rows differ in width")                       \
  X(E0301, "an image is not found")                                \
  X(E0302, "an image can't be read")                               \
  X(E0303, "an image's format is not supported")                   \
  X(E0304, "an image is too large")                                \
  X(E0305, "a path leads outside the document's folder")           \
  X(W0306, "an image's colours are not sRGB")                      \
  X(W0307, "a cover is not what shops take")                       \
  X(W0401, "an article is doubled")                                \
  X(W0402, "straight quotation marks")                             \
  X(W0403, "a hyphen stands for a dash")                           \
  X(W0404, "three full stops stand for an ellipsis")               \
  X(W0405, "a title begins with an article")                       \
  X(E0501, "a layout can't be read")                               \
  X(E0502, "a language is not known")                              \
  X(E0503, "a font is not found")                                  \
  X(W0504, "a font's file is not the one that the manifest names") \
  X(E0505, "a language's file can't be read")                      \
  X(E0506, "a layout names a font that the manifest has not")      \
  X(E0507, "hyphenation patterns are missing")                     \
  X(E0601, "a character has no glyph")                             \
  X(W0602, "a line is overfull")                                   \
  X(W0603, "page numbers did not settle")                          \
  X(W0604, "a piece does not fit its page")                        \
  X(W0605, "a mark stands too far from its letter")                \
  X(E0606, "a face has too many glyphs")                           \
  X(W0607, "boxes overlap or leave their place")                   \
  X(W0609, "a character was replaced")                             \
  X(E0701, "a file can't be written")                              \
  X(E0801, "a PDF can't be read")                                  \
  X(E0802, "an EPUB can't be read")                                \
  X(E0803, "text stands outside of the structure or its page")     \
  X(E0804, "two files differ")                                     \
  X(E0805, "a part stands in one file only")                       \
  X(E0901, "a fault of the program's own")                         \
  X(E0902, "the program's data is not found")                      \
  X(E0903, "memory ran out")

enum class Code : std::uint16_t {
#define X(name, summary) name,
  EPITOME_CODES(X)
#undef X
};

// "E0301".
std::string_view code_name(Code code);

}  // namespace epitome::diag
