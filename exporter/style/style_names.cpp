#include <array>

#include "style/layout.hpp"

namespace epitome::style {

namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(StyleName::count)> names = {
    "text",
    "text-first",
    "part-title",
    "chapter-title",
    "headline",
    "numeral",
    "hook",
    "hook-source",
    "quote",
    "attribution",
    "verse",
    "letter",
    "aside",
    "aside-title",
    "term",
    "definition",
    "warning-term",
    "warning-place",
    "list-item",
    "discussion-question",
    "cue-prompt",
    "cue-answer",
    "table-head",
    "row-head",
    "cell",
    "caption",
    "footnote",
    "contents-part",
    "contents-chapter",
    "running-head",
    "label",
    "brand",
    "brand-text",
    "folio",
    "imprint",
    "title-author",
    "title",
    "title-kind",
    "title-contains",
    "source",
    "title-small",
    "title-subtitle",
    "title-brand",
    "contents-page",
    "leader",
    "discussion-numeral",
};
static_assert(!names.back().empty(), "each style has a name");

}  // namespace

std::string_view style_name(StyleName name) { return names[static_cast<std::size_t>(name)]; }

}  // namespace epitome::style
