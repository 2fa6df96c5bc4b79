#include "pdf/to_unicode.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "diag/utf8.hpp"
#include "pdf/syntax.hpp"

namespace epitome::pdf {
namespace {

// A section holds at most 100 entries (Adobe technical note 5411).
void put_sections(std::string& out, const std::vector<std::string>& entries, std::string_view kind) {
  for (std::size_t at = 0; at < entries.size(); at += 100) {
    const std::size_t count = std::min<std::size_t>(100, entries.size() - at);
    fmt::format_to(std::back_inserter(out), "{} begin{}\n", count, kind);
    for (std::size_t i = at; i < at + count; ++i) out += entries[i];
    fmt::format_to(std::back_inserter(out), "end{}\n", kind);
  }
}

}  // namespace

std::string byte_cmap() {
  return "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
         "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>def\n"
         "/CMapName/Byte-Identity-H def\n/CMapType 1 def\n"
         "1 begincodespacerange\n<00><FF>\nendcodespacerange\n1 begincidrange\n<00><FF> 0\nendcidrange\n"
         "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n";
}

std::string to_unicode_cmap(const std::vector<std::pair<std::uint16_t, std::string_view>>& codes, int code_bytes) {
  const int digits = 2 * code_bytes;
  std::vector<std::string> ranges, chars;
  for (std::size_t i = 0; i < codes.size();) {
    const auto [code, text] = codes[i];
    const diag::CodePoint c = diag::decode_utf8(text, 0);
    std::size_t count = 1;
    if (c.length == text.size() && c.value < 0x10000) {
      // Neither the codes' nor the characters' first byte may change inside a range.
      while (i + count < codes.size()) {
        const auto [next_code, next_text] = codes[i + count];
        const diag::CodePoint next = diag::decode_utf8(next_text, 0);
        if (next.length != next_text.size() || next.value != c.value + count || next_code != code + count ||
            next.value >> 8 != c.value >> 8 || next_code >> 8 != code >> 8)
          break;
        ++count;
      }
    }
    std::string entry = fmt::format("<{:0{}X}>", code, digits);
    if (count > 1) fmt::format_to(std::back_inserter(entry), "<{:0{}X}>", code + count - 1, digits);
    entry += '<';
    put_utf16_hex(entry, text);
    entry += ">\n";
    (count > 1 ? ranges : chars).push_back(std::move(entry));
    i += count;
  }
  std::string out =
      "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
      "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n";
  out += code_bytes == 1 ? "<00><FF>" : "<0000><FFFF>";
  out += "\nendcodespacerange\n";
  put_sections(out, chars, "bfchar");
  put_sections(out, ranges, "bfrange");
  out += "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n";
  return out;
}

}  // namespace epitome::pdf
