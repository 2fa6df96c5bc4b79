#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "diag/utf8.hpp"
#include "epub/publication.hpp"
#include "model/kinds.hpp"

namespace epitome::epub {

namespace {

// File names come from the kind, not from an id: ASCII, and no two alike.
std::string file_name(const book::Section& section) {
  if (section.kind != book::SectionKind::part) return section.id + ".xhtml";
  const model::PartKind kind = section.part ? section.part->kind() : model::PartKind::brand;
  return std::string(model::row(kind).element) + ".xhtml";
}

// The script of the first letter; USCRIPT_COMMON if there is none.
UScriptCode first_script(pugi::xml_node node) {
  const std::string_view text = node.value();
  for (std::size_t at = 0; at < text.size();) {
    const diag::CodePoint c = diag::decode_utf8(text, at);
    at += c.length;
    UErrorCode status = U_ZERO_ERROR;
    const auto value = static_cast<UChar32>(c.value);
    if (u_isalpha(value) != 0) return uscript_getScript(value, &status);
  }
  for (const pugi::xml_node child : node.children()) {
    if (const UScriptCode script = first_script(child); script != USCRIPT_COMMON) return script;
  }
  return USCRIPT_COMMON;
}

// Letters without an italic, in a document whose own have one.
bool is_upright(UScriptCode script) {
  return script != USCRIPT_COMMON && script != USCRIPT_INHERITED && script != USCRIPT_LATIN &&
         script != USCRIPT_GREEK && script != USCRIPT_CYRILLIC;
}

void mark_upright_inside(pugi::xml_node parent) {
  for (pugi::xml_node node : parent.children()) {
    if (node.attribute("lang") && is_upright(first_script(node))) {
      pugi::xml_attribute names = node.attribute("class");
      if (!names) names = node.append_attribute("class");
      names.set_value((std::string(names.value()) + (*names.value() != 0 ? " " : "") + "upright").c_str());
    }
    mark_upright_inside(node);
  }
}

}  // namespace

void mark_upright(const Publication& publication, ContentDocument& file) {
  if (publication.inputs.book.language.foreign_in_italic) mark_upright_inside(file.body);
}

void begin_document(const Publication& publication, ContentDocument& file, std::string_view title) {
  const model::Document& document = publication.inputs.book.document;

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
  append_text(append_line(head, "title"), title);
  for (const char* sheet : {"css/first.css", "css/second.css"}) {
    pugi::xml_node link = append_line(head, "link");
    set_attribute(link, "rel", "stylesheet");
    set_attribute(link, "type", "text/css");
    set_attribute(link, "href", sheet);
  }
  file.body = append_line(html, "body");
}

ContentDocument& add_file(Publication& publication, const book::Section& section) {
  ContentDocument& file = publication.files.emplace_back();
  file.path = file_name(section);
  file.section = &section;
  file.order = ++publication.order;
  begin_document(publication, file, publication.name(section));
  return file;
}

}  // namespace epitome::epub
