// All fonts of a file: which face's glyphs are used, and under which name a content stream selects them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "diag/diagnostic.hpp"
#include "page/pages.hpp"
#include "pdf/embedded_font.hpp"

namespace epitome::pdf {

class FontBook {
 public:
  // Notes every glyph of the pages with its text, makes the subsets and writes the fonts. Reports E0901 and
  // returns false if a face can't be embedded.
  bool embed(const page::Pages& pages, ObjectFile& file, diag::Sink& sink);

  // After embed().
  EmbeddedFont& font(const text::Face& face) { return *entry(face).font; }
  // The number n of a face's first variant: its resource name is /F<n>, the next variant's /F<n+1>.
  std::uint32_t first_resource(const text::Face& face) { return entry(face).first_resource; }
  // By resource number.
  const std::vector<std::uint32_t>& objects() const { return objects_; }

 private:
  struct Entry {
    const text::Face* face = nullptr;
    std::unique_ptr<EmbeddedFont> font;
    std::uint32_t first_resource = 0;
  };
  Entry& entry(const text::Face& face);

  std::vector<Entry> entries_;  // in the order of first use; a document has a handful
  std::vector<std::uint32_t> objects_;
};

}  // namespace epitome::pdf
