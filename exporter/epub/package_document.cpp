#include <algorithm>
#include <string>

#include "epub/accessibility.hpp"
#include "epub/navigation.hpp"
#include "model/title.hpp"

namespace epitome::epub {

namespace {

// An id for the manifest from a path: "images/cover.jpg" gives "images-cover-jpg". A path's only full stop is before
// its ending (see image_path), so that no two ids are alike.
std::string item_id(std::string_view path) {
  std::string id(path);
  std::replace_if(
      id.begin(), id.end(), [](char c) { return c == '/' || c == '.'; }, '-');
  return id;
}

class Metadata {
 public:
  Metadata(const Publication& publication, pugi::xml_node node)
      : document_(publication.inputs.book.document), publication_(publication), node_(node) {}

  void write() {
    const model::Work& work = document_.work;
    const model::Edition& edition = document_.edition;
    refined("dc:identifier", "identifier", edition.identifier);
    titles();
    people();
    dc("dc:language", language_tag(edition.lang));
    dc("dc:date", edition.modified);  // of this edition, as the imprint says it
    dc("dc:publisher", edition.brand_name);
    dc("dc:rights", edition.rights);
    dc("dc:rights", edition.licence);
    for (const std::string& subject : work.subjects) dc("dc:subject", subject);
    dc("dc:description", description());
    if (!work.isbn.empty()) dc("dc:source", "urn:isbn:" + isbn());
    meta("dcterms:modified", publication_.inputs.book.modified);
    if (!edition.licence_href.empty()) meta("dcterms:license", edition.licence_href);
    const std::string source_type = model::digital_source_type(edition.maker);
    if (!source_type.empty()) meta("schema:digitalSourceType", source_type);
    accessibility();
    conformance();
    named("generator", publication_.inputs.program);
    named("cover", item_id(publication_.cover_path()));
  }

 private:
  void dc(const char* name, std::string_view text) {
    if (!text.empty()) append_text(append_line(node_, name), text);
  }
  void refined(const char* name, std::string_view id, std::string_view text) {
    pugi::xml_node node = append_line(node_, name);
    set_attribute(node, "id", id);
    append_text(node, text);
  }
  pugi::xml_node meta(const char* property, std::string_view text) {
    pugi::xml_node node = append_line(node_, "meta");
    set_attribute(node, "property", property);
    append_text(node, text);
    return node;
  }
  pugi::xml_node refine(std::string_view id, const char* property, std::string_view text) {
    pugi::xml_node node = append_line(node_, "meta");
    std::string target{"#"};
    target += id;
    set_attribute(node, "refines", target);
    set_attribute(node, "property", property);
    append_text(node, text);
    return node;
  }
  void role(std::string_view id, std::string_view code) {
    set_attribute(refine(id, "role", code), "scheme", "marc:relators");
  }
  void named(const char* name, std::string_view content) {
    pugi::xml_node node = append_line(node_, "meta");
    set_attribute(node, "name", name);
    set_attribute(node, "content", content);
  }

  void titles() {
    // The first title is what shelves show: it says that this is a summary.
    refined("dc:title", "title", publication_.sentence("document-title"));
    refine("title", "title-type", "main");
    refine("title", "file-as", model::sort_title(document_.work.title));
  }

  // Who wrote the summary made this publication. The work's authors came before it (MARC: "bibliographic antecedent");
  // shelves go by creators, so they are the ones where nobody else is named. The work's other people, its subtitle and
  // its series aren't the summary's.
  void people() {
    const std::string& author = document_.edition.author;
    if (!author.empty()) {
      refined("dc:creator", "author", author);
      role("author", "aut");
    }
    std::size_t number = 0;
    for (const model::Contributor& who : document_.work.contributors) {
      if (who.role != "aut") continue;
      const std::string id = "antecedent-" + std::to_string(++number);
      refined(author.empty() ? "dc:creator" : "dc:contributor", id, who.name);
      role(id, "ant");
      refine(id, "file-as", who.sort);
    }
  }

