#include "reader/lint.hpp"

#include <fmt/format.h>

#include "reader/tree.hpp"

namespace epitome::reader {

using diag::Code;
using diag::Span;

void Lint::text(std::string_view bytes, Span span, bool english) {
  english_ = english;
  const std::size_t end = span.offset + std::size_t{span.length};
  for (std::size_t i = span.offset; i < end; ++i) {
    const char c = bytes[i];
    const std::string_view here = bytes.substr(i, end - i);
    const auto place = [&](std::size_t length) {
      return Span{static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(length)};
    };
    if (is_space(c)) {
      end_word();
      continue;
    }
    if (word_.empty()) word_span_.offset = static_cast<std::uint32_t>(i);
    word_ += c;
    word_span_.length = static_cast<std::uint32_t>(i + 1 - word_span_.offset);

    const bool entity = here.starts_with("&quot;") || here.starts_with("&apos;");
    if (c == '"' || c == '\'' || entity) {
      const bool doubled = c == '"' || here.starts_with("&quot;");
      faults_->add(Code::W0402, place(entity ? 6 : 1),
                   doubled ? "a straight quotation mark" : "a straight apostrophe or quotation mark",
                   {doubled ? "<q>…</q> sets the language's own marks"
                            : "an apostrophe is ’ (U+2019); <q>…</q> sets quotation marks"});
    } else if (c == '-') {
      std::size_t dashes = 1;
      while (dashes < here.size() && here[dashes] == '-') ++dashes;
      const bool alone = i > span.offset && is_space(bytes[i - 1]) && here.size() > 1 && is_space(here[1]);
      if (dashes > 1 || alone) {
        faults_->add(Code::W0403, place(dashes), dashes > 1 ? "hyphens stand for a dash" : "a hyphen stands for a dash",
                     {"a dash is – (U+2013) or — (U+2014)"});
        for (std::size_t k = 1; k < dashes; ++k) word_ += '-';
        word_span_.length += static_cast<std::uint32_t>(dashes - 1);
        i += dashes - 1;
      }
    } else if (here.starts_with("...")) {
      faults_->add(Code::W0404, place(3), "three full stops stand for an ellipsis", {"an ellipsis is … (U+2026)"});
      word_ += "..";
      word_span_.length += 2;
      i += 2;
    }
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

}  // namespace epitome::reader
