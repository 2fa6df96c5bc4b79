#include "epub/package.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>

#include "epub/navigation.hpp"
#include "image/convert.hpp"

namespace epitome::epub {

namespace {

constexpr std::string_view container_xml =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\" version=\"1.0\">\n"
    "<rootfiles>\n"
    "<rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/>\n"
    "</rootfiles>\n"
    "</container>\n";

std::string in_content_folder(std::string_view path) { return std::string(content_folder).append(path); }

void link_references(Publication& publication) {
  for (OpenReference& reference : publication.references) {
    const auto found = publication.anchors.find(reference.target);
    if (found == publication.anchors.end()) {
      publication.sink.report(diag::Code::E0901, {},
                              "the EPUB has no place for a reference to '" + reference.target + "'");
      continue;
    }
    const Anchor& anchor = found->second;
    const bool here = anchor.file == reference.file && !anchor.id.empty();
    reference.node.attribute("href").set_value((here ? "#" + anchor.open() : anchor.href()).c_str());
  }
}

// Every page of the map has its place, in order.
void check_breaks(Publication& publication) {
  const auto fault = [&](std::string message) { publication.sink.report(diag::Code::E0901, {}, std::move(message)); };
  const std::vector<model::PageBreak>& all = publication.inputs.page_map.breaks;
  for (const auto& [id, numbers] : publication.breaks_of) {
    for (const std::size_t number : numbers) {
      fault(fmt::format("page {} begins in '{}', which the EPUB doesn't have", all[number].label, id));
    }
  }
  std::set<std::string_view> labels;
  for (std::size_t i = 0; i < publication.breaks.size(); ++i) {
    const std::size_t number = publication.breaks[i].number;
    if (!labels.insert(all[number].label).second) fault("two pages are labelled " + all[number].label);
    if (i != 0 && publication.breaks[i - 1].number > number) {
      fault(fmt::format("page {} begins before page {} in the EPUB", all[number].label,
                        all[publication.breaks[i - 1].number].label));
    }
  }
}

void write_content_documents(Publication& publication) {
  const std::vector<model::PageBreak>& breaks = publication.inputs.page_map.breaks;
  for (std::size_t i = 0; i < breaks.size(); ++i) publication.breaks_of[breaks[i].id].push_back(i);
  const ContentDocument* contents = nullptr;
  for (const book::Section& section : publication.inputs.book.sections) {
    ContentDocument& file = add_file(publication, section);
    write_section(publication, file);
    mark_upright(publication, file);
    if (section.kind == book::SectionKind::contents) contents = &file;
  }
  check_breaks(publication);
  make_landings(publication);
  link_references(publication);
  if (contents) write_contents(publication, *contents);
  write_navigation(publication);
}

// What the manifest lists, in its order. The content documents' trees go over to it.
std::vector<Resource> listed_resources(Publication& publication) {
  const Inputs& inputs = publication.inputs;
  std::vector<Resource> out;
  const auto add = [&](ContentDocument& file) {
    out.push_back({in_content_folder(file.path), std::string(content_document_type), std::move(file.xml)});
  };
  for (ContentDocument& file : publication.files) add(file);
  add(publication.navigation);
  out.push_back({in_content_folder("toc.ncx"), "application/x-dtbncx+xml", toc_ncx(publication)});
  const auto sheet = [&](std::string_view path, const style::StyleSheet& given) {
    out.push_back({in_content_folder(path), "text/css",
                   style::fill(given, inputs.book.language, inputs.book.document.edition.dir)});
  };
  sheet("css/first.css", inputs.layout.epub_first_sheet);
  sheet("css/second.css", inputs.layout.epub_second_sheet);
  const auto picture = [&](std::string_view path, image::Kind kind, std::string bytes) {
    out.push_back({in_content_folder(path), kind == image::Kind::jpeg ? "image/jpeg" : "image/png", std::move(bytes)});
  };
  picture(publication.cover_path(), inputs.cover_kind, inputs.cover);
  for (const auto& [source, path] : publication.image_paths) {
    const image::Image& image = inputs.book.images.find(source)->second;
    // Readers set white letters on black where they are asked to: what is drawn in black on nothing would vanish.
    std::optional<std::string> bytes =
        image.has_alpha ? image::png_on_white(image, {}, publication.sink) : std::optional(image.bytes);
    if (bytes) picture(path, image.kind, std::move(*bytes));
  }
  return out;
}

}  // namespace

std::optional<Package> package(const Inputs& inputs, diag::Sink& sink) {
  const std::size_t errors = sink.error_count();
  Publication publication{inputs, sink};
  write_content_documents(publication);
  if (sink.error_count() != errors) return {};
  std::vector<Resource> listed = listed_resources(publication);
  if (sink.error_count() != errors) return {};
  Package out;
  out.resources.push_back({"mimetype", "", "application/epub+zip"});
  out.resources.push_back({"META-INF/container.xml", "application/xml", std::string(container_xml)});
  out.resources.push_back(
      {in_content_folder("package.opf"), "application/oebps-package+xml", package_document(publication, listed)});
  std::move(listed.begin(), listed.end(), std::back_inserter(out.resources));
  return out;
}

}  // namespace epitome::epub
