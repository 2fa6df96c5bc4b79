#include "book/sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "model/kinds.hpp"
#include "model/title.hpp"

namespace epitome::book {

using namespace style;

namespace {

model::Inlines text_of(std::string text) { return {model::Text{std::move(text), {}}}; }

model::Inlines work_title(model::Inlines title, std::string lang, const Language& language) {
  model::Phrase phrase;
  phrase.meaning = model::Meaning::work_title;
  phrase.marks = model::holds_quotation(title) ? 1 : 0;  // as book::apply_language does
  phrase.attributes.lang = std::move(lang);
  phrase.attributes.dir = direction_apart(language, model::plain_text(title));
  phrase.content = std::move(title);
  return {std::move(phrase)};
}

// `pattern` with its {name} places filled by inlines.
using Filling = std::vector<std::pair<std::string, model::Inlines>>;
model::Inlines filled(std::string_view pattern, const Filling& values) {
  model::Inlines out;
  while (!pattern.empty()) {
    const std::size_t open = std::min(pattern.find('{'), pattern.size());
    if (open != 0) out.push_back(model::Text{std::string(pattern.substr(0, open)), {}});
    pattern.remove_prefix(open);
    if (pattern.empty()) break;
    const std::size_t close = std::min(pattern.find('}'), pattern.size() - 1);
    const std::string_view name = pattern.substr(1, close - 1);
    const auto value = std::find_if(values.begin(), values.end(), [&](const auto& v) { return v.first == name; });
    if (value == values.end()) throw std::logic_error(fmt::format("no value for '{{{}}}' in '{}'", name, pattern));
    out.insert(out.end(), value->second.begin(), value->second.end());
    pattern.remove_prefix(close + 1);
  }
  return out;
}

// A value for a generated sentence: a phrase of its own where its direction is another than the sentence's.
model::Inlines value_of(std::string value, const Language& language) {
  const model::Direction apart = direction_apart(language, value);
  if (apart == model::Direction::inherit) return text_of(std::move(value));
  model::Phrase phrase;
  phrase.attributes.dir = apart;
  phrase.content = text_of(std::move(value));
  return {std::move(phrase)};
}

// The same for several, joined as the language does.
model::Inlines values_of(const std::vector<std::string>& values, const Language& language) {
  std::vector<std::string> places;
  Filling filling;
  for (std::size_t i = 0; i < values.size(); ++i) {
    filling.emplace_back(std::to_string(i), value_of(values[i], language));
    places.push_back(fmt::format("{{{}}}", i));
  }
  return filled(joined(language, places), filling);
}

// The language's own name for a kind of part.
const std::string& part_label(model::PartKind kind, const Language& language) {
  return language.label("part." + std::string(model::row(kind).element));
}

model::Inlines part_title(const model::Part& part, const Language& language) {
  if (!part.title.empty()) return part.title;
  if (!model::row(part.kind()).shows_label) return {};
  if (const auto* const comparison = std::get_if<model::Comparison>(&part.value))
    return filled(language.label("part.comparison"), {{"title", work_title(comparison->other_title, {}, language)}});
  return text_of(part_label(part.kind(), language));
}

}  // namespace

std::vector<std::size_t> part_order(const model::Document& document) {
  using model::PartKind;
  const auto rank = [&](std::size_t part) {
    const PartKind kind = document.parts[part].kind();
    return kind == PartKind::warnings ? 0 : kind == PartKind::hook ? 1 : kind == PartKind::brand ? 3 : 2;
  };
  std::vector<std::size_t> order(document.parts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
  return order;
}

std::vector<Section> order_sections(const model::Document& document, const Language& language) {
  std::vector<Section> sections = {
      {SectionKind::cover, "cover", {}, nullptr, true},
      {SectionKind::title_page, "title-page", {}, nullptr, true},
      {SectionKind::imprint, "imprint", {}, nullptr, true},
      {SectionKind::contents, "contents", text_of(language.label("contents")), nullptr, true},
  };
  bool has_brand = false;
  for (const std::size_t number : part_order(document)) {
    const model::Part& part = document.parts[number];
    has_brand = has_brand || part.kind() == model::PartKind::brand;
    sections.push_back(
        {SectionKind::part, part.id, part_title(part, language), &part, part.kind() == model::PartKind::warnings});
  }
  if (!has_brand && !document.edition.brand_name.empty()) {
    sections.push_back({SectionKind::part, "brand", {}, nullptr, false});
  }
  return sections;
}

std::string section_name(const Section& section, const ReferenceNames& names) {
  return section.title.empty() ? section_label(section, names.language()) : shown_text(section.title, names);
}

std::string section_label(const Section& section, const Language& language) {
  switch (section.kind) {
    case SectionKind::cover:
      return language.label("cover");
    case SectionKind::title_page:
      return language.label("title-page");
    case SectionKind::imprint:
      return language.label("imprint");
    case SectionKind::contents:
      return language.label("contents");
    case SectionKind::part:
      break;
  }
  const model::PartKind kind = section.part == nullptr ? model::PartKind::brand : section.part->kind();
  return part_label(kind, language);
}

// ---- generated text -----------------------------------------------------------------------------

namespace {

std::vector<std::string> names_of(const model::Work& work, std::string_view role) {
  std::vector<std::string> names;
  for (const model::Contributor& c : work.contributors) {
    if (c.role == role) names.push_back(c.name);
  }
  return names;
}

// A collection has an editor.
std::vector<std::string> authors_of(const model::Work& work) {
  std::vector<std::string> authors = names_of(work, "aut");
  if (authors.empty() && !work.contributors.empty()) authors = names_of(work, work.contributors.front().role);
  return authors;
}

std::string contains(const model::Document& document, const Language& language) {
  using model::PartKind;
  std::vector<std::string> pieces;
  for (const PartKind kind : {PartKind::takeaways, PartKind::cues, PartKind::questions, PartKind::story}) {
    const bool has = std::any_of(document.parts.begin(), document.parts.end(), [&](const model::Part& part) {
      // A story with a title of its own is none perhaps: "The argument".
      return part.kind() == kind && (kind != PartKind::story || part.title.empty());
    });
    if (has) pieces.push_back(language.label("contains." + std::string(model::row(kind).element)));
  }
  return pieces.empty() ? std::string() : fill(language.label("contains"), {{"list", joined(language, pieces)}});
}

// Builds a paragraph sentence by sentence.
class Sentences {
 public:
  Sentences(std::vector<model::Inlines>& paragraphs, const Language& language)
      : paragraphs_(paragraphs), language_(language) {}
  ~Sentences() {
    if (!content_.empty()) paragraphs_.push_back(std::move(content_));
  }
  Sentences(const Sentences&) = delete;
  Sentences& operator=(const Sentences&) = delete;

  void add(model::Inlines sentence) {
    if (!content_.empty() && !language_.sentence_join.empty())
      content_.push_back(model::Text{language_.sentence_join, {}});
    std::move(sentence.begin(), sentence.end(), std::back_inserter(content_));
  }
  void add(std::string sentence) { add(text_of(std::move(sentence))); }
  // Only if there is something to say.
  void add(const std::string& pattern, const std::string& place, const std::string& value) {
    if (!value.empty()) add(filled(pattern, {{place, value_of(value, language_)}}));
  }
  void add(const std::string& pattern, const std::string& place, const std::vector<std::string>& values) {
    if (!values.empty()) add(filled(pattern, {{place, values_of(values, language_)}}));
  }

 private:
  std::vector<model::Inlines>& paragraphs_;
  const Language& language_;
  model::Inlines content_;
};

// Whether a sentence has its stop already, a closing mark after it or not.
bool is_stopped(std::string_view sentence) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view mark : {"\"", "'", ")", "’", "”", "»", "›", "」", "』", "）", "》"}) {
      if (!sentence.ends_with(mark)) continue;
      sentence.remove_suffix(mark.size());
      again = true;
    }
  }
  for (const std::string_view stop : {".", "!", "?", "…", "。", "！", "？", "।", "۔", "؟", "።", "։", "។"})
    if (sentence.ends_with(stop)) return true;
  return false;
}

