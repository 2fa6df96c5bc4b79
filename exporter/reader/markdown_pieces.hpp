// Pieces of blocks of Markdown, from their text as markup.
#pragma once

#include "reader/markup_sink.hpp"
#include "reader/vocabulary.hpp"

namespace epitome::reader {

// The line of an item of discussion, warnings or notes.
void add_item_line(Type type, const PlacedText& content, MarkupSink& sink);
// "Who, *where*, at which place": the source is the first phrase in italics.
void add_attribution(const PlacedText& content, MarkupSink& sink);
// Text without the tags of HTML, each of which is told.
PlacedText without_tags(const PlacedText& content, MarkupSink& sink);
void drop_comments(PlacedText& content);

}  // namespace epitome::reader
