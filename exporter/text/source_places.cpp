#include "text/source_places.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "diag/utf8.hpp"
#include "text/itemize.hpp"

namespace epitome::text {
namespace {

class Finder {
 public:
  Finder(std::string_view source, SourcePlaces& wanted) : source_(source), wanted_(wanted) {
    for (const auto& [characters, places] : wanted) in_attributes_.try_emplace(characters);
  }

  void run() {
    while (at_ < source_.size()) {
      const std::string_view rest = source_.substr(at_);
      if (rest.starts_with("<!--")) {
        skip_behind("-->");
      } else if (rest.starts_with("<![CDATA[")) {
        const std::size_t from = at_ + 9;
        skip_behind("]]>");
        look(from, at_ - 3, false, wanted_);
      } else if (rest.starts_with("<?")) {
        skip_behind("?>");
      } else if (rest.starts_with('<')) {
        tag();
      } else {
        const std::size_t from = at_;
        at_ = std::min(source_.find('<', at_), source_.size());
        look(from, at_, true, wanted_);
      }
    }
    for (auto& [characters, places] : wanted_)
      if (places.empty()) places = std::move(in_attributes_.find(characters)->second);
  }

 private:
  void skip_behind(std::string_view end) {
    const std::size_t found = source_.find(end, at_);
    at_ = found == std::string_view::npos ? source_.size() : found + end.size();
  }

  void tag() {
    while (at_ < source_.size() && source_[at_] != '>') {
      const char quote = source_[at_++];
      if (quote != '"' && quote != '\'') continue;
      const std::size_t from = at_;
      at_ = std::min(source_.find(quote, at_), source_.size());
      look(from, at_, true, in_attributes_);
      ++at_;
    }
    ++at_;
  }

  // The character at `at`, which a reference may write, and the bytes that write it.
  diag::CodePoint character(std::size_t at, std::size_t end, bool references) const {
    const std::size_t semicolon = references && source_[at] == '&' ? source_.find(';', at) : std::string_view::npos;
    if (semicolon >= end || source_[at + 1] != '#') return diag::decode_utf8(source_, at);
    const bool hexadecimal = source_[at + 2] == 'x';
    std::uint32_t value = 0;
    std::from_chars(source_.data() + at + (hexadecimal ? 3 : 2), source_.data() + semicolon, value,
                    hexadecimal ? 16 : 10);
    return {value, semicolon + 1 - at, true};
  }

  void look(std::size_t from, std::size_t end, bool references, SourcePlaces& found) {
    text_.clear();
    begins_.clear();
    for (std::size_t at = from; at < end;) {
      const diag::CodePoint c = character(at, end, references);
      diag::append_utf8(text_, c.value);
      begins_.resize(text_.size(), at);
      at += c.length;
    }
    begins_.push_back(end);
    const std::vector<std::uint32_t> clusters = cluster_starts(text_);
    for (std::size_t i = 0; i + 1 < clusters.size(); ++i) {
      const std::uint32_t begin = clusters[i], behind = clusters[i + 1];
      if (note(begin, behind, found)) continue;
      for (std::uint32_t at = begin; at < behind;) {
        const auto next = at + static_cast<std::uint32_t>(diag::decode_utf8(text_, at).length);
        if (next - at < behind - begin) note(at, next, found);
        at = next;
      }
    }
  }

  bool note(std::uint32_t begin, std::uint32_t behind, SourcePlaces& found) const {
    const auto known = found.find(std::string_view(text_).substr(begin, behind - begin));
    if (known == found.end()) return false;
    known->second.push_back(
        {static_cast<std::uint32_t>(begins_[begin]), static_cast<std::uint32_t>(begins_[behind] - begins_[begin])});
    return true;
  }

  std::string_view source_;
  SourcePlaces& wanted_;
  SourcePlaces in_attributes_;
  std::size_t at_ = 0;
  std::string text_;                 // of the stretch at hand
  std::vector<std::size_t> begins_;  // by byte of it: where the source writes that character; the end too
};

}  // namespace

void find_in_source(std::string_view source, SourcePlaces& wanted) { Finder(source, wanted).run(); }

}  // namespace epitome::text
