// Characters that neither their face nor a fallback has: what becomes of them, and the one message that each gets.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/diagnostic.hpp"
#include "diag/source_texts.hpp"
#include "text/fonts.hpp"
#include "text/replacements.hpp"

namespace epitome::text {

// Whether a grapheme cluster (UAX #29) is an emoji or a flag: one sign, of however many characters.
bool is_emoji(std::string_view cluster);

// Of one document. All that set its text add what they miss; whoever has set all of it reports.
class MissingGlyphs {
 public:
  enum class Way : std::uint8_t {
    refuse,   // E0601
    replace,  // W0609, and something is set in its place
    draft,  // as replace, of an EPUB alone: fallback fonts that aren't installed are no error, and what is reported is
            // that its cover shows something else
  };
  MissingGlyphs(Way way, Replacements replacements) : way_(way), replacements_(std::move(replacements)) {}

  Way way() const { return way_; }
  // The best candidate that `fits`; null if none does. `fits` is asked once for each face.
  const Replacements::Candidate* replacement(std::string_view characters, const Face& face,
                                             const std::function<bool(const Replacements::Candidate&)>& fits);
  // `place`: of the element or text that holds them, {0, 0} if it isn't known. Null: nothing stands in their place.
  void add(std::string_view characters, const Face& face, diag::Span place, const Replacements::Candidate* instead);

  // Keeps characters that something else is set for, for text::PlacedRun::stands_for; original() gives them back.
  std::uint32_t keep(std::string_view characters);
  const std::string& original(std::uint32_t number) const { return originals_[number - 1]; }

  // One diagnostic a character that hasn't been reported yet, E0601 or W0609, where it first stands in `source`, with
  // the number of its other places there. In the order of their places.
  void report(const diag::SourceTexts& source, diag::Sink& sink);

 private:
  struct Missing {
    std::string characters, face, instead;
    std::optional<diag::Span> place;  // the first that is known
    bool placed = true;               // wherever it was missed
    bool reported = false;
  };
  std::string message_of(const Missing& missing, std::size_t more);

  Way way_;
  Replacements replacements_;
  std::map<std::pair<std::string, const Face*>, std::optional<Replacements::Candidate>> chosen_;
  std::vector<Missing> missing_;
  std::map<std::string, std::size_t, std::less<>> index_;  // into missing_
  std::vector<std::string> originals_;
  std::map<std::string, std::uint32_t, std::less<>> kept_;  // numbers of originals_
};

}  // namespace epitome::text
