#include "app/diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

namespace epitome::app {

namespace {

constexpr std::size_t context = 3;  // lines around a change

// With their ends.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

void put(std::string& out, char kind, std::string_view line) {
  out += kind;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

}  // namespace

std::string unified_diff(const std::string& name, std::string_view before, std::string_view after) {
  const std::vector<std::string_view> old_lines = lines_of(before), new_lines = lines_of(after);
  const std::size_t count = std::min(old_lines.size(), new_lines.size());
  std::string out;
  const auto changed_from = [&](std::size_t at) {
    while (at < count && old_lines[at] == new_lines[at]) ++at;
    return at;
  };
  for (std::size_t at = changed_from(0); at < count;) {
    const std::size_t begin = at - std::min(at, context);
    std::size_t last = at;
    for (std::size_t next = at; next < count && next - last <= 2 * context; next = changed_from(next + 1)) last = next;
    const std::size_t end = std::min(last + context + 1, count);
    if (out.empty()) out = fmt::format("--- {}\n+++ {}\n", name, name);
    fmt::format_to(std::back_inserter(out), "@@ -{},{} +{},{} @@\n", begin + 1, end - begin, begin + 1, end - begin);
    for (std::size_t i = begin; i < end;) {
      if (old_lines[i] == new_lines[i]) {
        put(out, ' ', old_lines[i++]);
        continue;
      }
      std::size_t same = i;
      while (same < end && old_lines[same] != new_lines[same]) ++same;
      for (std::size_t line = i; line < same; ++line) put(out, '-', old_lines[line]);
      for (std::size_t line = i; line < same; ++line) put(out, '+', new_lines[line]);
      i = same;
    }
    at = changed_from(last + 1);
  }
  return out;
}

}  // namespace epitome::app
