#include "style/borrow.hpp"

#include <unicode/uloc.h>
#include <unicode/ures.h>
#include <unicode/ustring.h>

#include <memory>
#include <optional>
#include <string>

namespace epitome::style {

namespace {

struct CloseBundle {
  void operator()(UResourceBundle* bundle) const { ures_close(bundle); }
};
using Bundle = std::unique_ptr<UResourceBundle, CloseBundle>;

std::optional<std::string> text_of(const UResourceBundle* bundle, const char* key) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t length = 0;
  const UChar* const text = ures_getStringByKey(bundle, key, &length, &status);
  if (U_FAILURE(status)) return std::nullopt;
  std::string out(static_cast<std::size_t>(length) * 3, '\0');
  int32_t bytes = 0;
  u_strToUTF8(out.data(), static_cast<int32_t>(out.size()), &bytes, text, length, &status);
  if (U_FAILURE(status)) return std::nullopt;
  out.resize(static_cast<std::size_t>(bytes));
  return out;
}

// The data of exactly that locale in ICU's `package`: a lookup with fallbacks would end at the locale of the
// environment, and the bytes would depend on it.
Bundle bundle_of(const char* package, const std::string& locale) {
  UErrorCode status = U_ZERO_ERROR;
  Bundle bundle(ures_openDirect(package, locale.c_str(), &status));
  return U_SUCCESS(status) ? std::move(bundle) : nullptr;
}

Bundle table_of(const UResourceBundle* bundle, const char* key) {
  UErrorCode status = U_ZERO_ERROR;
  Bundle table(ures_getByKey(bundle, key, nullptr, &status));
  return U_SUCCESS(status) ? std::move(table) : nullptr;
}

// ICU's name of the locale, and those with its last subtags left off.
std::vector<std::string> locales_of(std::string_view tag) {
  UErrorCode status = U_ZERO_ERROR;
  char locale[ULOC_FULLNAME_CAPACITY] = {};
  uloc_forLanguageTag(std::string(tag).c_str(), locale, sizeof locale, nullptr, &status);
  if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING) return {};
  std::vector<std::string> out{std::string(locale).substr(0, std::string_view(locale).find('@'))};
  for (std::size_t cut; (cut = out.back().rfind('_')) != std::string::npos;) out.push_back(out.back().substr(0, cut));
  return out;
}

void take_marks(const UResourceBundle* delimiters, model::QuotationMarks& marks, const char* open, const char* close) {
  std::optional<std::string> opens = text_of(delimiters, open), closes = text_of(delimiters, close);
  if (!opens || !closes) return;
  marks.open = std::move(*opens);
  marks.close = std::move(*closes);
}

}  // namespace

void borrow(Language& language, std::string_view tag) {
  language.tag = tag;
  language.asked = tag;
  language.also.clear();
  language.name = tag;
  language.draft = false;
  language.hyphenation = {};
  language.bind_after.clear();
  language.bind_before.clear();
  language.articles.clear();
  language.mark_spacing.clear();
  const std::vector<std::string> locales = locales_of(tag);
  if (locales.empty()) return;
  language.direction = uloc_isRightToLeft(locales.front().c_str()) != 0 ? model::Direction::rtl : model::Direction::ltr;
  for (const std::string& locale : locales) {
    const Bundle bundle = bundle_of(nullptr, locale);
    const Bundle delimiters = bundle ? table_of(bundle.get(), "delimiters") : nullptr;
    if (!delimiters) continue;
    take_marks(delimiters.get(), language.quotation[0], "quotationStart", "quotationEnd");
    take_marks(delimiters.get(), language.quotation[1], "alternateQuotationStart", "alternateQuotationEnd");
    break;
  }
  const std::string& primary = locales.back();
  const Bundle names = bundle_of(U_ICUDATA_NAME "-lang", primary);
  const Bundle languages = names ? table_of(names.get(), "Languages") : nullptr;
  if (languages) language.name = text_of(languages.get(), primary.c_str()).value_or(language.name);
}

}  // namespace epitome::style
