// The grammar of a title with its article: no generated string ever holds "the The Push".
#pragma once

#include <string>
#include <string_view>

#include "model/document.hpp"

namespace epitome::model {

// "The Push"; "L’Étranger" (no space after an apostrophe).
std::string full_title(const Title& title);
// "Push, The": for sorting and file-as.
std::string sort_title(const Title& title);
// The title for a running head: the author's short form, else the full title.
std::string short_title(const Title& title);
// A file name's stem: lower-case letters, digits and single hyphens: "the-push", "灯台". Latin letters lose their
// marks; those of other scripts stay as they are (UTF-8, NFC), so that a reader can tell the files apart. If nothing
// stays, "summary" and the first eight digits of `uuid`. A name that Windows keeps for a device gets "-summary":
// "con-summary".
std::string file_stem(const Title& title, const std::string& uuid);
// True if `text` holds an article twice in a row ("the The Push"), for English.
bool has_doubled_article(const std::string& text);

// The same for a text that comes word by word.
class DoubledArticle {
 public:
  // `word` without white space, punctuation included. True if it is an English article and the
  // word before was one too.
  bool next(std::string_view word);
  // True if the last word was an article.
  bool after_article() const { return after_article_; }

 private:
  std::string previous_;
  bool after_article_ = false;
};

}  // namespace epitome::model
