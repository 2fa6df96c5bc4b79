#include "proof/suggestions.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <utility>

#include "diag/utf8.hpp"

namespace epitome::proof {

namespace {

constexpr std::size_t most = 3;
constexpr std::size_t longest = 30;  // letters: a longer word is a compound whose place tells enough

using Letters = std::vector<std::string>;

bool is_upper(const std::string& letter) {
  return u_isupper(static_cast<UChar32>(diag::decode_utf8(letter, 0).value)) != 0;
}
std::string word_of(const Letters& letters) { return fmt::format("{}", fmt::join(letters, "")); }

// Asks the dictionary for what edits make, the likeliest first, and keeps what it has.
class Search {
 public:
  Search(Letters word, const Dictionary& dictionary) : word_(std::move(word)), dictionary_(dictionary) {}

  std::vector<std::string> run() {
    capital();
    swapped();
    missing();
    changed();
    left_out();
    for (std::size_t i = 0; i < word_.size(); ++i) doubled(word_, i, true);
    if (found_.empty()) parted();
    return std::move(found_);
  }

 private:
  void ask(const Letters& letters) {
    std::string word = word_of(letters);
    if (std::find(found_.begin(), found_.end(), word) == found_.end() && dictionary_.has(word))
      found_.push_back(std::move(word));
  }
  void capital() {
    Letters made = word_;
    const auto first = static_cast<UChar32>(diag::decode_utf8(made.front(), 0).value);
    made.front().clear();
    diag::append_utf8(made.front(), static_cast<char32_t>(u_toupper(first)));
    ask(made);
  }
  void swapped() {
    for (std::size_t i = 0; i + 1 < word_.size(); ++i) {
      Letters made = word_;
      std::swap(made[i], made[i + 1]);
      ask(made);
    }
  }
  void missing() {
    for (std::size_t i = 1; i <= word_.size(); ++i) {
      for (const std::string& letter : dictionary_.letters()) {
        if (is_upper(letter)) continue;
        Letters made = word_;
        made.insert(made.begin() + static_cast<std::ptrdiff_t>(i), letter);
        ask(made);
      }
    }
  }
  void changed() {
    for (std::size_t i = 0; i < word_.size(); ++i) {
      for (const std::string& letter : dictionary_.letters()) {
        if (is_upper(letter) != is_upper(word_[i])) continue;
        Letters made = word_;
        made[i] = letter;
        ask(made);
      }
    }
  }
  void left_out() {
    for (std::size_t i = 0; i < word_.size() && word_.size() > 2; ++i) {
      Letters made = word_;
      made.erase(made.begin() + static_cast<std::ptrdiff_t>(i));
      ask(made);
    }
  }
  // A letter at `i` doubled, or two made one; then once more behind it.
  void doubled(const Letters& word, std::size_t i, bool again) {
    Letters made = word;
    const auto at = made.begin() + static_cast<std::ptrdiff_t>(i);
    if (i + 1 < made.size() && made[i] == made[i + 1]) {
      made.erase(at);
    } else {
      const std::string letter = made[i];
      made.insert(at, letter);
    }
    if (!again) return ask(made);
    for (std::size_t k = i + 1; k < made.size(); ++k) doubled(made, k, false);
  }
  void parted() {
    for (std::size_t i = 1; i < word_.size(); ++i) {
      const auto at = word_.begin() + static_cast<std::ptrdiff_t>(i);
      const std::string before = word_of({word_.begin(), at}), behind = word_of({at, word_.end()});
      if (dictionary_.has(before) && dictionary_.has(behind)) found_.push_back(fmt::format("{} {}", before, behind));
    }
  }

  Letters word_;
  const Dictionary& dictionary_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> letters_of(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = diag::decode_utf8(text, at).length;
    out.emplace_back(text.substr(at, length));
    at += length;
  }
  return out;
}

std::vector<std::string> Suggestions::find(std::string_view word, const Dictionary& dictionary) const {
  Letters letters = letters_of(word);
  if (letters.empty() || letters.size() > longest) return {};
  std::vector<std::string> found = Search(std::move(letters), dictionary).run();
  std::stable_partition(found.begin(), found.end(), [this](const std::string& one) { return right_.contains(one); });
  if (found.size() > most) found.resize(most);
  return found;
}

}  // namespace epitome::proof
