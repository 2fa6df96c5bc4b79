#include "reader/guess_source.hpp"

#include <algorithm>

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

void toml_to_yaml(std::string& bytes) {
  constexpr std::string_view fence = "+++", yaml = "---";
  if (!bytes.starts_with(fence)) return;
  const std::size_t first = bytes.find('\n'), end = bytes.find("\n+++", first);
  if (first == std::string::npos || end == std::string::npos || bytes.find_first_not_of(" \t\r", fence.size()) < first)
    return;
  bytes.replace(0, fence.size(), yaml);
  bytes.replace(end + 1, fence.size(), yaml);
  for (std::size_t at = first + 1; at < end; at = std::min(bytes.find('\n', at), end) + 1) {
    const std::size_t word = bytes.find_first_not_of(" \t", at);
    const std::size_t line_end = std::min(bytes.find('\n', at), end), sign = bytes.find('=', at);
    std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(at),
              bytes.begin() + static_cast<std::ptrdiff_t>(std::min(word, line_end)), ' ');
    if (word < line_end && bytes[word] == '[') bytes[word] = '#';
    if (word < line_end && bytes[word] != '#' && sign < line_end) {
      // A key stands at the line's begin, its colon before a space.
      std::rotate(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.begin() + static_cast<std::ptrdiff_t>(word),
                  bytes.begin() + static_cast<std::ptrdiff_t>(sign));
      bytes[sign] = ':';
      if (sign + 1 < line_end && bytes[sign + 1] != ' ' && sign > at && bytes[sign - 1] == ' ')
        std::swap(bytes[sign - 1], bytes[sign]);
    }
  }
}

}  // namespace epitome::reader
