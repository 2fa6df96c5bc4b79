#include "text/line_break.hpp"

#include <algorithm>
#include <iterator>

namespace epitome::text {
namespace {

constexpr std::int64_t impossible = -1;
constexpr int long_paragraph = 6;  // lines; for how many of them other numbers are sought by all ways
constexpr int last_pass = static_cast<int>(std::size(passes)) - 1;

bool ends_line(BreakKind kind) { return kind == BreakKind::forced || kind == BreakKind::end; }

// What letters may take up (or give, both positive) within the limits.
std::int64_t letter_stretch(Measure m, const BreakOptions& o) {
  return (m.letters * o.letter_max + m.glyphs * (o.scale_max - 1000)) / 1000;
}
std::int64_t letter_shrink(Measure m, const BreakOptions& o) {
  return -(m.letters * o.letter_min + m.glyphs * (o.scale_min - 1000)) / 1000;
}

Measure line_measure(std::span<const Candidate> candidates, int from, int to) {
  const Measure begin = from < 0 ? Measure{} : candidates[static_cast<std::size_t>(from)].after;
  return candidates[static_cast<std::size_t>(to)].before - begin;
}

// The line's own glue between characters.
Glue glue_of(int from, int to, const BreakOptions& o) {
  if (o.glue.empty()) return {};
  const Glue begin = from < 0 ? Glue{} : o.glue[static_cast<std::size_t>(from)].after;
  const Glue end = o.glue[static_cast<std::size_t>(to)].before;
  return {end.stretch - begin.stretch, end.shrink - begin.shrink};
}

bool beside_address(int from, int to, const BreakOptions& o) {
  if (o.addresses.empty()) return false;
  const std::uint32_t ended = from < 0 ? 0 : o.addresses[static_cast<std::size_t>(from)].ended;
  return o.addresses[static_cast<std::size_t>(to)].begun > ended;
}

std::int64_t cost_of(std::int64_t difference, const BreakOptions& o) {
  const std::int64_t off = std::min(std::abs(difference), o.costs.most_difference);
  const std::int64_t limit = difference > 0 ? o.space_max - o.space_ideal : o.space_ideal - o.space_min;
  const std::int64_t excess = std::max<std::int64_t>(off - std::max(o.costs.seen, limit), 0);
  return off * off + (o.wide ? o.costs.wide_beyond : o.costs.beyond) * excess * excess;
}

// Classes a sixth of the font's space apart, as far as neighbours may differ before it is seen.
int fitness_of(std::int64_t difference) {
  return difference < -150 ? 3 : difference <= 150 ? 2 : difference <= 330 ? 1 : 0;
}

struct Node {
  int at = -1;  // candidate; -1: the paragraph's begin
  int previous = -1;
  int line = 0;  // lines up to here
  LineState state;
  std::int64_t demerits = 0;
};

class Breaker {
 public:
  Breaker(std::span<const Candidate> candidates, std::int64_t first_hang, const BreakOptions& options, int pass,
          bool by_lines)
      : candidates_(candidates),
        first_hang_(first_hang),
        options_(options),
        pass_index_(pass),
        pass_(pass_of(options, pass)),
        last_pass_(pass == last_pass),
        by_lines_(by_lines) {}

  // `lines`: how many the result must have; 0: any. Ways that cost `bound` and more are not followed.
  Breaking run(int lines, std::int64_t bound = std::numeric_limits<std::int64_t>::max()) {
    lines_ = lines;
    bound_ = bound;
    const auto forced = [](const Candidate& candidate) { return candidate.kind == BreakKind::forced; };
    bounded_ = lines > long_paragraph && std::none_of(candidates_.begin(), candidates_.end(), forced);
    nodes_.push_back({});
    active_.push_back(0);
    for (int to = 0; to < static_cast<int>(candidates_.size()); ++to) {
      extend(to);
      if (first_active_ == active_.size()) return {};
    }
    int best = -1;
    for (std::size_t i = first_active_; i < active_.size(); ++i) {
      const int n = active_[i];
      const Node& node = nodes_[static_cast<std::size_t>(n)];
      if (lines != 0 && node.line != lines) continue;
      if (best < 0 || node.demerits < nodes_[static_cast<std::size_t>(best)].demerits) best = n;
    }
    Breaking result;
    if (best < 0) return result;
    result.demerits = nodes_[static_cast<std::size_t>(best)].demerits;
    result.pass = pass_index_;
    for (int n = best; nodes_[static_cast<std::size_t>(n)].at >= 0; n = nodes_[static_cast<std::size_t>(n)].previous)
      result.ends.push_back(static_cast<std::uint32_t>(nodes_[static_cast<std::size_t>(n)].at));
    std::reverse(result.ends.begin(), result.ends.end());
    return result;
  }

