#include "text/patterns/tex_patterns.hpp"

#include <algorithm>

namespace epitome::text {

namespace {

bool begins_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

// Right-aligned, the greater digit of each place.
void merge(std::string& digits, const std::string& other) {
  if (digits.size() < other.size()) digits.insert(0, other.size() - digits.size(), '0');
  const std::size_t shift = digits.size() - other.size();
  for (std::size_t i = 0; i < other.size(); ++i) digits[shift + i] = std::max(digits[shift + i], other[i]);
}

}  // namespace

TexPatterns::State& TexPatterns::state_of(std::string_view bytes) {
  std::uint32_t at = 0;
  for (const char byte : bytes) {
    const auto [next, is_new] =
        states_[at].next.try_emplace(static_cast<unsigned char>(byte), static_cast<std::uint32_t>(states_.size()));
    at = next->second;
    if (is_new) states_.emplace_back();
  }
  return states_[at];
}

void TexPatterns::add_pattern(std::string_view line) {
  std::string bytes, digits = "0";
  for (const char c : line) {
    if (c >= '0' && c <= '9') {
      digits.back() = c;
    } else {
      bytes += c;
      digits += '0';
    }
  }
  if (!bytes.empty()) merge(state_of(bytes).digits, digits);
}

void TexPatterns::add_exception(std::string_view line) {
  std::string bytes = ".", digits = "00";
  bool hyphen = false;
  for (const char c : line) {
    if (c == '-') {
      hyphen = true;
      continue;
    }
    if (begins_character(c) && bytes.size() > 1) digits.back() = hyphen ? ';' : ':';
    hyphen = false;
    bytes += c;
    digits += '0';
  }
  if (bytes.size() == 1) return;
  bytes += '.';
  digits += '0';
  merge(state_of(bytes).digits, digits);
}

const std::vector<TexPatterns::State>& TexPatterns::finish() {
  // Breadth first: a state's fallback is shorter than itself, and has been finished before it.
  std::vector<std::uint32_t> queue = {0};
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const auto& [byte, child] : states_[queue[i]].next) {
      queue.push_back(child);
      std::uint32_t from = queue[i];
      while (from != 0) {
        from = states_[from].fallback;
        const auto found = states_[from].next.find(byte);
        if (found == states_[from].next.end()) continue;
        states_[child].fallback = found->second;
        break;
      }
      merge(states_[child].digits, states_[states_[child].fallback].digits);
    }
  }
  for (State& state : states_) {
    const std::size_t first = state.digits.find_first_not_of('0');
    state.digits.erase(0, first);  // npos: all
  }
  return states_;
}

}  // namespace epitome::text
