#include "book/book.hpp"

#include <algorithm>
#include <utility>

#include "book/check_title.hpp"
#include "book/keep_parts.hpp"
#include "model/title.hpp"

namespace epitome::book {

namespace {

// A day's first second.
std::string instant(const std::string& date) { return date.size() == 10 ? date + "T00:00:00Z" : date; }

}  // namespace

Book::Book(model::Document its_document, Language its_language, Images its_images)
    : document(std::move(its_document)),
      language(std::move(its_language)),
      images(std::move(its_images)),
      sections(order_sections(document, language)),
      names(document, language, sections),
      generated(generated_text(document, language)),
      created(instant(document.edition.date)),
      modified(instant(document.edition.modified)) {}

std::string Book::sentence(std::string_view key) const {
  const auto apart = [&](std::string_view value) { return style::isolated(language, value); };
  return style::fill(language.label(key), {{"title", apart(generated.title)},
                                           {"title-bare", apart(document.work.title.main)},
                                           {"author", apart(generated.author)}});
}

std::string Book::spoiler_word() const {
  return language.label("spoiler") + std::string(style::joint(language.label("pair"), "name", "value"));
}

std::string Book::listed(const model::Inlines& inlines) const {
  std::string words = shown(inlines);
  if (!model::holds_spoiler(inlines)) return words;
  return style::fill(language.label("pair"), {{"name", language.label("spoiler")}, {"value", words}});
}

std::unique_ptr<const Book> prepare(model::Document document, Language language, Images images, diag::Sink& sink,
                                    const LanguageOf& language_of, const std::string& modified,
                                    const std::set<model::PartKind>& kinds) {
  check_title(document.work.title, language, sink);
  if (!kinds.empty()) keep_parts(document, kinds, language, language_of);
  apply_language(document, language, language_of);
  if (!modified.empty()) {
    model::Edition& edition = document.edition;
    edition.modified = modified.substr(0, 10);
    // Nothing is changed before it is made.
    edition.date = std::min(edition.date, edition.modified);
  }
  auto made = std::make_unique<Book>(std::move(document), std::move(language), std::move(images));
  if (!modified.empty()) made->modified = instant(modified);
  return made;
}

}  // namespace epitome::book
