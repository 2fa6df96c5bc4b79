#include "reader/values.hpp"

#include <fmt/format.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "reader/address.hpp"

namespace epitome::reader {

namespace {

using diag::Code;

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alnum(char c) { return is_alpha(c) || is_digit(c); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}
template <class Test>
bool all_of(std::string_view text, Test test) {
  return !text.empty() && std::all_of(text.begin(), text.end(), test);
}

// ISO 639-1.
constexpr std::string_view two_letter_languages =
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en "
    "eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv "
    "ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne "
    "ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss "
    "st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ";

// Countries that are taken for languages.
struct Mistaken {
  std::string_view wrong, right;
};
constexpr auto mistaken = std::to_array<Mistaken>({{"us", "en-US"},
                                                   {"gb", "en-GB"},
                                                   {"jp", "ja"},
                                                   {"cn", "zh-Hans"},
                                                   {"cz", "cs"},
                                                   {"dk", "da"},
                                                   {"gr", "el"},
                                                   {"iw", "he"},
                                                   {"in", "id"},
                                                   {"at", "de-AT"},
                                                   {"ua", "uk"}});

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// langtag or privateuse of RFC 5646, 2.1. The irregular tags ("i-klingon") have successors: none is taken.
bool is_language_tag(std::string_view tag) {
  const std::vector<std::string_view> subtags = split(tag, '-');
  for (const std::string_view s : subtags) {
    if (s.size() > 8 || !all_of(s, is_alnum)) return false;
  }
  std::size_t i = 0;
  const auto alpha = [&](std::size_t least, std::size_t most) {
    return i < subtags.size() && subtags[i].size() >= least && subtags[i].size() <= most &&
           all_of(subtags[i], is_alpha);
  };
  if (lowered(subtags[0]) != "x") {
    if (!alpha(2, 8)) return false;
    const bool may_extend = subtags[0].size() <= 3;
    ++i;
    for (int extensions = 0; may_extend && extensions < 3 && alpha(3, 3); ++extensions) ++i;
    if (alpha(4, 4)) ++i;                                                                                    // script
    if (alpha(2, 2) || (i < subtags.size() && subtags[i].size() == 3 && all_of(subtags[i], is_digit))) ++i;  // region
    std::vector<std::string> seen;
    while (i < subtags.size() && (subtags[i].size() >= 5 || (subtags[i].size() == 4 && is_digit(subtags[i][0])))) {
      std::string variant = lowered(subtags[i++]);
      if (std::find(seen.begin(), seen.end(), variant) != seen.end()) return false;
      seen.push_back(std::move(variant));
    }
    while (i < subtags.size() && subtags[i].size() == 1 && lower(subtags[i][0]) != 'x') {
      std::string singleton = lowered(subtags[i++]);
      if (std::find(seen.begin(), seen.end(), singleton) != seen.end()) return false;
      seen.push_back(std::move(singleton));
      const std::size_t first = i;
      while (i < subtags.size() && subtags[i].size() >= 2) ++i;
      if (i == first) return false;
    }
  }
  if (i < subtags.size() && lowered(subtags[i]) == "x") return i + 1 < subtags.size();
  return i == subtags.size();
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

bool is_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const std::size_t i : {0u, 1u, 2u, 3u, 5u, 6u, 8u, 9u}) {
    if (!is_digit(text[i])) return false;
  }
  const int year = number(text.substr(0, 4)), month = number(text.substr(5, 2)), day = number(text.substr(8, 2));
  if (year < 1 || month < 1 || month > 12) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return day >= 1 && day <= days[month - 1] + (month == 2 && leap ? 1 : 0);
}

bool is_year(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);  // before the common era
  return text.size() == 4 && all_of(text, is_digit) && text != "0000";
}

// ISBN-10 or ISBN-13 with their check digits (ISO 2108), hyphens and spaces ignored.
bool is_isbn(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (is_digit(c) || c == 'X' || c == 'x') {
      digits += c;
    } else if (c != '-' && c != ' ') {
      return false;
    }
  }
  if (digits.size() != 10 && digits.size() != 13) return false;
  const std::size_t cross = digits.find_first_of("Xx");
  if (cross != std::string::npos && (digits.size() != 10 || cross != 9)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const int digit = is_digit(digits[i]) ? digits[i] - '0' : 10;
    sum += digit * (digits.size() == 10 ? 10 - static_cast<int>(i) : (i % 2 == 0 ? 1 : 3));
  }
  return sum % (digits.size() == 10 ? 11 : 10) == 0;
}

