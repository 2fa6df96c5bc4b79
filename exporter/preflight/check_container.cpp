// What holds for the container and its files' names (EPUB 3.3, 4).
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "diag/utf8.hpp"
#include "preflight/book.hpp"

namespace epitome::preflight {

namespace {

using diag::Code;

// Amazon's limit for Send to Kindle.
constexpr std::size_t largest_sent = std::size_t{200} << 20;

std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t length) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < length; ++i) value |= std::uint32_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
  return value;
}

// The local header of a ZIP's first file (APPNOTE.TXT 4.3.7), with what OCF asks of it.
void check_media_type(Check& check, std::string_view bytes) {
  constexpr std::string_view name = "mimetype", type = "application/epub+zip";
  constexpr std::size_t header = 30;
  const auto tell = [&](const char* what) { check.findings.report(Code::E1001, {}, {}, what); };
  if (bytes.size() < header + name.size() + type.size() || !bytes.starts_with("PK\3\4") ||
      number_at(bytes, 26, 2) != name.size() || bytes.substr(header, name.size()) != name) {
    return tell("'mimetype' is not the first file of the container");
  }
  if (number_at(bytes, 28, 2) != 0) return tell("'mimetype' has an extra field in the container");
  if (number_at(bytes, 8, 2) != 0) return tell("'mimetype' is compressed");
  std::string why;
  const std::optional<std::string> content = check.container.read(std::string(name), 1000, why);
  if (!content || *content != type) tell("'mimetype' says something else than application/epub+zip");
}

// Characters that a file's name may not have (EPUB 3.3, 4.2.3).
bool is_forbidden(char32_t c) {
  constexpr std::u32string_view forbidden = U"\"*:<>?\\|";
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || forbidden.find(c) != std::u32string_view::npos ||
         (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xFFF0 && c <= 0xFFFF) || c >= 0xE0000;
}

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.' || c == '/';
}

void check_name(Check& check, const std::string& name) {
  for (std::size_t at = 0; at < name.size();) {
    const diag::CodePoint c = diag::decode_utf8(name, at);
    if (!c.valid || is_forbidden(c.value)) {
      check.findings.report(Code::E1002, {}, {}, fmt::format("'{}' has a character that no name may have", name));
      return;
    }
    at += c.length;
  }
  if (name.ends_with('.') || name.find("./") != std::string::npos) {
    check.findings.report(Code::E1002, {}, {}, fmt::format("'{}' ends in a full stop", name));
  } else if (!std::all_of(name.begin(), name.end(), is_plain)) {
    check.findings.report(Code::W1003, {}, {},
                          fmt::format("'{}' has characters beside letters, digits, hyphen and full stop", name));
  }
}

bool leads_outside(std::string_view name) {
  return name.starts_with('/') || name == ".." || name.starts_with("../") ||
         name.find("/../") != std::string_view::npos || name.ends_with("/..");
}

}  // namespace

void check_container(Check& check, std::string_view bytes) {
  check_media_type(check, bytes);
  if (bytes.size() > largest_sent) {
    check.findings.report(Code::W1007, {}, {}, fmt::format("it has {} MB", bytes.size() >> 20));
  }
  std::set<std::string> folded;
  for (const Entry& entry : check.container.entries()) {
    if (leads_outside(entry.name)) {
      check.findings.report(Code::E1004, {}, {}, fmt::format("the container has a file '{}'", entry.name));
      continue;
    }
    check_name(check, entry.name);
    if (!folded.insert(lower(entry.name)).second) {
      check.findings.report(Code::E1002, {}, {},
                            fmt::format("'{}' is the name of two files, but for capitals", entry.name));
    }
    if (entry.name.ends_with('/') || entry.name.starts_with("META-INF/") || entry.name == "mimetype" ||
        entry.name == check.book.package_path || check.book.find(entry.name) != nullptr ||
        check.book.beside.contains(entry.name)) {
      continue;
    }
    check.findings.report(Code::W1005, {}, {}, fmt::format("'{}' is not in the manifest", entry.name));
  }
}

}  // namespace epitome::preflight
