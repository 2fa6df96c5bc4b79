// Destinations, links, outline and page labels (ISO 32000-1 12.3, 12.4, 12.5).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "page/pages.hpp"
#include "pdf/object_file.hpp"

namespace epitome::pdf {

// The name tree of named destinations; `objects` are the pages'. 0 if there are none.
std::uint32_t write_destinations(ObjectFile& file, const page::Pages& pages, const std::vector<std::uint32_t>& objects);
// A link annotation with its StructParent key.
void write_link(ObjectFile& file, std::uint32_t object, const page::Pages& pages, std::size_t link, std::uint32_t page);
// The outline's root; 0 if there is none.
std::uint32_t write_outline(ObjectFile& file, const page::Pages& pages);
// The number tree of page labels; 0 if there are none.
std::uint32_t write_page_labels(ObjectFile& file, const page::Pages& pages);

}  // namespace epitome::pdf
