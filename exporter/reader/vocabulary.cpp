#include "reader/vocabulary.hpp"

#include <array>

namespace epitome::reader {

namespace {

using enum Type;
using diag::Code;
constexpr Occurs once = Occurs::once, optional = Occurs::optional, any = Occurs::any, some = Occurs::some;

// ---- children -----------------------------------------------------------------------------------

constexpr Child summary_children[] = {
    {work, once},          {edition, once},        {hook, optional},     {about, optional},     {overview, optional},
    {takeaways, optional}, {cues, optional},       {story, optional},    {questions, optional}, {comparison, optional},
    {people, optional},    {discussion, optional}, {warnings, optional}, {notes, optional},     {brand, optional}};
constexpr Child work_children[] = {{work_title, once},    {original_title, optional},
                                   {subtitle, optional},  {series, optional},
                                   {contributor, some},   {original_language, optional},
                                   {published, optional}, {publisher, optional},
                                   {isbn, optional},      {subject, any},
                                   {award, any},          {fact, any},
                                   {cover, optional}};
constexpr Child edition_children[] = {
    {identifier, optional},    {date, once},        {modified, optional}, {edition_author, optional},
    {edition_brand, optional}, {licence, optional}, {rights, optional},   {conformance, optional},
    {made, optional},          {labels, optional},  {sibling, any}};
constexpr Child labels_children[] = {{label, some}};
constexpr Child hook_children[] = {{part_title, optional}, {p, some}, {hook_source, optional}};
constexpr Child prose_children[] = {{part_title, optional}, {any_block, some}};
constexpr Child takeaways_children[] = {{part_title, optional}, {any_block, any}, {takeaway, some}};
constexpr Child takeaway_children[] = {{headline, once}, {any_block, some}};
constexpr Child cues_children[] = {{part_title, optional}, {any_block, any}, {cue, some}};
constexpr Child cue_children[] = {{prompt, once, Code::E0208}, {cue_answer, once, Code::E0208}};
constexpr Child story_children[] = {{part_title, optional}, {any_block, any}, {chapter, any}};
constexpr Child chapter_children[] = {{chapter_title, once}, {any_block, some}};
constexpr Child questions_children[] = {{part_title, optional}, {any_block, any}, {qa, some}};
constexpr Child qa_children[] = {{question, once, Code::E0208}, {answer, once, Code::E0208}};
constexpr Child blocks_children[] = {{any_block, some}};
constexpr Child comparison_children[] = {{part_title, optional}, {with, once}, {any_block, some}};
constexpr Child with_children[] = {{with_title, once}, {with_author, optional}};
constexpr Child people_children[] = {{part_title, optional}, {any_block, any}, {person, some}};
constexpr Child person_children[] = {{name, once}, {description, once}};
constexpr Child discussion_children[] = {{part_title, optional}, {any_block, any}, {discussion_question, some}};
constexpr Child warnings_children[] = {{part_title, optional}, {any_block, any}, {warning, some}, {any_block, any}};
constexpr Child warning_children[] = {{term, once}, {places, optional}};
constexpr Child notes_children[] = {{part_title, optional}, {any_block, any}, {note_source, any}};
constexpr Child brand_children[] = {{part_title, optional}, {any_block, any}};
constexpr Child list_children[] = {{li, some}};
constexpr Child pair_children[] = {{dt, some}, {dd, some}};
constexpr Child table_children[] = {{caption, optional}, {thead, optional}, {tbody, once}};
constexpr Child rows_children[] = {{tr, some}};
constexpr Child cells_children[] = {{th, any}, {td, any}};
constexpr Child figure_children[] = {{caption, optional}};
constexpr Child quotation_children[] = {{p, some}, {attribution, optional}};
constexpr Child attribution_children[] = {{speaker, optional}, {attribution_source, optional}, {locator, optional}};
constexpr Child verse_children[] = {{stanza, some}, {attribution, optional}};
constexpr Child stanza_children[] = {{line, some}};
constexpr Child letter_children[] = {{salutation, optional}, {p, some}, {signature, optional}};
constexpr Child aside_children[] = {{aside_title, optional}, {any_block, some}};
constexpr Child ruby_children[] = {{rt, once}};

// ---- attributes ---------------------------------------------------------------------------------

constexpr Attribute summary_attributes[] = {
    {"version", Value::version, true}, {"xml:lang", Value::language, true}, {"dir", Value::direction}};
constexpr Attribute language_attribute[] = {{"xml:lang", Value::language}};
constexpr Attribute title_attributes[] = {{"prefix", Value::article}, {"short"}, {"xml:lang", Value::language}};
constexpr Attribute series_attributes[] = {{"number"}};
constexpr Attribute contributor_attributes[] = {{"role", Value::role, true}, {"sort"}};
constexpr Attribute fact_attributes[] = {{"label", Value::words, true}};
constexpr Attribute cover_attributes[] = {{"src", Value::path, true}, {"alt", Value::words, true}};
constexpr Attribute edition_attributes[] = {{"variant", Value::variant}};
constexpr Attribute brand_attributes[] = {{"name"}, {"href", Value::link}};
constexpr Attribute href_attribute[] = {{"href", Value::link}};
constexpr Attribute conformance_attributes[] = {
    {"certifier", Value::words, true}, {"credential"}, {"report", Value::link}};
constexpr Attribute made_attributes[] = {{"by", Value::maker, true}, {"reviewed-by"}};
constexpr Attribute label_attributes[] = {{"name", Value::words, true}};
constexpr Attribute required_href_attribute[] = {{"href", Value::link, true}};
constexpr Attribute sibling_attributes[] = {
    {"xml:lang", Value::language, true}, {"variant", Value::variant}, {"href", Value::link, true}};
constexpr Attribute with_title_attributes[] = {{"prefix"}};
constexpr Attribute start_attribute[] = {{"start", Value::start}};
constexpr Attribute table_attributes[] = {{"align", Value::alignments}};
constexpr Attribute th_attributes[] = {{"scope", Value::scope}, {"colspan", Value::span}, {"rowspan", Value::span}};
constexpr Attribute td_attributes[] = {{"colspan", Value::span}, {"rowspan", Value::span}};
constexpr Attribute figure_attributes[] = {{"src", Value::path, true}, {"alt"}, {"decorative", Value::truth}};
constexpr Attribute ref_attributes[] = {{"to", Value::reference, true}};
constexpr Attribute foreign_attributes[] = {{"xml:lang", Value::language, true}};

// ---- elements -----------------------------------------------------------------------------------

constexpr Rule metadata(Type type, std::string_view name, Value value = Value::words,
                        std::span<const Attribute> attributes = {}) {
  return {.type = type, .name = name, .content = Content::text, .attributes = attributes, .value = value};
}
constexpr Rule sequence(Type type, std::string_view name, std::span<const Child> children, Common common,
                        std::span<const Attribute> attributes = {}) {
  return {.type = type,
          .name = name,
          .content = Content::sequence,
          .children = children,
          .attributes = attributes,
          .common = common};
}
// The same, where no child need be there.
constexpr Rule blank(Rule rule) {
  rule.may_be_blank = true;
  return rule;
}
constexpr Rule phrase(Type type, std::string_view name, std::span<const Attribute> attributes = {}) {
  return {.type = type, .name = name, .content = Content::inlines, .attributes = attributes, .common = Common::all};
}
// A line of inlines that is not an inline itself: its language and direction are kept, an id is not.
constexpr Rule words(Type type, std::string_view name, std::span<const Attribute> attributes = {}) {
  return {
      .type = type, .name = name, .content = Content::inlines, .attributes = attributes, .common = Common::language};
}

constexpr auto rules = std::to_array<Rule>({
    {.type = summary,
     .name = "summary",
     .content = Content::any_order,
     .children = summary_children,
     .attributes = summary_attributes},
    {.type = work,
     .name = "work",
     .content = Content::any_order,
     .children = work_children,
     .attributes = language_attribute},
    {.type = edition,
     .name = "edition",
     .content = Content::any_order,
     .children = edition_children,
     .attributes = edition_attributes},

    metadata(work_title, "title", Value::words, title_attributes),
    metadata(original_title, "original-title"),
    metadata(subtitle, "subtitle"),
    metadata(series, "series", Value::words, series_attributes),
    metadata(contributor, "contributor", Value::words, contributor_attributes),
    metadata(original_language, "original-language", Value::language),
    metadata(published, "published", Value::published),
    metadata(publisher, "publisher"),
    metadata(isbn, "isbn", Value::isbn),
    metadata(subject, "subject"),
    metadata(award, "award"),
    metadata(fact, "fact", Value::words, fact_attributes),
    {.type = cover, .name = "cover", .attributes = cover_attributes},

    metadata(identifier, "identifier", Value::uri),
    metadata(date, "date", Value::day),
    metadata(modified, "modified", Value::day),
    metadata(edition_author, "author"),
    blank(metadata(edition_brand, "brand", Value::words, brand_attributes)),
    metadata(licence, "licence", Value::words, href_attribute),
    metadata(rights, "rights"),
    metadata(conformance, "conformance", Value::conformance, conformance_attributes),
    {.type = made, .name = "made", .attributes = made_attributes},
    sequence(labels, "labels", labels_children, Common::none),
    metadata(label, "label", Value::words, label_attributes),
    {.type = sibling, .name = "sibling", .attributes = sibling_attributes},

    sequence(hook, "hook", hook_children, Common::all),
    sequence(about, "about", prose_children, Common::all),
    sequence(overview, "overview", prose_children, Common::all),
    sequence(takeaways, "takeaways", takeaways_children, Common::all),
    sequence(cues, "cues", cues_children, Common::all),
    sequence(story, "story", story_children, Common::all),
    sequence(questions, "questions", questions_children, Common::all),
    sequence(comparison, "comparison", comparison_children, Common::all),
    sequence(people, "people", people_children, Common::all),
    sequence(discussion, "discussion", discussion_children, Common::all),
    sequence(warnings, "warnings", warnings_children, Common::all),
    sequence(notes, "notes", notes_children, Common::all),
    blank(sequence(brand, "brand", brand_children, Common::all)),

    words(part_title, "title"),
    words(hook_source, "source"),
    sequence(takeaway, "takeaway", takeaway_children, Common::all),
    words(headline, "headline"),
    sequence(cue, "cue", cue_children, Common::all),
    words(prompt, "prompt"),
    words(cue_answer, "answer"),
    sequence(chapter, "chapter", chapter_children, Common::all),
    words(chapter_title, "title"),
    sequence(qa, "qa", qa_children, Common::all),
    words(question, "question"),
    sequence(answer, "answer", blocks_children, Common::language),
    sequence(with, "with", with_children, Common::none),
    words(with_title, "title", with_title_attributes),
    metadata(with_author, "author"),
    sequence(person, "person", person_children, Common::all),
    words(name, "name"),
    {.type = description, .name = "description", .content = Content::flow, .common = Common::language},
    phrase(discussion_question, "question"),
    sequence(warning, "warning", warning_children, Common::all),
    words(term, "term"),
    words(places, "places"),
    words(note_source, "source"),

    phrase(p, "p"),
    sequence(ul, "ul", list_children, Common::all),
    sequence(ol, "ol", list_children, Common::all, start_attribute),
    {.type = dl, .name = "dl", .content = Content::pairs, .children = pair_children, .common = Common::all},
    sequence(table, "table", table_children, Common::all, table_attributes),
    blank(sequence(figure, "figure", figure_children, Common::all, figure_attributes)),
    sequence(blockquote, "blockquote", quotation_children, Common::all),
    sequence(verse, "verse", verse_children, Common::all),
    sequence(letter, "letter", letter_children, Common::all),
    sequence(aside, "aside", aside_children, Common::all),
    {.type = separator, .name = "separator", .common = Common::all},

    {.type = li, .name = "li", .content = Content::flow, .common = Common::all},
    phrase(dt, "dt"),
    {.type = dd, .name = "dd", .content = Content::flow, .common = Common::language},
    words(caption, "caption"),
    sequence(thead, "thead", rows_children, Common::none),
    sequence(tbody, "tbody", rows_children, Common::none),
    {.type = tr, .name = "tr", .content = Content::any_order, .children = cells_children, .common = Common::all},
    phrase(th, "th", th_attributes),
    blank(phrase(td, "td", td_attributes)),
    sequence(attribution, "attribution", attribution_children, Common::none),
    words(speaker, "speaker"),
    words(attribution_source, "source"),
    words(locator, "locator"),
    sequence(stanza, "stanza", stanza_children, Common::none),
    words(line, "line"),
    words(salutation, "salutation"),
    words(signature, "signature"),
    words(aside_title, "title"),

    phrase(em, "em"),
    phrase(strong, "strong"),
    phrase(sc, "sc"),
    phrase(cite, "cite"),
    phrase(q, "q"),
    phrase(foreign, "foreign", foreign_attributes),
    phrase(a, "a", required_href_attribute),
    blank(phrase(ref, "ref", ref_attributes)),
    phrase(note, "note"),
    phrase(spoiler, "spoiler"),
    {.type = ruby, .name = "ruby", .content = Content::ruby, .children = ruby_children, .common = Common::all},
    words(rt, "rt"),
    phrase(sup, "sup"),
    phrase(sub, "sub"),
    phrase(Type::span, "span"),
});

// rule() indexes the table by type: the order must be the enumeration's.
constexpr bool in_order() {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i].type != static_cast<Type>(i)) return false;
  }
  return rules.size() == static_cast<std::size_t>(Type::count);
}
static_assert(in_order());

constexpr Type blocks[] = {p, ul, ol, dl, table, figure, blockquote, verse, letter, aside, separator};
constexpr Type inlines[] = {em, strong, sc, cite, q, foreign, a, ref, note, spoiler, ruby, sup, sub, Type::span};

Type called(std::span<const Type> types, std::string_view name) {
  for (const Type type : types) {
    if (rule(type).name == name) return type;
  }
  return Type::count;
}

}  // namespace

const Rule& rule(Type type) { return rules.at(static_cast<std::size_t>(type)); }
std::span<const Type> block_types() { return blocks; }
std::span<const Type> inline_types() { return inlines; }
bool is_block(Type type) { return called(blocks, rule(type).name) == type; }
bool is_part(Type type) { return type >= hook && type <= brand; }
Type child_type(const Rule& parent, std::string_view name) {
  for (const Child& child : parent.children) {
    if (child.type == any_block) {
      if (const Type block = block_called(name); block != Type::count) return block;
    } else if (rule(child.type).name == name) {
      return child.type;
    }
  }
  return Type::count;
}
Type block_called(std::string_view element) { return called(blocks, element); }
Type inline_called(std::string_view element) { return called(inlines, element); }

}  // namespace epitome::reader
