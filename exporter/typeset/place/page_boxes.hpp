// The boxes of text and pictures on the page that is being placed, and what is said of those that overlap or leave
// their place.
#pragma once

#include <string>
#include <vector>

#include "diag/diagnostic.hpp"
#include "page/pages.hpp"
#include "typeset/flow/flow.hpp"
#include "typeset/place/check_boxes.hpp"

namespace epitome::typeset {

class PageBoxes {
 public:
  // A line of text whose measure begins at `left`; `home`: what it may not leave.
  void text(const Lines& lines, std::uint32_t line, PageBox::Kind kind, Length left, Length baseline, const Rect& home);
  void picture(const Rect& rect, const Rect& home);
  // Text of a cover: boxes of one owner aren't held against each other.
  void drawn(const page::Text& text, const Rect& home, const void* owner);
  // Reports W0607 of a page that is full, and forgets its boxes.
  void check(const std::string& page_label, diag::Sink& sink);

 private:
  void report(const BoxFault& fault, const std::string& page_label, diag::Sink& sink) const;
  std::string described(std::size_t box) const;
  // In the source; nothing for what the program writes.
  diag::Span span_of(std::size_t box) const;

  std::vector<PageBox> boxes_;
  std::vector<const Lines*> lines_;  // of each box, if it is of a line
};

}  // namespace epitome::typeset
