// The logical structure (ISO 32000-1 14.7): elements, what marks and annotations belong to them, and back.
#pragma once

#include <cstdint>
#include <vector>

#include "page/pages.hpp"
#include "pdf/object_file.hpp"

namespace epitome::pdf {

// What the structure points to.
struct WrittenPages {
  std::vector<std::uint32_t> objects;             // by page
  std::vector<std::vector<std::uint32_t>> marks;  // by page and MCID: indices into Pages::marks
  std::vector<std::uint32_t> links;               // annotations, by Pages::links
};

// Pages have the StructParents key of their index, links those after them.
inline std::size_t link_key(const page::Pages& pages, std::size_t link) { return pages.pages.size() + link; }

// Writes it all; returns the structure tree's root.
std::uint32_t write_structure(ObjectFile& file, const page::Pages& pages, const WrittenPages& written);

}  // namespace epitome::pdf
