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
  std::int64_t letters = 0;  // one em for each letter that letter-spacing may part from the next in its word
  std::int64_t glyphs = 0;   // natural width of what may be scaled: letters and signs of scripts that stand apart
  friend Measure operator-(Measure a, Measure b) {
    return {a.width - b.width, a.spaces - b.spaces, a.letters - b.letters, a.glyphs - b.glyphs};
  }
};

enum class BreakKind : std::uint8_t {
  plain,   // at a space or between characters
  hyphen,  // a hyphen is added or stands there
  forced,  // a line must end here
  end,     // of the paragraph
};

// What a line's end does to the sense of a balanced text, a title.
enum class Sense : std::uint8_t {
  plain,
  phrase_end,  // after a comma, colon or dash
  mid_phrase,  // after a short word that leads to the next: an article, a preposition, "and"
};

// A place where a line may end; the last of a paragraph is of kind end.
struct Candidate {
  Measure before;               // of the text before it, as the end of a line: without the spaces that hang there
  Measure after;                // of the text before the next line's begin
  std::int64_t end_extra = 0;   // an added hyphen's width, less what hangs beyond the measure
  std::int64_t start_hang = 0;  // what hangs before the next line's begin
  BreakKind kind = BreakKind::plain;
  bool barred = false;  // no line may end here: see set_best
  Sense sense = Sense::plain;
  bool avoid = false;      // a hyphen at Costs::avoided_hyphen: in a name, near the end
  bool near_edge = false;  // a hyphen two letters from its word's begin or end
  bool emergency = false;  // inside what is wider than a line, where no rule divides it
  bool in_address = false;
};

// The costs of a breaking, in squares of 1/1000 of the font's word space: a line costs the square of what its spaces
// differ from the font's, so that the sum over a book is what the spread of its word spaces is made of, and any other
// cost can be read as a line whose spaces are that much off (less, beyond `seen`). (Knuth and Plass's third power
// forgives small differences and leaves a larger spread: .176 instead of .155 on Frankenstein.)
struct Costs {
  // A space is seen as wide, or narrow, about a third off the others (tests/quality): from a little before that, or
  // from the layout's limits if those are wider, the square of what is more counts so many times besides.
  std::int64_t seen = 280, beyond = 70;
  // The same in what is asked for because a page has a fault otherwise (BreakOptions::wide): that fault is seen first.
  std::int64_t wide_beyond = 25;
  // The exchange of hyphens for evenness; both ends of it are in the table of tests/quality/README.md. A layout may ask
  // for more or fewer (BreakOptions::hyphen_price).
  std::int64_t hyphen = square(550);
  // A hyphen in a name or in the last two words, which page-design.md §2 forbids: only where a line would else stand
  // out.
  std::int64_t avoided_hyphen = square(650);
  // Two letters are little to know a word by, at either line's edge; two hyphens in a row are two dents in one place of
  // the margin: an eighth of a hyphen more for each.
  std::int64_t near_edge = square(200), two_hyphens = square(200);
  // Each in a row beyond the layout's limit: as bad as a line whose spaces are nearly three fifths wider.
  std::int64_t many_hyphens = square(2500);
  std::int64_t last_hyphen = square(150);  // before the last line (TeX's \finalhyphendemerits: half of two in a row)
  std::int64_t unlike_lines =
      square(60);                         // neighbours two or more fitness classes apart: a sixth of the space and more
  std::int64_t short_last = square(400);  // last line shorter than the layout's least: half of a hyphen
  std::int64_t one_word_last = square(450);  // last line of one word: two thirds
  // In a paragraph set longer for the page's sake, where nothing else helps: less than half of what a page costs that
  // is a line short (typeset::PageCosts), since the eye that turns the page sees that first.
  std::int64_t asked_short_last = square(3000);
  // A last line that is the end of a divided word and nothing else: as bad as a line whose spaces are three quarters
  // wider.
  std::int64_t fragment = square(4000);
  std::int64_t emergency = square(6000);  // more than any hyphen, or a line that ends half empty beside an address
  // A ragged line's cost is the square of its shortfall in 1/1000 of the measure; a hyphen costs as much as a
  // shortfall of 150/1000: ten characters of a 66-character line.
  std::int64_t ragged_hyphen = square(150);
  std::int64_t ragged_last_hyphen = square(400);  // before the last line
  std::int64_t ragged_short_last = square(300), ragged_one_word_last = square(300);
  // An address goes on to a line of its own that holds it, unless that leaves half of the line before.
  std::int64_t ragged_in_address = square(500);
  // Of a justified line that ends short beside an address, a part of the measure counts as so many times that part of a
  // space.
  std::int64_t short_beside_address = 4;
  // In balanced text, in the same unit: an end that is no phrase's, and one that parts a small word from what it leads
  // to. Two lines may differ by a third and by half of the measure for it: lines of a title are read as phrases.
  std::int64_t balanced_plain = square(320);
  std::int64_t balanced_mid_phrase = square(450);
  // The largest difference that counts; an overfull line costs its square and its excess. Squares of a whole book's
  // lines fit 63 bits.
  std::int64_t most_difference = 1'000'000;

