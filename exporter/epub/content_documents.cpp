#include "epub/publication.hpp"
#include "model/kinds.hpp"

namespace epitome::epub {

namespace {

// File names come from the kind, not from an id: ASCII, and no two alike.
std::string file_name(const book::Section& section) {
  if (section.kind == book::SectionKind::contents) return "nav.xhtml";
  if (section.kind != book::SectionKind::part) return section.id + ".xhtml";
  const model::PartKind kind = section.part ? section.part->kind() : model::PartKind::brand;
  return std::string(model::row(kind).element) + ".xhtml";
}

}  // namespace

ContentDocument& add_file(Publication& publication, const book::Section& section) {
  const model::Document& document = publication.inputs.book.document;
  ContentDocument& file = publication.files.emplace_back();
  file.path = file_name(section);
  file.section = &section;
  file.order = ++publication.order;

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
  append_text(append_line(head, "title"), publication.name(section));
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
