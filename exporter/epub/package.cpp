#include "epub/package.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "epub/book.hpp"

namespace epitome::epub {

namespace {

constexpr std::string_view container =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\" version=\"1.0\">\n"
    "<rootfiles>\n"
    "<rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/>\n"
    "</rootfiles>\n"
    "</container>\n";

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// Windows reserves these, whatever ending they have.
bool is_reserved(std::string_view stem) {
  stem = stem.substr(0, stem.find('.'));
  if (stem == "con" || stem == "prn" || stem == "aux" || stem == "nul") return true;
  return stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && stem[3] >= '0' && stem[3] <= '9';
}

// A name that every ZIP, system and reader can hold: ASCII letters (small), digits, ".", "-" and "_", a letter or digit
// at both ends. Empty for a path that has none of these, as in another script.
std::string safe_name(std::string_view path) {
  constexpr std::size_t longest = 100;
  std::string out;
  for (char c : path) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (is_letter_or_digit(c) || (!out.empty() && (c == '.' || c == '_'))) {
      out += c;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  out.resize(std::min(out.size(), longest));
  while (!out.empty() && !is_letter_or_digit(out.back())) out.pop_back();
  return is_reserved(out) ? "image-" + out : out;
}

// The images that figures have asked for.
std::vector<Resource> used_images(const Book& book) {
  std::vector<Resource> resources;
  for (const auto& [source, path] : book.image_paths) {
    const image::Image& image = book.inputs.images.find(source)->second;
    const char* type = image.kind == image::Kind::jpeg ? "image/jpeg" : "image/png";
    resources.push_back({std::string(content_folder) + path, type, image.bytes});
  }
  return resources;
}

void link_references(Book& book) {
  for (OpenReference& reference : book.references) {
    const auto found = book.anchors.find(reference.target);
    if (found == book.anchors.end()) {
      book.sink.report(diag::Code::E0901, {}, "the EPUB has no place for a reference to '" + reference.target + "'");
      continue;
    }
    const Anchor& anchor = found->second;
    const bool here = anchor.file == reference.file && !anchor.id.empty();
    reference.node.attribute("href").set_value((here ? "#" + anchor.id : anchor.href()).c_str());
  }
}

// Every page of the map has its place, in order.
void check_breaks(Book& book) {
  const auto fault = [&](std::string message) { book.sink.report(diag::Code::E0901, {}, std::move(message)); };
  const std::vector<model::PageBreak>& all = book.inputs.page_map.breaks;
  for (const auto& [id, numbers] : book.breaks_of) {
    for (const std::size_t number : numbers) {
      fault(fmt::format("page {} begins in '{}', which the EPUB doesn't have", all[number].label, id));
    }
  }
  std::set<std::string_view> labels;
  for (std::size_t i = 0; i < book.breaks.size(); ++i) {
    const std::size_t number = book.breaks[i].number;
    if (!labels.insert(all[number].label).second) fault("two pages are labelled " + all[number].label);
    if (i != 0 && book.breaks[i - 1].number > number) {
      fault(fmt::format("page {} begins before page {} in the EPUB", all[number].label,
                        all[book.breaks[i - 1].number].label));
    }
  }
}

}  // namespace

std::string image_path(Book& book, const std::string& source) {
  const auto known = book.image_paths.find(source);
  if (known != book.image_paths.end()) return known->second;
  const auto image = book.inputs.images.find(source);
  if (image == book.inputs.images.end()) return {};
  const std::string stem = safe_name(std::string_view(source).substr(0, source.rfind('.')));
  const std::string name = "images/" + (stem.empty() ? "image" : stem);
  const char* extension = image->second.kind == image::Kind::jpeg ? ".jpg" : ".png";
  const auto taken = [&](const std::string& path) {
    return path == cover_path || std::any_of(book.image_paths.begin(), book.image_paths.end(),
                                             [&](const auto& entry) { return entry.second == path; });
  };
  std::string path = name + (stem.empty() ? "-1" : "") + extension;
  for (int n = 2; taken(path); ++n) path = fmt::format("{}-{}{}", name, n, extension);
  return book.image_paths.emplace(source, path).first->second;
}

std::optional<Package> package(const Inputs& inputs, diag::Sink& sink) {
  const std::size_t errors = sink.error_count();
  Book book{inputs, sink, style::generated_text(inputs.document, inputs.language, {}),
            style::order_sections(inputs.document, inputs.language)};
  for (std::size_t i = 0; i < inputs.page_map.breaks.size(); ++i) {
    book.breaks_of[inputs.page_map.breaks[i].id].push_back(i);
  }

  File* navigation = nullptr;
  for (const style::Section& section : book.sections) {
    File& file = add_file(book, section);
    write_section(book, file);
    if (section.kind == style::SectionKind::contents) navigation = &file;
  }
  check_breaks(book);
  link_references(book);
  if (navigation) write_navigation(book, *navigation);
  if (sink.error_count() != errors) return {};

  Package out;
  const std::string folder(content_folder);
  for (const File& file : book.files) {
    out.resources.push_back({folder + file.path, "application/xhtml+xml", serialise(file.xml)});
  }
  out.resources.push_back({folder + "toc.ncx", "application/x-dtbncx+xml", toc_ncx(book)});
  const auto sheet = [&](const char* path, const style::StyleSheet& given) {
    const std::string css = style::fill(given, inputs.language, inputs.document.edition.dir);
    out.resources.push_back({folder + path, "text/css", css});
  };
  sheet("css/first.css", inputs.layout.epub_first_sheet);
  sheet("css/second.css", inputs.layout.epub_second_sheet);
  out.resources.push_back({folder + std::string(cover_path), "image/jpeg", inputs.cover_jpeg});
  for (Resource& image : used_images(book)) out.resources.push_back(std::move(image));

  std::vector<Resource> head;
  head.push_back({"mimetype", "", "application/epub+zip"});
  head.push_back({"META-INF/container.xml", "application/xml", std::string(container)});
  head.push_back({folder + "package.opf", "application/oebps-package+xml", package_document(book, out.resources)});
  out.resources.insert(out.resources.begin(), std::make_move_iterator(head.begin()),
                       std::make_move_iterator(head.end()));
  return out;
}

}  // namespace epitome::epub
