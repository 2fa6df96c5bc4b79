// Addresses that a document links to: the valid URL strings of the URL standard (url.spec.whatwg.org, 4.3) of which
// readers follow the scheme.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "reader/values.hpp"

namespace epitome::reader {

// What is wrong with `text` (not empty, no white space at its ends) as an address of the web or of mail; nothing if all
// is well. A name and a password before the host (4.3) and characters that can't be seen are refused too: they are what
// deceives about where a link leads.
std::optional<Fault> check_address(std::string_view text);

// The scheme of an absolute URI in lower case, or nothing. RFC 3986, 3.1.
std::string scheme_of(std::string_view text);

// Whether `text` holds only what may stand in a URI or an IRI, and each '%' begins an escape.
bool is_of_uri_characters(std::string_view text);

}  // namespace epitome::reader
