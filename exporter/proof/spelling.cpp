#include "proof/spelling.hpp"

#include <dirent.h>
#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "diag/limits.hpp"
#include "diag/utf8.hpp"
#include "model/walk.hpp"
#include "proof/dictionary.hpp"
#include "proof/suggestions.hpp"
#include "proof/texts.hpp"

namespace epitome::proof {

using diag::Code;

namespace {

constexpr std::size_t longest_word = 100;  // bytes; Hunspell takes no more letters

// ---- dictionaries' names ------------------------------------------------------------------------

struct Tag {
  std::string language, script, region;
};
Tag tag_of(const std::string& tag, bool likely) {
  UErrorCode status = U_ZERO_ERROR;
  std::array<char, ULOC_FULLNAME_CAPACITY> locale{}, most_likely{}, piece{};
  uloc_forLanguageTag(tag.c_str(), locale.data(), static_cast<int32_t>(locale.size()), nullptr, &status);
  if (likely) {
    uloc_addLikelySubtags(locale.data(), most_likely.data(), static_cast<int32_t>(most_likely.size()), &status);
    locale = most_likely;
  }
  if (U_FAILURE(status)) return {};
  Tag out;
  const auto get = [&](auto function, std::string& to) {
    UErrorCode failed = U_ZERO_ERROR;
    const int32_t length = function(locale.data(), piece.data(), static_cast<int32_t>(piece.size()), &failed);
    if (U_SUCCESS(failed)) to.assign(piece.data(), static_cast<std::size_t>(length));
  };
  get(uloc_getLanguage, out.language);
  get(uloc_getScript, out.script);
  get(uloc_getCountry, out.region);
  return out;
}

bool is_dictionary(const std::string& name) {
  return access((name + ".aff").c_str(), R_OK) == 0 && access((name + ".dic").c_str(), R_OK) == 0;
}

// The first by its name that begins so.
std::string first_in(const std::string& folder, const std::string& beginning) {
  std::set<std::string> found;
  DIR* const opened = opendir(folder.c_str());
  if (opened == nullptr) return {};
  while (const dirent* const entry = readdir(opened)) {
    const std::string name = entry->d_name;
    if (!name.starts_with(beginning) || !name.ends_with(".dic")) continue;
    std::string path = folder;
    path.append("/").append(name, 0, name.size() - 4);
    if (is_dictionary(path)) found.insert(std::move(path));
  }
  closedir(opened);
  return found.empty() ? std::string() : *found.begin();
}

}  // namespace

Dictionaries::Dictionaries(std::vector<std::string> folders) : folders_(std::move(folders)) {}
Dictionaries::~Dictionaries() = default;

std::string Dictionaries::file_of(std::string_view tag) const {
  const Tag given = tag_of(std::string(tag), false), likely = tag_of(std::string(tag), true);
  if (given.language.empty()) return {};
  // Norwegian without more is Bokmål.
  const std::string language = given.language == "no" ? "nb" : given.language;
  std::vector<std::string> names;
  const auto add = [&](const std::string& script, const std::string& region) {
    std::string name = language;
    for (const std::string* const piece : {&script, &region})
      if (!piece->empty()) name += '_' + *piece;
    names.push_back(std::move(name));
  };
  const bool usual_script = given.script.empty() || given.script == likely.script;
  if (!given.script.empty()) add(given.script, given.region), add(given.script, {});
  if (usual_script && !given.region.empty()) add({}, given.region);
  if (usual_script) add({}, {});
  if (usual_script && given.region.empty()) add({}, likely.region);
  for (const std::string& name : names) {
    for (const std::string& folder : folders_) {
      std::string path = folder;
      path.append("/").append(name);
      if (is_dictionary(path)) return path;
    }
  }
  for (const std::string& folder : folders_) {
    if (!usual_script || !given.region.empty()) break;
    if (std::string path = first_in(folder, language + '_'); !path.empty()) return path;
  }
  return {};
}

Dictionary* Dictionaries::find(std::string_view tag) {
  constexpr std::size_t most_tags = 1000;
  if (const auto known = found_.find(tag); known != found_.end()) return known->second;
  if (found_.size() == most_tags) found_.clear();
  Dictionary* found = nullptr;
  if (const std::string file = file_of(tag); !file.empty()) {
    const auto [at, is_new] = opened_.try_emplace(file);
    if (is_new) at->second = Dictionary::open(file);
    found = at->second.get();
  }
  return found_.emplace(tag, found).first->second;
}

namespace {

// ---- words --------------------------------------------------------------------------------------

struct Spelt {
  std::string text;
  std::size_t begin = 0, end = 0;
  bool capital = false;  // its first letter alone
  bool inside = false;   // of a sentence
};

bool is_spelling(char32_t c) {
  return u_isalpha(static_cast<UChar32>(c)) != 0 || (U_MASK(u_charType(static_cast<UChar32>(c))) & U_GC_M_MASK) != 0;
}
bool is_capital(char32_t c) {
  return u_isupper(static_cast<UChar32>(c)) != 0 || u_istitle(static_cast<UChar32>(c)) != 0;
}
// What may stand between the letters of a word: apostrophes, Catalan's point, Hebrew's marks, joiners.
bool joins(char32_t c) {
  constexpr std::u32string_view marks = U"'’ʼ·׳״\u00AD\u200C\u200D";
  return marks.find(c) != std::u32string_view::npos;
}

// Where what stands between white space ends, if it is an address or a name of machines; else where it begins.
std::size_t behind_address(std::string_view text, std::size_t begin) {
  const std::size_t end = std::min(text.find_first_of(" \n\t", begin), text.size());
  const std::string_view piece = text.substr(begin, end - begin);
  if (piece.find("://") != std::string_view::npos || piece.find_first_of("@_\\#") != std::string_view::npos) return end;
  for (std::size_t at = piece.find('.'); at != std::string_view::npos; at = piece.find('.', at + 1)) {
    const bool between = at > 0 && at + 1 < piece.size();
    if (between && is_spelling(diag::decode_utf8(piece, diag::start_of_character(piece, at)).value) &&
        is_spelling(diag::decode_utf8(piece, at + 1).value))
      return end;
  }
  return begin;
}

// Those that may be misspelt: no figures in them, not all in capitals or with capitals inside, more than a letter.
std::vector<Spelt> spelt_in(std::string_view text) {
  std::vector<Spelt> out;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    if (at == 0 || text[at - 1] == ' ') {
      if (const std::size_t behind = behind_address(text, at); behind != at) {
        at = behind;
        inside = true;
        continue;
      }
    }
    const diag::CodePoint first = diag::decode_utf8(text, at);
    const bool digit = u_isdigit(static_cast<UChar32>(first.value)) != 0;
    if (!is_spelling(first.value) && !digit) {
      // After anything but a space, a comma, a hyphen or an apostrophe a word may have a capital that isn't its own.
      if (first.value != ' ' && first.value != ',' && first.value != '-' && !joins(first.value)) inside = false;
      at += first.length;
      continue;
    }
    Spelt word{{}, at, at, is_capital(first.value), std::exchange(inside, true)};
    std::size_t letters = 0;
    bool asked = true;
    while (at < text.size()) {
      const diag::CodePoint c = diag::decode_utf8(text, at);
      const std::size_t next = at + c.length;
      const bool in_word = next < text.size() && is_spelling(diag::decode_utf8(text, next).value);
      if (u_isdigit(static_cast<UChar32>(c.value)) != 0 || (letters > 0 && is_capital(c.value))) {
        // "l’Académie": the capital of another word's beginning.
        const bool elided =
            is_capital(c.value) && joins(diag::decode_utf8(text, diag::start_of_character(text, at)).value);
        asked = asked && elided;
      } else if (!is_spelling(c.value) && !(joins(c.value) && in_word)) {
        break;
      }
      if (c.value != U'\u00AD') word.text.append(text.substr(at, c.length));
      ++letters;
      at = next;
    }
    word.end = at;
    if (asked && letters > 1 && word.text.size() <= longest_word) out.push_back(std::move(word));
  }
  return out;
}

// ---- what the document teaches ------------------------------------------------------------------

std::vector<std::string_view> pieces_of(std::string_view word) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < word.size();) {
    const diag::CodePoint c = diag::decode_utf8(word, at);
    if (joins(c.value)) {
      out.push_back(word.substr(begin, at - begin));
      begin = at + c.length;
    }
    at += c.length;
  }
  out.push_back(word.substr(begin));
  return out;
}

