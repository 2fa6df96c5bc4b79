// A book as its words, so that a quotation is found in the time that its rarest word takes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace epitome::proof {

// A word, or a mark between words. Quotation marks, spaces and ellipses are none; all dashes are one mark, ligatures
// their letters.
struct Token {
  enum class Kind : std::uint8_t { word, mark, gap } kind = Kind::word;
  std::uint32_t exact = 0;   // the same number: the same characters
  std::uint32_t folded = 0;  // … but for capitals
  std::uint32_t begin = 0, end = 0;
};

// Words as numbers.
class Words {
 public:
  // With `quoted`, an ellipsis and what stands in square brackets are a gap: the one who quotes left something out. Of
  // a book they are nothing. "[H]e" is a word.
  std::vector<Token> tokens(std::string_view text, bool quoted);
  std::size_t count() const { return numbers_.size(); }

 private:
  std::uint32_t number(const std::string& word);
  Token word_at(std::string_view text, std::size_t& at, bool quoted);
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

// Where a stretch of a quotation stands in a book, and in what it differs.
struct Found {
  std::uint32_t begin = 0, end = 0;      // bytes of the book's text; equal: it doesn't stand there
  std::vector<std::string> differences;  // in words of ours; none: word for word
};

class BookWords {
 public:
  explicit BookWords(std::string text);
  const std::string& text() const { return text_; }
  // A quotation without gaps, the first place behind `from` that is as it is; else the nearest to it.
  Found find(std::string_view quotation, const std::vector<Token>& stretch, std::uint32_t from) const;
  std::vector<Token> quotation(std::string_view text) { return words_.tokens(text, true); }

 private:
  struct Candidate {
    std::size_t begin = 0, end = 0;  // of word_tokens_; equal: none
  };
  std::vector<std::size_t> exact_places(const std::vector<std::uint32_t>& wanted) const;
  Candidate nearest(const std::vector<std::uint32_t>& wanted) const;
  std::vector<std::string> differences(std::string_view quotation, const std::vector<Token>& stretch,
                                       const Candidate& place) const;
  std::string_view bytes_of(const Token& first, const Token& last) const {
    return std::string_view(text_).substr(first.begin, last.end - first.begin);
  }
  // The places (of word_tokens_) of a word.
  std::vector<std::uint32_t> const& places(std::uint32_t folded) const {
    static const std::vector<std::uint32_t> none;
    return folded < places_.size() ? places_[folded] : none;
  }

  std::string text_;
  Words words_;
  std::vector<Token> tokens_;
  std::vector<std::uint32_t> word_tokens_;  // tokens_ that are words
  std::vector<std::vector<std::uint32_t>> places_;
};

}  // namespace epitome::proof
