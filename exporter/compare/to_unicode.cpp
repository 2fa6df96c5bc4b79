#include "compare/to_unicode.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace epitome::compare {

namespace {

constexpr std::uint32_t largest_range = 0x10000;
constexpr std::size_t most_code_space_ranges = 1 << 10;
// What an entry takes beside its characters, in characters.
constexpr std::size_t entry_cost = 8;

// A hexadecimal string, a bracket or an operator; anything else is of no account in a CMap.
struct Token {
  enum class Kind : std::uint8_t { end, string, open, close, word } kind = Kind::end;
  std::string text;
};

class Tokens {
 public:
  explicit Tokens(std::string_view source) : source_(source) {}

  Token next() {
    while (at_ < source_.size()) {
      const char c = source_[at_];
      if (c == '%') {
        at_ = std::min(source_.find_first_of("\r\n", at_), source_.size());
      } else if (c == '<' && source_.substr(at_, 2) != "<<") {
        return string();
      } else if (c == '[' || c == ']') {
        ++at_;
        return {c == '[' ? Token::Kind::open : Token::Kind::close, {}};
      } else if (is_regular(c)) {
        const std::size_t begin = at_;
        while (at_ < source_.size() && is_regular(source_[at_])) ++at_;
        return {Token::Kind::word, std::string(source_.substr(begin, at_ - begin))};
      } else {
        at_ += source_.substr(at_, 2) == "<<" || source_.substr(at_, 2) == ">>" ? 2u : 1u;
      }
    }
    return {};
  }

 private:
  static bool is_regular(char c) {
    return static_cast<unsigned char>(c) > ' ' && std::string_view("()<>[]{}/%").find(c) == std::string_view::npos;
  }
  Token string() {
    Token token{Token::Kind::string, {}};
    int high = -1;
    for (++at_; at_ < source_.size() && source_[at_] != '>'; ++at_) {
      const char c = source_[at_];
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (digit < 0) continue;
      if (high >= 0) token.text.push_back(static_cast<char>(high * 16 + digit));
      high = high >= 0 ? -1 : digit;
    }
    if (at_ < source_.size()) ++at_;
    return token;
  }

  std::string_view source_;
  std::size_t at_ = 0;
};

std::uint32_t code_of(std::string_view bytes) {
  std::uint32_t code = 0;
  for (const char byte : bytes) code = (code << 8) | static_cast<unsigned char>(byte);
  return code;
}

}  // namespace

std::u32string from_utf16(std::string_view bytes) {
  std::u32string out;
  const auto unit = [&](std::size_t at) { return static_cast<char32_t>(code_of(bytes.substr(at, 2))); };
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    const char32_t first = unit(at);
    if (first >= 0xD800 && first < 0xDC00 && at + 3 < bytes.size() && unit(at + 2) >= 0xDC00 && unit(at + 2) < 0xE000) {
      out.push_back(0x10000 + ((first - 0xD800) << 10) + (unit(at + 2) - 0xDC00));
      at += 2;
    } else {
      out.push_back(first >= 0xD800 && first < 0xE000 ? U'\xFFFD' : first);
    }
  }
  return out;
}

ToUnicode::ToUnicode(std::string_view cmap, std::size_t& room) : room_(&room) {
  Tokens tokens(cmap);
  enum class In : std::uint8_t { none, space, chars, ranges } in = In::none;
  std::vector<std::string> operands;
  const auto is_code = [](const std::string& s) { return !s.empty() && s.size() <= 4; };
  for (Token token = tokens.next(); token.kind != Token::Kind::end; token = tokens.next()) {
    if (token.kind == Token::Kind::word) {
      in = token.text == "begincodespacerange" ? In::space
           : token.text == "beginbfchar"       ? In::chars
           : token.text == "beginbfrange"      ? In::ranges
                                               : In::none;
      operands.clear();
      continue;
    }
    if (in == In::none) continue;
    if (token.kind == Token::Kind::open && in == In::ranges && operands.size() == 2) {
      // A text for each code of the range.
      std::uint32_t code = code_of(operands[0]);
      const std::uint32_t last = code_of(operands[1]);
      for (token = tokens.next(); token.kind == Token::Kind::string; token = tokens.next(), ++code) {
        if (is_code(operands[0]) && code <= last) put(operands[0].size(), code, from_utf16(token.text));
      }
      operands.clear();
      continue;
    }
    if (token.kind != Token::Kind::string) continue;
    operands.push_back(std::move(token.text));
    if (operands.size() < (in == In::ranges ? 3u : 2u)) continue;
    const std::uint32_t first = code_of(operands[0]), last = code_of(operands[1]);
    if (!is_code(operands[0])) {
    } else if (in == In::space) {
      if (ranges_.size() == most_code_space_ranges) throw std::runtime_error("a ToUnicode map is too large");
      ranges_.push_back({operands[0].size(), first, last});
    } else if (in == In::chars) {
      put(operands[0].size(), first, from_utf16(operands[1]));
    } else if (last >= first && last - first < largest_range) {
      std::u32string text = from_utf16(operands[2]);
      for (std::uint32_t n = 0; n <= last - first && !text.empty() && text.back() <= 0x10FFFF; ++n, ++text.back())
        put(operands[0].size(), first + n, text);
    }
    operands.clear();
  }
}

void ToUnicode::put(std::size_t length, std::uint32_t code, std::u32string text) {
  // Not what the map holds at last is counted: a range may be written again and again.
  const std::size_t cost = entry_cost + text.size();
  if (*room_ < cost) throw std::runtime_error("the fonts' ToUnicode maps are too large");
  *room_ -= cost;
  texts_[{length, code}] = std::move(text);
}

ToUnicode::Code ToUnicode::first(std::string_view string) const {
  // The code space says how many bytes a code has (9.7.6.2).
  std::size_t length = 0;
  for (std::size_t n = 1; n <= std::min<std::size_t>(4, string.size()) && length == 0; ++n) {
    const std::uint32_t code = code_of(string.substr(0, n));
    for (const Range& range : ranges_) {
      if (range.length == n && code >= range.first && code <= range.last) length = n;
    }
  }
  const std::uint32_t code = code_of(string.substr(0, length));
  const auto known = texts_.find({length, code});
  if (length == 0 || known == texts_.end()) return {code, std::max<std::size_t>(length, 1), U"\xFFFD"};
  return {code, length, known->second};
}

}  // namespace epitome::compare