// Names and terms.
class Learnt {
 public:
  void learn(std::string_view said) {
    for (const Spelt& word : spelt_in(said))
      for (const std::string_view piece : pieces_of(word.text)) words_.emplace(piece);
  }
  // A word with a capital; the second time it is a name.
  void meet(const Spelt& word) {
    if (!word.capital) return;
    for (const std::string_view piece : pieces_of(word.text)) {
      if (met_.emplace(piece).second == false) words_.emplace(piece);
    }
  }
  // Languages decline names: a few more letters may follow.
  bool has(std::string_view word) const {
    constexpr std::size_t shortest = 4, most_more = 4;
    if (words_.contains(word)) return true;
    for (std::size_t more = 1; more <= most_more && word.size() >= shortest + more; ++more) {
      const auto at = words_.find(word.substr(0, word.size() - more));
      if (at != words_.end() && is_capital(diag::decode_utf8(*at, 0).value)) return true;
    }
    return false;
  }

 private:
  std::set<std::string, std::less<>> words_, met_;
};

// Titles of works, who says something, whom the summary is about.
struct NamesOf {
  Learnt& learnt;
  void operator()(const model::Phrase& phrase) {
    if (phrase.meaning == model::Meaning::work_title) learnt.learn(model::plain_text(phrase.content));
    model::walk_inside(phrase, *this);
  }
  void operator()(const model::Definition& item) {
    learnt.learn(model::plain_text(item.term));
    model::walk_inside(item, *this);
  }
  void operator()(const model::Person& person) {
    learnt.learn(model::plain_text(person.name));
    model::walk_inside(person, *this);
  }
  void operator()(const model::Attribution& by) {
    for (const model::Inlines* const said : {&by.speaker, &by.source}) learnt.learn(model::plain_text(*said));
  }
  void operator()(const model::Comparison& part) {
    learnt.learn(model::plain_text(part.other_title));
    learnt.learn(part.other_author);
    model::walk_inside(part, *this);
  }
  void operator()(const model::Notes& part) {
    for (const model::Inlines& source : part.sources) learnt.learn(model::plain_text(source));
    model::walk_inside(part, *this);
  }
};

