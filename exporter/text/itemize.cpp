#include "text/itemize.hpp"

#include <fribidi.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <new>

#include "diag/utf8.hpp"

namespace epitome::text {
namespace {

// Latin and modifiers, but no combining marks; general punctuation without bidi controls and separators, currency
// signs.
bool is_plain(char32_t c) {
  return c < 0x300 || (c >= 0x1E00 && c <= 0x1EFF) || (c >= 0x2000 && c <= 0x200B) || (c >= 0x2010 && c <= 0x2027) ||
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
    throw std::bad_alloc();
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

namespace {

// UAX #29, GB3 to GB999, from one character to the next.
class ClusterRules {
 public:
  // Whether a cluster begins before `c`, which follows those given before.
  bool begins(char32_t c) {
    const auto value = static_cast<UChar32>(c);
    const auto kind = static_cast<UGraphemeClusterBreak>(u_getIntPropertyValue(value, UCHAR_GRAPHEME_CLUSTER_BREAK));
    const bool pictograph = kind == U_GCB_OTHER && u_hasBinaryProperty(value, UCHAR_EXTENDED_PICTOGRAPHIC) != 0;
    const bool result = first_ || !holds(kind, pictograph);
    first_ = false;
    if (kind == U_GCB_REGIONAL_INDICATOR) {
      odd_indicator_ = last_ != U_GCB_REGIONAL_INDICATOR || !odd_indicator_;
    } else {
      odd_indicator_ = false;
    }
    if (kind == U_GCB_ZWJ) {
      after_pictograph_joiner_ = after_pictograph_;
    } else {
      after_pictograph_joiner_ = false;
    }
    after_pictograph_ = pictograph || (after_pictograph_ && kind == U_GCB_EXTEND);
    last_ = kind;
    return result;
  }

 private:
  static bool is_control(UGraphemeClusterBreak kind) {
    return kind == U_GCB_CONTROL || kind == U_GCB_CR || kind == U_GCB_LF;
  }
  bool holds(UGraphemeClusterBreak kind, bool pictograph) const {
    if (last_ == U_GCB_CR && kind == U_GCB_LF) return true;
    if (is_control(last_) || is_control(kind)) return false;
    if (kind == U_GCB_EXTEND || kind == U_GCB_ZWJ || kind == U_GCB_SPACING_MARK || last_ == U_GCB_PREPEND) return true;
    switch (last_) {
      case U_GCB_L:
        return kind == U_GCB_L || kind == U_GCB_V || kind == U_GCB_LV || kind == U_GCB_LVT;
      case U_GCB_LV:
      case U_GCB_V:
        return kind == U_GCB_V || kind == U_GCB_T;
      case U_GCB_LVT:
      case U_GCB_T:
        return kind == U_GCB_T;
      case U_GCB_REGIONAL_INDICATOR:
        return kind == U_GCB_REGIONAL_INDICATOR && odd_indicator_;
      default:
        return pictograph && after_pictograph_joiner_;
    }
  }

  bool first_ = true;
  UGraphemeClusterBreak last_ = U_GCB_OTHER;
  bool odd_indicator_ = false;            // an odd number of regional indicators stands before
  bool after_pictograph_ = false;         // and Extend after it
  bool after_pictograph_joiner_ = false;  // with U+200D behind
};

}  // namespace

std::vector<std::uint32_t> cluster_starts(std::string_view text) {
  std::vector<std::uint32_t> starts;
  ClusterRules rules;
  for (std::size_t i = 0; i < text.size();) {
    const diag::CodePoint c = diag::decode_utf8(text, i);
    if (rules.begins(c.value)) starts.push_back(static_cast<std::uint32_t>(i));
    i += c.length;
  }
  starts.push_back(static_cast<std::uint32_t>(text.size()));
  return starts;
}

}  // namespace epitome::text
