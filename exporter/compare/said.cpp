#include "compare/said.hpp"

#include <algorithm>

#include "diag/utf8.hpp"

namespace epitome::compare {

namespace {

bool is_unseen(char32_t c) {
  return c == 0xAD || c == 0x61C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

void Text::append(char32_t c) {
  if (is_unseen(c)) return;
  if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
    if (!characters.empty() && characters.back() != ' ') characters.push_back(' ');
  } else {
    characters.push_back(c);
  }
}

void Text::append(std::string_view utf8) {
  for (std::size_t at = 0; at < utf8.size();) {
    const diag::CodePoint c = diag::decode_utf8(utf8, at);
    append(c.value);
    at += c.length;
  }
}

void Text::part_block() {
  append(U' ');
  if (blocks.empty() || blocks.back() != characters.size()) blocks.push_back(characters.size());
}

void Text::at(Place place) {
  place.offset = characters.size();
  if (!places.empty() && places.back().offset == place.offset) places.pop_back();
  places.push_back(std::move(place));
}

void Text::finish() {
  if (!characters.empty() && characters.back() == ' ') characters.pop_back();
  while (!blocks.empty() && blocks.back() >= characters.size()) blocks.pop_back();
  for (Link& link : links) {
    link.begin = std::min(link.begin, characters.size());
    link.end = std::min(link.end, characters.size());
  }
}

const Place* Text::place(std::size_t offset) const {
  const auto after = std::upper_bound(places.begin(), places.end(), offset,
                                      [](std::size_t o, const Place& place) { return o < place.offset; });
  return after == places.begin() ? nullptr : &*std::prev(after);
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) diag::append_utf8(out, c);
  return out;
}

std::u32string to_utf32(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    const diag::CodePoint c = diag::decode_utf8(text, at);
    out.push_back(c.value);
    at += c.length;
  }
  return out;
}

std::size_t count_words(std::u32string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char32_t c : text) {
    if (c != ' ' && !inside) ++words;
    inside = c != ' ';
  }
  return words;
}

}  // namespace epitome::compare
