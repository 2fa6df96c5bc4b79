#include "text/source_places.hpp"

#include <cstdint>
#include <span>
#include <utility>

#include "diag/utf8.hpp"
#include "text/itemize.hpp"

namespace epitome::text {
namespace {

// In one text.
class Finder {
 public:
  Finder(std::string_view text, std::span<const std::uint32_t> begins, SourcePlaces& found)
      : text_(text), begins_(begins), found_(found) {}

  void run() {
    const std::vector<std::uint32_t> clusters = cluster_starts(text_);
    for (std::size_t i = 0; i + 1 < clusters.size(); ++i) {
      const std::uint32_t begin = clusters[i], behind = clusters[i + 1];
      if (note(begin, behind)) continue;
      for (std::uint32_t at = begin; at < behind;) {
        const auto next = at + static_cast<std::uint32_t>(diag::decode_utf8(text_, at).length);
        if (next - at < behind - begin) note(at, next);
        at = next;
      }
    }
  }

 private:
  bool note(std::uint32_t begin, std::uint32_t behind) {
    const auto known = found_.find(text_.substr(begin, behind - begin));
    if (known == found_.end()) return false;
    known->second.push_back({begins_[begin], begins_[behind] - begins_[begin]});
    return true;
  }

  std::string_view text_;
  std::span<const std::uint32_t> begins_;
  SourcePlaces& found_;
};

}  // namespace

void find_in_source(const diag::SourceTexts& source, SourcePlaces& wanted) {
  SourcePlaces apart_alone;
  for (const auto& [characters, places] : wanted) apart_alone.try_emplace(characters);
  source([&](std::string_view text, std::span<const std::uint32_t> begins, bool apart) {
    Finder(text, begins, apart ? apart_alone : wanted).run();
  });
  for (auto& [characters, places] : wanted)
    if (places.empty()) places = std::move(apart_alone.find(characters)->second);
}

}  // namespace epitome::text
