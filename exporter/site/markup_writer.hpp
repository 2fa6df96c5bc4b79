// HTML and XML written piece by piece: all that comes from a document is escaped here and nowhere else.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace epitome::site {

using Attribute = std::pair<std::string_view, std::string_view>;

class MarkupWriter {
 public:
  // The start tag. An attribute without a value is left out, but for `alt`, which says something by being empty, and
  // `hidden`.
  void open(std::string_view name, std::initializer_list<Attribute> attributes = {});
  void close(std::string_view name);
  // An element that holds nothing (an HTML void element, an XML empty one).
  void empty(std::string_view name, std::initializer_list<Attribute> attributes);
  void text(std::string_view text);
  // An element with a text. None if the text is empty.
  void element(std::string_view name, std::initializer_list<Attribute> attributes, std::string_view content);
  // Markup that is written already.
  void raw(std::string_view markup) { out_ += markup; }
  std::string take() { return std::move(out_); }

 private:
  void tag(std::string_view name, std::initializer_list<Attribute> attributes);
  std::string out_;
};

}  // namespace epitome::site
