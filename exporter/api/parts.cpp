#include "api/parts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "api/epitome.hpp"
#include "diag/nearest.hpp"
#include "model/kinds.hpp"

namespace epitome {

std::vector<std::string> part_names() {
  std::vector<std::string> names;
  for (const model::PartKindRow& row : model::part_kinds) names.emplace_back(row.element);
  return names;
}

namespace api {

std::set<model::PartKind> kinds_named(const std::vector<std::string>& names, diag::Sink& sink) {
  std::vector<std::string_view> known;
  for (const model::PartKindRow& row : model::part_kinds) known.push_back(row.element);
  std::set<model::PartKind> kinds;
  for (const std::string& name : names) {
    if (const std::optional<model::PartKind> kind = model::part_kind_by_name(name)) {
      kinds.insert(*kind);
      continue;
    }
    const std::string_view near = diag::nearest(name, known);
    sink.report(
        diag::Code::E0205, {}, fmt::format("there is no part '{}'", name),
        {near.empty() ? fmt::format("there are {}", fmt::join(known, ", ")) : fmt::format("did you mean '{}'?", near)});
  }
  return kinds;
}

bool has_any(const model::Document& document, const std::set<model::PartKind>& kinds, diag::Sink& sink) {
  std::vector<std::string_view> has;
  for (const model::Part& part : document.parts) {
    if (kinds.contains(part.kind())) return true;
    has.push_back(model::row(part.kind()).element);
  }
  sink.report(diag::Code::E0202, {}, "the summary has none of the parts that are asked for",
              {fmt::format("it has {}", fmt::join(has, ", "))});
  return false;
}

}  // namespace api

}  // namespace epitome
