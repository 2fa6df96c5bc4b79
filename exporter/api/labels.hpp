// The labels of a recording, as Audacity exports them: begin, end and text of each, with tabs between.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"

namespace epitome::api {

struct Label {
  std::int64_t begin = 0, end = 0;  // milliseconds; begin < end
  std::string_view id;              // the text's first word
  diag::Span span;                  // of the line
};

// E0706 for a line that is no label. Lines of frequencies (a backslash first) and empty ones are passed over.
std::vector<Label> read_labels(const diag::SourceText& file, diag::Sink& sink);

}  // namespace epitome::api
