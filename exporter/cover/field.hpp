// The field of hairlines: a book's page in miniature, some lines of it picked out.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "page/pages.hpp"
#include "style/layout.hpp"

namespace epitome::cover {

using model::Length;

struct FieldShape {
  model::Point origin;  // of its top, at the left
  Length width, step, hairline, heavy;
  int lines = 0;
  int picks = 0;
  bool mirrored = false;  // short lines end at the left
};

// The same lines for the same seed on every machine.
std::vector<page::Item> field(const FieldShape& shape, std::uint64_t seed, style::Colour ink, style::Colour accent);

// A seed from a UUID's digits, or from any other text.
std::uint64_t seed_of(std::string_view text);

}  // namespace epitome::cover