// "{title} by {author} was first published in 2021."
model::Inlines about_work(const model::Work& work, const Language& language) {
  const std::string year =
      written_date(language, work.first_published.substr(0, work.first_published.starts_with('-') ? 5 : 4));
  return filled(language.label(year.empty() ? "imprint.work" : "imprint.work-dated"),
                {{"author", values_of(authors_of(work), language)},
                 {"title", work_title(text_of(model::full_title(work.title)), work.title.lang, language)},
                 {"year", value_of(year, language)}});
}

void work_paragraphs(const model::Work& work, const Language& language, std::vector<model::Inlines>& imprint) {
  {
    Sentences first(imprint, language);
    first.add(about_work(work, language));
    if (!work.original_title.empty()) {
      first.add(filled(language.label("imprint.original-title"),
                       {{"title", work_title(text_of(work.original_title), work.original_language, language)}}));
    }
    // Each role once, in the order of its first appearance.
    std::vector<std::string> told = {"aut"};
    for (const model::Contributor& c : work.contributors) {
      if (std::find(told.begin(), told.end(), c.role) != told.end()) continue;
      told.push_back(c.role);
      first.add(language.label("role." + c.role), "name", names_of(work, c.role));
    }
    if (!work.series.empty() && !work.series_number.empty()) {
      first.add(filled(language.label("imprint.series-number"), {{"series", value_of(work.series, language)},
                                                                 {"number", value_of(work.series_number, language)}}));
    } else {
      first.add(language.label("imprint.series"), "series", work.series);
    }
    first.add(language.label("imprint.publisher"), "publisher", work.publisher);
    first.add(language.label("imprint.isbn"), "isbn", work.isbn);
  }
  Sentences facts(imprint, language);
  facts.add(language.label("imprint.awards"), "list", work.awards);
  for (const model::Fact& fact : work.facts) {
    model::Inlines sentence = value_of(fact.value, language);
    if (!fact.label.empty())
      sentence = filled(language.label("pair"), {{"name", value_of(fact.label, language)}, {"value", sentence}});
    if (!is_stopped(fact.value)) sentence.push_back(model::Text{language.sentence_stop, {}});
    facts.add(std::move(sentence));
  }
}

