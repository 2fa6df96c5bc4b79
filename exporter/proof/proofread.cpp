#include "proof/proofread.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <tuple>
#include <unordered_set>

#include "diag/utf8.hpp"
#include "model/walk.hpp"
#include "proof/names.hpp"
#include "proof/parts.hpp"
#include "proof/texts.hpp"
#include "style/read_language.hpp"

namespace epitome::proof {

using diag::Code;

namespace {

constexpr std::size_t long_enough = 60;  // bytes of a text that is more than a phrase

struct Character {
  char32_t value = 0;
  std::size_t begin = 0, end = 0;
};

std::vector<Character> characters_of(std::string_view text) {
  std::vector<Character> out;
  for (std::size_t at = 0; at < text.size();) {
    const diag::CodePoint c = diag::decode_utf8(text, at);
    out.push_back({c.value, at, at + c.length});
    at += c.length;
  }
  return out;
}

bool is_letter(char32_t c) { return u_isalpha(static_cast<UChar32>(c)) != 0; }

// For the author's own file: his quotation marks stay.
std::string in_markup(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
  return out;
}

// The same but for the number of spaces.
bool same_words(std::string_view written, std::string_view said) {
  std::string one;
  for (const char c : written)
    if (c != ' ' || one.empty() || one.back() != ' ') one += c;
  return one == said;
}

// What was found, with a name for what can't be seen.
std::string shown(Code code, const std::string& text) {
  if (code == Code::W0418) return {};
  if (code != Code::W0413) return fmt::format(": “{}”", text);
  std::string out = ":";
  for (const Character& c : characters_of(text)) out += fmt::format(" U+{:04X}", static_cast<std::uint32_t>(c.value));
  return out;
}

bool holds(const std::string& marks, char32_t c) {
  const std::vector<Character> all = characters_of(marks);
  return std::any_of(all.begin(), all.end(), [&](const Character& m) { return m.value == c; });
}

// Letters of a script that sets no spaces between words.
bool is_closed_up(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode code = uscript_getScript(static_cast<UChar32>(c), &status);
  return code == USCRIPT_HAN || code == USCRIPT_HIRAGANA || code == USCRIPT_KATAKANA;
}

// "b", "12", "iv" at the beginning, after a space or a mark that parts entries.
bool numbers(const std::vector<Character>& characters, std::size_t at) {
  const auto is_part = [](char32_t c) { return u_isalnum(static_cast<UChar32>(c)) != 0 && !is_closed_up(c); };
  std::size_t begin = at;
  bool roman = true;
  for (; begin > 0 && is_part(characters[begin - 1].value); --begin)
    roman = roman && holds("ivxlc", characters[begin - 1].value);
  if (begin == at || (at - begin > 2 && !roman)) return false;
  const char32_t before = begin == 0 ? U' ' : characters[begin - 1].value;
  return holds(" \u00A0\u3000,;:，；：、。！？", before) || is_closed_up(before);
}

// ":)", ";-)".
bool smiles(const std::vector<Character>& characters, std::size_t at) {
  if (at > 0 && characters[at - 1].value == '-') --at;
  return at > 0 && holds(":;", characters[at - 1].value);
}

// "…; and": a sentence of several paragraphs.
bool goes_on(const std::vector<Character>& characters, std::size_t last) {
  std::size_t word = last;
  while (word > 0 && last - word < 4 && is_letter(characters[word - 1].value)) --word;
  return word > 1 && word < last && characters[word - 1].value == ' ' &&
         (characters[word - 2].value == ',' || characters[word - 2].value == ';');
}

// "\u00ad", which JSON alone has, for one character.
bool is_json_escape(std::string_view written, std::string_view said) {
  return written.size() == 6 && written.starts_with("\\u") && !said.empty() &&
         diag::decode_utf8(said, 0).length == said.size() &&
         std::strtoul(std::string(written.substr(2)).c_str(), nullptr, 16) == diag::decode_utf8(said, 0).value;
}

class Proofreader {
 public:
  // `bytes`: the source, for what can be mended; empty: nothing is.
  Proofreader(const style::Language& language, const Rules& rules, std::string_view bytes)
      : language_(language), rules_(rules), bytes_(bytes), script_(style::script_of(language.tag)) {
    for (const model::QuotationMarks& marks : language.quotation) pair_of(marks);
  }

