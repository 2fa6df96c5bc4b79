// Diagnostics: one type for every stage, printed as a compiler prints.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diag/codes.hpp"
#include "diag/kinds.hpp"
#include "diag/limits.hpp"

namespace epitome::diag {

// A stretch of the original bytes of one input (byte offsets, BOM counted). {0, 0} means
// "the input as a whole".
struct Span {
  std::uint32_t offset = 0;
  std::uint32_t length = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

struct Diagnostic {
  Severity severity = Severity::error;
  Code code{};
  Span span;
  std::string message;
  std::vector<std::string> hints;
  std::string pointer =
      {};  // a JSON Pointer (RFC 6901) to the place, in a source of JSON; empty: the whole, or another
};

// Where the stages report to. A stage reports all it can find and returns nothing only if it
// reported an error. Not safe for use from two threads at once: give each thread its own.
class Sink {
 public:
  // Appends a diagnostic; the severity is the code's own (see codes.hpp). Of one code limits::told are kept; one more,
  // at the place of the first that is left out, says how many those are.
  void report(Code code, Span span, std::string message, std::vector<std::string> hints = {});
  // The same for `count` at once that the caller left out itself, the first of them at `span`.
  void tally(Severity severity, std::size_t by);
  void leave_out(Code code, Span span, std::size_t count);
  // Appends all of `other`'s diagnostics in their order.
  void append(const Sink& other);

  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }
  // Those that are left out count too.
  std::size_t error_count() const { return errors_; }
  std::size_t warning_count() const { return warnings_; }
  bool has_errors() const { return errors_ != 0; }

 private:
  // What is known of one code.
  struct Kind {
    Code code{};
    std::size_t told = 0, left_out = 0;
    std::size_t summary = 0;  // the place in diagnostics_ of the one that tells of those left out
  };
  Kind& kind(Code code);

  std::vector<Diagnostic> diagnostics_;
  std::vector<Kind> kinds_;
  std::size_t errors_ = 0;
  std::size_t warnings_ = 0;
};

// A line and column, both from 1; the column counts code points (an invalid byte counts as one).
struct Place {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

// One input's name and bytes, kept as they were read, so that places can be printed.
class SourceText {
 public:
  // `name` is printed before the place ("push.xml"; "<stdin>" for standard input).
  SourceText(std::string name, std::string bytes);
  const std::string& name() const { return name_; }
  const std::string& bytes() const { return bytes_; }
  // The place of a byte offset; an offset past the end gives the place after the last byte.
  Place place(std::uint32_t offset) const;
  // The byte offset of a place; past a line's end that of the end.
  std::uint32_t offset(Place place) const;
  // The bytes of line `line` (from 1) without its line end; empty past the last line.
  std::string_view line(std::uint32_t line) const;

 private:
  // The characters, an invalid byte counted as one, that begin before an offset.
  std::uint32_t characters_before(std::size_t offset) const;

  // Every so many bytes characters are counted, so that the place in a line as long as the input is found at once.
  static constexpr std::size_t stride = 4096;
  // The first character that begins at or behind a multiple of `stride`.
  struct Mark {
    std::uint32_t offset = 0, number = 0;
  };

  std::string name_;
  std::string bytes_;
  std::vector<Mark> marks_;
  std::vector<std::uint32_t> line_starts_;
};

// One diagnostic as text, ending in a newline.
std::string render(const Diagnostic& diagnostic, const SourceText& source, Format format);

// For a terminal: control characters, those that turn the line around, and what is no UTF-8 are shown by U+FFFD.
std::string visible(std::string_view text);

// A string literal of RFC 8259. The output is always UTF-8: bytes that are not become U+FFFD.
std::string json_string(std::string_view text);

// Columns that a character takes in a terminal: 0 for marks and invisible ones, 2 for wide ones (UAX #11).
std::size_t columns(char32_t c);

}  // namespace epitome::diag
