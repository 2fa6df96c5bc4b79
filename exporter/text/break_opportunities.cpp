#include "text/break_opportunities.hpp"

#include <unicode/utf16.h>

#include <stdexcept>

#include "diag/utf8.hpp"
#include "text/itemize.hpp"

namespace epitome::text {

BreakFinder::~BreakFinder() {
  for (const auto& [lang, iterator] : iterators_) ubrk_close(iterator);
}

void BreakFinder::find(std::string_view text, std::string_view lang, std::vector<Opportunity>& out) {
  out.assign(text.size() + 1, Opportunity::none);
  utf16_.clear();
  bytes_.clear();
  for (std::size_t i = 0; i < text.size();) {
    const diag::CodePoint c = diag::decode_utf8(text, i);
    if (c.value >= 0x10000) {
      utf16_.push_back(U16_LEAD(c.value));
      utf16_.push_back(U16_TRAIL(c.value));
      bytes_.push_back(static_cast<std::uint32_t>(i));
    } else {
      utf16_.push_back(static_cast<UChar>(c.value));
    }
    bytes_.push_back(static_cast<std::uint32_t>(i));
    i += c.length;
  }
  bytes_.push_back(static_cast<std::uint32_t>(text.size()));

  UErrorCode status = U_ZERO_ERROR;
  auto found = iterators_.find(lang);
  if (found == iterators_.end()) {
    std::string locale(lang);
    // As ICU's own keyword: the tag's form, -u-lb-strict, loads the names of all keywords first.
    if (lang.starts_with("ja")) locale += "@lb=strict";
    UBreakIterator* iterator = ubrk_open(UBRK_LINE, locale.c_str(), nullptr, 0, &status);
    if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU finds no line breaks: ") + u_errorName(status));
    found = iterators_.emplace(std::string(lang), iterator).first;
  }
  UBreakIterator* iterator = found->second;
  ubrk_setText(iterator, utf16_.data(), static_cast<std::int32_t>(utf16_.size()), &status);
  if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU finds no line breaks: ") + u_errorName(status));
  for (std::int32_t at = ubrk_next(iterator); at != UBRK_DONE; at = ubrk_next(iterator)) {
    const bool hard = ubrk_getRuleStatus(iterator) >= UBRK_LINE_HARD;
    out[bytes_[static_cast<std::size_t>(at)]] = hard ? Opportunity::mandatory : Opportunity::allowed;
  }
}

void keep_clusters(std::string_view text, std::vector<Opportunity>& out) {
  const std::vector<std::uint32_t> starts = cluster_starts(text);
  std::size_t next = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (starts[next] == i) {
      ++next;
    } else if (out[i] == Opportunity::allowed) {
      out[i] = Opportunity::none;
    }
  }
}

}  // namespace epitome::text
