// HTML in Markdown of the usual shape, as blocks and phrases of ours.
#pragma once

#include <string>
#include <string_view>

#include "reader/markup_sink.hpp"

namespace epitome::reader {

// The name of a tag in small letters, without its slash.
std::string name_of_tag(std::string_view tag);
// The element that a tag of a phrase stands for: "strong" of <b> and </b>; empty if there is none.
std::string_view phrase_of_tag(std::string_view tag);
// <figure> of a tag <img>; empty if it names no file.
std::string figure_of_tag(std::string_view tag);
// Whether markup is a <figure> and nothing else.
bool is_one_figure(std::string_view text);
// Says what becomes of a tag that has no element here.
void tell_tag(std::string_view tag, diag::Span place, MarkupSink& sink);

// A block of HTML: lists, tables, quotations, pictures and phrases are ours; a paragraph of what stands between other
// tags of blocks, which are told; <h1> to <h6> of headings if they may stand here. What <style> and <script> hold is
// left out.
void add_html(const PlacedText& content, bool headings, MarkupSink& sink);

}  // namespace epitome::reader
