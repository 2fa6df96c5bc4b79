// How numbers, strings and names are spelled in PDF (ISO 32000-1 7.3) and text in XML.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/length.hpp"

namespace epitome::pdf {

// Thousandths of a point: what coordinates are rounded to before they are written, so that differences of
// written coordinates are exact.
using Milli = std::int64_t;
Milli to_milli(model::Length length);

// Appends thousandths as a real number without trailing zeros: "12.5", "-.25", "0".
void put_milli(std::string& out, Milli value);
void put_int(std::string& out, std::int64_t value);
// Appends " 12 0 R" without the leading space.
void put_reference(std::string& out, std::uint32_t object);

// UTF-8 to UTF-16BE as hexadecimal digits, without brackets and mark.
void put_utf16_hex(std::string& out, std::string_view utf8);
// A text string: "(ASCII)" where it is ASCII, else "<FEFF…>".
std::string text_string(std::string_view utf8);
// "(…)" of any bytes.
void put_literal(std::string& out, std::string_view bytes);
// A name without its slash: everything but letters, digits, '-', '_', '+' and '.' as #xx.
std::string name_of(std::string_view bytes);

// "2026-11-22T00:00:00+01:00" as "D:20261122000000+01'00'"; empty if it isn't a date with time and zone.
std::string pdf_date(std::string_view iso);

}  // namespace epitome::pdf
