// The breaker against trying everything, and against breaking greedily.
#include "text/line_break.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <optional>

namespace epitome::text {
namespace {

// A generator of our own, so that cases are the same with every library (MINSTD, Park and Miller 1988).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed % 2147483646 + 1) {}
  std::int64_t below(std::int64_t n) {
    state_ = state_ * 48271 % 2147483647;
    return static_cast<std::int64_t>(state_) % n;
  }

 private:
  std::uint64_t state_;
};

constexpr std::int64_t space = 200, em = 1000;

// Words of 1 to 3 syllables, letters of 500, with hyphens, hanging commas and now and then a forced break.
std::vector<Candidate> random_text(Random& random, int words) {
  std::vector<Candidate> candidates;
  Measure sum;
  for (int w = 0; w < words; ++w) {
    const std::int64_t syllables = 1 + random.below(3);
    Measure content;
    for (std::int64_t s = 0; s < syllables; ++s) {
      const std::int64_t letters = 1 + random.below(5);
      sum.width += letters * 500;
      sum.letters += letters * em;
      sum.glyphs += letters * 500;
      content = sum;
      content.letters -= em;
      if (s + 1 == syllables) break;
      Candidate c;
      c.before = content;
      c.after = sum;
      c.end_extra = 300 - 180;
      c.kind = BreakKind::hyphen;
      c.avoid = w + 2 >= words;
      c.near_edge = letters < 3;
      candidates.push_back(c);
    }
    Candidate c;
    c.before = content;
    sum.width += space;
    sum.spaces += space;
    sum.letters += em;
    c.after = sum;
    if (random.below(6) == 0) c.end_extra = -100;
    if (random.below(8) == 0) c.start_hang = 150;
    c.kind = w + 1 == words ? BreakKind::end : random.below(40) == 0 ? BreakKind::forced : BreakKind::plain;
    candidates.push_back(c);
  }
  return candidates;
}

BreakOptions options_for(Random& random, bool justified) {
  BreakOptions o;
  o.measure = 6000 + random.below(6000);
  o.first_measure = o.measure - (random.below(2) == 0 ? 0 : 1000);
  o.justified = justified;
  o.space_min = 800;
  o.space_max = 1400;
  o.letter_min = -8;
  o.letter_max = 12;
  // Letters scaled, spaced, both or neither.
  if (random.below(2) == 0) {
    o.space_ideal = 1040;
    o.scale_min = 980;
    o.scale_max = 1020;
  }
  if (random.below(3) == 0) o.letter_min = o.letter_max = 0;
  if (random.below(3) == 0) o.edge = 120;
  o.hyphen_price = 500 + 250 * random.below(5);
  o.last_line_min = 800;
  o.most_hang = 180;
  return o;
}

// Demerits of a given breaking in a pass; nothing if it isn't allowed.
std::optional<std::int64_t> cost_of(std::span<const Candidate> candidates, const std::vector<std::uint32_t>& ends,
                                    const Pass& pass, const BreakOptions& options) {
  std::int64_t total = 0;
  LineState state;
  int from = -1;
  for (const std::uint32_t end : ends) {
    const int to = static_cast<int>(end);
    LineState after;
    const std::int64_t cost = line_demerits(fit_line(candidates, 0, from, to, options), candidates[end], state,
                                            from < 0, pass, options, after);
    if (cost < 0) return std::nullopt;
    total += cost;
    state = after;
    from = to;
  }
  return total;
}

// The least of all breakings that the pass allows, by trying them; a branch is left where its sum alone is too much.
// lines: how many there must be, 0: any. count_lines: the least number of lines instead of demerits.
std::optional<std::int64_t> least(std::span<const Candidate> candidates, const Pass& pass, const BreakOptions& options,
                                  int lines = 0, bool count_lines = false) {
  std::optional<std::int64_t> best;
  const std::function<void(int, LineState, std::int64_t, int)> extend = [&](int from, LineState state, std::int64_t sum,
                                                                            int line) {
    for (int to = from + 1; to < static_cast<int>(candidates.size()); ++to) {
      const Candidate& c = candidates[static_cast<std::size_t>(to)];
      LineState after;
      const std::int64_t cost =
          line_demerits(fit_line(candidates, 0, from, to, options), c, state, from < 0, pass, options, after);
      const std::int64_t all = sum + (count_lines ? 1 : cost);
      if (cost >= 0 && (!best || all < *best)) {
        if (c.kind == BreakKind::end) {
          if (lines == 0 || line + 1 == lines) best = all;
        } else {
          if (lines == 0 || line + 1 < lines) extend(to, after, all, line + 1);
        }
      }
      if (c.kind == BreakKind::forced) break;  // no line runs past it
    }
  };
  extend(-1, {}, 0, 0);
  return best;
}

struct Best {
  int pass = -1;  // −1: only with an overfull line
  std::int64_t demerits = 0;
};

Best best_of_all(std::span<const Candidate> candidates, const BreakOptions& options, int lines = 0) {
  for (int pass = 0; pass < static_cast<int>(std::size(passes)); ++pass)
    if (const auto demerits = least(candidates, passes[pass], options, lines)) return {pass, *demerits};
  return {};
}

TEST(TotalFit, CostsWhatTheBestOfAllBreakingsCosts) {
  int solved = 0, looser = 0, hyphenated = 0;
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    Random random(seed);
    const std::vector<Candidate> text = random_text(random, 4 + static_cast<int>(random.below(12)));
    const BreakOptions options = options_for(random, true);
    const Best best = best_of_all(text, options);
    if (best.pass < 0) continue;  // only with an overfull line
    const Breaking found = total_fit(text, 0, options);
    ASSERT_EQ(found.pass, best.pass) << "seed " << seed;
    ASSERT_EQ(found.demerits, best.demerits) << "seed " << seed;
    ASSERT_EQ(cost_of(text, found.ends, passes[found.pass], options), best.demerits) << "seed " << seed;
    // Within a bound: the same if it costs less, else nothing.
    const auto lines = static_cast<int>(found.ends.size());
    EXPECT_EQ(fit_within(text, 0, options, best.pass, lines, best.demerits + 1).ends, found.ends) << "seed " << seed;
    if (best.pass == 0) {
      EXPECT_TRUE(fit_within(text, 0, options, 0, lines, best.demerits).ends.empty()) << "seed " << seed;
    }
    ++solved;
    looser += best.pass > 0;
    for (const std::uint32_t end : found.ends) hyphenated += text[end].kind == BreakKind::hyphen;
  }
  // The cases are of all kinds.
  EXPECT_GT(solved, 1200);
  EXPECT_GT(looser, 100);
  EXPECT_GT(hyphenated, 100);
}

