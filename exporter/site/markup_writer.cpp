#include "site/markup_writer.hpp"

#include "diag/escaping.hpp"

namespace epitome::site {

void MarkupWriter::tag(std::string_view name, std::initializer_list<Attribute> attributes) {
  out_ += '<';
  out_ += name;
  for (const auto& [key, value] : attributes) {
    if (value.empty() && key != "alt" && key != "hidden") continue;
    out_ += ' ';
    out_ += key;
    out_ += "=\"";
    diag::append_escaped(out_, value);
    out_ += '"';
  }
}

void MarkupWriter::open(std::string_view name, std::initializer_list<Attribute> attributes) {
  tag(name, attributes);
  out_ += '>';
}

void MarkupWriter::close(std::string_view name) {
  out_ += "</";
  out_ += name;
  out_ += ">\n";
}

void MarkupWriter::empty(std::string_view name, std::initializer_list<Attribute> attributes) {
  tag(name, attributes);
  out_ += "/>\n";
}

void MarkupWriter::text(std::string_view text) { diag::append_escaped(out_, text); }

void MarkupWriter::element(std::string_view name, std::initializer_list<Attribute> attributes,
                           std::string_view content) {
  if (content.empty()) return;
  open(name, attributes);
  text(content);
  close(name);
}

}  // namespace epitome::site