Learnt taught_by(const model::Document& document, const std::vector<Text>& texts) {
  Learnt out;
  const model::Work& work = document.work;
  const model::Edition& edition = document.edition;
  for (const std::string* const said :
       {&work.title.prefix, &work.title.main, &work.title.short_form, &work.original_title, &work.series,
        &work.publisher, &edition.author, &edition.brand_name, &edition.rights, &edition.conformance.certifier,
        &edition.reviewed_by})
    out.learn(*said);
  for (const model::Contributor& person : work.contributors) out.learn(person.name);
  for (const std::string& award : work.awards) out.learn(award);
  NamesOf names{out};
  model::walk(document, names);
  for (const Text& text : texts)
    for (const Spelt& word : spelt_in(text.text)) out.meet(word);
  return out;
}

// ---- what is told -------------------------------------------------------------------------------

struct Unknown {
  diag::Span place;
  Dictionary* dictionary = nullptr;
  std::size_t count = 0;
};

// "Frankenstein’s", "aujourd’hui": the whole, or each of its pieces.
bool is_known(const Spelt& word, const Dictionary& dictionary, const Learnt& learnt) {
  if (learnt.has(word.text) || dictionary.has(word.text)) return true;
  const std::vector<std::string_view> pieces = pieces_of(word.text);
  return pieces.size() > 1 && std::all_of(pieces.begin(), pieces.end(), [&](std::string_view piece) {
           const bool letter = piece.empty() || diag::decode_utf8(piece, 0).length == piece.size();
           return letter || learnt.has(piece) || dictionary.has(piece);
         });
}

