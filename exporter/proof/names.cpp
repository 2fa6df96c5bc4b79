#include "proof/names.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <map>
#include <string>

#include "diag/utf8.hpp"

namespace epitome::proof {

namespace {

constexpr std::size_t least_letters = 5, ending = 2, often = 4;

struct Name {
  std::size_t count = 0;
  diag::Span first;
};
using Names = std::map<std::u32string, Name>;

bool is_letter_of_name(char32_t c) { return u_isalpha(static_cast<UChar32>(c)) != 0; }

void add_names(const Text& text, Names& names) {
  bool inside = false;  // of a sentence
  for (std::size_t at = 0; at < text.text.size();) {
    const diag::CodePoint c = diag::decode_utf8(text.text, at);
    if (!is_letter_of_name(c.value)) {
      // After anything but a space or a comma a word may have a capital that isn't its own.
      if (c.value != ' ' && c.value != ',') inside = false;
      at += c.length;
      continue;
    }
    const std::size_t begin = at;
    std::u32string word;
    for (diag::CodePoint letter = c; at < text.text.size() && is_letter_of_name(letter.value);) {
      word += letter.value;
      at += letter.length;
      if (at < text.text.size()) letter = diag::decode_utf8(text.text, at);
    }
    const auto upper = [](char32_t l) { return u_isupper(static_cast<UChar32>(l)) != 0; };
    const bool named = inside && word.size() >= least_letters && upper(word.front()) &&
                       std::none_of(word.begin() + 1, word.end(), upper);
    if (named && names[word].count++ == 0) names[word].first = text.span(begin, at);
    inside = true;
  }
}

// Whether they differ by one letter that is put in, left out, changed or exchanged with its neighbour, not in the
// ending.
bool nearly_same(const std::u32string& a, const std::u32string& b) {
  if (a.size() > b.size()) return nearly_same(b, a);
  if (b.size() - a.size() > 1) return false;
  std::size_t head = 0, tail = 0;
  while (head < a.size() && a[head] == b[head]) ++head;
  while (tail < a.size() - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  if (head == 0 || tail < ending) return false;
  const std::size_t left_a = a.size() - head - tail, left_b = b.size() - head - tail;
  if (left_a == 0 && left_b == 1) return true;
  if (left_a == 1 && left_b == 1) return true;
  return left_a == 2 && left_b == 2 && a[head] == b[head + 1] && a[head + 1] == b[head];
}

std::string utf8(const std::u32string& word) {
  std::string out;
  for (const char32_t c : word) diag::append_utf8(out, c);
  return out;
}

}  // namespace

void names_spelt_twice(const std::vector<Text>& texts, diag::Sink& sink) {
  Names names;
  for (const Text& text : texts) add_names(text, names);
  std::vector<const Names::value_type*> common;
  for (const Names::value_type& name : names)
    if (name.second.count >= often) common.push_back(&name);
  for (const auto& [word, name] : names) {
    if (name.count != 1) continue;
    const std::u32string& rare = word;
    const auto like =
        std::find_if(common.begin(), common.end(), [&](const auto* c) { return nearly_same(rare, c->first); });
    if (like == common.end()) continue;
    sink.report(diag::Code::W0426, name.first,
                fmt::format("a name may be misspelt: “{}” stands once, “{}” {} times", utf8(rare), utf8((*like)->first),
                            (*like)->second.count),
                {"if it is another name, nothing need be done"});
  }
}

}  // namespace epitome::proof
