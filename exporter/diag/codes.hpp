// The one list of diagnostic codes. A code is never used twice and never reused.
#pragma once

#include <cstdint>
#include <string_view>

#include "diag/kinds.hpp"

namespace epitome::diag {

// Rules for any EPUB: preflight/rules.cpp says more of each, source/epub-rules.md lists them.
#define EPITOME_RULES(X)                                                                       \
  X(E1001, input, "an EPUB doesn't begin with its media type")                                 \
  X(E1002, input, "a file's name is not allowed in an EPUB")                                   \
  X(W1003, input, "a file's name has characters that not every reader takes")                  \
  X(E1004, input, "a path leads out of the EPUB")                                              \
  X(W1005, input, "a file is not in the manifest")                                             \
  X(E1006, input, "a file that the book needs is not there")                                   \
  X(W1007, input, "an EPUB is too large to be sent to a Kindle")                               \
  X(W1008, input, "a document is too large for old readers")                                   \
  X(E1009, input, "a resource is fetched from elsewhere")                                      \
  X(E1010, input, "a title, a language or an identifier is missing")                           \
  X(E1011, input, "a language tag is not valid in an EPUB")                                    \
  X(E1012, input, "the time of the last change is missing")                                    \
  X(W1013, input, "an identifier is no UUID though it says so")                                \
  X(E1014, input, "the spine is not right")                                                    \
  X(E1015, input, "an item stands in the manifest twice")                                      \
  X(W1016, input, "a book that is read from right to left turns its pages from left to right") \
  X(W1017, input, "metadata of accessibility is missing")                                      \
  X(W1018, input, "what is said of hazards contradicts itself")                                \
  X(W1019, input, "a page list doesn't say whose pages it lists")                              \
  X(E1020, input, "a file is of another kind than the manifest says")                          \
  X(E1021, input, "an item doesn't say what its document needs")                               \
  X(W1022, input, "no cover is declared")                                                      \
  X(W1023, input, "a cover is declared in one way alone")                                      \
  X(W1024, input, "a cover has few pixels")                                                    \
  X(W1025, input, "a cover is wider than high")                                                \
  X(W1026, input, "a picture's colours are not RGB")                                           \
  X(W1027, input, "a picture is of a kind that not every reader shows")                        \
  X(W1028, input, "a picture has too many pixels")                                             \
  X(W1029, input, "a document's pictures are too large together")                              \
  X(W1030, input, "a picture vanishes on a dark page")                                         \
  X(W1031, input, "a cover's page holds other things")                                         \
  X(E1032, input, "there is no table of contents")                                             \
  X(E1033, input, "an entry of the contents has no text")                                      \
  X(W1034, input, "the contents are in another order than the book")                           \
  X(W1035, input, "old readers find no contents")                                              \
  X(W1036, input, "the NCX is in another order than the book")                                 \
  X(W1037, input, "the NCX has another number of pages than it says")                          \
  X(W1038, input, "readers don't know where cover and contents are")                           \
  X(W1039, input, "old readers show hidden lists as a page")                                   \
  X(W1040, input, "the contents are nested too deeply")                                        \
  X(W1041, input, "a page's label is not right")                                               \
  X(E1042, input, "a link leads to no file")                                                   \
  X(E1043, input, "a link leads to no place")                                                  \
  X(W1044, input, "a link opens as a pop-up")                                                  \
  X(W1045, input, "a note's id is no CSS selector")                                            \
  X(W1046, input, "no link leads back from a note")                                            \
  X(W1047, input, "a note's type doesn't stand where its id does")                             \
  X(W1048, input, "a sign is not in Kobo's fonts")                                             \
  X(W1049, input, "an element's type has no role beside it")                                   \
  X(E1050, input, "a document can't be read")                                                  \
  X(W1051, input, "a document doesn't say how its characters are encoded")                     \
  X(E1052, input, "a document uses an entity that is not defined")                             \
  X(E1053, input, "an id is not right")                                                        \
  X(W1054, input, "an element that is not empty by nature closes itself")                      \
  X(W1055, input, "a document doesn't say its language")                                       \
  X(W1056, input, "a document of a script from right to left doesn't say its direction")       \
  X(W1057, input, "a document has no title")                                                   \
  X(W1058, input, "documents have the same title")                                             \
  X(W1059, input, "a document is empty")                                                       \
  X(W1060, input, "a level of headings is skipped")                                            \
  X(W1061, input, "a picture has no alternative text")                                         \
  X(W1062, input, "an alternative text is a file's name")                                      \
  X(W1063, input, "a document has a script")                                                   \
  X(W1064, input, "a paragraph stands in a paragraph")                                         \
  X(W1065, input, "a table is too wide for small screens")                                     \
  X(W1066, input, "a page's mark before the first block can leave a blank page")               \
  X(W1067, input, "styles stand in the text")                                                  \
  X(E1068, input, "a fixed page has no size")                                                  \
  X(W1069, input, "old readers don't set an element as a block")                               \
  X(W1070, input, "a style sheet depends on the window's size")                                \
  X(W1071, input, "a style sheet has a function that old readers drop it for")                 \
  X(W1072, input, "a shorthand has a unit that old readers fail at")                           \
  X(W1073, input, "an empty @media keeps a book from opening")                                 \
  X(W1074, input, "text has a fixed position")                                                 \
  X(W1075, input, "a negative value can cut text off")                                         \
  X(W1076, input, "readers can't change the size of the text")                                 \
  X(W1077, input, "a distance of lines doesn't grow with the text")                            \
  X(W1078, input, "the colour of the running text is fixed")                                   \
  X(W1079, input, "a ground has a colour, its text has none")                                  \
  X(W1080, input, "a page break is asked of a section")                                        \
  X(W1081, input, "margins grow with the text until nothing is left of the line")              \
  X(W1082, input, "punctuation that hangs is not shown")                                       \
  X(W1083, input, "text is slanted in a script that has no italic")                            \
  X(W1084, input, "letters are spaced in a script that joins them")                            \
  X(W1085, input, "an indent stands on the wrong side for the book's direction")               \
  X(E1086, input, "a narration's length is missing")                                           \
  X(W1087, input, "a sound is of a kind that some readers don't play")

// Ranges: 01xx bytes and well-formedness · 02xx vocabulary · 03xx images and files · 04xx text and
// typography · 05xx layouts, languages, fonts · 06xx typesetting · 07xx writing files · 08xx comparing files ·
// 09xx ours · 10xx rules for any EPUB.
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
  X(E0110, input, "the input is not well-formed JSON")                   \
  X(E0111, input, "the front matter is not well-formed YAML")            \
  X(E0112, input, "a heading says nothing of what follows")              \
  X(W0113, input, "Markdown that the vocabulary has no element for")     \
  X(N0114, input, "a guess at what a source says")                       \
  X(W0115, input, "what a source doesn't say and a document needs")      \
  X(W0116, input, "JSON that is not strict, mended")                     \
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
  X(E0214, input, "a value is of another kind than is due")              \
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
  X(W0411, input, "a word stands twice")                                 \
  X(W0412, input, "characters are lost or garbled")                      \
  X(W0413, input, "a character that nobody sees, or an accent alone")    \
  X(W0414, input, "markup of another kind is left in the text")          \
  X(W0415, input, "a place was not filled in")                           \
  X(W0416, input, "a machine speaks of itself")                          \
  X(W0417, input, "marks that don't belong together")                    \
  X(W0418, input, "a space is missing or too many")                      \
  X(W0419, input, "a hyphen joins two clauses")                          \
  X(W0420, input, "another sign stands for the degree")                  \
  X(W0421, input, "marks without a partner")                             \
  X(W0422, input, "a text stands twice")                                 \
  X(W0423, input, "a question without its mark")                         \
  X(W0424, input, "a description says what it is, not what is seen")     \
  X(W0425, input, "a paragraph without an end")                          \
  X(W0426, input, "a name may be misspelt")                              \
  X(W0427, input, "words or letters of another language")                \
  X(W0428, input, "a name that the document doesn't know")               \
  X(W0429, input, "an answer to another question")                       \
  X(W0430, input, "a text is long for its place")                        \
  X(N0431, input, "a quotation is in the book, word for word")           \
  X(W0432, input, "a quotation differs from the book")                   \
  X(W0433, input, "a quotation is not in the book")                      \
  X(N0434, input, "how many quotations are in the book")                 \
  X(W0435, input, "nothing is told that would be ignored")               \
  X(E0436, input, "what should be ignored can't be read")                \
  X(W0437, input, "a word that the dictionary doesn't have")             \
  X(N0438, input, "a language without a dictionary")                     \
  X(E0439, input, "epitome.toml is not right")                           \
  X(E0501, input, "a layout can't be read")                              \
  X(E0502, input, "a language is not known")                             \
  X(E0503, ours, "a font is not found")                                  \
  X(W0504, ours, "a font's file is not the one that the manifest names") \
  X(E0505, ours, "a language's file can't be read")                      \
  X(E0506, input, "a layout names a font that the manifest has not")     \
  X(E0507, ours, "hyphenation patterns are missing")                     \
  X(W0508, input, "a language has no file of its own")                   \
  X(N0509, ours, "a language's labels are a draft")                      \
  X(E0510, ours, "the rules for check can't be read")                    \
  X(E0601, input, "a character has no glyph")                            \
  X(W0602, input, "a line is overfull")                                  \
  X(W0603, input, "page numbers did not settle")                         \
  X(W0604, input, "a piece does not fit its page")                       \
  X(W0605, input, "a mark stands too far from its letter")               \
  X(E0606, input, "a face has too many glyphs")                          \
  X(W0607, input, "boxes overlap or leave their place")                  \
  X(W0609, input, "a character was replaced")                            \
  X(E0701, output, "a file can't be written")                            \
  X(W0702, input, "Kindle may refuse the file")                          \
  X(E0703, input, "there are no memory cues")                            \
  X(E0704, input, "a sentence is not spoken")                            \
  X(E0705, input, "a recording can't be used")                           \
  X(E0706, input, "a label of a recording is not right")                 \
  X(W0707, input, "a recording lacks sentences")                         \
  X(E0708, input, "the summary in brief does not fit")                   \
  X(E0801, input, "a PDF can't be read")                                 \
  X(E0802, input, "an EPUB can't be read")                               \
  X(E0803, input, "text stands outside of the structure or its page")    \
  X(E0804, input, "two files differ")                                    \
  X(E0805, input, "a part stands in one file only")                      \
  X(E0901, ours, "a fault of the program's own")                         \
  X(E0902, ours, "the program's data is not found")                      \
  X(E0903, ours, "memory ran out")                                       \
  EPITOME_RULES(X)

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
// What diagnostics of that code have in common.
std::string_view summary_of(Code code);

}  // namespace epitome::diag
