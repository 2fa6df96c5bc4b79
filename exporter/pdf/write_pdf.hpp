// Pages to bytes: PDF 1.7 that is PDF/UA-1 and PDF/A-2a at once, without tags PDF/A-2b. The only room that sees
// libharu.
#pragma once

#include <optional>
#include <string>

#include "diag/diagnostic.hpp"
#include "page/pages.hpp"

namespace epitome::pdf {

struct Options {
  std::string producer;  // "Epitome 0.1.0"
};

// The file's bytes. The same pages give the same bytes: the file identifier is a hash of the content, dates
// are the metadata's. Reports E0901 and returns nothing if the pages are not well-formed (a mark without an
// element, a link without a description …) or libharu fails.
std::optional<std::string> write_pdf(const page::Pages& pages, const Options& options, diag::Sink& sink);

}  // namespace epitome::pdf