TEST(TotalFit, WithAnotherNumberOfLinesCostsWhatTheBestOfThoseCosts) {
  int found_some = 0, impossible = 0;
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    Random random(seed);
    const std::vector<Candidate> text = random_text(random, 12 + static_cast<int>(random.below(8)));
    BreakOptions options = options_for(random, true);
    options.measure = options.first_measure = 18'000 + random.below(8000);  // enough spaces for the first pass
    const Breaking base = total_fit(text, 0, options);
    if (best_of_all(text, options).pass < 0) continue;
    for (const int extra : {-1, 1}) {
      const std::size_t lines = base.ends.size() + static_cast<std::size_t>(extra);
      if (lines == 0) continue;
      options.lines = 0;
      const auto any = least(text, passes[0], options, static_cast<int>(lines));
      constexpr std::int64_t unbound = std::numeric_limits<std::int64_t>::max();
      const Breaking within = fit_within(text, 0, options, 0, static_cast<int>(lines), unbound);
      ASSERT_EQ(within.ends.empty(), !any) << "seed " << seed;
      if (any) {
        ASSERT_EQ(within.ends.size(), lines) << "seed " << seed;
        ASSERT_EQ(within.demerits, *any) << "seed " << seed;
      }
      options.lines = static_cast<int>(lines);
      const auto best = least(text, passes[0], options, options.lines);
      const Breaking found = total_fit(text, 0, options);
      if (!best) {
        ASSERT_TRUE(found.ends.empty()) << "seed " << seed;
        ++impossible;
        continue;
      }
      ASSERT_EQ(found.ends.size(), lines) << "seed " << seed;
      ASSERT_EQ(found.demerits, *best) << "seed " << seed;
      ++found_some;
    }
  }
  EXPECT_GT(found_some, 50);
  EXPECT_GT(impossible, 50);
}

