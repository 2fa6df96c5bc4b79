// What an edition says of how it can be read: one table for the package document and for ONIX.
#pragma once

#include <string>
#include <vector>

#include "epub/package.hpp"

namespace epitome::epub {

struct AccessibilityRow {
  const char* property;  // schema.org's (EPUB Accessibility 1.1, 3): "schema:accessMode"
  const char* value;
  const char* onix;  // code of ONIX's List 196 for the same (W3C's crosswalk of 2024-09-06); null: none
};
// Those that hold for this edition, in their order.
std::vector<AccessibilityRow> accessibility_rows(const Inputs& inputs);

// The same as ONIX 3.1 (reference names), with what the publisher states: a <DescriptiveDetail> with nothing but
// <ProductFormFeature>s, to be put into the record of the edition's EPUB. It is no message by itself.
std::string onix_features(const Inputs& inputs);

}  // namespace epitome::epub
