#include "typeset/place/beginnings.hpp"

#include <algorithm>
#include <utility>

namespace epitome::typeset {

Beginnings::Place Beginnings::beginning(const TextBox& box, const text::PlacedRun& run) const {
  const Tag& tag = flow_.tags[run.tag];
  // What is generated around the document's characters counts with the nearest of them.
  const Place at{tag.place, tag.start + std::clamp(run.offset, tag.lead, tag.lead + tag.length) - tag.lead};
  // A page turn inside a word counts before that word.
  const bool divided = box.line > 0 && (*box.lines)[box.line - 1].hyphenated;
  return divided && at.place != none && begins_page(at) ? word_start(box) : at;
}

void Beginnings::stands(const Place& at) {
  if (at.place == none) return;
  if (ranks_[at.place] == none) ranks_[at.place] = ranked_++;
  if (begins_page(at)) pages_.back() = at;
}

bool Beginnings::begins_page(const Place& at) const {
  const Place& first = pages_.back();
  if (first.place == none) return true;
  return std::pair(ranks_[at.place], at.offset) < std::pair(ranks_[first.place], first.offset);
}

Beginnings::Place Beginnings::word_start(const TextBox& box) const {
  const text::Line& before = (*box.lines)[box.line - 1];
  Place best;
  for (const std::uint32_t index : before.logical) {
    const text::PlacedRun& run = before.runs[index];
    const Tag& tag = flow_.tags[run.tag];
    if (tag.place == none || run.annotation) continue;
    const std::size_t space = run.stands_for == 0 ? run.run.text.rfind(' ') : std::string::npos;
    const bool new_word = space != std::string::npos && space + 1 < run.run.text.size();
    if (!new_word && best.place != none) {
      if (space != std::string::npos) best = {};  // the word begins in the next run
      continue;
    }
    if (space != std::string::npos && !new_word) continue;
    const std::uint32_t at = run.offset + (new_word ? static_cast<std::uint32_t>(space + 1) : 0);
    best = {tag.place, tag.start + std::max(at, tag.lead) - tag.lead};
  }
  return best;
}

}  // namespace epitome::typeset