TEST(TotalFit, WithAnotherNumberOfLinesAndWideLimitsCostsWhatTheBestOfThoseCosts) {
  int wider = 0, impossible = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    Random random(seed);
    const std::vector<Candidate> text = random_text(random, 12 + static_cast<int>(random.below(8)));
    BreakOptions options = options_for(random, true);
    options.measure = options.first_measure = 16'000 + random.below(8000);  // enough spaces for the first pass
    options.last_line_min = 2500;
    const Breaking base = total_fit(text, 0, options);
    for (const int extra : {-1, 1}) {
      options.lines = static_cast<int>(base.ends.size()) + extra;
      if (options.lines == 0) continue;
      options.wide = false;
      const Breaking within = total_fit(text, 0, options);
      options.wide = true;
      const auto best = least(text, Pass{options.wide_difference, true}, options, options.lines);
      const Breaking found = total_fit(text, 0, options);
      if (!best) {
        ASSERT_TRUE(found.ends.empty()) << "seed " << seed;
        ++impossible;
        continue;
      }
      ASSERT_EQ(found.ends.size(), static_cast<std::size_t>(options.lines)) << "seed " << seed;
      ASSERT_EQ(found.demerits, *best) << "seed " << seed;
      wider += within.ends.empty();
    }
  }
  EXPECT_GT(wider, 20);
  EXPECT_GT(impossible, 50);
}

TEST(TotalFit, RaggedAndBalancedCostWhatTheBestCosts) {
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    Random random(seed);
    const std::vector<Candidate> text = random_text(random, 3 + static_cast<int>(random.below(9)));
    BreakOptions options = options_for(random, false);
    Best best = best_of_all(text, options);
    if (best.pass < 0) continue;
    ASSERT_EQ(total_fit(text, 0, options).demerits, best.demerits) << "seed " << seed;
    // Balanced: the fewest lines there are, and of those the most even.
    const auto fewest = static_cast<int>(least(text, passes[1], options, 0, true).value());
    options.balance = true;
    best = best_of_all(text, options, fewest);
    const Breaking found = total_fit(text, 0, options);
    ASSERT_EQ(static_cast<int>(found.ends.size()), fewest) << "seed " << seed;
    ASSERT_EQ(found.demerits, best.demerits) << "seed " << seed;
  }
}