void edition_paragraphs(const model::Edition& edition, const Language& language,
                        const std::vector<std::string>& font_credits, std::vector<model::Inlines>& imprint) {
  {
    Sentences summary(imprint, language);
    summary.add(language.label("imprint.language"));
    summary.add(language.label("imprint.summary-by"), "author", edition.author);
    constexpr std::string_view made[] = {"", "imprint.made-person", "imprint.made-assisted", "imprint.made-generated"};
    if (edition.maker != model::Maker::unsaid) {
      summary.add(language.label(made[static_cast<std::size_t>(edition.maker)]));
      summary.add(language.label("imprint.made-reviewed"), "name", edition.reviewed_by);
    }
    summary.add(language.label("imprint.independent"));
  }
  if (!edition.rights.empty()) imprint.push_back(text_of(edition.rights));
  if (!edition.licence_href.empty()) {
    model::Link link;
    link.href = edition.licence_href;
    link.content = text_of(edition.licence.empty() ? edition.licence_href : edition.licence);
    imprint.push_back({std::move(link)});
  } else if (!edition.licence.empty()) {
    imprint.push_back(text_of(edition.licence));
  }
  {
    Sentences typeset(imprint, language);
    typeset.add(language.label("imprint.fonts"), "fonts", font_credits);
    typeset.add(language.label("imprint.program"), "program", "Epitome");
  }
  Sentences(imprint, language).add(language.label("imprint.identifier"), "identifier", edition.identifier);
  Sentences(imprint, language)
      .add(language.label("imprint.date"), "date", written_date(language, edition.modified.substr(0, 10)));
}

}  // namespace

GeneratedText generated_text(const model::Document& document, const Language& language) {
  const model::Work& work = document.work;
  const model::Edition& edition = document.edition;
  GeneratedText out;
  out.author = joined(language, authors_of(work));
  out.title = model::full_title(work.title);
  out.subtitle = work.subtitle;
  out.kind = language.label("title-page.kind");
  out.contains = contains(document, language);
  out.brand = edition.brand_name;
  out.brand_line = edition.brand_line;
  out.brand_href = edition.brand_href;
  out.brand_more = filled(language.label("brand.more"), {{"address", value_of(edition.brand_href, language)}});
  return out;
}

std::vector<model::Inlines> imprint(const model::Document& document, const Language& language,
                                    const std::vector<std::string>& font_credits) {
  std::vector<model::Inlines> paragraphs;
  work_paragraphs(document.work, language, paragraphs);
  edition_paragraphs(document.edition, language, font_credits, paragraphs);
  return paragraphs;
}

}  // namespace epitome::book