 private:
  static Pass pass_of(const BreakOptions& options, int pass) {
    if (options.wide) return {options.wide_difference, true};
    // Lines that a page asks for have a limit for spaces of their own.
    if (options.lines != 0) return {std::min(passes[0].most_difference, options.wide_difference), false};
    return passes[pass];
  }

  // Tries the lines that end at candidate `to` and keeps the best node of each state. The active nodes stand in the
  // order of their places, so those too far back for any later line are at the front, and those too near to fill a line
  // at the back.
  void extend(int to) {
    const Candidate& candidate = candidates_[static_cast<std::size_t>(to)];
    const bool forced = ends_line(candidate.kind);
    const bool fills = options_.justified && !last_pass_ && !forced;
    found_.clear();
    int last_resort = -1;
    constexpr int nothing = -2;
    int from = nothing;  // what the line's measures are known for: nodes of one place stand together
    Measure m;
    Glue glue;
    Fit fit;
    for (std::size_t i = first_active_; i < active_.size(); ++i) {
      const int n = active_[i];
      const Node& node = nodes_[static_cast<std::size_t>(n)];
      const std::int64_t measure = node.at < 0 ? options_.first_measure : options_.measure;
      if (node.at != from) {
        from = node.at;
        m = line_measure(candidates_, from, to);
        glue = glue_of(from, to, options_);
        if (fills && m.width + candidate.end_extra + most_stretch(m, glue) < measure &&
            !beside_address(from, to, options_))
          break;
        fit = fit_line(candidates_, first_hang_, from, to, options_);
      }
      if (!fit.overfull) {
        LineState after;
        const std::int64_t cost = line_demerits(fit, candidate, node.state, node.at < 0, pass_, options_, after);
        if (cost != impossible && node.demerits + cost < bound_ && may_lead(to, node.line + 1))
          keep_best({to, n, node.line + 1, after, node.demerits + cost});
        continue;
      }
      // A later end may hang further or need no hyphen: only a node whose line is too wide by more than that is
      // dropped.
      const std::int64_t hang =
          options_.most_hang + (node.at < 0 ? first_hang_ : candidates_[static_cast<std::size_t>(node.at)].start_hang);
      if (i == first_active_ && m.width - most_shrink(m, glue, options_) - hang > measure) {
        ++first_active_;
        last_resort = better_resort(last_resort, n);
      }
    }
    if (forced)
      for (; first_active_ < active_.size(); ++first_active_)
        last_resort = better_resort(last_resort, active_[first_active_]);
    if (last_pass_ && found_.empty() && first_active_ == active_.size()) {
      const Node node = nodes_[static_cast<std::size_t>(last_resort)];
      const std::int64_t cost = fit_line(candidates_, first_hang_, node.at, to, options_).cost;
      const int hyphens = candidate.kind == BreakKind::hyphen ? node.state.hyphens + 1 : 0;
      found_.push_back({to, last_resort, node.line + 1, {2, hyphens}, node.demerits + cost});
    }
    for (const Node& node : found_) {
      active_.push_back(static_cast<int>(nodes_.size()));
      nodes_.push_back(node);
    }
  }

  // Whether so many lines up to that place can become the number that is asked for: two lines more or fewer than the
  // text's share of it can't, of lines that are neither half empty nor overfull; or states would grow with the square
  // of the paragraph.
  bool may_lead(int to, int line) const {
    if (lines_ != 0 && line > lines_) return false;
    if (!bounded_) return true;
    const std::int64_t whole = std::max<std::int64_t>(candidates_.back().before.width, 1);
    const std::int64_t share = candidates_[static_cast<std::size_t>(to)].before.width * lines_;
    return std::abs(line * whole - share) <= 2 * whole;
  }

