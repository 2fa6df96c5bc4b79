// The kinds of parts and of phrases as tables, each in the order of its enumeration: a row is all that a kind is
// called.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <type_traits>
#include <variant>

#include "model/document.hpp"

namespace epitome::model {

struct PartKindRow {
  PartKind kind;
  std::string_view element;  // in the source document
  bool shows_label = true;   // a part without a title of its own is headed by the language's label for the kind
  // In an EPUB: the class of its section, the structural semantics (EPUB 3 SSV 1.1) and the role of DPUB-ARIA 1.1.
  const char* epub_class = nullptr;
  const char* epub_type = nullptr;
  const char* epub_role = nullptr;
};

inline constexpr std::size_t part_kind_count = std::variant_size_v<PartValue>;

inline constexpr std::array<PartKindRow, part_kind_count> part_kinds = {{
    {PartKind::hook, "hook", false, "hook", "epigraph", "doc-epigraph"},
    {PartKind::about, "about", true, "about"},
    {PartKind::overview, "overview", true, "overview", "introduction", "doc-introduction"},
    {PartKind::takeaways, "takeaways", true, "takeaways"},
    {PartKind::cues, "cues", true, "cues"},
    {PartKind::story, "story", true, "story", "bodymatter"},
    {PartKind::questions, "questions", true, "questions", "qna", "doc-qna"},
    {PartKind::comparison, "comparison", true, "comparison"},
    {PartKind::people, "people", true, "people"},
    {PartKind::discussion, "discussion", true, "discussion"},
    {PartKind::warnings, "warnings", true, "warnings", "preamble"},
    {PartKind::notes, "notes", true, "sources", "backmatter"},
    {PartKind::brand, "brand", false, "brand", "backmatter"},
}};

struct MeaningRow {
  Meaning meaning;
  std::string_view element;  // in the source document
  std::string_view style;    // in a layout: "meaning.emphasis"
};

inline constexpr std::size_t meaning_count = static_cast<std::size_t>(Meaning::count);

inline constexpr std::array<MeaningRow, meaning_count> meanings = {{
    {Meaning::span, "span", "span"},
    {Meaning::emphasis, "em", "emphasis"},
    {Meaning::strong, "strong", "strong"},
    {Meaning::small_caps, "sc", "small-caps"},
    {Meaning::work_title, "cite", "work-title"},
    {Meaning::quotation, "q", "quotation"},
    {Meaning::foreign, "foreign", "foreign"},
    {Meaning::spoiler, "spoiler", "spoiler"},
    {Meaning::superscript, "sup", "superscript"},
    {Meaning::subscript, "sub", "subscript"},
}};

constexpr const PartKindRow& row(PartKind kind) { return part_kinds[static_cast<std::size_t>(kind)]; }
constexpr const MeaningRow& row(Meaning meaning) { return meanings[static_cast<std::size_t>(meaning)]; }

// The kind of part whose element is called so.
constexpr std::optional<PartKind> part_kind_by_name(std::string_view element) {
  for (const PartKindRow& kind : part_kinds) {
    if (kind.element == element) return kind.kind;
  }
  return std::nullopt;
}

// What a phrase means whose element is called so.
constexpr std::optional<Meaning> meaning_by_name(std::string_view element) {
  for (const MeaningRow& meaning : meanings) {
    if (meaning.element == element) return meaning.meaning;
  }
  return std::nullopt;
}

namespace kinds_checked {

// A row that a new enumerator lacks has an empty name.
constexpr bool rows_in_order() {
  for (std::size_t i = 0; i < part_kinds.size(); ++i) {
    if (part_kinds[i].kind != static_cast<PartKind>(i) || part_kinds[i].element.empty()) return false;
  }
  for (std::size_t i = 0; i < meanings.size(); ++i) {
    if (meanings[i].meaning != static_cast<Meaning>(i) || meanings[i].element.empty()) return false;
  }
  return true;
}
static_assert(rows_in_order());

// Part::kind() takes the place among the alternatives for the kind.
template <PartKind kind, class Value>
inline constexpr bool holds =
    std::is_same_v<std::variant_alternative_t<static_cast<std::size_t>(kind), PartValue>, Value>;
static_assert(holds<PartKind::hook, Hook> && holds<PartKind::about, About> && holds<PartKind::overview, Overview> &&
              holds<PartKind::takeaways, Takeaways> && holds<PartKind::cues, Cues> && holds<PartKind::story, Story> &&
              holds<PartKind::questions, Questions> && holds<PartKind::comparison, Comparison> &&
              holds<PartKind::people, People> && holds<PartKind::discussion, Discussion> &&
              holds<PartKind::warnings, Warnings> && holds<PartKind::notes, Notes> && holds<PartKind::brand, Brand>);
static_assert(static_cast<std::size_t>(PartKind::brand) + 1 == part_kind_count);

}  // namespace kinds_checked

}  // namespace epitome::model
