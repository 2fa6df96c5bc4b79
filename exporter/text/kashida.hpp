// Where a word in Arabic letters is drawn out: the place at which a scribe lengthens the join of two letters.
#pragma once

#include <cstdint>
#include <string_view>

namespace epitome::text {

struct KashidaPlace {
  std::uint32_t letter = 0, next = 0;  // bytes of the two letters whose join is lengthened; both 0: there is none
  int rank = 0;                        // 1 is the best
};

// The best place of a word, of equals the last. Ranks are those of Microsoft's rules for justified Arabic: after a
// tatweel of the author's own; after seen and sad; before a final teh marbuta, heh or dal; before a final alef, tah,
// lam, kaf or gaf; before a medial beh-like letter that stands before reh, yeh or alef maqsura; before a final waw,
// ain, qaf or feh; before any other final letter. Never between lam and alef, which are one.
KashidaPlace kashida_place(std::string_view word);

}  // namespace epitome::text
