// Pieces of blocks of Markdown, from their text as markup.
#pragma once

#include "reader/markup_sink.hpp"
#include "reader/vocabulary.hpp"

namespace epitome::reader {

// The line of an item of discussion, warnings or notes.
void add_item_line(Type type, const PlacedText& content, MarkupSink& sink);
// "Who, *where*, at which place": the source is the first phrase in italics.
void add_attribution(const PlacedText& content, MarkupSink& sink);
void drop_comments(PlacedText& content);
// In markup of texts that weren't written for XML: references that it doesn't know stand for the characters that HTML
// means, or else for themselves, as ]]> does.
void settle_references(PlacedText& markup);

}  // namespace epitome::reader
