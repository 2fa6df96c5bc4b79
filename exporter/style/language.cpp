#include "style/language.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "diag/utf8.hpp"

namespace epitome::style {

const std::string& Language::label(std::string_view key) const {
  const auto at = labels.find(key);
  if (at == labels.end()) throw std::logic_error(fmt::format("language {}: no label '{}'", tag, key));
  return at->second;
}

bool same_tag(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

bool Language::named(std::string_view lang) const {
  const auto same = [&](std::string_view of) { return same_tag(lang, of); };
  return same(tag) || same(asked) || std::any_of(also.begin(), also.end(), same);
}

bool Language::covers(std::string_view lang) const {
  const auto extends = [&](std::string_view of) {
    return !of.empty() && same_tag(lang.substr(0, of.size()), of) &&
           (lang.size() == of.size() || lang[of.size()] == '-');
  };
  return extends(tag) || extends(asked) || std::any_of(also.begin(), also.end(), extends);
}

namespace {

// Figures of ASCII in the language's.
std::string in_digits(const Language& language, std::string_view text) {
  if (language.zero == U'0') return std::string(text);
  std::string out;
  for (const char c : text) {
    if (c >= '0' && c <= '9')
      diag::append_utf8(out, language.zero + static_cast<char32_t>(c - '0'));
    else
      out += c;
  }
  return out;
}

}  // namespace

std::string written_number(const Language& language, int number) { return in_digits(language, std::to_string(number)); }

std::string written_date(const Language& language, std::string_view date) {
  if (date.size() != 10) return in_digits(language, date);  // a year alone
  const std::string_view year = date.substr(0, 4), month = date.substr(5, 2);
  std::string_view day = date.substr(8, 2);
  if (day[0] == '0') day.remove_prefix(1);
  const std::string& month_name = language.label(fmt::format("date.month-{}", month));
  return fill(language.label(day == "1" ? "date.first" : "date.full"),
              {{"day", in_digits(language, day)}, {"month", month_name}, {"year", in_digits(language, year)}});
}

std::string joined(const Language& language, const std::vector<std::string>& items) {
  if (items.empty()) return {};
  std::string out = items.front();
  for (std::size_t i = 1; i < items.size(); ++i) {
    const bool last = i + 1 == items.size();
    out = fill(language.label(!last               ? "list.middle"
                              : items.size() == 2 ? "list.two"
                                                  : "list.end"),
               {{"a", out}, {"b", items[i]}});
  }
  return out;
}

std::string fill(std::string_view pattern, const std::vector<std::pair<std::string_view, std::string_view>>& values) {
  std::string out;
  while (!pattern.empty()) {
    const std::size_t open = std::min(pattern.find('{'), pattern.size());
    out.append(pattern.substr(0, open));
    pattern.remove_prefix(open);
    if (pattern.empty()) break;
    const std::size_t close = pattern.find('}');
    const std::string_view name = close == std::string_view::npos ? std::string_view() : pattern.substr(1, close - 1);
    const auto value = std::find_if(values.begin(), values.end(), [&](const auto& v) { return v.first == name; });
    if (value == values.end()) throw std::logic_error(fmt::format("no value for '{{{}}}' in '{}'", name, pattern));
    out.append(value->second);
    pattern.remove_prefix(close + 1);
  }
  return out;
}

namespace {

bool is_figure(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9);
}

// The direction of a strong letter, by blocks (UAX #9, 3.2); inherit: it is a figure or a mark.
model::Direction strong(char32_t c) {
  if (is_figure(c)) return model::Direction::inherit;
  const bool rtl = (c >= 0x5D0 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC) ||
                   (c >= 0x10800 && c <= 0x10FFF) || (c >= 0x1E800 && c <= 0x1EFFF);
  const bool mark = c < 'A' || (c > 'Z' && c < 'a') || (c > 'z' && c < 0xC0) || (c >= 0x2000 && c <= 0x2BFF) ||
                    (c >= 0x3000 && c <= 0x3020);
  return rtl ? model::Direction::rtl : mark ? model::Direction::inherit : model::Direction::ltr;
}

}  // namespace

model::Direction first_strong(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const diag::CodePoint c = diag::decode_utf8(text, at);
    if (const model::Direction found = strong(c.value); found != model::Direction::inherit) return found;
    at += c.length;
  }
  return model::Direction::inherit;
}

model::Direction direction_apart(const Language& language, std::string_view value) {
  using model::Direction;
  const Direction own = first_strong(value);
  if (own != Direction::inherit) return own == language.direction ? Direction::inherit : own;
  bool figures = false, marks = false;
  for (std::size_t at = 0; at < value.size();) {
    const diag::CodePoint c = diag::decode_utf8(value, at);
    at += c.length;
    (is_figure(c.value) ? figures : marks) = true;
  }
  return figures && marks && language.direction == Direction::rtl ? Direction::ltr : Direction::inherit;
}

std::string isolated(const Language& language, std::string_view value) {
  const model::Direction apart = direction_apart(language, value);
  if (apart == model::Direction::inherit) return std::string(value);
  return fmt::format("{}{}\u2069", apart == model::Direction::ltr ? "\u2066" : "\u2067", value);
}

std::string_view joint(std::string_view pattern, std::string_view first, std::string_view second) {
  const auto place = [&](std::string_view name) { return pattern.find(fmt::format("{{{}}}", name)); };
  const std::size_t before = place(first), after = place(second);
  if (before == std::string_view::npos || after == std::string_view::npos || after < before) return ", ";
  const std::size_t start = before + first.size() + 2;
  return pattern.substr(start, after - start);
}

}  // namespace epitome::style