  static constexpr std::int64_t square(std::int64_t n) { return n * n; }
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

// Addresses up to a candidate: of those that begin there or before, and that end there or before, how many.
struct CandidateAddresses {
  std::uint32_t begun = 0, ended = 0;
};

struct BreakOptions {
  std::span<const CandidateGlue> glue;            // one a candidate, or empty
  std::span<const CandidateAddresses> addresses;  // likewise
  std::int64_t first_measure = 0, measure = 0;    // of the first line and of the others
  bool justified = true;
  // Limits in 1/1000 of the natural space and of an em; see style::Justification.
  std::int64_t space_min = 1000, space_ideal = 1000, space_max = 1000;
  std::int64_t letter_min = 0, letter_max = 0, scale_min = 1000, scale_max = 1000;
  std::int64_t edge = 0;             // the most by which a line may end before or beyond its measure
  std::int64_t hyphen_price = 1000;  // of Costs::hyphen and avoided_hyphen, 1/1000
  int max_consecutive_hyphens = 2;
  std::int64_t last_line_min = 0;
  bool kashida = false;  // joins of letters take a part of what the spaces of the chosen lines would
  bool balance = false;  // ragged only: the fewest lines, of about equal length
  int lines = 0;         // that the breaking must have; 0: as many as are best
  // A page asks for `lines`, which are not the best number: the paragraph's last line is as long at least, so that it
  // doesn't show it. 0: nothing is asked.
  std::int64_t asked_last_min = 0;
  bool wide = false;                    // with `lines`: spaces may also differ by `wide_difference`
  std::int64_t wide_difference = 1500;  // as Fit::difference; with `lines` the most in any case
  std::int64_t most_hang = 0;           // no line end hangs further
  Costs costs;
};

// How the width that a line lacks (negative: has too much) is shared by its spaces, its letters and its glue, raw
// length; what is left where it is, so that the line ends so far before (beyond) its measure.
struct Shares {
  std::int64_t spaces = 0, letters = 0, gaps = 0, edge = 0;
};

// Spaces, letters and glue change in proportion and reach the layout's limits together: for given spreads of letters
// and line ends no other way of sharing leaves the spaces' spread smaller. The line's end is seen least, so it reaches
// its own limit, `edge`, at two thirds of the way. Beyond the limits only spaces and glue change, or the letters of a
// line that has neither.
Shares share(std::int64_t missing, Measure m, Glue glue, const BreakOptions& options, std::int64_t edge);

// What a line of that measure can give up at most, raw length: 0 in ragged setting.
std::int64_t most_shrink(Measure m, Glue glue, const BreakOptions& options);

// How a line is fitted to its measure.
struct Fit {
  std::int64_t natural = 0;  // width with nothing stretched, hanging parts not counted
  // Of its spaces from the font's, in 1/1000; 0 in last and ragged lines that fit.
  std::int64_t difference = 0;
  std::int64_t cost = 0;  // of a ragged line: the square of its shortfall
  int fitness = 2;        // 0 very loose, 1 loose, 2 decent, 3 tight
  bool overfull = false;
  bool one_word = false;
  std::int64_t dropped = 0;  // of CandidateGlue::drops; not in `natural`
};

// Whether a line that ends there and lacks so much is set to the full measure: all but last lines, and of those the
// ones that nearly reach it, which would look like a fault (a fiftieth: about half an em of the usual measure).
bool is_full(const Candidate& end, std::int64_t missing, std::int64_t measure, const BreakOptions& options);

// What of `missing` a full line takes up: all of it; but one that holds an address, or that one begins after, only what
// its spaces and letters can at their limits: the rest is white at its end.
std::int64_t taken_up(std::int64_t missing, Measure m, Glue glue, int from, int to, const BreakOptions& options);

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
  std::int64_t most_difference = 500;  // of Fit
  bool ragged_avoided = false;         // ragged lines may end in hyphens that are to be avoided
};
// No line above one and a half times the wanted space and no ragged one that divides a name; anything but an overfull
// line.
inline constexpr Pass passes[] = {{500, false}, {std::numeric_limits<std::int64_t>::max(), true}};

// Demerits of a line that ends at `to`, by itself and against the line before it (`first`: there is none); sets
// `after`. Less than 0: the pass does not allow the line.
std::int64_t line_demerits(const Fit& fit, const Candidate& to, LineState before, bool first, const Pass& pass,
                           const BreakOptions& options, LineState& after);

struct Breaking {
  std::vector<std::uint32_t> ends;  // candidates at which the lines end; empty: impossible
  std::int64_t demerits = 0;
  int pass = 0;  // index of the pass that found it
};

// The breaking of least demerits. There always is one unless a number of lines is asked for.
Breaking total_fit(std::span<const Candidate> candidates, std::int64_t first_hang, const BreakOptions& options);

// The same in one pass alone, of so many lines (0: any number) and only if it costs less than `bound`, else empty: much
// faster where the bound is near.
Breaking fit_within(std::span<const Candidate> candidates, std::int64_t first_hang, const BreakOptions& options,
                    int pass, int lines, std::int64_t bound);

}  // namespace epitome::text
