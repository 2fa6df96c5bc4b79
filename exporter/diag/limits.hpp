// The one list of limits: what lies beyond one is refused or told with the code that stands beside it, never guessed
// at. A limit has its reason; source/reference.md lists those that an editor can meet.
#pragma once

#include <cstddef>
#include <cstdint>

namespace epitome::limits {

// ---- bytes: E0105, E0109

// A summary of 10,000 words is about 100 kB: what is many times larger is another file, or holds pictures.
inline constexpr std::size_t input_bytes = std::size_t{16} << 20;
// The deepest sensible nesting (a table cell's footnote in a list in a list) is below 20. The bound keeps every
// recursion over elements and over the model within a small stack.
inline constexpr unsigned nesting = 64;
// Elements and attributes together, and what parts text into more nodes; a long book has 50,000. The bound keeps the
// tree of a file of nothing but tags small: what is refused takes at most 64 MB.
inline constexpr std::size_t nodes = 200'000;
// Characters that may be signs of Markdown: each is kept until what it belongs to is known, in fifty bytes. With as
// many elements as a document may have there are not half as many.
inline constexpr std::size_t markdown_signs = 2'000'000;
// Each is compared with all before it; no element has ten. E0102: a quotation mark is missing.
inline constexpr std::size_t attributes = 64;

// A file of a layout: its settings, a style sheet. The largest sheet of ours has 20 kB. The code is the layout's
// (E0501).
inline constexpr std::size_t layout_file_bytes = std::size_t{1} << 20;

// The YAML at the head of a Markdown document holds the work and the edition. E0111.
inline constexpr std::size_t front_matter = std::size_t{64} << 10;

// An EPUB that is checked: more than any book's file.
inline constexpr std::size_t epub_bytes = std::size_t{1} << 30;

// ---- lengths in characters, white space collapsed: E0108

// Titles, names and all other values of the work and the edition; headings, terms and other lines that a summary's
// parts put above or beside their text. The longest titles of the 17th century have 400.
inline constexpr std::size_t name = 1000;
// What is said of a picture, in its alternative text or its caption, of a licence, or as a fact about the work.
inline constexpr std::size_t description = 5000;
// A word, in scripts that part words: what has no place to break costs 200 bytes a character. Chemists write names of
// hundreds of letters, addresses are shorter.
inline constexpr std::size_t word = 10'000;
// An address; browsers take 2,000 at least.
inline constexpr std::size_t address = 5000;

// ---- numbers: E0109

// Contributors, subjects, awards, facts and other editions, of each.
inline constexpr std::size_t metadata = 500;
// Names inside names: a heading whose reference shows a heading whose reference shows another.
inline constexpr int names_in_names = 8;
// Characters that references without words of their own put into the document: two long books' worth.
inline constexpr std::size_t put_in = 1'000'000;

// ---- images: E0304, W0306

// Pixels of a picture, and its bytes when unpacked: what is read row by row costs time only.
inline constexpr std::uint64_t image_pixels = 64'000'000;
inline constexpr std::uint64_t image_unpacked = 256u << 20;
// libpng reads no longer side.
inline constexpr std::uint32_t image_side = 1'000'000;
// Bytes of a picture that must be whole in memory: one that is interlaced or to be set upright. A photo of 24
// megapixels taken on its side has room.
inline constexpr std::uint64_t image_whole = 96u << 20;
// Bytes of a progressive JPEG's coefficients: only with all of them is it known whether the file is damaged, and what
// is refused shall not take 64 MB.
inline constexpr std::uint64_t image_coefficients = 48u << 20;
// An unpacked colour profile: sRGB's have a few kilobytes, printers' two or three megabytes.
inline constexpr std::size_t image_profile = 1u << 20;
// Passes of a progressive JPEG: a file may ask for any number, none needs so many.
inline constexpr int image_scans = 200;

// ---- diagnostics

// Of one code: nobody reads more. The next one says how many more there are.
inline constexpr std::size_t told = 100;

}  // namespace epitome::limits
