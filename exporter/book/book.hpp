// A document in its language: what typeset, cover, epub and the count of words are given. Made once and never changed.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "book/sections.hpp"
#include "book/written_text.hpp"
#include "diag/diagnostic.hpp"
#include "image/image.hpp"
#include "model/document.hpp"
#include "style/language.hpp"

namespace epitome::book {

// Images that the document names, by their path as written; loaded and checked before.
using Images = std::map<std::string, image::Image, std::less<>>;

// Its members point into each other: it stays where it was made.
struct Book {
  Book(model::Document document, Language language, Images images);
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  const model::Document document;  // with the language's marks, spaces, numbers and directions
  const Language language;
  const Images images;
  const std::vector<Section> sections;  // in the order of both files
  const ReferenceNames names;           // of all that has an id
  const GeneratedText generated;
  std::string created, modified;  // "2026-11-22T00:00:00Z": of the edition

  // A label that speaks of the work: its {title}, {title-bare} and {author} filled in, each isolated where its
  // direction is another than the language's.
  std::string sentence(std::string_view key) const;
  // The imprint's paragraphs; `font_credits`: who made the fonts that a file holds.
  std::vector<model::Inlines> imprint(const std::vector<std::string>& font_credits) const {
    return book::imprint(document, language, font_credits);
  }
  // A section's name and what a reader sees of `inlines`, as plain text.
  std::string name(const Section& section) const { return section_name(section, names); }
  std::string shown(const model::Inlines& inlines) const { return shown_text(inlines, names); }
  // The same, with "Spoiler: " where both files have it inside of a text.
  std::string told(const model::Inlines& inlines) const { return shown_text(inlines, names, spoiler_word()); }
  std::string spoiler_word() const;
  // A name as lists of contents have it: one that gives something away says so first.
  std::string listed(const model::Inlines& inlines) const;
  const model::QuotationMarks& marks(model::MarksIndex index) const { return document.quotation_marks.at(index); }
};

// Warns of a title that its language reads otherwise (check_title), and brings the text into the language
// (apply_language). `modified`: the day of the last change, YYYY-MM-DD, or the second, YYYY-MM-DDThh:mm:ssZ; empty: the
// edition's own. `kinds`: of the parts that stay (keep_parts); empty: all.
std::unique_ptr<const Book> prepare(model::Document document, Language language, Images images, diag::Sink& sink,
                                    const LanguageOf& language_of = {}, const std::string& modified = {},
                                    const std::set<model::PartKind>& kinds = {});

}  // namespace epitome::book
