// Book + Layout to Pages and PageMap: paragraphs, flow, page breaking, furniture.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cover/cover.hpp"
#include "diag/diagnostic.hpp"
#include "model/page_map.hpp"
#include "page/pages.hpp"
#include "typeset/figures.hpp"
#include "typeset/inspection.hpp"

namespace epitome::typeset {

struct Inputs : cover::Inputs {
  std::string program;           // "Epitome 0.1.0": the producer
  bool inspect = false;          // look at each line and page for a report
  std::string_view source = {};  // the document's bytes, for the places of diagnostics
};

struct Typeset {
  page::Pages pages;
  model::PageMap page_map;
  Figures figures;
  std::optional<Inspection> inspection;  // Inputs::inspect
};

// Nothing only if an error was reported.
std::optional<Typeset> typeset(const Inputs& inputs, diag::Sink& sink);

}  // namespace epitome::typeset