TEST(Share, SpacesAndLettersComeToTheirLimitsTogetherAndAddUpWithTheEdge) {
  BreakOptions o;
  o.space_min = 840;
  o.space_ideal = 1040;
  o.space_max = 1240;
  o.scale_min = 970;
  o.scale_max = 1030;
  const Measure m{300'000, 22'000, 0, 270'000};
  const std::int64_t room = 22'000 * 200 / 1000 + 270'000 * 30 / 1000;
  const Shares most = share(880 + room, m, {}, o, 0), least = share(880 - room, m, {}, o, 0);
  EXPECT_EQ(most.letters, 8100);
  EXPECT_EQ(most.spaces, 880 + 4400);
  EXPECT_EQ(least.letters, -8100);
  EXPECT_EQ(least.spaces, 880 - 4400);
  EXPECT_EQ(share(880, m, {}, o, 0).letters, 0);
  for (std::int64_t missing = -20'000; missing <= 30'000; missing += 777) {
    const Shares s = share(missing, m, {}, o, 0);
    EXPECT_EQ(s.spaces + s.letters, missing);
    EXPECT_LE(std::abs(s.letters), 8100);
    const Shares slack = share(missing, m, {}, o, 1000);
    EXPECT_EQ(slack.spaces + slack.letters + slack.edge, missing);
    EXPECT_LE(std::abs(slack.spaces - 880), std::abs(s.spaces - 880));
    EXPECT_LE(std::abs(slack.letters), std::abs(s.letters));
    EXPECT_LE(std::abs(slack.edge), std::min<std::int64_t>(1000, std::abs(missing - 880)));
  }
  // The line's end comes to its limit at two thirds of the way, spaces and letters at the whole.
  const std::int64_t whole = room + 1000;
  EXPECT_EQ(share(880 + whole * 2 / 3 + 1, m, {}, o, 1000).edge, 1000);
  EXPECT_EQ(share(880 - whole / 3, m, {}, o, 1000).edge, -500);
  EXPECT_EQ(share(880 + whole, m, {}, o, 1000).letters, 8100);
}

TEST(FitLine, ASeenSpaceCostsLessWhereAPageWouldHaveAFaultOtherwise) {
  Candidate end;
  end.before = {80'000, 16'000, 0, 0};  // 20,000 are missing: spaces more than twice as wide
  Candidate last;
  last.kind = BreakKind::end;
  BreakOptions o;
  o.first_measure = o.measure = 100'000;
  const std::vector<Candidate> text = {end, last};
  const Fit usual = fit_line(text, 0, -1, 0, o);
  o.wide = true;
  const Fit wide = fit_line(text, 0, -1, 0, o);
  EXPECT_EQ(wide.difference, 1250);
  EXPECT_EQ(usual.difference, 1250);
  EXPECT_EQ(wide.cost, 1250 * 1250 + o.costs.wide_beyond * 970 * 970);
  EXPECT_EQ(usual.cost, 1250 * 1250 + o.costs.beyond * 970 * 970);
}

// Each line as full as it can be within the pass's limits.
std::vector<std::uint32_t> greedy(std::span<const Candidate> candidates, const BreakOptions& options) {
  std::vector<std::uint32_t> ends;
  int from = -1, fits = -1;
  for (int to = 0; to < static_cast<int>(candidates.size()); ++to) {
    const BreakKind kind = candidates[static_cast<std::size_t>(to)].kind;
    if (!fit_line(candidates, 0, from, to, options).overfull) {
      fits = to;
      if (kind != BreakKind::forced && kind != BreakKind::end) continue;
    } else if (fits == from) {
      return {};  // a word wider than the line
    }
    ends.push_back(static_cast<std::uint32_t>(fits));
    to = fits;
    from = fits;
  }
  return ends;
}

TEST(TotalFit, IsNeverWorseThanGreedy) {
  int better = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    Random random(seed);
    const std::vector<Candidate> text = random_text(random, 60 + static_cast<int>(random.below(60)));
    const BreakOptions options = options_for(random, true);
    const Breaking found = total_fit(text, 0, options);
    ASSERT_FALSE(found.ends.empty());
    const std::optional<std::int64_t> other = cost_of(text, greedy(text, options), passes[found.pass], options);
    const std::optional<std::int64_t> own = cost_of(text, found.ends, passes[found.pass], options);
    if (!other || !own) continue;
    ASSERT_LE(*own, *other) << "seed " << seed;
    better += *own < *other;
  }
  EXPECT_GT(better, 50);
}

// What each cost is there to spare, counted in the lines of many texts with it and without it.
struct Counted {
  int hyphens = 0, avoided = 0, near_edge = 0, in_a_row = 0, many = 0, before_last = 0, fragments = 0;
  int unlike = 0, short_last = 0, one_word_last = 0, seen = 0;
};

void count(std::span<const Candidate> text, const std::vector<std::uint32_t>& ends, const BreakOptions& o, Counted& c) {
  int from = -1, hyphens = 0, fitness = 2;
  for (const std::uint32_t end : ends) {
    const Candidate& to = text[end];
    const Fit fit = fit_line(text, 0, from, static_cast<int>(end), o);
    const bool hyphen = to.kind == BreakKind::hyphen, last = to.kind == BreakKind::end && from >= 0;
    c.hyphens += hyphen;
    c.avoided += hyphen && to.avoid;
    c.near_edge += hyphen && to.near_edge;
    c.in_a_row += hyphen && hyphens > 0;
    c.before_last += last && hyphens > 0;
    c.fragments += last && hyphens > 0 && fit.one_word;
    c.unlike += from >= 0 && std::abs(fit.fitness - fitness) > 1;
    c.short_last += last && fit.natural < o.last_line_min;
    c.one_word_last += last && fit.one_word;
    c.seen += std::abs(fit.difference) > 400;
    hyphens = hyphen ? hyphens + 1 : 0;
    c.many += hyphens > o.max_consecutive_hyphens;
    fitness = fit.fitness;
    from = static_cast<int>(end);
  }
}

