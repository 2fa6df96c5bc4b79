// What the file says of itself, in its two forms, which agree.
#pragma once

#include <string>

#include "page/pages.hpp"

namespace epitome::pdf {

// The XMP packet (ISO 16684-1) with the claims of PDF/UA-1 and PDF/A-2a; without tags that of PDF/A-2b alone.
std::string xmp_packet(const page::Metadata& metadata, const std::string& producer, bool tagged);
// The document information dictionary's body (14.3.3).
std::string info_body(const page::Metadata& metadata, const std::string& producer);

}  // namespace epitome::pdf
