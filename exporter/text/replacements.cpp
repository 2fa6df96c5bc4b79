#include "text/replacements.hpp"

#include <fmt/format.h>
#include <libdeflate.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <memory>
#include <new>
#include <pugixml.hpp>
#include <utility>

#include "diag/utf8.hpp"

namespace epitome::text {
namespace {

constexpr char32_t joiner = 0x200D;
constexpr char32_t last_tag = 0xE007F;

// The letter that a tag or a regional indicator stands for; 0: it is neither.
char spelled(char32_t c) {
  if (c >= 0xE0020 && c <= 0xE007E) return static_cast<char>(c - 0xE0000);
  return c >= 0x1F1E6 && c <= 0x1F1FF ? static_cast<char>(c - 0x1F1E6 + U'A') : '\0';
}

// "U+1F525 fire", or "U+E000" of what has no name.
std::string unicode_name(char32_t c) {
  std::array<char, 128> name{};
  UErrorCode status = U_ZERO_ERROR;
  u_charName(static_cast<UChar32>(c), U_UNICODE_CHAR_NAME, name.data(), static_cast<std::int32_t>(name.size()),
             &status);
  std::string out = fmt::format("U+{:04X}", static_cast<std::uint32_t>(c));
  if (U_FAILURE(status) || name[0] == '\0') return out;
  out += ' ';
  for (const char* letter = name.data(); *letter != '\0'; ++letter)
    out += static_cast<char>(*letter >= 'A' && *letter <= 'Z' ? *letter - 'A' + 'a' : *letter);
  return out;
}

// What gzip wrote; nothing if it isn't that. The last four bytes say how long it was (RFC 1952, 2.3.1).
std::string inflated(std::string_view bytes) {
  const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> decompressor(
      libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  if (!decompressor) throw std::bad_alloc();
  if (bytes.size() < 18) return {};
  std::size_t size = 0;
  for (std::size_t i = 4; i-- > 0;) size = size << 8 | static_cast<unsigned char>(bytes[bytes.size() - 4 + i]);
  constexpr std::size_t most = std::size_t{1} << 24;
  if (size > most) return {};
  std::string out(size, '\0');
  const libdeflate_result result =
      libdeflate_gzip_decompress(decompressor.get(), bytes.data(), bytes.size(), out.data(), out.size(), nullptr);
  return result == LIBDEFLATE_SUCCESS ? out : std::string();
}

}  // namespace

const std::map<std::string, std::string, std::less<>>& Replacements::table() {
  if (std::exchange(table_read_, true)) return table_;
  pugi::xml_document document;
  document.load_file((data_folder_ + "/layouts/replacements.xml").c_str());
  for (const pugi::xml_node row : document.child("replacements").children("replace"))
    table_.emplace(without_selectors(row.attribute("characters").value()), row.attribute("by").value());
  return table_;
}

const std::string& Replacements::names(const std::string& language) {
  const auto [at, is_new] = names_.try_emplace(language);
  if (is_new) {
    std::ifstream file(data_folder_ + "/names/" + language + ".names", std::ios::binary);
    at->second = inflated(std::string(std::istreambuf_iterator<char>(file), {}));
  }
  return at->second;
}

// The lines are sorted by their characters' bytes.
std::string_view Replacements::name_in(const std::string& language, std::string_view characters) {
  const std::string_view all = names(language);
  std::size_t from = 0, to = all.size();
  while (from < to) {
    const std::size_t middle = from + (to - from) / 2;
    const std::size_t before = middle == 0 ? std::string_view::npos : all.rfind('\n', middle - 1);
    const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;  // of the line that holds the middle
    const std::size_t end = std::min(all.find('\n', middle), all.size());
    const std::string_view line = all.substr(begin, end - begin);
    const std::size_t tab = std::min(line.find('\t'), line.size());
    const int order = line.substr(0, tab).compare(characters);
    if (order == 0) return line.substr(std::min(tab + 1, line.size()));
    if (order < 0) {
      from = end + 1;
    } else {
      to = begin;
    }
  }
  return {};
}

// The name of the whole, in English where the language has none; of a sequence without one those of its parts, and the
// letters of a flag. Without a language: Unicode's names.
std::string Replacements::named(const std::string& language, std::string_view characters) {
  const auto known = [&](std::string_view text) {
    const std::string_view own = language.empty() ? std::string_view() : name_in(language, text);
    return own.empty() && !language.empty() ? name_in("en", text) : own;
  };
  const std::string plain = without_selectors(characters);
  std::string out(known(plain));
  if (!out.empty()) return out;
  bool spelling = false;
  for (std::size_t at = 0; at < plain.size();) {
    const diag::CodePoint c = diag::decode_utf8(plain, at);
    const std::string_view name = known(std::string_view(plain).substr(at, c.length));
    at += c.length;
    if (c.value == joiner || c.value == last_tag) continue;
    const char letter = spelled(c.value);
    if (!out.empty() && !(spelling && letter != '\0')) out += ", ";
    spelling = letter != '\0';
    if (spelling) {
      out += letter;
    } else {
      out += name.empty() ? unicode_name(c.value) : std::string(name);
    }
  }
  return out;
}

std::vector<Replacements::Candidate> Replacements::candidates(std::string_view characters) {
  std::vector<Candidate> out;
  const auto add = [&](std::string text, const char* lang, bool is_sign) {
    const auto same = [&](const Candidate& known) { return known.text == text; };
    if (std::none_of(out.begin(), out.end(), same)) out.push_back({std::move(text), lang, is_sign});
  };
  const std::string plain = without_selectors(characters);
  if (const auto row = table().find(plain); row != table().end()) add(row->second, "", true);
  add("[" + named(language_, plain) + "]", name_in(language_, plain).empty() ? "en" : "", false);
  add("[" + named("en", plain) + "]", "en", false);
  add("[" + named({}, plain) + "]", "en", false);
  return out;
}

std::string Replacements::name(std::string_view characters) {
  return std::string(name_in("en", without_selectors(characters)));
}

}  // namespace epitome::text
