#include "reader/address.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/uidna.h>

#include <algorithm>

#include "diag/utf8.hpp"

namespace epitome::reader {

namespace {

using diag::Code;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

Fault fault(std::string message, std::string hint) { return {Code::E0205, std::move(message), std::move(hint)}; }

// Joiners belong to words of Persian and Indic scripts; all else that has no ink of its own hides something.
bool is_unseen(char32_t c) {
  const auto value = static_cast<UChar32>(c);
  if (c == 0x200C || c == 0x200D) return false;
  return u_isUWhiteSpace(value) || u_iscntrl(value) || u_hasBinaryProperty(value, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

// The URL code points (URL standard, 4.3) and '%'. U+FFF0 to U+FFFD are allowed there, but they are no characters of
// any writing, and EPUBCheck refuses them.
bool is_of_address(char32_t c) {
  if (c < 0x80)
    return std::u32string_view(U" \"<>[\\]^`{|}").find(c) == std::u32string_view::npos && c > 0x20 && c != 0x7F;
  return c >= 0xA0 && !(c >= 0xFDD0 && c <= 0xFDEF) && !(c >= 0xFFF0 && c <= 0xFFFF) && (c & 0xFFFE) != 0xFFFE;
}

std::string escaped(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return out;
}

Fault bad_character(std::string_view bytes, char32_t c) {
  const std::string escape = escaped(bytes);
  if (c == '%') {
    return fault("has a '%' without two hexadecimal digits behind it",
                 "an escape is '%' and two of 0–9, A–F; a percent sign itself is written %25");
  }
  std::string hint =
      c == ' '       ? std::string("a space is written %20")
      : is_unseen(c) ? fmt::format("U+{:04X} can't be seen: remove it, or write {}", static_cast<unsigned>(c), escape)
      : c == U'\\'   ? std::string("names in a path are parted by '/'; a backslash itself is written %5C")
                     : fmt::format("'{}' is written {}", bytes, escape);
  return fault("holds a character that an address can't", std::move(hint));
}

std::optional<Fault> check_characters(std::string_view text, bool unseen_too) {
  for (std::size_t i = 0; i < text.size();) {
    const diag::CodePoint c = diag::decode_utf8(text, i);
    const bool broken = c.value == '%' && (text.size() - i < 3 || !is_hex(text[i + 1]) || !is_hex(text[i + 2]));
    if (broken || !is_of_address(c.value) || (unseen_too && is_unseen(c.value)))
      return bad_character(text.substr(i, c.length), c.value);
    i += c.length;
  }
  return {};
}

// ---- hosts --------------------------------------------------------------------------------------

const std::string host_hint = "write https://host/path, the host as in example.org";

// Whether a host must be an IPv4 address: its last label, without a dot at the end, is a number (URL standard, 3.5).
bool ends_in_number(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  std::string_view last = host.substr(host.rfind('.') + 1);
  if (last.starts_with("0x") || last.starts_with("0X"))
    last.remove_prefix(2);
  else if (!std::all_of(last.begin(), last.end(), is_digit))
    return false;
  return std::all_of(last.begin(), last.end(), is_hex);
}

std::string why_not_a_name(std::uint32_t errors) {
  if (errors & UIDNA_ERROR_EMPTY_LABEL) return "write one dot between the host's names";
  if (errors & (UIDNA_ERROR_LABEL_TOO_LONG | UIDNA_ERROR_DOMAIN_NAME_TOO_LONG))
    return "a name of a host has at most 63 letters, the host 253";
  if (errors & (UIDNA_ERROR_PUNYCODE | UIDNA_ERROR_INVALID_ACE_LABEL))
    return "a name that begins with xn-- stands for letters beyond ASCII: write these letters themselves";
  if (errors & (UIDNA_ERROR_BIDI | UIDNA_ERROR_CONTEXTJ))
    return "a name of a host doesn't mix directions, and joins only letters that join";
  return "a name of a host holds letters, digits and hyphens, and nothing that can't be seen";
}

// The host as the network has it, by UTS #46 as the URL standard asks for it (3.3, domain to ASCII); nothing, and why,
// if it is none.
std::optional<std::string> to_ascii(std::string_view host, std::string& why) {
  UErrorCode status = U_ZERO_ERROR;
  UIDNA* const idna =
      uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII, &status);
  if (U_FAILURE(status)) throw std::bad_alloc();
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  std::string out(2 * host.size() + 256, '\0');
  const auto run = [&] {
    status = U_ZERO_ERROR;
    const auto size = uidna_nameToASCII_UTF8(idna, host.data(), static_cast<std::int32_t>(host.size()), out.data(),
                                             static_cast<std::int32_t>(out.size()), &info, &status);
    out.resize(static_cast<std::size_t>(size));
  };
  run();
  if (status == U_BUFFER_OVERFLOW_ERROR) run();
  uidna_close(idna);
  // Two hyphens in a row and those at a label's ends are found on the web.
  const std::uint32_t errors =
      info.errors &
      ~static_cast<std::uint32_t>(UIDNA_ERROR_HYPHEN_3_4 | UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN);
  if (U_SUCCESS(status) && errors == 0) return out;
  why = why_not_a_name(errors);
  return std::nullopt;
}

// A domain or an IPv4 address.
std::optional<Fault> check_name(std::string_view host) {
  std::string why;
  const std::optional<std::string> ascii = to_ascii(host, why);
  if (!ascii) return fault("names no host", why);
  // Forbidden domain code points (URL standard, 3.1) that checking the address's characters leaves, or that a character
  // of compatibility stands for.
  const auto is_forbidden = [](char c) {
    return c <= ' ' || std::string_view("#%/:<>?@[\\]^|\x7F").find(c) != std::string_view::npos;
  };
  if (ascii->empty() || std::any_of(ascii->begin(), ascii->end(), is_forbidden))
    return fault("names no host", why_not_a_name(0));
  in_addr address;
  std::string plain = *ascii;
  if (plain.ends_with('.')) plain.pop_back();
  if (ends_in_number(plain) && inet_pton(AF_INET, plain.c_str(), &address) != 1)
    return fault("names no host", "an address of four numbers has each from 0 to 255: 192.0.2.1");
  return {};
}

std::optional<Fault> check_port(std::string_view port) {
  const std::string_view digits = port.substr(std::min(port.find_first_not_of('0'), port.size()));
  const bool number = std::all_of(port.begin(), port.end(), is_digit);
  if (number && digits.size() <= 5 && (digits.size() < 5 || digits <= "65535")) return {};
  return fault("has a port that is none", "a port is a number up to 65535; most addresses need none");
}

// Host and port: what stands between "//" and the path.
std::optional<Fault> check_authority(std::string_view authority) {
  if (authority.find('@') != std::string_view::npos) {
    return fault("names a user before its host",
                 "leave out what stands before '@': readers warn of it, and a password is no secret in a book");
  }
  if (authority.starts_with('[')) {
    const std::size_t close = authority.find(']');
    in6_addr address;
    const std::string inside(authority.substr(1, close == std::string_view::npos ? close : close - 1));
    if (close == std::string_view::npos || inet_pton(AF_INET6, inside.c_str(), &address) != 1)
      return fault("names no host", "what stands in brackets is an IPv6 address: [2001:db8::1]");
    const std::string_view behind = authority.substr(close + 1);
    if (behind.empty()) return {};
    return behind[0] == ':' ? check_port(behind.substr(1)) : fault("names no host", host_hint);
  }
  const std::size_t colon = authority.find(':');
  const std::string_view host = authority.substr(0, colon);
  if (host.empty()) return fault("names no host", host_hint);
  if (check_characters(host, true)) return fault("names no host", why_not_a_name(0));
  if (auto found = check_name(host)) return found;
  return colon == std::string_view::npos ? std::nullopt : check_port(authority.substr(colon + 1));
}

// ---- schemes ------------------------------------------------------------------------------------

// Behind "http:" or "https:".
std::optional<Fault> check_web(std::string_view rest) {
  if (!rest.starts_with("//")) return fault("names no host", host_hint);
  rest.remove_prefix(2);
  const std::size_t end = std::min(rest.find_first_of("/?#\\"), rest.size());
  if (end == 0) return fault("names no host", host_hint);
  if (auto found = check_authority(rest.substr(0, end))) return found;
  return check_characters(rest.substr(end), true);
}

// Behind "mailto:" (RFC 6068): mailboxes, which may be left to the query.
std::optional<Fault> check_mail(std::string_view rest) {
  if (auto found = check_characters(rest, true)) return found;
  std::string_view to = rest.substr(0, rest.find_first_of("?#"));
  if (to.empty() && rest.find('@') != std::string_view::npos) return {};
  while (true) {
    const std::string_view mailbox = to.substr(0, to.find(','));
    const std::size_t at = mailbox.rfind('@');
    if (at == std::string_view::npos || at == 0 || at + 1 == mailbox.size())
      return fault("names no mailbox", "write mailto:name@host");
    const std::string_view host = mailbox.substr(at + 1);
    if (host.find('%') == std::string_view::npos)
      if (auto found = check_name(host)) return found;
    if (mailbox.size() == to.size()) return {};
    to.remove_prefix(mailbox.size() + 1);
  }
}

}  // namespace

std::string scheme_of(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || !is_alpha(text[0])) return {};
  std::string scheme(text.substr(0, colon));
  for (char& c : scheme) {
    if (!is_alpha(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') return {};
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return scheme;
}

bool is_of_uri_characters(std::string_view text) { return !check_characters(text, false); }

std::optional<Fault> check_address(std::string_view text) {
  const std::string scheme = scheme_of(text);
  if (scheme != "http" && scheme != "https" && scheme != "mailto") {
    return fault("is not an address of the web or of mail",
                 scheme.empty()    ? "write the whole address: https://…, http://… or mailto:…"
                 : scheme == "doi" ? "a DOI is followed as https://doi.org/10.…"
                                   : fmt::format("'{}:' is not followed; https, http and mailto are", scheme));
  }
  const std::string_view rest = text.substr(scheme.size() + 1);
  if (auto found = scheme == "mailto" ? check_mail(rest) : check_web(rest)) return found;
  const std::size_t hash = text.find('#');
  if (hash == std::string_view::npos || text.find('#', hash + 1) == std::string_view::npos) return {};
  return fault("has a second '#'", "the first '#' begins the fragment; another one is written %23");
}

}  // namespace epitome::reader
