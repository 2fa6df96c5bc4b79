// Spans and texts of Markdown as inline elements. Of md4c: markdown_markup.cpp has its blocks.
#pragma once

#include <md4c.h>

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "reader/footnotes.hpp"
#include "reader/markup_sink.hpp"

namespace epitome::reader {

// The reference of XML for one that HTML writes by name; empty of one that isn't known.
std::string_view reference_named(std::string_view entity);

class MarkdownInlines {
 public:
  // Reads a piece of the source that stands at an offset; false ends the work.
  using Parse = std::function<bool(std::string_view text, std::size_t at)>;

  // `usual`: as translate_markdown() has it.
  MarkdownInlines(MarkupSink& sink, bool usual, MarkdownNotes notes, Parse parse)
      : sink_(sink), usual_(usual), footnotes_(std::move(notes)), parse_(std::move(parse)) {}

  // As md4c calls; nonzero ends its work.
  int enter(MD_SPANTYPE type, void* detail);
  int leave(MD_SPANTYPE type, void* detail);
  int take(MD_TEXTTYPE type, std::string_view text, std::uint32_t at);

  // A footnote is read: it holds words alone.
  bool in_note() const { return in_note_; }
  void block_in_note() { note_blocks_ = true; }
  bool in_html_block = false;
  // A line ends: so do phrases that tags of HTML began.
  void close_html(std::size_t down_to = 0);
  // Of footnotes that nothing refers to.
  void tell_unused();

 private:
  void link(const MD_SPAN_A_DETAIL& detail);
  void figure(const MD_SPAN_IMG_DETAIL& detail);
  int normal(std::string_view text, std::uint32_t at);
  void html(std::string_view tag, std::uint32_t at);
  int footnote(MarkdownNote& note, std::string_view label, diag::Span place);

  MarkupSink& sink_;
  bool usual_;
  std::vector<std::string_view> open_;  // phrases; of Markdown's own nothing but their place
  MarkdownNotes footnotes_;
  Parse parse_;
  std::size_t alternative_ = 0, images_ = 0;
  std::size_t said_again_ = 0;  // bytes of footnotes that are called more than once
  bool in_note_ = false, note_blocks_ = false, links_to_id_ = false, dropped_link_ = false;
};

}  // namespace epitome::reader
