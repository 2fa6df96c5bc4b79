#include "epub/package.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
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
    const image::Image& image = book.inputs.book.images.find(source)->second;
    const char* type = image.kind == image::Kind::jpeg ? "image/jpeg" : "image/png";
    resources.push_back({std::string(content_folder) + path, type, image.bytes});
  }
  return resources;
}

// `left` in the first sheet means the start: for right-to-left documents both words change places.
std::string mirrored(std::string_view sheet) {
  std::string out;
  const auto is_name = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  for (std::size_t i = 0; i < sheet.size();) {
    const bool boundary = i == 0 || !is_name(sheet[i - 1]);
    const auto word = [&](std::string_view w) {
      return boundary && sheet.substr(i).starts_with(w) &&
             (i + w.size() == sheet.size() || !is_name(sheet[i + w.size()]));
    };
    if (word("left")) {
      out += "right";
      i += 4;
    } else if (word("right")) {
      out += "left";
      i += 5;
    } else {
      out += sheet[i++];
    }
  }
  return out;
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

// What the language has instead of the sheet's indents, as the pages have it: of running text, not of items, quotations
// and the like.
std::string indents(const style::Language& language) {
  if (language.indent_ems == 0) return {};
  const std::string indent = " { text-indent: " + std::to_string(language.indent_ems) + "em; }\n";
  std::string out = "p" + indent;
  if (!language.indent_first) return out;
  out += "p.first" + indent;
  out +=
      ".hook p.first, .brand p.first, li p.first, dd p.first, td p.first, th p.first, blockquote p.first, aside "
      "p.first, .letter p.first"
      " { text-indent: 0; }\n";
  return out + "ol.takeaways > li > p.first" + indent;
}

// A number of a style sheet in 1/100; nothing if it has a unit, more than two decimals or more than six figures.
std::optional<int> hundredths(std::string_view value) {
  if (value.size() > 7) return std::nullopt;
  int out = 0, decimals = -1;
  for (const char c : value) {
    if (c == '.' && decimals < 0) {
      decimals = 0;
    } else if (c >= '0' && c <= '9' && decimals < 2) {
      out = out * 10 + (c - '0');
      if (decimals >= 0) ++decimals;
    } else {
      return std::nullopt;
    }
  }
  for (; decimals < 2; decimals = std::max(decimals, 0) + 1) out *= 10;
  return out;
}

// The sheet with lines as far apart as the language's script needs: running text, whose lines are else the reader's own
// affair, and what has a line-height of its own in proportion.
std::string with_leading(std::string_view sheet, int leading) {
  constexpr std::string_view property = "line-height: ";
  constexpr int usual = 1333;  // of running text on the pages, in 1/1000 of its size
  const auto height = [](int value) { return fmt::format("{}.{:02}", value / 100, value % 100); };
  std::string out;
  while (!sheet.empty()) {
    const std::size_t at = sheet.find(property);
    const std::size_t begin = at == std::string_view::npos ? sheet.size() : at + property.size();
    const std::size_t end = std::min(sheet.find_first_of(";}", begin), sheet.size());
    out += sheet.substr(0, begin);
    const std::string_view value = sheet.substr(begin, end - begin);
    const std::optional<int> number = hundredths(value);
    out += number && *number > 0 ? height(*number * leading / usual) : std::string(value);
    sheet.remove_prefix(end);
  }
  return out + "body { line-height: " + height(leading / 10) + "; }\n";
}

}  // namespace

std::string image_path(Book& book, const std::string& source) {
  const auto known = book.image_paths.find(source);
  if (known != book.image_paths.end()) return known->second;
  const auto image = book.inputs.book.images.find(source);
  if (image == book.inputs.book.images.end()) return {};
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
  Book book{inputs, sink};
  for (std::size_t i = 0; i < inputs.page_map.breaks.size(); ++i) {
    book.breaks_of[inputs.page_map.breaks[i].id].push_back(i);
  }

  File* navigation = nullptr;
  for (const book::Section& section : inputs.book.sections) {
    File& file = add_file(book, section);
    write_section(book, file);
    if (section.kind == book::SectionKind::contents) navigation = &file;
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
  const bool rtl = inputs.book.document.edition.dir == model::Direction::rtl;
  const std::string& sheet = inputs.layout.epub_first_sheet;
  std::string first_sheet = rtl ? mirrored(sheet) : sheet;
  // As the folios of the pages have it; a reader that doesn't know the digits counts in its own.
  if (inputs.book.language.zero != U'0')
    first_sheet += "ol { list-style-type: " + inputs.book.language.list_digits + "; }\n";
  first_sheet += indents(inputs.book.language);
  if (inputs.book.language.lines.leading != 0)
    first_sheet = with_leading(first_sheet, inputs.book.language.lines.leading);
  out.resources.push_back({folder + "css/first.css", "text/css", std::move(first_sheet)});
  out.resources.push_back({folder + "css/second.css", "text/css", inputs.layout.epub_second_sheet});
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
