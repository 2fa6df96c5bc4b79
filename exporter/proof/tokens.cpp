#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>

#include "diag/utf8.hpp"
#include "proof/book_words.hpp"

namespace epitome::proof {

namespace {

bool is_apostrophe(char32_t c) { return c == '\'' || c == U'’' || c == U'ʼ'; }
bool is_dash(char32_t c) { return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }
bool is_part_of_word(char32_t c) {
  return u_isalnum(static_cast<UChar32>(c)) != 0 || (U_MASK(u_charType(static_cast<UChar32>(c))) & U_GC_M_MASK) != 0;
}
// Characters that no spaces part into words.
bool stands_alone(char32_t c) {
  if (c < 0xE00) return false;
  return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_IDEOGRAPHIC) != 0 || (c >= 0x3041 && c <= 0x30FF) ||
         u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT;
}
// Nothing to a reader: a hyphen that may be, a mark of plain text for italics.
bool is_nothing(char32_t c) { return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF || c == '_' || c == '*'; }
bool is_mark(char32_t c) {
  constexpr std::u32string_view marks = U",.;:!?()،؛؟。、！？；：।";
  return marks.find(c) != std::u32string_view::npos;
}

// Ligatures are their letters, accents belong to theirs.
std::string composed(const std::string& word) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const form = icu::Normalizer2::getNFKCInstance(status);
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  if (U_SUCCESS(status)) form->normalizeUTF8(0, word, sink, nullptr, status);
  return U_SUCCESS(status) ? out : word;
}

std::string in_small(const std::string& word) {
  std::string out;
  for (std::size_t at = 0; at < word.size();) {
    const diag::CodePoint c = diag::decode_utf8(word, at);
    diag::append_utf8(out, static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c.value), U_FOLD_CASE_DEFAULT)));
    at += c.length;
  }
  return out;
}

// How far an ellipsis goes that begins at `at`: …, ..., . . .; 0: none begins there.
std::size_t ellipsis(std::string_view text, std::size_t at) {
  constexpr std::string_view sign = "…";
  std::size_t end = at, stops = 0;
  while (end < text.size()) {
    if (text.substr(end).starts_with(sign)) {
      stops += 3;
      end += sign.size();
    } else if (text[end] == '.') {
      ++stops;
      ++end;
    } else if (text[end] == ' ' && end + 1 < text.size() && text[end + 1] == '.' && stops != 0) {
      ++end;
    } else {
      break;
    }
  }
  return stops < 2 ? 0 : end - at;
}

}  // namespace

std::uint32_t Words::number(const std::string& word) {
  return numbers_.emplace(word, static_cast<std::uint32_t>(numbers_.size())).first->second;
}

// The word that begins at `at`, which is moved behind it.
Token Words::word_at(std::string_view text, std::size_t& at, bool quoted) {
  std::string word;
  bool plain = true;
  Token token{Token::Kind::word, 0, 0, static_cast<std::uint32_t>(at), 0};
  while (at < text.size()) {
    const diag::CodePoint c = diag::decode_utf8(text, at);
    const std::size_t next = at + c.length;
    const char32_t after = next < text.size() ? diag::decode_utf8(text, next).value : U' ';
    if (is_apostrophe(c.value) && !word.empty() && is_part_of_word(after)) {
      word += '\'';
    } else if (is_part_of_word(c.value)) {
      diag::append_utf8(word, c.value);
      plain = plain && c.value < 0x300;
    } else if (!(quoted && (c.value == '[' || c.value == ']') && is_part_of_word(after)) &&
               !(is_nothing(c.value) && is_part_of_word(after))) {
      break;
    }
    at = next;
    if (stands_alone(c.value)) break;
    if (stands_alone(after)) break;
  }
  token.end = static_cast<std::uint32_t>(at);
  if (!plain) word = composed(word);
  token.exact = number(word);
  token.folded = number(in_small(word));
  return token;
}

std::vector<Token> Words::tokens(std::string_view text, bool quoted) {
  std::vector<Token> out;
  const auto add = [&](Token::Kind kind, char32_t c, std::size_t begin, std::size_t end) {
    std::string mark;
    diag::append_utf8(mark, c);
    const std::uint32_t same = number(mark);
    out.push_back({kind, same, same, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  };
  for (std::size_t at = 0; at < text.size();) {
    const diag::CodePoint c = diag::decode_utf8(text, at);
    if (const std::size_t length = ellipsis(text, at); length != 0) {
      if (quoted) add(Token::Kind::gap, c.value, at, at + length);
      at += length;
    } else if (quoted && c.value == '[') {
      // One letter that is put before others is a capital that was changed; else something stands for the book's words.
      const std::size_t close = std::min(text.find(']', at), text.size());
      const bool one = close - at <= 5 && close + 1 < text.size() && close > at + 1 &&
                       diag::decode_utf8(text, at + 1).length == close - at - 1 &&
                       is_part_of_word(diag::decode_utf8(text, close + 1).value);
      if (one) {
        out.push_back(word_at(text, at, true));
      } else {
        add(Token::Kind::gap, c.value, at, close);
        at = std::min(close + 1, text.size());
      }
    } else if (is_part_of_word(c.value)) {
      out.push_back(word_at(text, at, quoted));
    } else {
      if (is_dash(c.value)) {
        if (out.empty() || out.back().kind != Token::Kind::mark || out.back().exact != number("-"))
          add(Token::Kind::mark, U'-', at, at + c.length);
      } else if (is_mark(c.value)) {
        add(Token::Kind::mark, c.value, at, at + c.length);
      }
      at += c.length;
    }
  }
  return out;
}

}  // namespace epitome::proof