  void text(const Text& text, const Text* next) {
    by_rules(text);
    const std::vector<Character> characters = characters_of(text.text);
    if (rules_.doubled || !rules_.doubled_by_mistake.empty()) doubled_words(text, characters);
    pairs(text, characters, next);
    if (text.kind == Kind::question) question(text, characters);
    if (text.kind == Kind::paragraph) end(text, characters);
    if (text.kind != Kind::line) twice(text);
    script(text, characters);
  }

  // Tells what was found, in the order of its places.
  void tell(diag::Sink& sink) {
    sort();
    for (Finding& f : found_)
      if (!f.untold) sink.report(f.code, f.place, std::move(f.message), {std::move(f.hint)});
    found_.clear();
  }

  std::vector<Fix> fixes() {
    sort();
    std::vector<Fix> out;
    std::uint32_t end = 0;
    for (Finding& f : found_) {
      if (!f.fix || f.fix->span.offset < end) continue;
      end = f.fix->span.offset + f.fix->span.length;
      out.push_back(std::move(*f.fix));
    }
    return out;
  }

  // What stands for a picture.
  void alternative(const std::string& text, diag::Span place) {
    for (const Rule& rule : rules_.rules) {
      if (next_match(rule, text, 0)) report(rule.code, place, fmt::format("{}: “{}”", rule.message, text), rule.hint);
    }
  }

 private:
  struct Finding {
    Code code;
    diag::Span place;
    std::string message, hint;
    std::optional<Fix> fix = std::nullopt;
    bool untold = false;
  };
  void report(Code code, diag::Span place, std::string message, std::string hint) {
    found_.push_back({code, place, std::move(message), std::move(hint)});
  }
  void sort() {
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Finding& a, const Finding& b) { return a.place.offset < b.place.offset; });
  }
  // Nothing where the source doesn't write these bytes of the text as they are, or in two lines.
  std::optional<Fix> fix(const Text& text, std::size_t begin, std::size_t end, const std::string& instead) const {
    if (bytes_.empty() || !text.exact || begin >= end) return std::nullopt;
    const std::uint32_t from = text.begins[begin];
    // A space stands for all that the source has there.
    const std::uint32_t to = text.text[end - 1] == ' ' ? text.begins[end] : text.ends[end - 1];
    if (to <= from || to > bytes_.size()) return std::nullopt;
    const std::string_view written = bytes_.substr(from, to - from), said(text.text.data() + begin, end - begin);
    const bool escaped = written == in_markup(said) || is_json_escape(written, said);
    if (!escaped && !same_words(written, said)) return std::nullopt;
    // In a CDATA section nothing is escaped.
    if (!escaped && said.find_first_of("&<") != std::string_view::npos) return std::nullopt;
    return Fix{{from, to - from}, in_markup(instead)};
  }

  void by_rules(const Text& text) {
    std::set<std::tuple<Code, std::uint32_t, std::uint32_t>> told;
    for (const Rule& rule : rules_.rules) {
      if (rule.alternatives) continue;
      for (std::optional<Match> at; (at = next_match(rule, text.text, at ? at->end : 0));) {
        const std::string found = text.text.substr(at->begin, at->end - at->begin);
        const diag::Span place = text.span(at->begin, at->end);
        // Of two rules for one place the first tells it.
        if (!told.emplace(rule.code, place.offset, place.length).second) continue;
        report(rule.code, place, rule.message + shown(rule.code, found), rule.hint);
        found_.back().untold = rule.fix_only;
        if (rule.fix) found_.back().fix = fix(text, at->begin, at->end, *rule.fix);
      }
    }
  }