// A word with a capital may be a name that no dictionary has, unless two letters that change places make a word of it:
// a slip of the fingers, which makes no other name of one.
bool may_be_name(const Spelt& word, const Dictionary& dictionary) {
  if (!word.capital) return false;
  std::vector<std::string> letters = letters_of(word.text);
  for (std::size_t i = 1; i + 1 < letters.size(); ++i) {
    std::swap(letters[i], letters[i + 1]);
    if (dictionary.has(fmt::format("{}", fmt::join(letters, "")))) return false;
    std::swap(letters[i], letters[i + 1]);
  }
  return true;
}

std::string hint_for(const std::string& word, const Dictionary& dictionary, const Suggestions& suggestions) {
  const std::vector<std::string> likely = suggestions.find(word, dictionary);
  if (likely.empty()) return "if it is right, a line of --ignores says so";
  return fmt::format("did you mean “{}”?", fmt::join(likely, "”, “"));
}

bool is_asked(const Text& text) {
  // What others wrote as they did, their names, titles in languages of theirs.
  return !text.quoted && text.element != "speaker" && text.element != "source" && text.element != "locator" &&
         text.element != "with";
}

}  // namespace

void check_spelling(const model::Document& document, const style::Language& language, const diag::SourceTexts& source,
                    Dictionaries& dictionaries, diag::Sink& sink) {
  const std::vector<Text> texts = texts_of(document, language, source, Languages::all);
  const Learnt learnt = taught_by(document, texts);
  std::set<std::string> without;
  std::set<std::pair<Dictionary*, std::string>> known;
  std::map<std::pair<Dictionary*, std::string>, Unknown> unknown;
  std::set<std::string> right;  // the document's words that are
  for (const Text& text : texts) {
    if (!is_asked(text)) continue;
    const std::string& tag = text.lang.empty() ? document.edition.lang : text.lang;
    const std::vector<Spelt> words = spelt_in(text.text);
    if (words.empty()) continue;
    Dictionary* const dictionary = dictionaries.find(tag);
    if (dictionary == nullptr) {
      if (without.insert(tag).second)
        sink.report(
            Code::N0438, text.span(0, text.text.size()), fmt::format("no dictionary for '{}' is found", tag),
            {"its words are not looked up; install hunspell's dictionary, or name its folder by --dictionaries"});
      continue;
    }
    // Where every noun has a capital, names can't be told.
    const bool nouns = text.lang.empty() ? language.hyphenation.capitals : tag_of(tag, false).language == "de";
    for (const Spelt& word : words) {
      const std::pair key(dictionary, word.text);
      if (known.contains(key)) continue;
      auto at = unknown.find(key);
      if (at == unknown.end()) {
        if (is_known(word, *dictionary, learnt) || (!nouns && may_be_name(word, *dictionary))) {
          known.insert(key);
          right.insert(word.text);
          continue;
        }
        at = unknown.emplace(key, Unknown{text.span(word.begin, word.end), dictionary, 0}).first;
      }
      ++at->second.count;
    }
  }
  const Suggestions suggestions(right);
  std::vector<const std::pair<const std::pair<Dictionary*, std::string>, Unknown>*> told;
  for (const auto& one : unknown) told.push_back(&one);
  std::sort(told.begin(), told.end(),
            [](const auto* a, const auto* b) { return a->second.place.offset < b->second.place.offset; });
  for (std::size_t i = 0; i < told.size(); ++i) {
    const std::string& word = told[i]->first.second;
    const Unknown& found = told[i]->second;
    sink.report(
        Code::W0437, found.place,
        found.count == 1 ? fmt::format("the dictionary doesn’t have “{}”", word)
                         : fmt::format("the dictionary doesn’t have “{}”, which stands {} times", word, found.count),
        i < limits::told ? std::vector{hint_for(word, *found.dictionary, suggestions)} : std::vector<std::string>());
  }
}

}  // namespace epitome::proof
