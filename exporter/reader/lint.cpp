#include "reader/lint.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>

#include "diag/limits.hpp"
#include "diag/utf8.hpp"
#include "reader/tree.hpp"

namespace epitome::reader {

using diag::Code;
using diag::Span;

namespace {

constexpr std::string_view white_space = " \t\n\r";

// Whether a line may end at the character inside a word (UAX #14): those of scripts without spaces, hyphens, U+200B.
bool may_end_line(char32_t c) {
  switch (u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_LINE_BREAK)) {
    case U_LB_IDEOGRAPHIC:
    case U_LB_COMPLEX_CONTEXT:
    case U_LB_CONDITIONAL_JAPANESE_STARTER:
    case U_LB_NONSTARTER:
    case U_LB_H2:
    case U_LB_H3:
    case U_LB_JL:
    case U_LB_ZWSPACE:
    case U_LB_BREAK_AFTER:
    case U_LB_HYPHEN:
      return true;
    default:
      return false;
  }
}

// Most bytes: none of the marks that are looked at.
bool is_plain(char c) { return c != '"' && c != '\'' && c != '&' && c != '-' && c != '.'; }

// Behind the tag of HTML that begins at `at`, in a text that isn't XML; `at` itself if none does. Its marks are no
// text's.
std::size_t behind_tag(std::string_view bytes, std::size_t at, std::size_t end) {
  if (bytes[at] != '<' || at + 1 >= end) return at;
  const char next = bytes[at + 1];
  if (next != '/' && (next < 'a' || next > 'z') && (next < 'A' || next > 'Z')) return at;
  const std::size_t close = bytes.substr(0, end).find_first_of("<>\n", at + 1);
  return close == std::string_view::npos || bytes[close] != '>' ? at : close + 1;
}

}  // namespace

void Lint::text(std::string_view bytes, Span span, bool english) {
  english_ = english;
  const std::size_t end = span.offset + std::size_t{span.length};
  std::size_t i = span.offset;
  while (i < end) {
    if (is_space(bytes[i])) {
      end_word();
      ++i;
      continue;
    }
    if (const std::size_t behind = behind_tag(bytes, i, end); behind != i) {
      i = behind;
      continue;
    }
    const std::size_t from = i;
    while (i < end && !is_space(bytes[i]) && behind_tag(bytes, i, end) == i) {
      i += is_plain(bytes[i]) ? 1 : mark(bytes, span.offset, end, i);
    }
    if (word_.empty()) word_span_.offset = static_cast<std::uint32_t>(from);
    word_.append(bytes, from, i - from);
    word_span_.length = static_cast<std::uint32_t>(i - word_span_.offset);
  }
}

// Looks at the mark at `at`; returns how many bytes it takes.
std::size_t Lint::mark(std::string_view bytes, std::size_t begin, std::size_t end, std::size_t at) {
  const std::string_view here = bytes.substr(at, end - at);
  const auto place = [&](std::size_t length) {
    return Span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(length)};
  };
  const auto quote = [&](std::size_t length, bool doubled) {
    faults_->add(Code::W0402, place(length),
                 doubled ? "a straight quotation mark" : "a straight apostrophe or quotation mark",
                 {doubled ? "<q>…</q> sets the language's own marks"
                          : "an apostrophe is ’ (U+2019); <q>…</q> sets quotation marks"});
    return length;
  };
  switch (here.front()) {
    case '"':
    case '\'':
      return quote(1, here.front() == '"');
    case '&':
      if (here.starts_with("&quot;") || here.starts_with("&apos;")) return quote(6, here[1] == 'q');
      return 1;
    case '-': {
      const std::size_t dashes = std::min(here.find_first_not_of('-'), here.size());
      const bool alone = at > begin && is_space(bytes[at - 1]) && here.size() > 1 && is_space(here[1]);
      if (dashes > 1 || alone) {
        faults_->add(Code::W0403, place(dashes), dashes > 1 ? "hyphens stand for a dash" : "a hyphen stands for a dash",
                     {"a dash is – (U+2013) or — (U+2014)"});
      }
      return dashes;
    }
    case '.':
      if (!here.starts_with("...")) return 1;
      faults_->add(Code::W0404, place(3), "three full stops stand for an ellipsis", {"an ellipsis is … (U+2026)"});
      return 3;
    default:
      return 1;
  }
}

void Lint::end_word() {
  if (word_.empty()) return;
  if (!english_) {
    articles_ = {};
  } else if (articles_.next(word_)) {
    faults_->add(Code::W0401, word_span_, fmt::format("the article '{}' follows an article", word_),
                 {"write the title without its article here, or drop the one before it"});
  }
  word_.clear();
}

void Lint::length(std::string_view text, Span span) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(white_space), text.size());
    if (unparted_.empty()) unparted_place_ = {span.offset, 1};
    constexpr std::size_t looked_at = 8 * limits::word;  // bytes: a document may be one word
    unparted_.append(text.substr(0, std::min(end, looked_at - std::min(looked_at, unparted_.size()))));
    if (end == text.size()) return;
    end_unparted();
    text.remove_prefix(end + 1);
  }
}

void Lint::end_unparted() {
  std::size_t length = 0, longest = 0;
  const std::size_t bytes = unparted_.size() <= limits::word ? 0 : unparted_.size();
  for (std::size_t at = 0; at < bytes;) {
    const diag::CodePoint c = diag::decode_utf8(unparted_, at);
    length = may_end_line(c.value) ? 0 : length + 1;
    longest = std::max(longest, length);
    at += c.length;
  }
  unparted_.clear();
  if (longest > limits::word)
    faults_->add(Code::E0108, unparted_place_,
                 fmt::format("a word has {} characters; {} are the most", longest, limits::word),
                 {"is it data? Words have spaces between them, or zero width spaces, &#x200B;"});
}

}  // namespace epitome::reader
