// Text in XML and HTML.
#pragma once

#include <string>
#include <string_view>

namespace epitome::diag {

// Appends text as it stands in an element and in a value in double quotation marks (XML 1.0, 2.4).
inline void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
}

}  // namespace epitome::diag