  // "and and".
  void doubled_words(const Text& text, const std::vector<Character>& characters) {
    std::size_t before = 0, before_end = 0;  // the word before, if it ends at the space
    for (std::size_t i = 0; i < characters.size();) {
      if (!is_letter(characters[i].value)) {
        if (characters[i].value != ' ' || i != before_end) before = before_end = 0;
        ++i;
        continue;
      }
      const std::size_t begin = i;
      while (i < characters.size() && is_word(characters[i].value)) ++i;
      const bool is_second =
          before_end != 0 && before_end + 1 == begin && same(characters, before, before_end, begin, i);
      // What follows at once belongs to the word: "that that's".
      if (is_second && i - begin > 1 && may_not_double(characters, begin, i)) {
        const std::size_t from = characters[before].begin, to = characters[i - 1].end;
        report(Code::W0411, text.span(from, to),
               fmt::format("a word stands twice: “{}”", text.text.substr(from, to - from)), "take one away");
        if (is_mistaken(characters, begin, i)) {
          // The second with the space before it; where a line ends there, the first.
          found_.back().fix = fix(text, characters[before_end].begin, to, "");
          if (!found_.back().fix && before > 0 && characters[before - 1].value == ' ')
            found_.back().fix = fix(text, characters[before - 1].begin, characters[before_end - 1].end, "");
        }
      }
      before = begin;
      before_end = i;
    }
  }
  static bool is_word(char32_t c) {
    // A dot is a letter's part in Catalan (instal·la), a line joins the words of a name.
    return is_letter(c) || c == U'’' || c == '\'' || c == U'·' || c == '_' ||
           u_getCombiningClass(static_cast<UChar32>(c)) != 0;
  }
  static char32_t folded(char32_t c) {
    return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
  }
  static bool same(const std::vector<Character>& c, std::size_t a, std::size_t a_end, std::size_t b,
                   std::size_t b_end) {
    return a_end - a == b_end - b &&
           std::equal(c.begin() + static_cast<std::ptrdiff_t>(a), c.begin() + static_cast<std::ptrdiff_t>(a_end),
                      c.begin() + static_cast<std::ptrdiff_t>(b),
                      [](const Character& x, const Character& y) { return folded(x.value) == folded(y.value); });
  }
  // Names may be of two words: Walla Walla.
  bool may_not_double(const std::vector<Character>& c, std::size_t second, std::size_t end) const {
    if (u_isupper(static_cast<UChar32>(c[second].value)) != 0) return false;
    if (!rules_.doubled) return is_mistaken(c, second, end);
    return std::find(rules_.doubled->begin(), rules_.doubled->end(), word_of(c, second, end)) == rules_.doubled->end();
  }
  static std::string word_of(const std::vector<Character>& c, std::size_t begin, std::size_t end) {
    std::string word;
    for (std::size_t i = begin; i < end; ++i) diag::append_utf8(word, folded(c[i].value));
    return word;
  }
  bool is_mistaken(const std::vector<Character>& c, std::size_t begin, std::size_t end) const {
    const std::vector<std::string>& words = rules_.doubled_by_mistake;
    return std::find(words.begin(), words.end(), word_of(c, begin, end)) != words.end();
  }

  void pair_of(const model::QuotationMarks& marks) {
    const std::vector<Character> open = characters_of(marks.open), close = characters_of(marks.close);
    if (open.empty() || close.empty()) return;
    const char32_t opens = open.front().value, closes = close.back().value;
    // An apostrophe closes nothing; marks that are the same on both sides can't be told apart.
    if (opens != closes && opens != U'’' && closes != U'’') quotation_pairs_.emplace_back(opens, closes);
  }

