// Where a paragraph's lines end: the total fit of Knuth and Plass (Breaking Paragraphs into Lines, Software:
// Practice and Experience 11, 1981) over candidates that carry sums from the paragraph's begin, so that a line's
// measures are a difference of two. Integers only.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace epitome::text {

// Sums over text, raw lengths.
struct Measure {
  std::int64_t width = 0;    // natural
  std::int64_t spaces = 0;   // natural width of the spaces that may stretch, out of `width`
  std::int64_t letters = 0;  // one em for each letter that letter-spacing may part from the next
  friend Measure operator-(Measure a, Measure b) {
    return {a.width - b.width, a.spaces - b.spaces, a.letters - b.letters};
  }
};

enum class BreakKind : std::uint8_t {
  plain,   // at a space or between characters
  hyphen,  // a hyphen is added or stands there
  forced,  // a line must end here
  end,     // of the paragraph
};

// A place where a line may end; the last of a paragraph is of kind end.
struct Candidate {
  Measure before;               // of the text before it, as the end of a line: without the spaces that hang there
  Measure after;                // of the text before the next line's begin
  std::int64_t end_extra = 0;   // an added hyphen's width, less what hangs beyond the measure
  std::int64_t start_hang = 0;  // what hangs before the next line's begin
  BreakKind kind = BreakKind::plain;
  bool avoid = false;  // a hyphen where none should stand unless nothing else fits
};

// The costs of a breaking. Badness is 100 for a line at the layout's limits and grows with the third power (Knuth and
// Plass, p. 1128); demerits are (line + badness)² + penalty² + those of pairs of lines. All numbers without another
// origin are plain TeX's (The TeXbook, appendix B).
struct Costs {
  std::int64_t line = 10;  // \linepenalty: fewer lines, all else equal
  // TeX has 50; on Frankenstein (measure of the book layout) 200 leaves 6.4 hyphens a hundred lines instead of 9.9 for
  // a spread of word spaces of .176 instead of .172.
  std::int64_t hyphen = 200;
  std::int64_t avoided_hyphen = 1000;  // near a paragraph's end; five times the above: only against overfull lines
  std::int64_t two_hyphens = 10'000;   // \doublehyphendemerits
  // Before the last line, which page-design.md §2 forbids (TeX: 5000): as a line at nearly five times its limits.
  std::int64_t last_hyphen = 100'000'000;
  std::int64_t unlike_lines = 10'000;     // \adjdemerits: neighbours two or more fitness classes apart
  std::int64_t short_last = 1'000'000;    // last line shorter than the layout's least; a rule of the layout
  std::int64_t many_hyphens = 4'000'000;  // each hyphen in a row beyond the limit, in the emergency pass
  // A ragged line's cost is the square of its shortfall in 1/1000 of the measure; a hyphen costs as much as a
  // shortfall of 150/1000: ten characters of a 66-character line.
  std::int64_t ragged_hyphen = std::int64_t{150} * 150;
  std::int64_t ragged_short_last = std::int64_t{300} * 300;
  // The largest badness that counts; an overfull line costs this and its excess. Squares of a whole book's lines fit
  // 63 bits.
  std::int64_t most_badness = 1'000'000;
};

// Glue besides spaces and letters, between the characters of Chinese and Japanese: sums at a candidate, raw lengths.
struct Glue {
  std::int64_t stretch = 0, shrink = 0;  // at the limits
};
struct CandidateGlue {
  Glue before, after;  // as Candidate::before and after
  // What a line that ends here can do without at its end, ascending, whichever fits best: the blank half of its last
  // mark, or the whole of a mark that hangs. 0: nothing.
  std::int64_t drops[2] = {0, 0};
};

struct BreakOptions {
  std::span<const CandidateGlue> glue;          // one a candidate, or empty
  std::int64_t first_measure = 0, measure = 0;  // of the first line and of the others
  bool justified = true;
  // Limits in 1/1000 of the natural space and of an em; see style::Justification.
  std::int64_t space_min = 1000, space_max = 1000, letter_min = 0, letter_max = 0;
  int max_consecutive_hyphens = 2;
  std::int64_t last_line_min = 0;
  bool balance = false;        // ragged only: the fewest lines, of about equal length
  int extra_lines = 0;         // more or fewer than the best has
  std::int64_t most_hang = 0;  // no line end hangs further
  Costs costs;
};

// How a line is fitted to its measure.
struct Fit {
  std::int64_t natural = 0;  // width with nothing stretched, hanging parts not counted
  // What must be added (or taken away, negative) over what can be within the limits, in 1/1000; 0 in last and ragged
  // lines that fit.
  std::int64_t ratio = 0;
  std::int64_t badness = 0;  // of a ragged line: the square of its shortfall
  int fitness = 2;           // TeX's classes: 0 very loose, 1 loose, 2 decent, 3 tight
  bool overfull = false;
  std::int64_t dropped = 0;  // of CandidateGlue::drops; not in `natural`
};

// The line from after candidate `from` (or the paragraph's begin: -1, with `first_hang`) to candidate `to`.
Fit fit_line(std::span<const Candidate> candidates, std::int64_t first_hang, int from, int to,
             const BreakOptions& options);

// What a line tells the next one.
struct LineState {
  int fitness = 2;
  int hyphens = 0;  // in a row, up to this line's end
};
// What a breaking may do: each pass allows more than the one before, and the first that has a solution is taken.
struct Pass {
  std::int64_t most_ratio = 1000;  // of Fit
  bool all_hyphens = false;        // also those to be avoided and those in too long a row
};
// The layout's limits; half as much again, so that hyphens keep their rules; anything but an overfull line.
inline constexpr Pass passes[] = {{1000, false}, {1500, false}, {std::numeric_limits<std::int64_t>::max(), true}};

// Demerits of a line that ends at `to`, by itself and against the line before it (`first`: there is none); sets
// `after`. Less than 0: the pass does not allow the line.
std::int64_t line_demerits(const Fit& fit, const Candidate& to, LineState before, bool first, const Pass& pass,
                           const BreakOptions& options, LineState& after);

struct Breaking {
  std::vector<std::uint32_t> ends;  // candidates at which the lines end; empty: impossible
  std::int64_t demerits = 0;
  int pass = 0;  // index of the pass that found it
};

// The breaking of least demerits. Without extra_lines there always is one.
Breaking total_fit(std::span<const Candidate> candidates, std::int64_t first_hang, const BreakOptions& options);

}  // namespace epitome::text