std::optional<Fault> check_path(std::string_view path) {
  const std::string hint = "paths start at the source document's folder and stay in it: fig/roof.png";
  if (path.find('\\') != std::string_view::npos) {
    return Fault{Code::E0205, "holds a backslash", "names in a path are parted by '/'"};
  }
  if (path.front() == '/') return Fault{Code::E0305, "is an absolute path", hint};
  if (path.find(':') != std::string_view::npos) {
    return Fault{Code::E0305, "is not a path in the document's folder", hint};
  }
  for (const std::string_view part : split(path, '/')) {
    if (part == "..") return Fault{Code::E0305, "leads outside the document's folder", hint};
    if (part.empty() || part == ".") return Fault{Code::E0205, "is not a plain path", hint};
  }
  const std::string all = lowered(path);
  for (const std::string_view suffix : {".png", ".jpg", ".jpeg"}) {
    if (all.ends_with(suffix)) return {};
  }
  return Fault{Code::E0303, "is neither a PNG nor a JPEG file by its name", "the name ends in .png, .jpg or .jpeg"};
}

struct Role {
  std::string_view name, code;
};
// The MARC code list for relators has more; these are the ones a title page names.
constexpr auto roles = std::to_array<Role>({{"author", "aut"},
                                            {"translator", "trl"},
                                            {"illustrator", "ill"},
                                            {"editor", "edt"},
                                            {"narrator", "nrt"},
                                            {"photographer", "pht"},
                                            {"compiler", "com"},
                                            {"adapter", "adp"},
                                            {"introduction", "win"},
                                            {"foreword", "wfw"},
                                            {"afterword", "aft"},
                                            {"contributor", "ctb"}});

std::optional<Fault> check_role(std::string_view text) {
  if (!relator(text).empty()) return {};
  std::string names;
  for (const Role& role : roles) names += (names.empty() ? "" : ", ") + std::string(role.name);
  return Fault{Code::E0205, "is not a known role", "roles are " + names};
}

// A whole number from `least` to `most` without sign or leading zeros.
std::optional<Fault> check_number(std::string_view text, int least, int most) {
  if (text.size() <= 6 && all_of(text, is_digit) && (text[0] != '0' || text == "0") && number(text) >= least &&
      number(text) <= most) {
    return {};
  }
  return Fault{Code::E0205, fmt::format("is not a whole number from {} to {}", least, most),
               "write it in digits, without a sign or leading zeros"};
}

bool is_name(std::string_view text) {
  return !text.empty() && is_alpha(text[0]) && all_of(text, [](char c) { return is_alnum(c) || c == '-' || c == '_'; });
}

// As EPUB Accessibility 1.1, 4.3, writes what a publication conforms to.
bool is_conformance(std::string_view text) {
  for (const std::string_view edition : {"1.1", "1.2"}) {
    for (const std::string_view wcag : {"2.0", "2.1", "2.2"}) {
      for (const std::string_view level : {"A", "AA", "AAA"}) {
        if (text == fmt::format("EPUB Accessibility {} - WCAG {} Level {}", edition, wcag, level)) return true;
      }
    }
  }
  return false;
}

std::optional<Fault> one_of(std::string_view text, std::initializer_list<std::string_view> choices) {
  if (std::find(choices.begin(), choices.end(), text) != choices.end()) return {};
  std::string list;
  for (const std::string_view choice : choices) list += (list.empty() ? "" : " or ") + std::string(choice);
  return Fault{Code::E0205, "is not a value of this attribute", "write " + list};
}

}  // namespace

std::string collapsed(std::string_view text) {
  std::string out;
  bool space = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      space = !out.empty();
    } else {
      if (space) out += ' ';
      space = false;
      out += c;
    }
  }
  return out;
}

std::size_t end_of_reference(std::string_view text, std::size_t at) {
  constexpr std::size_t longest = 10;
  const std::size_t length = text[at] == '&' ? text.substr(at, longest).find(';') : std::string_view::npos;
  return length == std::string_view::npos ? length : at + length;
}

std::string primary_language(std::string_view tag) { return lowered(tag.substr(0, tag.find('-'))); }

namespace {

// "en" of "English"; empty if no language is called so in English.
std::string tag_of_name(std::string_view name) {
  for (const char* const* tag = uloc_getISOLanguages(); *tag != nullptr; ++tag) {
    UErrorCode status = U_ZERO_ERROR;
    UChar shown[128];
    char bytes[512];
    int32_t length = uloc_getDisplayLanguage(*tag, "en", shown, std::size(shown), &status);
    u_strToUTF8(bytes, sizeof bytes, &length, shown, length, &status);
    if (U_SUCCESS(status) && lowered({bytes, static_cast<std::size_t>(length)}) == lowered(name)) return *tag;
  }
  return {};
}

}  // namespace

