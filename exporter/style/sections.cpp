#include "style/sections.hpp"

#include <array>

namespace epitome::style {

namespace {
constexpr std::array<std::string_view, std::variant_size_v<model::PartValue>> kind_names = {
    "hook",       "about",  "overview",   "takeaways", "cues",  "story", "questions",
    "comparison", "people", "discussion", "warnings",  "notes", "brand"};
}  // namespace

std::string_view part_kind_name(model::PartKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

std::optional<model::PartKind> part_kind_by_name(std::string_view name) {
  for (std::size_t i = 0; i < kind_names.size(); ++i) {
    if (kind_names[i] == name) return static_cast<model::PartKind>(i);
  }
  return std::nullopt;
}

}  // namespace epitome::style
