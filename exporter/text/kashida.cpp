#include "text/kashida.hpp"

#include <unicode/uchar.h>

#include "diag/utf8.hpp"

namespace epitome::text {
namespace {

struct Letter {
  std::uint32_t at = 0;
  int group = U_JG_NO_JOINING_GROUP;
  bool joins_before = false, joins_after = false;  // in logical order, by its own kind
  bool tatweel = false;
};

bool is_beh_like(int group) { return group == U_JG_BEH || group == U_JG_NOON || group == U_JG_NYA; }

bool is_yeh(int group) { return group == U_JG_YEH || group == U_JG_FARSI_YEH || group == U_JG_YEH_WITH_TAIL; }

// Of the join from `letter` to `next`; `after` follows that, if it is joined to it. 0: none of the rules.
int rank_of(const Letter& letter, const Letter& next, const Letter* after) {
  if (letter.group == U_JG_LAM && next.group == U_JG_ALEF) return 0;
  if (letter.tatweel) return 1;
  if (letter.group == U_JG_SEEN || letter.group == U_JG_SAD) return 2;
  if (after != nullptr) {
    const bool before_bowl = after->group == U_JG_REH || is_yeh(after->group);
    return is_beh_like(next.group) && before_bowl ? 5 : 0;
  }
  switch (next.group) {
    case U_JG_TEH_MARBUTA:
    case U_JG_HEH:
    case U_JG_KNOTTED_HEH:
    case U_JG_DAL:
      return 3;
    case U_JG_ALEF:
    case U_JG_TAH:
    case U_JG_LAM:
    case U_JG_KAF:
    case U_JG_GAF:
      return 4;
    case U_JG_WAW:
    case U_JG_AIN:
    case U_JG_QAF:
    case U_JG_FEH:
      return 6;
    default:
      return 7;
  }
}

}  // namespace

KashidaPlace kashida_place(std::string_view word) {
  KashidaPlace best;
  Letter letters[3];  // the last three: each join is ranked when it is known whether its second letter joins on
  int count = 0;
  const auto joined = [](const Letter& a, const Letter& b) { return a.joins_after && b.joins_before; };
  const auto rank = [&](const Letter& a, const Letter& b, const Letter* c) {
    if (!joined(a, b)) return;
    const int found = rank_of(a, b, c != nullptr && joined(b, *c) ? c : nullptr);
    if (found != 0 && (best.rank == 0 || found <= best.rank)) best = {a.at, b.at, found};
  };
  for (std::uint32_t at = 0; at < word.size();) {
    const diag::CodePoint c = diag::decode_utf8(word, at);
    const auto value = static_cast<UChar32>(c.value);
    const int type = u_getIntPropertyValue(value, UCHAR_JOINING_TYPE);
    if (type != U_JT_TRANSPARENT) {
      letters[0] = letters[1];
      letters[1] = letters[2];
      letters[2] = {at, u_getIntPropertyValue(value, UCHAR_JOINING_GROUP),
                    type == U_JT_DUAL_JOINING || type == U_JT_RIGHT_JOINING || type == U_JT_JOIN_CAUSING,
                    type == U_JT_DUAL_JOINING || type == U_JT_JOIN_CAUSING, c.value == 0x640};
      if (++count >= 3) rank(letters[0], letters[1], &letters[2]);
    }
    at += static_cast<std::uint32_t>(c.length);
  }
  if (count >= 2) rank(letters[1], letters[2], nullptr);
  return best;
}

}  // namespace epitome::text