std::optional<Fault> check_language(std::string_view tag) {
  if (is_language_tag(tag)) {
    const std::string primary = primary_language(tag);
    if (primary.size() > 3) {
      const std::string meant = tag_of_name(tag);
      return Fault{Code::E0211, "names no language",
                   meant.empty() ? "a tag of BCP 47: en, en-GB, zh-Hant, sr-Latn-RS" : "write " + meant};
    }
    if (primary.size() != 2 || two_letter_languages.find(primary + " ") != std::string_view::npos) return {};
    for (const Mistaken& m : mistaken) {
      if (m.wrong == primary) {
        return Fault{Code::E0211, "names no language", fmt::format("the tag for this may be {}", m.right)};
      }
    }
    return Fault{Code::E0211, "names no language", "'" + primary + "' is not in ISO 639-1"};
  }
  std::string hyphened(tag);
  std::replace(hyphened.begin(), hyphened.end(), '_', '-');
  if (hyphened != tag && is_language_tag(hyphened)) {
    return Fault{Code::E0211, "is not a language tag", "write " + hyphened};
  }
  return Fault{Code::E0211, "is not a language tag", "a tag of BCP 47: en, en-GB, zh-Hant, sr-Latn-RS"};
}

bool is_right_to_left(std::string_view tag) {
  const std::vector<std::string_view> subtags = split(tag, '-');
  for (std::size_t i = 1; i < subtags.size() && subtags[i].size() > 1; ++i) {
    if (subtags[i].size() != 4 || !all_of(subtags[i], is_alpha)) continue;
    const std::string script = lowered(subtags[i]);
    constexpr std::string_view scripts[] = {"arab", "aran", "hebr", "thaa", "syrc",
                                            "nkoo", "adlm", "rohg", "mand", "samr"};
    return std::find(std::begin(scripts), std::end(scripts), script) != std::end(scripts);
  }
  // Languages whose usual script (the likely subtags of CLDR) is one of those.
  constexpr std::string_view languages[] = {"ar", "he",  "fa",  "ur",  "yi",  "ps",  "sd",  "ug",
                                            "dv", "ckb", "syr", "arc", "nqo", "arz", "pnb", "ks"};
  return std::find(std::begin(languages), std::end(languages), primary_language(tag)) != std::end(languages);
}

std::string_view relator(std::string_view role) {
  for (const Role& r : roles) {
    if (r.name == role) return r.code;
  }
  return {};
}

std::vector<std::string_view> role_names() {
  std::vector<std::string_view> names;
  for (const Role& role : roles) names.push_back(role.name);
  return names;
}

std::optional<Fault> check_value(Value value, std::string_view text) {
  switch (value) {
    case Value::words:
    case Value::article:
    case Value::reference:
      return {};
    case Value::id:
      // Two hyphens together are the program's own (model/ids.hpp).
      if (is_name(text) && text.find("--") == text.npos) return {};
      return Fault{Code::E0205, "is not an id",
                   "letters a–z, digits, '-' and '_', a letter first; '--' is kept for the program's own ids"};
    case Value::language:
      return check_language(text);
    case Value::direction:
      return one_of(text, {"ltr", "rtl"});
    case Value::version:
      if (text == "1") return {};
      return Fault{Code::E0205, "is not a version of this vocabulary", "the version is 1"};
    case Value::role:
      return check_role(text);
    case Value::day:
      if (is_day(text)) return {};
      return Fault{Code::E0205, "is not a date", "year, month, day: 2024-05-31"};
    case Value::published:
      if (is_day(text) || is_year(text)) return {};
      return Fault{Code::E0205, "is neither a year nor a date", "1818 or 1818-01-01; a year has four digits"};
    case Value::isbn:
      if (is_isbn(text)) return {};
      return Fault{Code::E0205, "is not an ISBN", "ten or thirteen digits, the last one a check digit"};
    case Value::path:
      return check_path(text);
    case Value::link:
      return check_address(text);
    case Value::uri:
      if (!scheme_of(text).empty() && text.size() > scheme_of(text).size() + 1 && is_of_uri_characters(text)) return {};
      return Fault{Code::E0205, "is not a URI",
                   "urn:uuid:…, urn:isbn:… or https://…; without one, the program makes one"};
    case Value::start:
      return check_number(text, 0, 9999);
    case Value::span:
      return check_number(text, 1, 100);
    case Value::scope:
      return one_of(text, {"col", "row"});
    case Value::alignments:
      for (const std::string_view word : split(text, ' '))
        if (std::optional<Fault> fault = one_of(word, {"auto", "start", "center", "end"})) {
          fault->hint += ", one for each column";
          return fault;
        }
      return {};
    case Value::variant:
      if (is_name(text) && lowered(text) == text) return {};
      return Fault{Code::E0205, "is not a variant's name", "lower-case letters, digits and hyphens: large-print"};
    case Value::conformance:
      if (is_conformance(text)) return {};
      return Fault{Code::E0205, "is not what EPUB Accessibility calls a conformance",
                   "EPUB Accessibility 1.1 - WCAG 2.2 Level AA, or another edition and level"};
    case Value::maker:
      return one_of(text, {"person", "assisted", "generated"});
    case Value::truth:
      return one_of(text, {"true", "false"});
  }
  return {};
}

}  // namespace epitome::reader
