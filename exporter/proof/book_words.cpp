#include "proof/book_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace epitome::proof {

namespace {

// Places of a word by which an altered quotation is looked for: more say nothing.
constexpr std::size_t most_places = 400;
constexpr std::size_t bucket = 8, most_shown = 3, most_tried = 50, least_altered = 4;

// A longest common subsequence of two rows of numbers: pairs of places. Long rows are cut: their ends would take
// minutes.
using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;
template <class Same>
Pairs common(std::size_t a, std::size_t b, const Same& same) {
  constexpr std::size_t most = 3000;
  a = std::min(a, most);
  b = std::min(b, most);
  std::vector<std::uint16_t> length((a + 1) * (b + 1));
  const auto at = [&](std::size_t i, std::size_t j) -> std::uint16_t& { return length[i * (b + 1) + j]; };
  for (std::size_t i = a; i-- > 0;)
    for (std::size_t j = b; j-- > 0;)
      at(i, j) = same(i, j) ? static_cast<std::uint16_t>(at(i + 1, j + 1) + 1) : std::max(at(i + 1, j), at(i, j + 1));
  Pairs out;
  for (std::size_t i = 0, j = 0; i < a && j < b;) {
    if (same(i, j) && at(i, j) == at(i + 1, j + 1) + 1)
      out.emplace_back(i++, j++);
    else if (at(i + 1, j) >= at(i, j + 1))
      ++i;
    else
      ++j;
  }
  return out;
}

}  // namespace

BookWords::BookWords(std::string text) : text_(std::move(text)), tokens_(words_.tokens(text_, false)) {
  places_.resize(words_.count());
  for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
    if (tokens_[i].kind != Token::Kind::word) continue;
    places_[tokens_[i].folded].push_back(static_cast<std::uint32_t>(word_tokens_.size()));
    word_tokens_.push_back(i);
  }
}

// Where exactly these words stand.
std::vector<std::size_t> BookWords::exact_places(const std::vector<std::uint32_t>& wanted) const {
  std::size_t rarest = 0;
  for (std::size_t i = 1; i < wanted.size(); ++i)
    if (places(wanted[i]).size() < places(wanted[rarest]).size()) rarest = i;
  std::vector<std::size_t> out;
  for (const std::uint32_t place : places(wanted[rarest])) {
    if (place < rarest || place - rarest + wanted.size() > word_tokens_.size()) continue;
    const std::size_t begin = place - rarest;
    std::size_t same = 0;
    while (same < wanted.size() && tokens_[word_tokens_[begin + same]].folded == wanted[same]) ++same;
    if (same == wanted.size()) out.push_back(begin);
  }
  return out;
}

// The stretch of the book with the most of these words in their order, if it has three of five.
BookWords::Candidate BookWords::nearest(const std::vector<std::uint32_t>& wanted) const {
  std::map<std::size_t, std::size_t> votes;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (places(wanted[i]).size() > most_places) continue;
    for (const std::uint32_t place : places(wanted[i])) ++votes[(place + wanted.size() - i) / bucket];
  }
  std::size_t best = 0, most = 0;
  for (const auto& [at, count] : votes) {
    const auto next = votes.find(at + 1);
    const std::size_t both = count + (next == votes.end() ? 0 : next->second);
    if (both > most) best = at, most = both;
  }
  if (most == 0) return {};
  const std::size_t shifted = best * bucket, reach = wanted.size() + bucket;
  const std::size_t begin = shifted > reach ? shifted - reach : 0;
  const std::size_t end = std::min(begin + 2 * wanted.size() + 4 * bucket, word_tokens_.size());
  const Pairs pairs = common(wanted.size(), end - begin, [&](std::size_t i, std::size_t j) {
    return wanted[i] == tokens_[word_tokens_[begin + j]].folded;
  });
  if (pairs.size() < least_altered || pairs.size() * 5 < wanted.size() * 3) return {};
  // With as many words at the ends as the quotation has there.
  const auto& [first_own, first] = pairs.front();
  const auto& [last_own, last] = pairs.back();
  const std::size_t before = std::min(first_own, begin + first), behind = wanted.size() - last_own;
  return {begin + first - before, std::min(begin + last + behind, word_tokens_.size())};
}

std::vector<std::string> BookWords::differences(std::string_view quotation, const std::vector<Token>& stretch,
                                                const Candidate& place) const {
  const std::size_t from = word_tokens_[place.begin], to = word_tokens_[place.end - 1] + 1;
  const auto same = [&](std::size_t i, std::size_t j) {
    const Token& own = stretch[i];
    const Token& books = tokens_[from + j];
    return own.exact == books.exact || (i == 0 && own.folded == books.folded);
  };
  std::size_t head = 0;  // what is the same needs no table
  while (head < std::min(stretch.size(), to - from) && same(head, head)) ++head;
  Pairs pairs = common(stretch.size() - head, to - from - head,
                       [&](std::size_t a, std::size_t b) { return same(a + head, b + head); });
  for (auto& [own, books] : pairs) own += head, books += head;
  pairs.emplace_back(stretch.size(), to - from);
  std::vector<std::string> out;
  std::size_t i = head, j = head;
  for (const auto& [own, books] : pairs) {
    if (own > i || books > j) {
      const std::string_view said =
          own > i ? quotation.substr(stretch[i].begin, stretch[own - 1].end - stretch[i].begin) : std::string_view();
      const std::string_view there =
          books > j ? bytes_of(tokens_[from + j], tokens_[from + books - 1]) : std::string_view();
      out.push_back(said.empty()    ? fmt::format("the book has “{}” besides", there)
                    : there.empty() ? fmt::format("the book has no “{}”", said)
                                    : fmt::format("the book has “{}” for “{}”", there, said));
    }
    i = own + 1;
    j = books + 1;
  }
  return out;
}

Found BookWords::find(std::string_view quotation, const std::vector<Token>& stretch, std::uint32_t from) const {
  std::vector<std::uint32_t> wanted;
  for (const Token& token : stretch)
    if (token.kind == Token::Kind::word) wanted.push_back(token.folded);
  if (wanted.empty() || word_tokens_.empty()) return {};
  std::optional<Found> best;
  const auto take = [&](const Candidate& place) {
    Found found{tokens_[word_tokens_[place.begin]].begin, tokens_[word_tokens_[place.end - 1]].end,
                differences(quotation, stretch, place)};
    const bool better = !best || found.differences.size() < best->differences.size() ||
                        (found.differences.size() == best->differences.size() && best->begin < from);
    if (better) best = std::move(found);
  };
  const std::vector<std::size_t> places = exact_places(wanted);
  for (std::size_t i = 0; i < std::min(places.size(), most_tried); ++i) {
    if (best && best->differences.empty() && best->begin >= from) break;
    take({places[i], places[i] + wanted.size()});
  }
  if (!best) {
    const Candidate place = nearest(wanted);
    if (place.begin == place.end) return {};
    take(place);
  }
  if (best->differences.size() > most_shown) {
    const std::size_t more = best->differences.size() - most_shown;
    best->differences.resize(most_shown);
    best->differences.push_back(fmt::format("and {} more", more));
  }
  return *best;
}

}  // namespace epitome::proof