  std::string isbn() const {
    std::string out = document_.work.isbn;
    std::erase_if(out, [](char c) { return c == '-' || c == ' '; });
    return out;
  }

  // The hook is written for exactly this.
  std::string description() const {
    for (const model::Part& part : document_.parts) {
      const auto* hook = std::get_if<model::Hook>(&part.value);
      if (!hook) continue;
      std::string out;
      for (const model::ParagraphBlock& block : hook->content) {
        if (!out.empty()) out += ' ';
        out += publication_.shown(block.paragraph().content);
      }
      if (!out.empty()) return out;
    }
    return publication_.sentence("description");
  }

  // EPUB Accessibility 1.1, 4.3: only what the publisher states.
  void conformance() {
    const model::Conformance& stated = document_.edition.conformance;
    if (stated.standard.empty()) return;
    set_attribute(meta("dcterms:conformsTo", stated.standard), "id", "conformance");
    set_attribute(refine("conformance", "a11y:certifiedBy", stated.certifier), "id", "certifier");
    if (!stated.credential.empty()) refine("certifier", "a11y:certifierCredential", stated.credential);
    if (stated.report.empty()) return;
    pugi::xml_node link = append_line(node_, "link");
    set_attribute(link, "refines", "#certifier");
    set_attribute(link, "rel", "a11y:certifierReport");
    set_attribute(link, "href", stated.report);
  }

  // EPUB Accessibility 1.1 3 and 5.2.
  void accessibility() {
    for (const AccessibilityRow& row : accessibility_rows(publication_.inputs)) meta(row.property, row.value);
    meta("schema:accessibilitySummary", publication_.label("accessibility-summary"));
    if (!publication_.breaks.empty()) meta("pageBreakSource", publication_.inputs.page_map.source);
  }

  const model::Document& document_;
  const Publication& publication_;
  pugi::xml_node node_;
};

}  // namespace

pugi::xml_document package_document(const Publication& publication, const std::vector<Resource>& resources) {
  const model::Edition& edition = publication.inputs.book.document.edition;
  pugi::xml_document xml;
  pugi::xml_node package = xml.append_child("package");
  set_attribute(package, "xmlns", "http://www.idpf.org/2007/opf");
  set_attribute(package, "version", "3.0");
  set_attribute(package, "unique-identifier", "identifier");
  set_attribute(package, "xml:lang", language_tag(edition.lang));
  if (edition.dir == model::Direction::rtl) set_attribute(package, "dir", "rtl");

  pugi::xml_node metadata = append_line(package, "metadata");
  set_attribute(metadata, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
  Metadata(publication, metadata).write();

  pugi::xml_node manifest = append_line(package, "manifest");
  for (const Resource& resource : resources) {
    if (!resource.path.starts_with(content_folder)) continue;
    const std::string_view path = std::string_view(resource.path).substr(content_folder.size());
    pugi::xml_node item = append_line(manifest, "item");
    set_attribute(item, "id", item_id(path));
    set_attribute(item, "href", path);
    set_attribute(item, "media-type", resource.media_type);
    if (path == navigation_path) set_attribute(item, "properties", "nav");
    if (path == publication.cover_path()) set_attribute(item, "properties", "cover-image");
  }

  pugi::xml_node spine = append_line(package, "spine");
  set_attribute(spine, "toc", item_id("toc.ncx"));
  if (edition.dir == model::Direction::rtl) set_attribute(spine, "page-progression-direction", "rtl");
  for (const ContentDocument& file : publication.files)
    set_attribute(append_line(spine, "itemref"), "idref", item_id(file.path));

  pugi::xml_node guide = append_line(package, "guide");
  for (const Landmark& landmark : landmarks(publication)) {
    pugi::xml_node reference = append_line(guide, "reference");
    set_attribute(reference, "type", landmark.guide_type);
    set_attribute(reference, "title", landmark.name);
    set_attribute(reference, "href", landmark.href);
  }
  return xml;
}

}  // namespace epitome::epub
