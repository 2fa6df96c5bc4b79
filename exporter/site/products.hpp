// The files that a site offers of each summary: one table for what is made, for buttons and for feeds.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace epitome::site {

enum class Group : std::uint8_t { screen, print, reader };

struct Product {
  std::string_view name;   // for --files
  std::string_view label;  // of its button
  Group group;
  std::string_view layout;  // a layout's name
  std::string_view format;  // a format's (api/formats.hpp)
  std::string_view ending;  // of the file's name, behind its stem
  std::string_view media_type;
  bool in_feeds = false;  // a catalogue for readers offers it
  bool needs_cues = false;
  bool own_sheets = false;  // sheets of its own are counted, not the layout's pages
};

inline constexpr std::string_view pdf_type = "application/pdf", epub_type = "application/epub+zip";

inline constexpr std::array<Product, 10> products = {{
    {"pdf", "PDF", Group::screen, "book", "pdf", ".pdf", pdf_type, true},
    {"epub", "EPUB", Group::screen, "book", "epub", ".epub", epub_type, true},
    {"large-print", "Large print", Group::screen, "large", "pdf", ".large-print.pdf", pdf_type, true},
    {"kobo", "Kobo", Group::reader, "book", "kepub", ".kepub.epub", epub_type, true},
    {"kindle", "Kindle", Group::reader, "book", "kindle", ".kindle.epub", epub_type, true},
    {"a4", "A4", Group::print, "print-a4", "pdf", ".a4.pdf", pdf_type},
    {"letter", "Letter", Group::print, "print-letter", "pdf", ".letter.pdf", pdf_type},
    {"booklet", "Booklet (A4)", Group::print, "book", "booklet", ".booklet.pdf", pdf_type, false, false, true},
    {"cards", "Cards (A4)", Group::print, "book", "cards", ".cards.pdf", pdf_type, false, true, true},
    {"cards-3x5", "Cards (Letter)", Group::print, "book", "cards", ".cards-3x5.pdf", pdf_type, false, true, true},
}};

}  // namespace epitome::site