  struct Open {
    char32_t closes;
    std::size_t at;
    bool quotation;
  };
  // A quotation of several paragraphs opens each and closes the last.
  void pairs(const Text& text, const std::vector<Character>& characters, const Text* next) {
    static constexpr std::pair<char32_t, char32_t> brackets[] = {{U'(', U')'},   {U'[', U']'},   {U'（', U'）'},
                                                                 {U'【', U'】'}, {U'〔', U'〕'}, {U'《', U'》'}};
    std::vector<Open> open;
    if (quotation_goes_on_) open.insert(open.end(), open_before_.begin(), open_before_.end());
    for (std::size_t i = 0; i < characters.size(); ++i) {
      const char32_t c = characters[i].value;
      for (const auto& [opens, closes] : brackets) bracket(text, characters, i, open, c, opens, closes);
      for (const auto& [opens, closes] : quotation_pairs_) {
        if (c == opens && i == 0 && !open.empty() && open.back().closes == closes) continue;  // opened anew
        if (c == opens)
          open.push_back({closes, i, true});
        else if (c == closes)
          close(text, characters, i, open, closes);
      }
    }
    open_before_.clear();
    quotation_goes_on_ = false;
    for (const Open& left : open) {
      const std::string mark = left.at < characters.size() ? mark_at(text, characters, left.at) : std::string();
      if (left.quotation && next != nullptr && !mark.empty() && next->text.starts_with(mark)) {
        quotation_goes_on_ = true;
        open_before_.push_back({left.closes, 0, true});  // its mark begins the next text
      } else {
        unpaired(text, characters, left.at, mark);
      }
    }
  }
  static std::string mark_at(const Text& text, const std::vector<Character>& characters, std::size_t at) {
    return text.text.substr(characters[at].begin, characters[at].end - characters[at].begin);
  }
  void bracket(const Text& text, const std::vector<Character>& characters, std::size_t i, std::vector<Open>& open,
               char32_t c, char32_t opens, char32_t closes) {
    if (c == opens) open.push_back({closes, i, false});
    // "a)" numbers, ":-)" smiles.
    if (c == closes && (!open.empty() || (!numbers(characters, i) && !smiles(characters, i))))
      close(text, characters, i, open, closes);
  }
  void close(const Text& text, const std::vector<Character>& characters, std::size_t i, std::vector<Open>& open,
             char32_t closes) {
    const auto last = std::find_if(open.rbegin(), open.rend(), [&](const Open& o) { return o.closes == closes; });
    if (last == open.rend()) return unpaired(text, characters, i, mark_at(text, characters, i));
    open.erase(std::next(last).base());
  }
  void unpaired(const Text& text, const std::vector<Character>& characters, std::size_t at, const std::string& mark) {
    if (at >= characters.size()) return;
    report(Code::W0421, text.span(characters[at].begin, characters[at].end), fmt::format("“{}” has no partner", mark),
           "write both marks or none; <q>…</q> sets quotation marks");
  }

  void question(const Text& text, const std::vector<Character>& characters) {
    if (!rules_.question_marks || characters.empty()) return;
    std::string first;
    for (std::size_t i = 0; i < characters.size() && is_word(characters[i].value); ++i)
      diag::append_utf8(first, folded(characters[i].value));
    const std::vector<std::string>& words = rules_.question_words;
    const bool asks = std::find(words.begin(), words.end(), first) != words.end();
    const bool marked = std::any_of(characters.begin(), characters.end(),
                                    [&](const Character& c) { return holds(*rules_.question_marks, c.value); });
    if (!asks || marked) return;
    report(Code::W0423, text.span(characters.front().begin, characters.back().end), "a question has no question mark",
           "end it with one, or ask something");
  }
  void end(const Text& text, const std::vector<Character>& characters) {
    if (!rules_.end_marks || rules_.end_marks->empty() || text.text.size() < long_enough) return;
    std::size_t last = characters.size();
    const auto behind_end = [&](char32_t c) {
      const int8_t type = u_charType(static_cast<UChar32>(c));
      return type == U_END_PUNCTUATION || type == U_FINAL_PUNCTUATION || type == U_INITIAL_PUNCTUATION || c == ' ' ||
             c == '"' || c == U'\u00A0' || c == U'\u202F' || c == U'\u2069';
    };
    bool ended = false;
    while (last > 0 && !ended && behind_end(characters[last - 1].value))
      ended = holds(*rules_.end_marks, characters[--last].value);
    if (ended || last == 0 || ends(characters[last - 1].value) || goes_on(characters, last)) return;
    report(Code::W0425, text.span(characters[last - 1].begin, characters[last - 1].end),
           "a paragraph ends without a mark", "end it with a full stop; something may have been cut off");
  }

  bool ends(char32_t c) const {
    return holds(*rules_.end_marks, c) || c == 0xFFFC || u_isdigit(static_cast<UChar32>(c)) != 0;
  }

