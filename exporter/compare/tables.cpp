#include "compare/tables.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <utility>

namespace epitome::compare {

namespace {

using View = std::u32string_view;

bool is_separating(char32_t c) {
  return u_isUWhiteSpace(static_cast<UChar32>(c)) || u_ispunct(static_cast<UChar32>(c));
}

char32_t character(const Text& text, std::size_t at) {
  return at < text.characters.size() ? text.characters[at] : U'\0';
}

// A head as it names a value: without the readings of its ruby.
std::u32string name_of(const Text& epub, const Head& head) {
  std::u32string out;
  std::size_t at = head.begin;
  auto reading = std::lower_bound(epub.readings.begin(), epub.readings.end(), head.begin,
                                  [](const Reading& r, std::size_t begin) { return r.begin < begin; });
  for (; reading != epub.readings.end() && reading->end <= head.end; ++reading) {
    out.append(epub.characters, at, reading->begin - at);
    at = reading->end;
  }
  return out.append(epub.characters, at, head.end - at);
}

// The length of the longest head of that table with which `rest` begins; 0 if there is none.
std::size_t name_length(const Text& epub, std::size_t table, View rest) {
  std::size_t length = 0;
  auto head = std::lower_bound(epub.heads.begin(), epub.heads.end(), table,
                               [](const Head& h, std::size_t number) { return h.table < number; });
  for (; head != epub.heads.end() && head->table == table; ++head) {
    const std::u32string name = name_of(epub, *head);
    if (name.size() > length && rest.starts_with(name)) length = name.size();
  }
  return length;
}

// Does the PDF's character stand where the EPUB's does? It may be a quotation mark about the title of a work.
bool begins_alike(char32_t other, const Text& epub, std::size_t at) {
  if (other == character(epub, at)) return true;
  return u_hasBinaryProperty(static_cast<UChar32>(other), UCHAR_QUOTATION_MARK) &&
         std::any_of(epub.titles.begin(), epub.titles.end(), [&](const Title& title) { return title.begin == at; });
}

// The end of the separator at `from`, after which `goes_on` holds; `from` if there is none.
template <class GoesOn>
std::size_t separator_end(View list, std::size_t from, std::optional<std::u32string>& known, GoesOn goes_on) {
  if (known) return list.substr(std::min(from, list.size())).starts_with(*known) ? from + known->size() : from;
  for (std::size_t end = from; end < list.size() && is_separating(list[end]); ++end) {
    if (end + 1 == list.size() || !goes_on(end + 1)) continue;
    known = std::u32string(list.substr(from, end + 1 - from));
    return end + 1;
  }
  return from;
}

}  // namespace

bool TableAlignment::skip(const Text& other, const Text& epub, At at, bool is_list) {
  return skip_gap(other, epub, at, is_list) || skip_name(other, epub, at, is_list);
}

bool TableAlignment::skip_gap(const Text& other, const Text& epub, At at, bool is_list) {
  const auto head = std::lower_bound(epub.heads.begin(), epub.heads.end(), at.epub,
                                     [](const Head& h, std::size_t offset) { return h.gap < offset; });
  if (head == epub.heads.end() || head->gap != at.epub || head->gap == head->begin || head->listed == is_list)
    return false;
  if (head->listed) {
    const View gap = View(epub.characters).substr(head->gap, head->begin - head->gap);
    if (character(other, at.other) != ' ' || !std::all_of(gap.begin(), gap.end(), is_separating)) return false;
    ++at.other;
  } else {
    const auto goes_on = [&](std::size_t end) { return begins_alike(other.characters[end], epub, head->begin); };
    const std::size_t end = separator_end(other.characters, at.other, between_heads_, goes_on);
    if (end == at.other) return false;
    at.other = end;
  }
  at.epub = head->begin;
  return true;
}

bool TableAlignment::skip_name(const Text& other, const Text& epub, At at, bool is_list) {
  const auto value = std::lower_bound(epub.values.begin(), epub.values.end(), at.epub,
                                      [](const Value& v, std::size_t offset) { return v.begin < offset; });
  if (value == epub.values.end() || value->begin != at.epub) return false;
  const bool listed = value->name_end != value->begin;
  if (listed == is_list) return false;
  if (listed) {
    const View name = View(epub.characters).substr(value->begin, value->name_end - value->begin);
    const auto goes_on = [&](std::size_t end) { return begins_alike(character(other, at.other), epub, end); };
    const std::size_t end = separator_end(epub.characters, value->name_end, after_name_, goes_on);
    if (name_length(epub, value->table, name) != name.size() || end == value->name_end) return false;
    at.epub = end;
  } else {
    const View rest = View(other.characters).substr(std::min(at.other, other.characters.size()));
    const std::size_t name = name_length(epub, value->table, rest);
    const auto goes_on = [&](std::size_t end) { return begins_alike(other.characters[end], epub, at.epub); };
    std::optional<std::u32string> separator = after_name_;
    const std::size_t end = separator_end(other.characters, at.other + name, separator, goes_on);
    if (name == 0 || end == at.other + name) return false;
    // A value may itself begin with a head's words and such a mark.
    const View named = rest.substr(0, end - at.other);
    if (View(epub.characters).substr(at.epub).starts_with(named) && !rest.substr(named.size()).starts_with(named))
      return false;
    after_name_ = std::move(separator);
    at.other = end;
  }
  return true;
}

}  // namespace epitome::compare
