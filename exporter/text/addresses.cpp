#include "text/addresses.hpp"

#include <algorithm>

#include "diag/utf8.hpp"

namespace epitome::text {
namespace {

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
}
bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0; }
bool is_separator(char c) { return c == '/' || c == '\\'; }

// A dot with two characters of a name before it and two behind, the first of these a letter: that of a host or of a
// file's ending, and of no abbreviation ("a.m./p.m.").
bool has_inner_dot(std::string_view word) {
  for (std::size_t i = 2; i + 2 < word.size(); ++i)
    if (word[i] == '.' && is_alnum(word[i - 1]) && is_alnum(word[i - 2]) && is_alpha(word[i + 1]) &&
        is_alnum(word[i + 2]))
      return true;
  return false;
}

bool is_mailbox(std::string_view word) {
  const std::size_t at = word.find('@');
  return at != 0 && at != std::string_view::npos && has_inner_dot(word.substr(at + 1));
}

bool is_path(std::string_view word) {
  const auto separators = std::count_if(word.begin(), word.end(), is_separator);
  if (separators == 0) return false;
  const bool rooted = is_separator(word[0]) || word[0] == '~' || word[0] == '.' || (word[1] == ':' && word[2] == '\\');
  return (rooted && separators > 1) || has_inner_dot(word);
}

bool is_address(std::string_view word) {
  if (word.size() < 5) return false;
  for (const std::string_view start : {"www.", "doi:", "urn:", "mailto:"})
    if (word.starts_with(start) && word.size() > start.size()) return true;
  return word.find("://") != std::string_view::npos || is_mailbox(word) || is_path(word);
}

// The word without the punctuation around it. A closing bracket that the address opened is its own.
Address without_marks(std::string_view text, Address word) {
  constexpr std::string_view opening = "([{<\"'", closing = ".,;:!?)]}>\"'";
  while (word.begin < word.end && opening.find(text[word.begin]) != std::string_view::npos) ++word.begin;
  const std::string_view inside = text.substr(word.begin, word.end - word.begin);
  const auto open = std::count(inside.begin(), inside.end(), '(');
  auto close = std::count(inside.begin(), inside.end(), ')');
  while (word.begin < word.end && closing.find(text[word.end - 1]) != std::string_view::npos) {
    if (text[word.end - 1] == ')' && open >= close--) break;
    --word.end;
  }
  return word;
}

// Where words end: spaces, the quotation marks and dashes of U+2000 to U+206F, and the characters of scripts without
// word spaces (ideographs, kana, fullwidth forms), which no address holds.
std::size_t space_length(std::string_view text, std::size_t at) {
  if (text[at] == ' ') return 1;
  if (static_cast<unsigned char>(text[at]) >= 0xE2) {
    const diag::CodePoint c = diag::decode_utf8(text, at);
    const auto in = [&](char32_t first, char32_t end) { return c.value >= first && c.value < end; };
    if (in(0x2E80, 0xA000) || in(0xF900, 0xFB00) || in(0xFE30, 0xFE50) || in(0xFF00, 0xFFF0) || in(0x20000, 0x40000))
      return c.length;
  }
  if (text.substr(at, 2) == "\xC2\xA0" || text.substr(at, 2) == "\xC2\xAB" || text.substr(at, 2) == "\xC2\xBB")
    return 2;
  if (text.substr(at, 2) == "\xE2\x80" || text.substr(at, 2) == "\xE2\x81" || text.substr(at, 2) == "\xE3\x80")
    return 3;
  return 0;
}

}  // namespace

std::vector<Address> find_addresses(std::string_view text) {
  std::vector<Address> found;
  const auto none = std::string_view::npos;
  if (text.find('/') == none && text.find('@') == none && text.find('\\') == none && text.find("www.") == none &&
      text.find("doi:") == none && text.find("urn:") == none)
    return found;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t space = at == text.size() ? 1 : space_length(text, at);
    if (space == 0) {
      ++at;
      continue;
    }
    const Address word = without_marks(text, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)});
    if (is_address(text.substr(word.begin, word.end - word.begin))) found.push_back(word);
    at += space;
    begin = at;
  }
  return found;
}

void break_addresses(std::string_view text, const std::vector<Address>& addresses, std::vector<Opportunity>& breaks) {
  constexpr std::string_view before = ".?#&=%_~,+@";
  for (const Address& address : addresses) {
    if (text.substr(address.begin).starts_with("urn:")) continue;  // breaks at its hyphens, as any word
    for (std::uint32_t i = address.begin + 1; i < address.end; ++i) {
      if (breaks[i] == Opportunity::mandatory) continue;
      const char last = text[i - 1], next = text[i];
      const bool after = (is_separator(last) || last == ':') && !is_separator(next);
      const bool first = i == address.begin + 1 || i + 1 == address.end;  // one character alone
      breaks[i] =
          !first && (after || before.find(next) != std::string_view::npos) ? Opportunity::allowed : Opportunity::none;
    }
  }
}

}  // namespace epitome::text
