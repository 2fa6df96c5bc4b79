#include "reader/guess_source.hpp"

#include <algorithm>

#include "diag/limits.hpp"
#include "diag/utf8.hpp"

namespace epitome::reader {

std::optional<diag::SourceText> bare_json(const diag::SourceText& source, Faults& faults) {
  constexpr std::string_view blanks = " \t\r\n", mark = "\xEF\xBB\xBF";
  std::string bytes = source.bytes();
  const std::size_t from = bytes.find_first_not_of(blanks, bytes.starts_with(mark) ? mark.size() : 0);
  const std::size_t open = bytes.find_first_of("{["), close = bytes.find_last_of("}]");
  if (from == std::string::npos || open == std::string::npos || close == std::string::npos || open > close) return {};
  const std::size_t behind = bytes.find_first_not_of(blanks, close + 1);
  if (from == open && behind == std::string::npos) return {};
  // A comment is told as one; a string and what is no UTF-8 are told as that.
  if (from != open && (bytes[from] == '/' || bytes[from] == '"')) return {};
  if (bytes.find('\0') != std::string::npos) return {};
  if (from == open && !std::string_view(bytes).substr(behind).starts_with("```")) return {};
  const auto blank = [&](std::size_t begin, std::size_t end) {
    const std::size_t first = bytes.find_first_not_of(blanks, begin);
    if (first >= end) return;
    faults.add(diag::Code::W0113, {static_cast<std::uint32_t>(first), 1}, "what stands around the JSON is left out",
               {"take it away"});
    std::for_each(bytes.begin() + static_cast<std::ptrdiff_t>(first), bytes.begin() + static_cast<std::ptrdiff_t>(end),
                  [](char& c) { c = c == '\n' || c == '\r' ? c : ' '; });
  };
  blank(from, open);
  blank(close + 1, bytes.size());
  return diag::SourceText(source.name(), std::move(bytes));
}

namespace {

// A string of TOML at `at`, quotation marks included; one that nothing ends goes to its line's end.
std::string_view toml_string(std::string_view toml, std::size_t at) {
  const std::string_view mark = toml.substr(at, 1);
  const std::string three(3, mark[0]);
  const bool long_one = toml.substr(at).starts_with(three);
  for (std::size_t end = at + (long_one ? three.size() : 1); end < toml.size(); ++end) {
    if (long_one ? toml.substr(end).starts_with(three) : toml[end] == mark[0])
      return toml.substr(at, end + (long_one ? three.size() : 1) - at);
    if (!long_one && toml[end] == '\n') return toml.substr(at, end - at);
    if (toml[end] == '\\' && mark == "\"") ++end;
  }
  return toml.substr(at);
}

// The same in YAML, on one line; what nothing ends stays as it is, which is no YAML either.
void add_string(std::string_view string, std::size_t at, PlacedText& out) {
  const std::string_view mark = string.substr(0, 1);
  const std::string three(3, mark[0]);
  const bool long_one = string.size() >= 2 * three.size() && string.starts_with(three) && string.ends_with(three);
  const std::size_t skipped = long_one ? three.size() : 0;
  if (!long_one) return out.add_source(string, static_cast<std::uint32_t>(at));
  out.add(mark, static_cast<std::uint32_t>(at));
  for (std::size_t i = skipped; i < string.size() - skipped; ++i) {
    const std::string_view c = string.substr(i, 1);
    const auto place = static_cast<std::uint32_t>(at + i);
    const bool escaped = c == "\\" && mark == "\"";
    if (escaped && !is_space(string[i + 1])) {
      out.add_source(string.substr(i++, 2), place);
    } else if (c == mark) {
      out.add(mark == "\"" ? "\\\"" : "''", place);
    } else {
      // White space in texts is one space.
      out.add(escaped || is_space(c[0]) ? " " : c, place);
    }
  }
  out.add(mark, static_cast<std::uint32_t>(at + string.size()));
}

// A value on one line, and the place behind it: a list goes on to its bracket.
std::size_t add_value(std::string_view toml, std::size_t at, PlacedText& out) {
  int open = 0;
  for (; at < toml.size(); ++at) {
    const char c = toml[at];
    const auto place = static_cast<std::uint32_t>(at);
    if (c == '"' || c == '\'') {
      const std::string_view string = toml_string(toml, at);
      add_string(string, at, out);
      at += string.size() - 1;
    } else if (c == '#') {
      at = std::min(toml.find('\n', at), toml.size()) - 1;
    } else if (c == '\n' && open <= 0) {
      break;
    } else {
      open += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
      out.add(c == '=' ? ": " : is_space(c) ? " " : toml.substr(at, 1), place);
    }
  }
  return at;
}

}  // namespace

std::optional<PlacedText> yaml_of_toml(std::string_view bytes, std::size_t& body) {
  constexpr std::string_view fence = "+++", blanks = " \t\r";
  const auto is_fence = [&](std::size_t at) {
    return bytes.substr(at).starts_with(fence) &&
           std::min(bytes.find_first_not_of(blanks, at + fence.size()), bytes.size()) ==
               std::min(bytes.find('\n', at), bytes.size());
  };
  if (!is_fence(0)) return {};
  const std::size_t first = bytes.find('\n');
  std::size_t end = bytes.find("\n+++", first);
  while (end != std::string_view::npos && !is_fence(end + 1)) end = bytes.find("\n+++", end + 1);
  if (end == std::string_view::npos) return {};
  body = std::min(bytes.find('\n', end + 1), bytes.size() - 1) + 1;
  PlacedText out;
  const std::string_view toml = bytes.substr(0, end + 1);
  // What is too long is told by who reads it.
  if (toml.size() - first > limits::front_matter) out.add_source(toml.substr(first), static_cast<std::uint32_t>(first));
  for (std::size_t at = out.text.empty() ? first + 1 : toml.size(); at < toml.size(); ++at) {
    const std::size_t line_end = toml.find('\n', at);
    at = std::min(toml.find_first_not_of(blanks, at), line_end);
    const std::size_t sign = toml.substr(at, line_end - at).find('=');
    if (toml[at] == '#' || toml[at] == '[' || at == line_end) {
      at = line_end;
      continue;
    }
    std::size_t value = line_end;
    if (sign != std::string_view::npos) {
      const std::string_view key = toml.substr(at, sign);
      out.add_source(key.substr(0, key.find_last_not_of(blanks) + 1), static_cast<std::uint32_t>(at));
      out.add(": ", static_cast<std::uint32_t>(at + sign));
      value = std::min(toml.find_first_not_of(blanks, at + sign + 1), line_end);
    } else {
      out.add_source(toml.substr(at, line_end - at), static_cast<std::uint32_t>(at));
    }
    at = add_value(toml, value, out);
    out.add("\n", static_cast<std::uint32_t>(at));
  }
  out.begins.push_back(static_cast<std::uint32_t>(end));
  return out;
}

}  // namespace epitome::reader
