#include "text/hyphenation.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>

#include <algorithm>
#include <array>

#include "diag/utf8.hpp"

namespace epitome::text {

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  const auto value = static_cast<UChar32>(c);
  return u_isalpha(value) != 0 || (u_charType(value) == U_NON_SPACING_MARK);
}

bool is_upper(char32_t c) { return c < 0x80 ? (c >= 'A' && c <= 'Z') : u_isUUppercase(static_cast<UChar32>(c)) != 0; }

char32_t to_lower(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

namespace {

bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019; }
bool is_hyphen(char32_t c) { return c == '-' || c == 0x2010; }

// Beside a hyphen that is written no other stands nearer than this many letters.
constexpr int compound_min = 3;

}  // namespace

namespace {

// The tag as registries write it: subtags in their own case, codes that were replaced by those in use (in: id).
std::string canonical(const std::string& tag) {
  UErrorCode status = U_ZERO_ERROR;
  std::array<char, ULOC_FULLNAME_CAPACITY> locale{}, out{};
  constexpr auto room = static_cast<std::int32_t>(ULOC_FULLNAME_CAPACITY - 1);
  uloc_forLanguageTag(tag.c_str(), locale.data(), room, nullptr, &status);
  uloc_toLanguageTag(locale.data(), out.data(), room, 1, &status);
  return U_SUCCESS(status) && status != U_STRING_NOT_TERMINATED_WARNING ? std::string(out.data()) : tag;
}

}  // namespace

const Patterns* Hyphenation::patterns(const std::string& name) {
  const auto known = patterns_.find(name);
  if (known != patterns_.end()) return known->second.get();
  std::unique_ptr<Patterns> opened = Patterns::open(folder_ + "/" + name + ".hyp");
  return opened ? patterns_.emplace(name, std::move(opened)).first->second.get() : nullptr;
}

const Patterns* Hyphenation::look_up(std::string& tag, const style::Language& language) {
  while (!language.named(tag)) {
    if (const Patterns* const found = patterns(tag)) return found;
    const std::size_t cut = tag.rfind('-');
    if (cut == std::string::npos) return nullptr;
    tag.resize(cut);
  }
  return nullptr;
}

HyphenationRules Hyphenation::resolved(std::string_view lang, const style::Language& language, diag::Sink& sink) {
  HyphenationRules rules;
  rules.start_min = language.hyphenation.start_min;
  rules.end_min = language.hyphenation.end_min;
  rules.word_min = language.hyphenation.word_min;
  rules.capitals = language.hyphenation.capitals;
  const std::string& own = language.hyphenation.patterns;
  std::string tag(lang);
  rules.patterns = look_up(tag, language);
  if (rules.patterns == nullptr && !language.named(tag)) {
    tag = canonical(std::string(lang));
    if (tag != lang) rules.patterns = look_up(tag, language);
  }
  if (language.named(tag)) {
    rules.patterns = own.empty() ? nullptr : patterns(own);
    if (!own.empty() && rules.patterns == nullptr && missing_ != own) {
      missing_ = own;
      sink.report(diag::Code::E0507, {},
                  fmt::format("the hyphenation patterns '{}' of {} can't be read", own, language.name),
                  {fmt::format("build the program anew with the package {}", language.hyphenation.package)});
    }
  } else if (rules.patterns != nullptr && tag != own) {
    // A phrase in another language has the stricter limits of two: the document's and the patterns' own.
    rules.start_min = std::max(rules.start_min, rules.patterns->start_min());
    rules.end_min = std::max(rules.end_min, rules.patterns->end_min());
    rules.capitals = false;
  }
  return rules;
}

const HyphenationRules* Hyphenation::rules(std::string_view lang, const style::Language& language, diag::Sink& sink) {
  const auto key = std::tuple(std::string(lang), language.tag, language.asked);
  if (const auto known = found_rules_.find(key); known != found_rules_.end()) return known->second;
  HyphenationRules made = resolved(lang, language, sink);
  if (made.patterns == nullptr) return found_rules_[key] = nullptr;
  const auto same = std::find_if(rules_.begin(), rules_.end(), [&](const auto& r) { return r->same_as(made); });
  if (same != rules_.end()) return found_rules_[key] = same->get();
  made.id = static_cast<std::uint32_t>(rules_.size() + 1);
  rules_.push_back(std::make_unique<HyphenationRules>(made));
  return found_rules_[key] = rules_.back().get();
}

void Hyphenation::points(const HyphenationRules& rules, std::string_view word, std::vector<std::uint32_t>& out) {
  // The word's characters, and whether it may be hyphenated at all: no figures, no capital but the first letter.
  characters_.clear();
  for (std::size_t i = 0; i < word.size();) {
    const diag::CodePoint c = diag::decode_utf8(word, i);
    characters_.push_back({c.value, static_cast<std::uint32_t>(i)});
    if (c.value >= '0' && c.value <= '9') return;
    i += c.length;
  }
  const std::size_t count = characters_.size();
  const auto at = [&](std::size_t i) { return i < count ? characters_[i].value : U' '; };
  for (std::size_t begin = 0; begin < count;) {
    if (!is_letter(at(begin))) {
      ++begin;
      continue;
    }
    // A core: letters, to be looked up; what stands before and after it decides about its limits.
    std::size_t end = begin;
    bool inner_capital = false;
    lower_.clear();
    offsets_.clear();
    for (; end < count && is_letter(at(end)); ++end) {
      if (end > begin && is_upper(at(end))) inner_capital = true;
      offsets_.push_back(static_cast<std::uint32_t>(lower_.size()));
      diag::append_utf8(lower_, to_lower(at(end)));
    }
    const int letters = static_cast<int>(end - begin);
    // What follows an apostrophe belongs to the word ("would-n’t" leaves two letters only); what stands before one
    // is a word of its own (l’histoire).
    int following = 0;
    if (is_apostrophe(at(end)))
      for (std::size_t i = end + 1; i < count && is_letter(at(i)); ++i) ++following;
    const bool compound_before = begin > 0 && is_hyphen(at(begin - 1));
    const bool compound_after = is_hyphen(at(end));
    const int start_min = std::max(rules.start_min, compound_before ? compound_min : 1);
    const int end_min = std::max(rules.end_min, compound_after ? compound_min : 1);
    if (letters + following >= rules.word_min && !inner_capital) {
      rules.patterns->points(lower_, found_);
      for (const HyphenPoint& point : found_) {
        if (!point.replacement.empty()) continue;  // would change the word's letters: see patterns.hpp
        const auto letter = std::lower_bound(offsets_.begin(), offsets_.end(), point.offset);
        const int before = static_cast<int>(letter - offsets_.begin());
        if (before < start_min || letters - before + following < end_min) continue;
        out.push_back(characters_[begin + static_cast<std::size_t>(before)].offset);
      }
    }
    begin = end;
  }
}

}  // namespace epitome::text
