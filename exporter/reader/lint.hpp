// Typographic warnings about a text as it stands in the source (W0401 to W0404), and words that are too long (E0108).
#pragma once

#include <string>
#include <string_view>

#include "model/title.hpp"
#include "reader/faults.hpp"

namespace epitome::reader {

// One run of text: a paragraph, a title, a note … Its pieces come in order; markup between them is
// not seen, so that "the <cite>The Push</cite>" is.
class Lint {
 public:
  explicit Lint(Faults& faults) : faults_(&faults) {}

  // The piece of `bytes` at `span`; articles are looked at if it is English.
  void text(std::string_view bytes, diag::Span span, bool english);
  // The same piece, its escapes read: words that are too long.
  void length(std::string_view text, diag::Span span);
  // The run has ended.
  void end() {
    end_word();
    end_unparted();
  }
  // True if the last complete word is an English article: what follows must not begin with one.
  bool after_article() const { return articles_.after_article() && word_.empty(); }
  // Something else than text stands here: a word that is generated.
  void generated() {
    end_word();
    articles_ = {};
  }

 private:
  void end_word();
  void end_unparted();
  std::size_t mark(std::string_view bytes, std::size_t begin, std::size_t end, std::size_t at);

  Faults* faults_;
  model::DoubledArticle articles_;
  std::string word_;      // the word at hand, as it stands in the source
  std::string unparted_;  // what stands since the last white space
  diag::Span word_span_, unparted_place_;
  bool english_ = false;
};

}  // namespace epitome::reader
