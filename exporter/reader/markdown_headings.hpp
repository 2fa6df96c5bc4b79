// What headings of Markdown open: parts and their items.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "reader/markdown_parts.hpp"
#include "reader/markup_sink.hpp"

namespace epitome::reader {

class MarkdownHeadings {
 public:
  MarkdownHeadings(MarkupSink& sink, const MarkdownHeading& known) : sink_(sink), known_(known) {}

  // Opens what the heading says and closes what it ends. `place`: of its words and braces.
  void take(unsigned level, const PlacedText& content, diag::Span place, HeadingAttributes attributes);
  void close_item();
  void close_part();

  Type part() const { return part_; }
  Type item() const { return item_; }
  bool has_block = false;  // stands in the open item

 private:
  void title_heading(const PlacedText& content, diag::Span place);
  void part_heading(const PlacedText& content, diag::Span place, HeadingAttributes given);
  void item_heading(const PlacedText& content, diag::Span place, HeadingAttributes& given);
  void with(const PlacedText& content, HeadingAttributes& given);
  void open_tag(std::string_view name, const std::vector<HeadingAttribute>& attributes, diag::Span place);

  MarkupSink& sink_;
  const MarkdownHeading& known_;
  bool lost_ = false;  // what follows stands below a heading of no part, which is told
  Type part_ = Type::count, item_ = Type::count;
  // The words of the other title that the part's heading says, and where that heading stands as the part's title.
  std::string other_;
  std::size_t title_begin_ = 0, title_end_ = 0;
};

}  // namespace epitome::reader
