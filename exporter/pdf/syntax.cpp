#include "pdf/syntax.hpp"

#include <charconv>

#include "diag/utf8.hpp"

namespace epitome::pdf {

Milli to_milli(model::Length length) { return length.scaled(1000, 65536).raw(); }

void put_int(std::string& out, std::int64_t value) {
  char buffer[24];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  out.append(buffer, end);
}

void put_milli(std::string& out, Milli value) {
  if (value < 0) {
    out.push_back('-');
    value = -value;
  }
  const Milli whole = value / 1000;
  auto rest = static_cast<int>(value % 1000);
  if (whole != 0 || rest == 0) put_int(out, whole);
  if (rest == 0) return;
  out.push_back('.');
  for (int digit = 100; rest != 0; digit /= 10) {
    out.push_back(static_cast<char>('0' + rest / digit));
    rest %= digit;
  }
}

void put_reference(std::string& out, std::uint32_t object) {
  put_int(out, object);
  out += " 0 R";
}

namespace {

void put_hex(std::string& out, std::uint32_t value, int digits) {
  constexpr char hex[] = "0123456789ABCDEF";
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) out.push_back(hex[value >> shift & 0xF]);
}

}  // namespace

void put_utf16_hex(std::string& out, std::string_view utf8) {
  for (std::size_t at = 0; at < utf8.size();) {
    const diag::CodePoint c = diag::decode_utf8(utf8, at);
    at += c.length;
    const auto value = static_cast<std::uint32_t>(c.value);
    if (value < 0x10000) {
      put_hex(out, value, 4);
    } else {
      put_hex(out, 0xD800 + ((value - 0x10000) >> 10), 4);
      put_hex(out, 0xDC00 + ((value - 0x10000) & 0x3FF), 4);
    }
  }
}

void put_literal(std::string& out, std::string_view bytes) {
  out.push_back('(');
  for (const char c : bytes) {
    // An end of line inside is read as \n, whatever it was (7.3.4.2): carriage returns have to be spelled out.
    if (c == '(' || c == ')' || c == '\\') out.push_back('\\');
    if (c == '\r')
      out += "\\r";
    else
      out.push_back(c);
  }
  out.push_back(')');
}

std::string text_string(std::string_view utf8) {
  std::string out;
  bool ascii = true;
  for (const char c : utf8) ascii = ascii && c >= ' ' && c <= '~';
  if (ascii) {
    put_literal(out, utf8);
  } else {
    out += "<FEFF";
    put_utf16_hex(out, utf8);
    out += '>';
  }
  return out;
}

std::string name_of(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '_' || c == '+' || c == '.';
    if (plain) {
      out.push_back(c);
    } else {
      out.push_back('#');
      put_hex(out, static_cast<unsigned char>(c), 2);
    }
  }
  return out;
}

std::string pdf_date(std::string_view iso) {
  constexpr std::string_view pattern = "dddd-dd-ddTdd:dd:dd";
  if (iso.size() < pattern.size() + 1) return {};
  std::string out = "D:";
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool digit = iso[i] >= '0' && iso[i] <= '9';
    if (pattern[i] == 'd' ? !digit : iso[i] != pattern[i]) return {};
    if (digit) out.push_back(iso[i]);
  }
  const std::string_view zone = iso.substr(pattern.size());
  if (zone == "Z") return out + 'Z';
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return {};
  for (const std::size_t i : {1u, 2u, 4u, 5u})
    if (zone[i] < '0' || zone[i] > '9') return {};
  out += zone.substr(0, 3);
  out += '\'';
  out += zone.substr(4);
  return out + '\'';
}

}  // namespace epitome::pdf
