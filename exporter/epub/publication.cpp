#include "epub/publication.hpp"

#include <algorithm>

namespace epitome::epub {

namespace {

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

std::string language_tag(std::string_view tag) {
  // RFC 5646 2.1.1: lower case, but regions upper and scripts title case, except after a singleton.
  std::string out;
  bool first = true, after_singleton = false;
  while (!tag.empty()) {
    const std::size_t end = std::min(tag.find('-'), tag.size());
    const std::string_view part = tag.substr(0, end);
    const bool letters = std::all_of(part.begin(), part.end(), is_ascii_letter);
    if (!first) out += '-';
    for (std::size_t i = 0; i < part.size(); ++i) {
      const bool region = part.size() == 2, script = part.size() == 4 && i == 0;
      const bool capital = !first && !after_singleton && letters && (region || script);
      out += capital ? upper(part[i]) : lower(part[i]);
    }
    after_singleton = after_singleton || part.size() == 1;
    first = false;
    tag.remove_prefix(std::min(end + 1, tag.size()));
  }
  return out;
}

}  // namespace epitome::epub