TEST(TotalFit, EachCostSparesWhatItIsNamedFor) {
  struct Row {
    const char* name;
    std::int64_t Costs::*cost;
    int Counted::*counted;
    bool justified = true;
  };
  const Row rows[] = {
      {"beyond", &Costs::beyond, &Counted::seen},
      {"hyphen", &Costs::hyphen, &Counted::hyphens},
      {"avoided_hyphen", &Costs::avoided_hyphen, &Counted::avoided},
      {"near_edge", &Costs::near_edge, &Counted::near_edge},
      {"two_hyphens", &Costs::two_hyphens, &Counted::in_a_row},
      {"many_hyphens", &Costs::many_hyphens, &Counted::many},
      {"last_hyphen", &Costs::last_hyphen, &Counted::before_last},
      {"fragment", &Costs::fragment, &Counted::fragments},
      {"unlike_lines", &Costs::unlike_lines, &Counted::unlike},
      {"short_last", &Costs::short_last, &Counted::short_last},
      {"one_word_last", &Costs::one_word_last, &Counted::one_word_last},
      {"ragged_hyphen", &Costs::ragged_hyphen, &Counted::hyphens, false},
      {"ragged_last_hyphen", &Costs::ragged_last_hyphen, &Counted::before_last, false},
      {"ragged_short_last", &Costs::ragged_short_last, &Counted::short_last, false},
      {"ragged_one_word_last", &Costs::ragged_one_word_last, &Counted::one_word_last, false},
  };
  for (const Row& row : rows) {
    Counted with, without;
    for (std::uint64_t seed = 1; seed <= 800; ++seed) {
      Random random(seed);
      const std::vector<Candidate> text = random_text(random, 30 + static_cast<int>(random.below(40)));
      BreakOptions options = options_for(random, row.justified);
      options.max_consecutive_hyphens = row.cost == &Costs::many_hyphens ? 1 : 5;
      options.last_line_min = 4000;
      options.measure = options.first_measure = 22'000 + random.below(10'000);
      count(text, total_fit(text, 0, options).ends, options, with);
      options.costs.*row.cost = 0;
      count(text, total_fit(text, 0, options).ends, options, without);
    }
    EXPECT_LT(with.*row.counted, without.*row.counted) << row.name;
  }
}

TEST(TotalFit, AWordWiderThanTheLineIsOverfullAndTheRestIsBroken) {
  std::vector<Candidate> text(3);
  text[0].before.width = 500;
  text[0].after = {700, 200, 0};
  text[1].before = {9000, 200, 0};
  text[1].after = {9200, 400, 0};
  text[2].before = {9700, 400, 0};
  text[2].kind = BreakKind::end;
  BreakOptions options;
  options.measure = options.first_measure = 1000;
  const Breaking found = total_fit(text, 0, options);
  EXPECT_EQ(found.ends, (std::vector<std::uint32_t>{0, 1, 2}));
  EXPECT_EQ(found.pass, 1);
}

// Every text has lines, also a balanced one of hundreds of words.
TEST(TotalFit, LongBalancedTextHasLines) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Random random(seed);
    const std::vector<Candidate> text = random_text(random, 600);
    BreakOptions options = options_for(random, false);
    options.balance = true;
    EXPECT_FALSE(total_fit(text, 0, options).ends.empty()) << "seed " << seed;
  }
}

// With nothing that could stretch the fullest lines are still the best.
TEST(TotalFit, FillsLinesThatCannotStretch) {
  std::vector<Candidate> text(5);
  for (std::int64_t i = 0; i < 5; ++i) text[static_cast<std::size_t>(i)].before.width = 4000 * (i + 1);
  for (Candidate& candidate : text) candidate.after = candidate.before;
  text.back().kind = BreakKind::end;
  BreakOptions options;
  options.measure = options.first_measure = 10'000;
  EXPECT_EQ(total_fit(text, 0, options).ends, (std::vector<std::uint32_t>{1, 3, 4}));
}

}  // namespace
}  // namespace epitome::text
