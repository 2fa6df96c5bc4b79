#include "book/check_title.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <string_view>

#include "diag/utf8.hpp"

namespace epitome::book {

using namespace style;

namespace {

// How many bytes of `text` are `word` in large or small letters; 0 if it doesn't begin with that.
std::size_t begins_with(std::string_view text, std::string_view word) {
  const auto folded = [](char32_t c) { return u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT); };
  std::size_t at = 0;
  for (std::size_t i = 0; i < word.size();) {
    if (at == text.size()) return 0;
    const diag::CodePoint wanted = diag::decode_utf8(word, i), found = diag::decode_utf8(text, at);
    if (folded(wanted.value) != folded(found.value)) return 0;
    i += wanted.length;
    at += found.length;
  }
  return at;
}

bool tied(std::string_view article) { return article.ends_with("’") || article.ends_with('\''); }

}  // namespace

void check_title(const model::Title& title, const Language& language, diag::Sink& sink) {
  if (title.prefix_given || !(title.lang.empty() || language.covers(title.lang))) return;
  const std::string_view text = title.main;
  for (const std::string& article : language.articles) {
    const std::size_t length = begins_with(text, article);
    if (length == 0) continue;
    std::string_view rest = text.substr(length);
    if (!tied(article)) {
      if (!rest.starts_with(' ')) continue;
      rest.remove_prefix(1);
    }
    if (rest.empty()) continue;
    const std::string_view written = text.substr(0, length);
    sink.report(diag::Code::W0405, {title.span.offset, static_cast<std::uint32_t>(length)},
                fmt::format("the title begins with an article: '{}'", written),
                {fmt::format("set it apart: <title prefix=\"{0}\">{1}</title>, in JSON and front matter "
                             "\"title\": {{\"prefix\": \"{0}\", \"text\": \"{1}\"}}",
                             written, rest),
                 "if it is none, as in A Is for Alibi, say so: prefix=\"\""});
    return;
  }
}

}  // namespace epitome::book
