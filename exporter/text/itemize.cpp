#include "text/itemize.hpp"

#include <fribidi.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>

#include "diag/utf8.hpp"

namespace epitome::text {
namespace {

// Latin, its marks and modifiers, general punctuation without bidi controls and separators, currency signs.
bool is_plain(char32_t c) {
  return c < 0x370 || (c >= 0x1E00 && c <= 0x1EFF) || (c >= 0x2000 && c <= 0x200B) || (c >= 0x2010 && c <= 0x2027) ||
         (c >= 0x202F && c <= 0x205F) || (c >= 0x20A0 && c <= 0x20CF);
}

hb_script_t to_hb(UScriptCode code) { return hb_script_from_string(uscript_getShortName(code), 4); }

}  // namespace

bool is_plain_latin(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const diag::CodePoint c = diag::decode_utf8(text, i);
    if (!is_plain(c.value)) return false;
    i += c.length;
  }
  return true;
}

std::vector<std::uint8_t> bidi_levels(std::string_view text, model::Direction paragraph,
                                      std::span<const Isolate> isolates) {
  constexpr std::uint32_t control = ~std::uint32_t{0};  // an isolate's mark, which is not in the text
  std::vector<FriBidiChar> characters;
  std::vector<std::uint32_t> bytes;
  const auto put = [&](char32_t c, std::uint32_t byte) {
    characters.push_back(c);
    bytes.push_back(byte);
  };
  std::size_t next = 0;
  for (std::uint32_t i = 0; i < text.size();) {
    if (next < isolates.size() && isolates[next].begin == i)
      put(isolates[next].direction == model::Direction::rtl ? FRIBIDI_CHAR_RLI : FRIBIDI_CHAR_LRI, control);
    const diag::CodePoint c = diag::decode_utf8(text, i);
    put(c.value, i);
    i += static_cast<std::uint32_t>(c.length);
    if (next < isolates.size() && isolates[next].end == i) {
      put(FRIBIDI_CHAR_PDI, control);
      ++next;
    }
  }
  const auto count = static_cast<FriBidiStrIndex>(characters.size());
  std::vector<FriBidiCharType> types(characters.size());
  std::vector<FriBidiBracketType> brackets(characters.size());
  std::vector<FriBidiLevel> levels(characters.size());
  fribidi_get_bidi_types(characters.data(), count, types.data());
  fribidi_get_bracket_types(characters.data(), count, types.data(), brackets.data());
  FriBidiParType direction = paragraph == model::Direction::rtl ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
  std::vector<std::uint8_t> result(text.size(), paragraph == model::Direction::rtl ? 1 : 0);
  if (fribidi_get_par_embedding_levels_ex(types.data(), brackets.data(), count, &direction, levels.data()) == 0)
    return result;  // out of memory
  for (std::size_t i = 0; i < characters.size(); ++i) {
    if (bytes[i] == control) continue;
    std::size_t end = text.size();
    for (std::size_t k = i + 1; k < characters.size(); ++k)
      if (bytes[k] != control) {
        end = bytes[k];
        break;
      }
    // FriBidi gives removed characters (explicit marks, X9) level −1 in places: they go with the paragraph.
    if (levels[i] >= 0)
      std::fill(result.begin() + bytes[i], result.begin() + static_cast<std::ptrdiff_t>(end),
                static_cast<std::uint8_t>(levels[i]));
  }
  return result;
}

std::vector<hb_script_t> scripts(std::string_view text) {
  std::vector<hb_script_t> result(text.size(), HB_SCRIPT_LATIN);
  hb_unicode_funcs_t* unicode = hb_unicode_funcs_get_default();
  struct Open {
    char32_t closing;
    hb_script_t script;
  };
  std::vector<Open> open;
  hb_script_t last = HB_SCRIPT_INVALID;
  std::size_t unresolved = 0;  // bytes before the first script, filled when it is known
  for (std::size_t i = 0; i < text.size();) {
    const diag::CodePoint c = diag::decode_utf8(text, i);
    hb_script_t script = hb_unicode_script(unicode, c.value);
    const bool weak = script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED;
    if (weak) {
      script = last;
      std::array<UScriptCode, 32> extensions{};
      UErrorCode status = U_ZERO_ERROR;
      const std::int32_t count = uscript_getScriptExtensions(static_cast<UChar32>(c.value), extensions.data(),
                                                             static_cast<std::int32_t>(extensions.size()), &status);
      // UAX #24, 5.2: a character of a few scripts does not go with another one's.
      if (U_SUCCESS(status) && count > 0 && extensions[0] != USCRIPT_COMMON && extensions[0] != USCRIPT_INHERITED) {
        const auto end = extensions.begin() + count;
        if (std::none_of(extensions.begin(), end, [&](UScriptCode code) { return to_hb(code) == last; }))
          script = to_hb(extensions[0]);
      }
      const auto bracket = static_cast<UBidiPairedBracketType>(
          u_getIntPropertyValue(static_cast<UChar32>(c.value), UCHAR_BIDI_PAIRED_BRACKET_TYPE));
      if (bracket == U_BPT_OPEN) {
        open.push_back({static_cast<char32_t>(u_getBidiPairedBracket(static_cast<UChar32>(c.value))), script});
      } else if (bracket == U_BPT_CLOSE) {
        const auto match =
            std::find_if(open.rbegin(), open.rend(), [&](const Open& o) { return o.closing == c.value; });
        if (match != open.rend()) {
          if (match->script != HB_SCRIPT_INVALID) script = match->script;
          open.erase(std::next(match).base(), open.end());
        }
      }
    }
    if (script != HB_SCRIPT_INVALID) {
      if (last == HB_SCRIPT_INVALID)
        std::fill(result.begin(), result.begin() + static_cast<std::ptrdiff_t>(unresolved), script);
      last = script;
      std::fill_n(result.begin() + static_cast<std::ptrdiff_t>(i), c.length, script);
    } else {
      unresolved = i + c.length;
    }
    i += c.length;
  }
  return result;
}

std::vector<std::uint32_t> cluster_starts(std::string_view text) {
  std::vector<std::uint32_t> starts;
  bool joins = false;  // the character before binds the next one
  for (std::size_t i = 0; i < text.size();) {
    const diag::CodePoint c = diag::decode_utf8(text, i);
    const auto value = static_cast<UChar32>(c.value);
    const auto kind = static_cast<UGraphemeClusterBreak>(u_getIntPropertyValue(value, UCHAR_GRAPHEME_CLUSTER_BREAK));
    const bool extends = kind == U_GCB_EXTEND || kind == U_GCB_SPACING_MARK || kind == U_GCB_ZWJ;
    if (starts.empty() || !(extends || joins)) starts.push_back(static_cast<std::uint32_t>(i));
    joins = kind == U_GCB_PREPEND || (kind == U_GCB_ZWJ);
    i += c.length;
  }
  starts.push_back(static_cast<std::uint32_t>(text.size()));
  return starts;
}

}  // namespace epitome::text