  void twice(const Text& text) {
    if (text.text.size() < long_enough) return;
    if (!seen_.insert(text.text).second)
      report(Code::W0422, text.span(0, text.text.size()), "the same text stands in the document before",
             "take one away");
  }

  // Hardly any of many letters are of a script that the language is written in. Half of them is no measure: names and
  // terms of technical texts stay Latin in any script.
  void script(const Text& text, const std::vector<Character>& characters) {
    std::size_t letters = 0, own = 0;
    for (const Character& c : characters) {
      UErrorCode status = U_ZERO_ERROR;
      const UScriptCode code = uscript_getScript(static_cast<UChar32>(c.value), &status);
      if (U_FAILURE(status) || code == USCRIPT_COMMON || code == USCRIPT_INHERITED || !is_letter(c.value)) continue;
      // A syllable or a word is a character there.
      const std::size_t weight = code == USCRIPT_HAN || code == USCRIPT_HANGUL ? 3 : 1;
      letters += weight;
      own += is_own(uscript_getShortName(code)) ? weight : 0;
    }
    if (letters < 30 || own * least_own > letters || script_.empty()) return;
    report(Code::W0427, text.span(0, text.text.size()),
           fmt::format("the text isn't in the letters of '{}'", language_.tag),
           "give the language of what is in another one: xml:lang=\"…\"");
  }
  static constexpr std::size_t least_own = 10;  // one of so many letters
  bool is_own(std::string_view script) const {
    const auto one_of = [&](std::initializer_list<std::string_view> list) {
      return std::find(list.begin(), list.end(), script) != list.end();
    };
    if (script_ == "Jpan") return one_of({"Hani", "Hira", "Kana"});
    if (script_ == "Kore") return one_of({"Hang", "Hani"});
    if (script_ == "Hans" || script_ == "Hant") return one_of({"Hani", "Bopo"});
    if (script_ == "Aran") return script == "Arab";
    return script == script_;
  }

  const style::Language& language_;
  const Rules& rules_;
  std::string_view bytes_;
  std::vector<Finding> found_;
  std::string script_;
  std::vector<std::pair<char32_t, char32_t>> quotation_pairs_;
  std::vector<Open> open_before_;
  bool quotation_goes_on_ = false;
  std::unordered_set<std::string> seen_;
};

// Calls the proofreader for what is said of pictures.
struct Alternatives {
  Proofreader& proofreader;
  void operator()(const model::Figure& figure) const {
    if (!figure.decorative) proofreader.alternative(figure.alternative, figure.path_span);
  }
};

void read_all(Proofreader& proofreader, const std::vector<Text>& texts) {
  for (std::size_t i = 0; i < texts.size(); ++i)
    proofreader.text(texts[i], i + 1 < texts.size() ? &texts[i + 1] : nullptr);
}

}  // namespace

void proofread(const model::Document& document, const style::Language& language, const Rules& rules,
               const diag::SourceTexts& source, diag::Sink& sink) {
  const std::vector<Text> texts = texts_of(document, language, source);
  Proofreader proofreader(language, rules, {});
  read_all(proofreader, texts);
  Alternatives alternatives{proofreader};
  model::walk(document, alternatives);
  if (const std::optional<model::CoverImage>& cover = document.work.cover; cover && !cover->alternative.empty())
    proofreader.alternative(cover->alternative, cover->path_span);
  proofreader.tell(sink);
  // Where every noun has a capital, names can't be told.
  if (!language.hyphenation.capitals) names_spelt_twice(texts, sink);
  compare_texts(document, texts, language, rules, sink);
}

std::vector<Fix> fixes(const model::Document& document, const style::Language& language, const Rules& rules,
                       const diag::SourceTexts& source, std::string_view bytes) {
  Proofreader proofreader(language, rules, bytes);
  read_all(proofreader, texts_of(document, language, source));
  return proofreader.fixes();
}

std::string mended(std::string_view bytes, const std::vector<Fix>& fixes) {
  std::string out;
  std::size_t at = 0;
  for (const Fix& fix : fixes) {
    out += bytes.substr(at, fix.span.offset - at);
    out += fix.text;
    at = fix.span.offset + std::size_t{fix.span.length};
  }
  return out += bytes.substr(at);
}

}  // namespace epitome::proof
