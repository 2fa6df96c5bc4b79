#include "proof/dictionary.hpp"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <array>
#include <fstream>
#include <hunspell.hxx>
#include <utility>

#include "proof/suggestions.hpp"

namespace epitome::proof {

namespace {

constexpr std::string_view typed = "'", curved = "’";

std::string with(std::string_view mark, std::string_view instead, std::string_view word) {
  std::string out(word);
  for (std::size_t at = 0; (at = out.find(mark, at)) != std::string::npos; at += instead.size())
    out.replace(at, mark.size(), instead);
  return out;
}

// What ICU calls an encoding by another name.
std::string name_for_icu(const std::string& name) {
  constexpr std::string_view prefix = "microsoft-cp";
  if (name.starts_with(prefix)) return "windows-" + name.substr(prefix.size());
  return name.starts_with("TIS620") ? "TIS-620" : name;
}

}  // namespace

Dictionary::Dictionary(const std::string& name)
    : words_(std::make_unique<Hunspell>((name + ".aff").c_str(), (name + ".dic").c_str())) {}

Dictionary::~Dictionary() {
  if (converter_ != nullptr) ucnv_close(converter_);
}

std::unique_ptr<Dictionary> Dictionary::open(const std::string& name) {
  std::unique_ptr<Dictionary> out(new Dictionary(name));
  const std::string encoding = out->words_->get_dict_encoding();
  if (encoding == "UTF-8") {
    out->read_letters(name + ".aff");
    return out;
  }
  UErrorCode status = U_ZERO_ERROR;
  out->converter_ = ucnv_open(name_for_icu(encoding).c_str(), &status);
  if (U_SUCCESS(status))
    ucnv_setFromUCallBack(out->converter_, UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  if (U_FAILURE(status)) return nullptr;
  out->read_letters(name + ".aff");
  return out;
}

// The line TRY of the affix file (hunspell(5)).
void Dictionary::read_letters(const std::string& aff) {
  std::ifstream file(aff);
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("TRY ")) continue;
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    letters_ = letters_of(with(typed, curved, decoded(line.substr(line.find_last_of(" \t") + 1))));
    std::erase_if(letters_, [](const std::string& letter) { return letter == "-" || letter == "."; });
    return;
  }
}

// Nothing if the encoding has no such letter.
std::optional<std::string> Dictionary::encoded(std::string_view word) const {
  if (converter_ == nullptr) return std::string(word);
  UErrorCode status = U_ZERO_ERROR;
  std::array<char, 512> bytes{};
  const int32_t length = icu::UnicodeString::fromUTF8(icu::StringPiece(word.data(), static_cast<int32_t>(word.size())))
                             .extract(bytes.data(), static_cast<int32_t>(bytes.size()), converter_, status);
  if (U_FAILURE(status) || length > static_cast<int32_t>(bytes.size())) return std::nullopt;
  return std::string(bytes.data(), static_cast<std::size_t>(length));
}

std::string Dictionary::decoded(const std::string& word) const {
  if (converter_ == nullptr) return word;
  UErrorCode status = U_ZERO_ERROR;
  std::string out;
  icu::UnicodeString(word.data(), static_cast<int32_t>(word.size()), converter_, status).toUTF8String(out);
  return out;
}

// Most dictionaries have words with the apostrophe that is typed, a few with the curved one alone.
bool Dictionary::has(std::string_view word) const {
  for (const auto& [mark, instead] : {std::pair(curved, typed), std::pair(typed, curved)}) {
    const std::optional<std::string> bytes = encoded(with(mark, instead, word));
    if (bytes && words_->spell(*bytes)) return true;
    if (word.find(typed) == std::string_view::npos && word.find(curved) == std::string_view::npos) return false;
  }
  return false;
}

}  // namespace epitome::proof
