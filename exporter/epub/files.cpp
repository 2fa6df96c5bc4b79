#include <algorithm>

#include "epub/book.hpp"
#include "model/kinds.hpp"
#include "model/title.hpp"

namespace epitome::epub {

namespace {

struct StringWriter : pugi::xml_writer {
  std::string out;
  void write(const void* data, std::size_t size) override { out.append(static_cast<const char*>(data), size); }
};

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

// File names come from the kind, not from an id: ASCII, and no two alike.
std::string file_name(const book::Section& section) {
  if (section.kind == book::SectionKind::contents) return "nav.xhtml";
  if (section.kind != book::SectionKind::part) return section.id + ".xhtml";
  const model::PartKind kind = section.part ? section.part->kind() : model::PartKind::brand;
  return std::string(model::row(kind).element) + ".xhtml";
}

}  // namespace

std::string language_tag(std::string_view tag) {
  // RFC 5646 2.1.1: lower case, but regions upper and scripts title case, except after a singleton.
  std::string out;
  bool first = true, after_singleton = false;
  while (!tag.empty()) {
    const std::size_t end = std::min(tag.find('-'), tag.size());
    const std::string_view part = tag.substr(0, end);
    const bool letters = std::all_of(part.begin(), part.end(), is_ascii_letter);
    if (!first) out += '-';
    for (std::size_t i = 0; i < part.size(); ++i) {
      const bool region = part.size() == 2, script = part.size() == 4 && i == 0;
      const bool capital = !first && !after_singleton && letters && (region || script);
      out += capital ? upper(part[i]) : lower(part[i]);
    }
    after_singleton = after_singleton || part.size() == 1;
    first = false;
    tag.remove_prefix(std::min(end + 1, tag.size()));
  }
  return out;
}

std::string serialise(const pugi::xml_document& xml) {
  StringWriter writer;
  writer.out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  xml.save(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
  writer.out += '\n';
  return std::move(writer.out);
}

pugi::xml_node append_line(pugi::xml_node parent, const char* name) {
  append_text(parent, "\n");
  return parent.append_child(name);
}

void append_text(pugi::xml_node parent, std::string_view text) {
  if (text.empty()) return;
  parent.append_child(pugi::node_pcdata).set_value(std::string(text).c_str());
}

void set_attribute(pugi::xml_node node, const char* name, std::string_view value) {
  node.append_attribute(name).set_value(std::string(value).c_str());
}

File& add_file(Book& book, const book::Section& section) {
  const model::Document& document = book.inputs.book.document;
  File& file = book.files.emplace_back();
  file.path = file_name(section);
  file.section = &section;
  file.order = ++book.order;

  file.xml.append_child(pugi::node_doctype).set_value("html");
  append_text(file.xml.root(), "\n");
  pugi::xml_node html = file.xml.append_child("html");
  const std::string tag = language_tag(document.edition.lang);
  set_attribute(html, "xmlns", "http://www.w3.org/1999/xhtml");
  set_attribute(html, "xmlns:epub", "http://www.idpf.org/2007/ops");
  set_attribute(html, "lang", tag);
  set_attribute(html, "xml:lang", tag);
  if (document.edition.dir == model::Direction::rtl) set_attribute(html, "dir", "rtl");
  pugi::xml_node head = append_line(html, "head");
  append_text(append_line(head, "title"), book.name(section));
  for (const char* sheet : {"css/first.css", "css/second.css"}) {
    pugi::xml_node link = append_line(head, "link");
    set_attribute(link, "rel", "stylesheet");
    set_attribute(link, "type", "text/css");
    set_attribute(link, "href", sheet);
  }
  file.body = append_line(html, "body");
  return file;
}

}  // namespace epitome::epub
