// Which parts of a summary are printed. Internal to the library.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "diag/diagnostic.hpp"
#include "model/document.hpp"

namespace epitome::api {

// The kinds of parts that are named as in the source document. Reports a name that no kind has (E0205).
std::set<model::PartKind> kinds_named(const std::vector<std::string>& names, diag::Sink& sink);

// Whether the document has a part of one of the kinds; reports (E0202) that it hasn't.
bool has_any(const model::Document& document, const std::set<model::PartKind>& kinds, diag::Sink& sink);

}  // namespace epitome::api
