// What the typesetting tests share: a source document set in a layout, and what its pages say.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "book/book.hpp"
#include "reader/read_document.hpp"
#include "style/read_language.hpp"
#include "style/read_layout.hpp"
#include "typeset/typeset.hpp"

namespace epitome::typeset {

inline std::string source_with(const std::string& parts, const std::string& root = "xml:lang=\"en\"") {
  return "<summary version=\"1\" " + root +
         "><work><title prefix=\"The\">Lamp</title><contributor role=\"author\">Ann Example</contributor></work>"
         "<edition><date>2024-05-31</date><brand name=\"Epitome\" href=\"https://epitome.example/\">The lines worth "
         "keeping.</brand></edition>" +
         parts + "</summary>";
}

// Fonts are mapped once for all tests.
inline text::FontSet& fonts() {
  static text::FontSet set = [] {
    text::FontSet made;
    diag::Sink sink;
    EXPECT_TRUE(made.read_manifest(std::string(EPITOME_SOURCE_DIR) + "/fonts/manifest.xml", sink));
    return made;
  }();
  return set;
}

struct Book {
  std::unique_ptr<const book::Book> made;
  style::Layout layout;
  Typeset set;

  const page::Pages& pages() const { return set.pages; }

  // The text of a mark, or of all marks under an element, in logical order.
  std::string text_of_mark(std::uint32_t mark) const {
    std::string text;
    for (const page::Item& item : pages().pages[pages().marks[mark].page].items) {
      const auto* run = std::get_if<page::Text>(&item.value);
      if (item.mark == mark && run != nullptr) text += run->run.text;
    }
    return text;
  }
  std::string text_of(std::uint32_t element, page::Role left_out = page::Role::document) const {
    std::string text;
    for (const page::Kid& kid : pages().elements[element].kids) {
      if (kid.is_mark) {
        text += text_of_mark(kid.index);
      } else if (pages().elements[kid.index].role != left_out || left_out == page::Role::document) {
        text += text_of(kid.index, left_out);
      }
    }
    const page::Role role = pages().elements[element].role;
    const bool in_line = role == page::Role::span || role == page::Role::link || role == page::Role::quote ||
                         role == page::Role::reference || role == page::Role::rb;
    return in_line ? text : text + " ";
  }
  std::vector<std::uint32_t> elements(page::Role role) const {
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < pages().elements.size(); ++i) {
      if (pages().elements[i].role == role) found.push_back(i);
    }
    return found;
  }
  // The page of an element's first mark.
  std::uint32_t page_of(std::uint32_t element) const {
    for (const page::Kid& kid : pages().elements[element].kids) {
      return kid.is_mark ? pages().marks[kid.index].page : page_of(kid.index);
    }
    return page::no_index;
  }
};

// Words, with a word that a line end divides made whole again.
inline std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 2, "\xC2\xAD") == 0) {
      ++i;
    } else if (text[i] == ' ') {
      if (!word.empty()) words.push_back(std::exchange(word, {}));
    } else {
      word += text[i];
    }
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

// `warnings` takes the codes of warnings, which otherwise fail the test as errors do.
inline std::optional<Book> set_book(const std::string& source, const std::string& layout = "book",
                                    std::vector<std::string>* warnings = nullptr, const book::Images& images = {},
                                    bool inspect = false) {
  diag::Sink sink;
  const std::string data = EPITOME_SOURCE_DIR;
  const diag::SourceText text("x.xml", source);
  std::optional<model::Document> document = reader::read_document(text, sink);
  std::optional<Book> book;
  if (document) {
    const auto language = style::read_language(document->edition.lang, data, sink);
    auto look = style::read_layout(layout, data, sink);
    if (look && layout == "book") look->pieces.contents.entries_min = 0;  // small documents have contents here
    if (language && look) {
      auto made = book::prepare(std::move(*document), *language, images, sink);
      auto set = typeset({{*made, *look, fonts(), EPITOME_PATTERNS_DIR}, "Epitome test", inspect}, sink);
      if (set) book = Book{std::move(made), *look, std::move(*set)};
      if (book) {
        EXPECT_TRUE(page::check_pages(book->set.pages, sink));
      }
    }
  }
  for (const diag::Diagnostic& d : sink.diagnostics()) {
    if (warnings != nullptr && d.severity == diag::Severity::warning) {
      warnings->emplace_back(diag::code_name(d.code));
    } else {
      ADD_FAILURE() << diag::render(d, text, diag::Format::full);
    }
  }
  return book;
}

}  // namespace epitome::typeset