  // Where an overfull line can't be helped it begins as late as it can: of one place, with the least demerits.
  int better_resort(int a, int b) const {
    if (a < 0) return b;
    const Node &one = nodes_[static_cast<std::size_t>(a)], &other = nodes_[static_cast<std::size_t>(b)];
    return other.at > one.at || (other.at == one.at && other.demerits < one.demerits) ? b : a;
  }

  // What a line may take up in this pass, rather too much; all come to their limits together, then spaces and glue go
  // on.
  std::int64_t most_stretch(Measure m, Glue glue) const {
    const std::int64_t limit = std::max<std::int64_t>(options_.space_max - options_.space_ideal, 1);
    return m.spaces * (options_.space_ideal - 1000 + pass_.most_difference + 1) / 1000 + 1 +
           letter_stretch(m, options_) + options_.edge + glue.stretch * pass_.most_difference / limit;
  }

  void keep_best(const Node& node) {
    for (Node& other : found_) {
      if (other.state.fitness != node.state.fitness || other.state.hyphens != node.state.hyphens) continue;
      if (by_lines_ && other.line != node.line) continue;
      if (node.demerits < other.demerits) other = node;
      return;
    }
    found_.push_back(node);
  }

  int lines_ = 0;  // that are asked for; 0: any
  std::int64_t bound_ = 0;
  bool bounded_ = false;  // their number up to a place
  std::span<const Candidate> candidates_;
  std::int64_t first_hang_;
  const BreakOptions& options_;
  int pass_index_;
  const Pass pass_;
  bool last_pass_, by_lines_;
  std::vector<Node> nodes_;
  std::vector<int> active_;  // nodes, from first_active_ on
  std::size_t first_active_ = 0;
  std::vector<Node> found_;
};

// The least number of lines: each as full as it can be.
int fewest_lines(std::span<const Candidate> candidates, std::int64_t first_hang, const BreakOptions& options) {
  int lines = 0, from = -1, fits = -1;
  for (int to = 0; to < static_cast<int>(candidates.size()); ++to) {
    if (fit_line(candidates, first_hang, from, to, options).overfull && fits > from) {
      ++lines;
      from = fits;
      to = from;
      continue;
    }
    fits = to;
    if (ends_line(candidates[static_cast<std::size_t>(to)].kind)) {
      ++lines;
      from = to;
    }
  }
  return lines;
}

}  // namespace

// Beyond the layout's limit spaces give as much again, but keep three fifths of the font's own (TeX's fonts allow two
// thirds): words must stay apart.
std::int64_t most_shrink(Measure m, Glue glue, const BreakOptions& o) {
  constexpr std::int64_t least_space = 600;
  if (!o.justified) return 0;
  const std::int64_t least = std::max(2 * o.space_min - o.space_ideal, std::min(least_space, o.space_min));
  return m.spaces * (1000 - least) / 1000 + letter_shrink(m, o) + glue.shrink + o.edge;
}

bool is_full(const Candidate& end, std::int64_t missing, std::int64_t measure, const BreakOptions& options) {
  if (!options.justified) return false;
  return !ends_line(end.kind) || (end.kind == BreakKind::end && missing * 50 < measure);
}

std::int64_t taken_up(std::int64_t missing, Measure m, Glue glue, int from, int to, const BreakOptions& o) {
  if (missing <= 0 || !beside_address(from, to, o)) return missing;
  return std::min(missing, m.spaces * (o.space_max - 1000) / 1000 + letter_stretch(m, o) + glue.stretch + o.edge);
}

Shares share(std::int64_t missing, Measure m, Glue glue, const BreakOptions& o, std::int64_t edge) {
  const std::int64_t to_ideal = m.spaces * (o.space_ideal - 1000) / 1000;
  missing -= to_ideal;
  const bool wider = missing > 0;
  const std::int64_t letters = wider ? letter_stretch(m, o) : letter_shrink(m, o);
  const std::int64_t spaces = m.spaces * (wider ? o.space_max - o.space_ideal : o.space_ideal - o.space_min) / 1000;
  const std::int64_t gaps = wider ? glue.stretch : glue.shrink;
  const std::int64_t room = letters + spaces + gaps;
  const std::int64_t sign = wider ? 1 : -1;
  std::int64_t amount = std::abs(missing);
  const std::int64_t to_edge = edge > 0 ? std::min(amount * edge * 3 / (2 * (room + edge)), std::min(amount, edge)) : 0;
  amount -= to_edge;
  std::int64_t to_letters = room > 0 ? std::min(amount, room) * letters / room : 0;
  if (m.spaces == 0 && gaps == 0) to_letters = wider && m.letters > 0 ? amount : std::min(amount, letters);
  const std::int64_t rest = amount - to_letters;
  const std::int64_t to_gaps = gaps == 0 ? 0 : m.spaces == 0 ? rest : rest * gaps / (spaces + gaps);
  return {m.spaces > 0 ? (rest - to_gaps) * sign + to_ideal : 0, to_letters * sign, to_gaps * sign, to_edge * sign};
}

namespace {

// What the spaces of a line that lacks so much differ from the wanted ones, 1/1000 of the font's.
std::int64_t difference_of(std::int64_t missing, Measure m, Glue glue, std::int64_t measure, const BreakOptions& o) {
  const Shares shares = share(missing, m, glue, o, o.edge);
  missing -= shares.edge;
  if (m.spaces > 0) return shares.spaces * 1000 / m.spaces + 1000 - o.space_ideal;
  // Without spaces glue stands for them, at the limits where it is at its own.
  const std::int64_t gaps = missing > 0 ? glue.stretch : glue.shrink;
  if (gaps > 0) return shares.gaps * (missing > 0 ? o.space_max - o.space_ideal : o.space_ideal - o.space_min) / gaps;
  // With nothing to stretch the emptier line is still the worse: as if it had one space, a hundredth of the measure.
  if (missing <= letter_stretch(m, o)) return 0;
  return std::min(missing * 100'000 / std::max<std::int64_t>(measure, 1), o.costs.most_difference);
}

// The line without `dropped` of its end.
Fit fit_without(std::span<const Candidate> candidates, std::int64_t first_hang, int from, int to,
                const BreakOptions& options, std::int64_t dropped) {
  const Candidate& end = candidates[static_cast<std::size_t>(to)];
  const Measure m = line_measure(candidates, from, to);
  const Glue glue = glue_of(from, to, options);
  const std::int64_t measure = from < 0 ? options.first_measure : options.measure;
  const std::int64_t hang = from < 0 ? first_hang : candidates[static_cast<std::size_t>(from)].start_hang;
  const Costs& costs = options.costs;
  Fit fit;
  fit.dropped = dropped;
  fit.natural = m.width + end.end_extra - hang - dropped;
  fit.one_word = m.spaces == 0;
  const std::int64_t missing = measure - fit.natural;
  const std::int64_t shrink = most_shrink(m, glue, options);
  if (missing < 0 && -missing > shrink) {
    fit.overfull = true;
    fit.difference = -1000;
    // A line a million times too wide is as bad as can be.
    constexpr std::int64_t worst = 1'000'000'000;
    fit.cost =
        costs.most_difference *
        (costs.most_difference + std::min(worst, (-missing - shrink) * 1000 / std::max<std::int64_t>(measure, 1)));
    return fit;
  }
  if (missing < 0 || is_full(end, missing, measure, options)) {
    const std::int64_t taken = taken_up(missing, m, glue, from, to, options);
    fit.difference = difference_of(taken, m, glue, measure, options);
    const std::int64_t white = (missing - taken) * 1000 / std::max<std::int64_t>(measure, 1);
    fit.cost = cost_of(fit.difference + costs.short_beside_address * white, options);
    fit.fitness = fitness_of(fit.difference);
  } else if (!options.justified && (!ends_line(end.kind) || options.balance)) {
    const std::int64_t shortfall = missing * 1000 / std::max<std::int64_t>(measure, 1);
    fit.cost = shortfall * shortfall;
  }
  return fit;
}

}  // namespace

Fit fit_line(std::span<const Candidate> candidates, std::int64_t first_hang, int from, int to,
             const BreakOptions& options) {
  Fit best = fit_without(candidates, first_hang, from, to, options, 0);
  if (options.glue.empty() || best.cost == 0) return best;
  for (const std::int64_t drop : options.glue[static_cast<std::size_t>(to)].drops) {
    if (drop == 0) continue;
    const Fit other = fit_without(candidates, first_hang, from, to, options, drop);
    if (other.cost < best.cost) best = other;
  }
  return best;
}

std::int64_t line_demerits(const Fit& fit, const Candidate& to, LineState before, bool first, const Pass& pass,
                           const BreakOptions& options, LineState& after) {
  const Costs& c = options.costs;
  if (to.barred || fit.overfull || fit.difference > pass.most_difference) return impossible;
  const bool hyphen = to.kind == BreakKind::hyphen;
  after.fitness = fit.fitness;
  after.hyphens = hyphen ? before.hyphens + 1 : 0;
  const bool many = after.hyphens > options.max_consecutive_hyphens;
  const bool last_hyphen = to.kind == BreakKind::end && before.hyphens > 0;
  const bool fragment = last_hyphen && fit.one_word;
  // A ragged line without the hyphen has no wide spaces, so an unwanted hyphen is never needed.
  if (!pass.ragged_avoided && hyphen && to.avoid && !options.justified) return impossible;
  const bool last = to.kind == BreakKind::end && !first;
  const bool short_last = last && fit.natural < options.last_line_min;
  if (last && fit.natural < options.asked_last_min) return impossible;
  // A count beyond the limit costs the same wherever it stands: no need to tell such states apart.
  after.hyphens = std::min(after.hyphens, options.max_consecutive_hyphens + 1);

  std::int64_t demerits = fit.cost;
  if (options.justified) {
    if (hyphen) demerits += (to.avoid ? c.avoided_hyphen : c.hyphen) * options.hyphen_price / 1000;
    if (hyphen && to.near_edge) demerits += c.near_edge;
    if (hyphen && before.hyphens > 0) demerits += c.two_hyphens;
    if (!first && std::abs(fit.fitness - before.fitness) > 1) demerits += c.unlike_lines;
    if (short_last) demerits += options.asked_last_min > 0 ? c.asked_short_last : c.short_last;
    if (last && fit.one_word) demerits += c.one_word_last;
  } else {
    demerits += (hyphen ? c.ragged_hyphen : 0) + (short_last ? c.ragged_short_last : 0);
    if (last && fit.one_word) demerits += c.ragged_one_word_last;
    if (options.balance && (hyphen || (to.kind == BreakKind::plain && to.sense != Sense::phrase_end)))
      demerits += to.sense == Sense::plain && !hyphen ? c.balanced_plain : c.balanced_mid_phrase;
    if (to.in_address) demerits += c.ragged_in_address;
  }
  if (to.emergency) demerits += c.emergency;
  if (many) demerits += c.many_hyphens;
  if (last_hyphen) demerits += options.justified ? c.last_hyphen : c.ragged_last_hyphen;
  if (fragment) demerits += c.fragment;
  return demerits;
}

Breaking total_fit(std::span<const Candidate> candidates, std::int64_t first_hang, const BreakOptions& options) {
  if (candidates.empty()) return {};
  const auto run = [&](int pass, int lines) {
    return Breaker(candidates, first_hang, options, pass, lines != 0).run(lines);
  };
  // A page's wish for another number of lines is not worth an emergency break.
  if (options.lines != 0) return run(0, options.lines);
  const int fewest = options.balance && !options.justified ? fewest_lines(candidates, first_hang, options) : 0;
  for (int pass = 0; pass <= last_pass; ++pass) {
    Breaking best = run(pass, fewest);
    if (!best.ends.empty()) return best;
  }
  // Lines of a long balanced text may not come out at the least number: then at any.
  return run(last_pass, 0);
}

Breaking fit_within(std::span<const Candidate> candidates, std::int64_t first_hang, const BreakOptions& options,
                    int pass, int lines, std::int64_t bound) {
  // In the last pass an overfull line may be all there is, whatever it costs.
  if (pass == last_pass) bound = std::numeric_limits<std::int64_t>::max();
  return Breaker(candidates, first_hang, options, pass, lines != 0).run(lines, bound);
}

}  // namespace epitome::text
