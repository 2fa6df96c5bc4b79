#include "reader/footnotes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "reader/tree.hpp"

namespace epitome::reader {

namespace {

using diag::Code;

std::size_t end_of_line(std::string_view text, std::size_t from) {
  return std::min(text.find('\n', from), text.size());
}

// Three signs ` or ~ at least, up to three spaces before them; 0 if the line opens no block of code.
char fence_of(std::string_view line) {
  const std::size_t at = std::min(line.find_first_not_of(' '), line.size());
  if (at > 3 || at == line.size() || (line[at] != '`' && line[at] != '~')) return '\0';
  return line.substr(at, 3) == std::string(3, line[at]) ? line[at] : '\0';
}

// What a definition of a link says behind its colon: an address, perhaps with a title in marks. Not "[Ed.]: see page
// 5".
bool is_target(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  if (begin == text.size()) return false;
  const std::size_t end = text[begin] == '<' ? text.find('>', begin) : text.find_first_of(" \t", begin);
  const std::size_t title = text.find_first_not_of(" \t\r>", std::min(end, text.size()));
  return title == std::string_view::npos || text[title] == '"' || text[title] == '\'' || text[title] == '(';
}

// What stands between the brackets of a link in small letters, white space as one space, as CommonMark matches labels;
// empty if no bracket closes there.
std::string label_at(std::string_view text, std::size_t open) {
  constexpr std::size_t longest = 999;  // CommonMark 4.7
  std::string out;
  for (std::size_t i = open + 1; i < text.size() && i - open <= longest; ++i) {
    const char c = text[i];
    if (c == ']') {
      while (out.ends_with(' ')) out.pop_back();
      return out;
    }
    if (c == '[') return {};
    if (!is_space(c)) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (is_space(c) && !out.empty() && out.back() != ' ') out += ' ';
  }
  return {};
}

}  // namespace

std::string_view footnote_label(std::string_view text) {
  if (!text.starts_with("[^")) return {};
  const std::size_t end = text.find_first_of("[] \t\r\n", 2);
  if (end == std::string_view::npos || end == 2 || text[end] != ']') return {};
  return text.substr(2, end - 2);
}

MarkdownNotes take_footnotes(std::string_view source, std::size_t from, std::string& body, Faults& faults) {
  MarkdownNotes out;
  const std::string_view text = source.substr(from);
  char fence = '\0';
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = end_of_line(text, at);
    const std::string_view line = text.substr(at, end - at);
    if (const char found = fence_of(line); found != '\0' && (fence == '\0' || fence == found))
      fence = fence == '\0' ? found : '\0';
    const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
    const std::string_view label = begin > 3 || fence != '\0' ? std::string_view() : footnote_label(line.substr(begin));
    const std::size_t colon = begin + label.size() + 3;
    if (label.empty() || colon >= line.size() || line[colon] != ':') {
      at = end + 1;
      continue;
    }
    // To a blank line, or the next definition.
    while (end < text.size()) {
      const std::size_t next = end_of_line(text, end + 1);
      const std::string_view more = text.substr(end + 1, next - end - 1);
      const std::size_t first = std::min(more.find_first_not_of(' '), more.size());
      if (is_blank(more) || !footnote_label(more.substr(first)).empty()) break;
      end = next;
    }
    const diag::Span place{static_cast<std::uint32_t>(from + at + begin), static_cast<std::uint32_t>(colon - begin)};
    const std::size_t behind = at + colon + 1;
    if (!out.emplace(label, MarkdownNote{text.substr(behind, end - behind), place, false}).second)
      faults.add(Code::E0212, place, fmt::format("the footnote [^{}] is written twice", label),
                 {"keep one of the two"});
    for (std::size_t i = at; i < end; ++i)
      if (!is_space(body[i])) body[i] = ' ';
    at = end + 1;
  }
  return out;
}

void tell_unused_links(std::string_view body, std::size_t from, Faults& faults) {
  std::map<std::string, diag::Span> written;
  std::set<std::string> used;
  char fence = '\0';
  bool may_define = true;  // a definition ends no paragraph
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t end = end_of_line(body, at);
    const std::string_view line = body.substr(at, end - at);
    if (const char found = fence_of(line); found != '\0' && (fence == '\0' || fence == found))
      fence = fence == '\0' ? found : '\0';
    std::size_t open = std::min(line.find_first_not_of(' '), line.size());
    const bool begins = fence == '\0' && may_define && open <= 3 && line.substr(open).starts_with('[');
    const std::string label = begins ? label_at(line, open) : std::string();
    const std::size_t close = label.empty() ? std::string::npos : line.find("]:", open);
    const bool defines =
        close != std::string::npos && close == line.find(']', open) && is_target(line.substr(close + 2));
    may_define = defines || is_blank(line) || line.starts_with('#');
    if (defines) {
      const diag::Span place{static_cast<std::uint32_t>(from + at + open),
                             static_cast<std::uint32_t>(close + 1 - open)};
      // [//]: # (…) is how people write a comment.
      const std::size_t target = line.find_first_not_of(' ', close + 2);
      const bool comment = label == "//" || (target != std::string::npos && line.substr(target).starts_with("# ("));
      if (!comment && !written.emplace(label, place).second)
        faults.add(Code::W0113, place, fmt::format("the link [{}] is written twice: the first counts", label),
                   {"keep one of the two"});
      open = close + 1;
    }
    for (; open < line.size(); ++open)
      if (line[open] == '[') used.insert(label_at(body, at + open));
    at = end + 1;
  }
  // Labels beyond ASCII are one in more ways than are known here.
  const auto is_ascii = [](std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  };
  for (const auto& [label, place] : written)
    if (!used.contains(label) && is_ascii(label))
      faults.add(Code::W0113, place, fmt::format("nothing refers to the link [{}]: it is left out", label),
                 {fmt::format("write [words][{}] where it belongs, or delete it", label)});
}

}  // namespace epitome::reader
