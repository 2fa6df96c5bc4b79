// The vocabulary as a table: what each element may hold. The validator walks it, and source/summary.rnc
// says the same for editors and jing; tests hold the two together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "diag/codes.hpp"

namespace epitome::reader {

// An element in its place: <title> of the work and <title> of a chapter are two.
enum class Type : std::uint8_t {
  summary,
  work,
  edition,
  // the work
  work_title,
  original_title,
  subtitle,
  series,
  contributor,
  original_language,
  published,
  publisher,
  isbn,
  subject,
  award,
  fact,
  cover,
  // the edition
  identifier,
  date,
  modified,
  edition_author,
  edition_brand,
  licence,
  rights,
  conformance,
  made,
  labels,
  label,
  sibling,
  // the parts
  hook,
  about,
  overview,
  takeaways,
  cues,
  story,
  questions,
  comparison,
  people,
  discussion,
  warnings,
  notes,
  brand,
  // and what they hold
  part_title,
  hook_source,
  takeaway,
  headline,
  cue,
  prompt,
  cue_answer,
  chapter,
  chapter_title,
  qa,
  question,
  answer,
  with,
  with_title,
  with_author,
  person,
  name,
  description,
  discussion_question,
  warning,
  term,
  places,
  note_source,
  // blocks
  p,
  ul,
  ol,
  dl,
  table,
  figure,
  blockquote,
  verse,
  letter,
  aside,
  separator,
  li,
  dt,
  dd,
  caption,
  thead,
  tbody,
  tr,
  th,
  td,
  attribution,
  speaker,
  attribution_source,
  locator,
  stanza,
  line,
  salutation,
  signature,
  aside_title,
  // inlines
  em,
  strong,
  sc,
  cite,
  q,
  foreign,
  a,
  ref,
  note,
  spoiler,
  ruby,
  rt,
  sup,
  sub,
  span,
  count
};

// What stands between the tags.
enum class Content : std::uint8_t {
  nothing,
  text,       // characters alone; their form is Rule::value
  inlines,    // characters and inline elements
  flow,       // inlines, or blocks
  sequence,   // Rule::children in their order
  any_order,  // Rule::children in any order
  pairs,      // dt and dd in turn
  ruby,       // inlines, then one rt
};

// The form of an attribute's value or of an element's text. White space is collapsed first.
enum class Value : std::uint8_t {
  words,    // at least one character
  article,  // or none: a title that has none says so
  id,
  reference,
  language,
  direction,
  version,
  role,
  day,
  published,
  isbn,
  path,
  link,
  uri,
  start,
  span,
  scope,
  alignments,  // of a table's columns, one a column
  truth,
  variant,
  conformance,
  maker,
};

enum class Occurs : std::uint8_t { once, optional, any, some };  // 1, ?, *, +

inline constexpr Type any_block = Type::count;  // in a Child: any of the blocks

struct Child {
  Type type;
  Occurs occurs = Occurs::optional;
  diag::Code missing = diag::Code::E0202;
};

struct Attribute {
  std::string_view name;
  Value value = Value::words;
  bool required = false;
};

// Which of id, xml:lang and dir an element takes.
enum class Common : std::uint8_t { none, language, all };

struct Rule {
  Type type = Type::count;
  std::string_view name;
  Content content = Content::nothing;
  std::span<const Child> children = {};
  std::span<const Attribute> attributes = {};
  Common common = Common::none;
  Value value = Value::words;
  bool may_be_blank = false;
};

const Rule& rule(Type type);
std::span<const Type> block_types();
std::span<const Type> inline_types();
bool is_part(Type type);
bool is_block(Type type);

// The type of an element called `name` among the children of `parent`, or Type::count.
Type child_type(const Rule& parent, std::string_view name);

// The block or inline element called `name`, or Type::count.
Type block_called(std::string_view name);
Type inline_called(std::string_view name);

}  // namespace epitome::reader
