#include "proof/parts.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "diag/utf8.hpp"

namespace epitome::proof {

using diag::Code;

namespace {

// A word of a text, in small letters.
struct Word {
  std::string small;
  std::size_t letters = 0, begin = 0, end = 0;
  bool capital = false;  // its first letter alone
  bool inside = false;   // of a sentence
};

std::vector<Word> words_in(std::string_view text) {
  std::vector<Word> out;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    Word word;
    word.begin = at;
    bool other_capital = false;
    diag::CodePoint c = diag::decode_utf8(text, at);
    while (at < text.size() && u_isalpha(static_cast<UChar32>(c.value)) != 0) {
      const bool upper = u_isupper(static_cast<UChar32>(c.value)) != 0;
      if (word.letters == 0)
        word.capital = upper;
      else
        other_capital = other_capital || upper;
      diag::append_utf8(word.small, static_cast<char32_t>(u_tolower(static_cast<UChar32>(c.value))));
      ++word.letters;
      at += c.length;
      if (at < text.size()) c = diag::decode_utf8(text, at);
    }
    if (word.letters == 0) {
      // After anything but a space, a comma or an apostrophe a word may have a capital that isn't its own.
      if (c.value != ' ' && c.value != ',' && c.value != U'’') inside = false;
      at += c.length;
      continue;
    }
    word.end = at;
    word.inside = std::exchange(inside, true);
    word.capital = word.capital && !other_capital;
    out.push_back(std::move(word));
  }
  return out;
}

void foreign_names(const model::Document& document, const std::vector<Text>& texts, diag::Sink& sink) {
  constexpr std::size_t shortest = 4;
  std::set<std::string, std::less<>> known;
  const auto learn = [&](std::string_view said) {
    for (Word& word : words_in(said)) known.insert(std::move(word.small));
  };
  const model::Work& work = document.work;
  for (const std::string* const said :
       {&work.title.prefix, &work.title.main, &work.title.short_form, &work.original_title, &work.subtitle,
        &work.series, &work.publisher, &document.edition.author, &document.edition.brand_name})
    learn(*said);
  for (const model::Contributor& person : work.contributors) learn(person.name);
  for (const model::Part& part : document.parts)
    if (const auto* const beside = std::get_if<model::Comparison>(&part.value)) learn(beside->other_author);
  for (const Text& text : texts)
    if (text.introduction == Introduction::no) learn(text.text);
  const auto unknown = [&](const Word& word) {
    return word.capital && word.inside && word.letters >= shortest && !known.contains(word.small);
  };
  // A story may begin with a name that comes no more; one that another part's introduction has too is told.
  std::set<std::string, std::less<>> introduced;
  for (const Text& text : texts) {
    if (text.introduction != Introduction::yes) continue;
    for (const Word& word : words_in(text.text))
      if (unknown(word)) introduced.insert(word.small);
  }
  for (const Text& text : texts) {
    if (text.introduction == Introduction::no) continue;
    for (const Word& word : words_in(text.text)) {
      if (!unknown(word) || !introduced.contains(word.small)) continue;
      sink.report(Code::W0428, text.span(word.begin, word.end),
                  fmt::format("“{}” is named nowhere else in the document",
                              text.text.substr(word.begin, word.end - word.begin)),
                  {"a part's introduction may be another book's: read it again"});
    }
  }
}

// A chapter, takeaway or answer of a document whose others speak of the same people, which has several names of its own
// and none of theirs, may be another book's.
void foreign_items(const std::vector<Text>& texts, diag::Sink& sink) {
  constexpr std::size_t shortest = 4, least_names = 3, least_items = 4;
  std::set<std::string, std::less<>> names;
  std::size_t items = 0;
  const auto each_name = [&](const Text& text, const auto& visit) {
    for (const Word& word : words_in(text.text))
      if (word.capital && word.inside && word.letters >= shortest) visit(word);
  };
  for (const Text& text : texts) {
    items = std::max(items, text.item);
    each_name(text, [&](const Word& word) { names.insert(word.small); });
  }
  if (items < least_items) return;
  // At the beginning of a sentence too.
  std::set<std::size_t> at_home;
  std::map<std::string, std::set<std::size_t>, std::less<>> said_in;
  for (const Text& text : texts)
    for (const Word& word : words_in(text.text))
      if (names.contains(word.small)) said_in[word.small].insert(text.item);
  for (const auto& [name, where] : said_in)
    if (where.size() > 1) at_home.insert(where.begin(), where.end());
  const bool has_people =
      std::any_of(said_in.begin(), said_in.end(), [items](const auto& one) { return one.second.size() * 2 > items; });
  if (!has_people) return;
  std::map<std::size_t, std::set<std::string, std::less<>>> own;
  std::map<std::size_t, diag::Span> first;
  for (const Text& text : texts) {
    if (text.item == 0 || at_home.contains(text.item)) continue;
    each_name(text, [&](const Word& word) {
      own[text.item].insert(text.text.substr(word.begin, word.end - word.begin));
      first.emplace(text.item, text.span(word.begin, word.end));
    });
  }
  for (const auto& [item, of_its_own] : own) {
    if (of_its_own.size() < least_names) continue;
    const std::vector<std::string_view> told(of_its_own.begin(), std::next(of_its_own.begin(), least_names));
    sink.report(
        Code::W0428, first[item],
        fmt::format("“{}” are named here, and none of those that the document is about", fmt::join(told, "”, “")),
        {"a chapter, a takeaway or an answer may be another book's: read it again"});
  }
}

// The words by which a question is known: their beginnings, since languages change their ends.
using Subject = std::set<std::string, std::less<>>;
Subject subject_of(std::string_view text) {
  constexpr std::size_t shortest = 5, beginning = 5;
  Subject out;
  for (const Word& word : words_in(text)) {
    if (word.letters < shortest) continue;
    std::size_t at = 0;
    for (std::size_t i = 0; i < beginning; ++i) at += diag::decode_utf8(word.small, at).length;
    out.insert(word.small.substr(0, at));
  }
  return out;
}

std::size_t shared(const Subject& a, const Subject& b) {
  return static_cast<std::size_t>(
      std::count_if(a.begin(), a.end(), [&](const std::string& w) { return b.contains(w); }));
}

void other_answers(const std::vector<Text>& texts, diag::Sink& sink) {
  constexpr std::size_t least_shared = 3;
  struct Pair {
    const Text* question = nullptr;
    Subject asked, answered;
  };
  std::map<std::size_t, Pair> pairs;
  for (const Text& text : texts) {
    if (text.question == 0) continue;
    Pair& pair = pairs[text.question];
    if (text.kind == Kind::question) {
      pair.question = &text;
      pair.asked = subject_of(text.text);
    } else {
      pair.answered.merge(subject_of(text.text));
    }
  }
  // What several questions are about tells none from another.
  std::map<std::string, std::size_t, std::less<>> asked;
  for (const auto& [number, pair] : pairs)
    for (const std::string& word : pair.asked) ++asked[word];
  const auto own = [&](const Subject& subject) {
    Subject out;
    std::copy_if(subject.begin(), subject.end(), std::inserter(out, out.end()),
                 [&](const std::string& word) { return asked.find(word)->second == 1; });
    return out;
  };
  std::map<std::string_view, std::size_t> asker;  // of a word that one question alone has
  for (const auto& [number, pair] : pairs) {
    if (pair.question == nullptr) continue;
    for (const std::string& word : pair.asked)
      if (asked.find(word)->second == 1) asker.emplace(word, number);
  }
  for (const auto& [number, pair] : pairs) {
    if (pair.question == nullptr || own(pair.asked).empty() || shared(own(pair.asked), pair.answered) != 0) continue;
    std::map<std::size_t, std::size_t> words_of;
    for (const std::string& word : pair.answered)
      if (const auto at = asker.find(word); at != asker.end() && at->second != number) ++words_of[at->second];
    const auto most =
        std::find_if(words_of.begin(), words_of.end(), [=](const auto& one) { return one.second >= least_shared; });
    if (most == words_of.end()) continue;
    const auto other = pairs.find(most->first);
    const Text& text = *pair.question;
    sink.report(Code::W0429, text.span(0, text.text.size()),
                fmt::format("the answer has no word of this question, but those of “{}”", other->second.question->text),
                {"answers may have changed places"});
  }
}

// In columns of a terminal, so that an ideograph counts twice. Twice the longest of the examples, about.
constexpr std::pair<std::string_view, std::size_t> longest[] = {{"headline", 120}, {"prompt", 120}, {"answer", 1200},
                                                                {"title", 100},    {"name", 100},   {"term", 150}};
constexpr std::size_t longest_question = 300;

void long_texts(const std::vector<Text>& texts, diag::Sink& sink) {
  for (const Text& text : texts) {
    const auto* const row =
        std::find_if(std::begin(longest), std::end(longest), [&](const auto& r) { return r.first == text.element; });
    const std::size_t most = text.kind == Kind::question ? longest_question
                             : row != std::end(longest)  ? row->second
                                                         : std::string::npos;
    if (text.text.size() <= most) continue;
    std::size_t columns = 0;
    for (std::size_t at = 0; at < text.text.size();) {
      const diag::CodePoint c = diag::decode_utf8(text.text, at);
      columns += diag::columns(c.value);
      at += c.length;
    }
    if (columns <= most) continue;
    sink.report(Code::W0430, text.span(0, text.text.size()),
                fmt::format("{} characters are long for a {}", columns,
                            text.kind == Kind::question ? std::string_view("question") : text.element),
                {fmt::format("up to {} are read at a glance; the rest may stand in the text", most)});
  }
}

void other_languages(const std::vector<Text>& texts, const style::Language& language, const Rules& rules,
                     diag::Sink& sink) {
  constexpr std::size_t least_words = 12;
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> common;
  for (const auto& [tag, words] : rules.common_words) common[tag].insert(words.begin(), words.end());
  const auto own = common.find(std::string_view(language.tag).substr(0, language.tag.find('-')));
  if (own == common.end()) return;
  for (const Text& text : texts) {
    const std::vector<Word> words = words_in(text.text);
    if (words.size() < least_words) continue;
    const auto count = [&](const auto& list) {
      return std::count_if(words.begin(), words.end(), [&](const Word& w) { return list.contains(w.small); });
    };
    const auto size = static_cast<std::ptrdiff_t>(words.size());
    if (count(own->second) * 12 > size) continue;
    const auto other = std::find_if(common.begin(), common.end(),
                                    [&](const auto& one) { return &one != &*own && count(one.second) * 4 > size; });
    if (other == common.end()) continue;
    sink.report(Code::W0427, text.span(0, text.text.size()),
                fmt::format("the text isn't in '{}': its words are those of '{}'", language.tag, other->first),
                {"give the language of what is in another one: xml:lang=\"…\""});
  }
}

}  // namespace

void compare_texts(const model::Document& document, const std::vector<Text>& texts, const style::Language& language,
                   const Rules& rules, diag::Sink& sink) {
  // Where every noun has a capital, names can't be told.
  if (!language.hyphenation.capitals) foreign_names(document, texts, sink), foreign_items(texts, sink);
  other_answers(texts, sink);
  long_texts(texts, sink);
  other_languages(texts, language, rules, sink);
}

}  // namespace epitome::proof
