#include <fmt/format.h>

#include <algorithm>

#include "diag/utf8.hpp"
#include "reader/well_formed.hpp"

namespace epitome::reader {

using diag::Code;

void Faults::report_to(diag::Sink& sink) {
  std::stable_sort(found_.begin(), found_.end(),
                   [](const auto& x, const auto& y) { return x.span.offset < y.span.offset; });
  for (diag::Diagnostic& d : found_) sink.report(d.code, d.span, std::move(d.message), std::move(d.hints));
  for (const auto& [code, kind] : kinds_)
    if (kind.left_out != 0) sink.leave_out(code, kind.next, kind.left_out);
  found_.clear();
  kinds_.clear();
}

namespace {

// Characters that XML 1.0 forbids, and some that it allows but that no text should hold: they change
// lines behind the typesetter's back.
bool is_control(char32_t c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 ||
         c == 0xFEFF || (c & 0xFFFE) == 0xFFFE;
}

std::vector<std::string> control_hint(char32_t c) {
  if (c == 0x2028 || c == 0x2029) return {"a paragraph is <p>, a line of verse <line>"};
  if (c == 0xFEFF) return {"a byte order mark in the midst of a text, perhaps of a file that was pasted in"};
  return {"remove it; only tab, line feed and carriage return may stand in a text"};
}

// What the byte is in the encoding that files have which aren't UTF-8, mostly.
std::string in_windows(unsigned char byte) {
  constexpr std::string_view named[] = {"€", "",  "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "", "Ž", "",
                                        "",  "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "", "ž", "Ÿ"};
  std::string character;
  if (byte >= 0xA0) {
    character = {static_cast<char>(0xC0 | (byte >> 6)), static_cast<char>(0x80 | (byte & 0x3F))};
  } else if (byte >= 0x80) {
    character = named[byte - 0x80];
  }
  return character.empty() ? std::string() : fmt::format("in Windows-1252 it is {}: ", character);
}

}  // namespace

bool check_bytes(std::string& bytes, Faults& faults) {
  if (bytes.size() > limits::input_bytes) {
    faults.add(Code::E0105, {},
               fmt::format("the input has {} bytes; {} are the most", bytes.size(), limits::input_bytes),
               {"no summary needs as many: is it another file, or are pictures written into it?"});
    return false;
  }
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    faults.add(Code::E0101, {0, 2}, "the input is UTF-16, not UTF-8", {"save the file as UTF-8"});
    return false;
  }
  std::size_t at = 0;
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    faults.add(Code::W0103, {0, 3}, "the input starts with a byte order mark", {"save the file as UTF-8 without it"});
    at = 3;
  }
  std::size_t invalid = 0, first_invalid = 0;
  while (at < bytes.size()) {
    const auto byte = static_cast<unsigned char>(bytes[at]);
    if (byte >= 0x20 && byte < 0x7F) {
      ++at;
      continue;
    }
    const diag::CodePoint c = diag::decode_utf8(bytes, at);
    if (!c.valid) {
      if (invalid++ == 0) first_invalid = at;
    } else if (is_control(c.value)) {
      faults.add(Code::E0104, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(c.length)},
                 fmt::format("the control character U+{:04X} is not allowed", static_cast<unsigned>(c.value)),
                 control_hint(c.value));
      std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), c.length, ' ');
    }
    at += c.length;
  }
  if (invalid == 0) return true;
  // Once: in a file of another encoding every letter beyond ASCII is at fault.
  faults.add(Code::E0101, {static_cast<std::uint32_t>(first_invalid), 1},
             fmt::format("byte 0x{:02X} is not UTF-8", static_cast<unsigned char>(bytes[first_invalid])),
             {fmt::format("{}save the file as UTF-8; {}", in_windows(static_cast<unsigned char>(bytes[first_invalid])),
                          invalid == 1 ? "it is the only such byte" : fmt::format("{} such bytes in all", invalid))});
  return false;
}

}  // namespace epitome::reader
