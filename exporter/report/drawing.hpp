// A page as a drawing: SVG inside HTML.
#pragma once

#include <fmt/format.h>

#include <iterator>
#include <map>
#include <string>
#include <string_view>

#include "report/summary.hpp"

namespace epitome::report {

// Text and attribute values of HTML and XML; a hyphen that was added is one.
std::string escaped(std::string_view text);

// "summary.xml:12:5", without folders; empty for a span of nothing.
std::string place_of(const diag::Span& span, const diag::SourceText& source);

// In percent with one decimal, signed: "+12.3 %", of 1/10000.
std::string percent(std::int64_t of);

class Drawing {
 public:
  Drawing(const typeset::Typeset& set, const diag::SourceText& source) : set_(set), source_(source) {}

  // The page's items, its lines tinted by how far their spaces are off, and the marks of `found` over them.
  std::string page(std::size_t number, const std::vector<Found>& found);
  // The classes of all text that was drawn, as CSS.
  std::string fonts() const;

 private:
  template <class... A>
  void put(fmt::format_string<A...> format, A&&... arguments) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<A>(arguments)...);
  }
  void tint(const typeset::InspectedLine& line);
  void draw(const page::Text& text);
  void draw(const page::Rule& rule);
  void draw(const page::Picture& picture);
  void line_marks(const typeset::InspectedLine& line, const model::Rect& block);
  void page_marks(const typeset::InspectedPage& page, const std::vector<Found>& found);

  const typeset::Typeset& set_;
  const diag::SourceText& source_;
  std::map<std::string, std::size_t> fonts_;  // CSS, number of its class
  std::string out_;
};

}  // namespace epitome::report
