#include "compare/read_epub.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <memory>
#include <pugixml.hpp>
#include <set>
#include <utility>

namespace epitome::compare {

namespace {

using diag::Code;

// More than any content document; a small file may claim to unpack to anything.
constexpr zip_uint64_t largest_item = zip_uint64_t{1} << 28, largest_sum = zip_uint64_t{1} << 29;
constexpr int deepest = 500;

class Container {
 public:
  Container(std::string_view bytes, diag::Sink& sink) : sink_(sink) {
    zip_error_t error;
    zip_error_init(&error);
    // The archive frees its source.
    if (zip_source_t* const source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error)) {
      archive_.reset(zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error));
      if (!archive_) zip_source_free(source);
    }
    if (!archive_) fault(fmt::format("it is not a ZIP container: {}", zip_error_strerror(&error)));
    zip_error_fini(&error);
  }

  bool is_open() const { return archive_ != nullptr; }

  std::optional<std::string> bytes(const std::string& name) {
    zip_stat_t status;
    if (zip_stat(archive_.get(), name.c_str(), 0, &status) != 0) return fault(fmt::format("'{}' is missing", name));
    if ((status.valid & ZIP_STAT_SIZE) == 0 || status.size > largest_item)
      return fault(fmt::format("'{}' is too large", name));
    unpacked_ += status.size;
    if (unpacked_ > largest_sum) return fault("its documents are too large");
    const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(zip_fopen(archive_.get(), name.c_str(), 0),
                                                                  &zip_fclose);
    std::string out(status.size, '\0');
    // One byte more is asked for so that the checksum at the end is looked at.
    char more = 0;
    if (!file || zip_fread(file.get(), out.data(), out.size()) != static_cast<zip_int64_t>(out.size()) ||
        zip_fread(file.get(), &more, 1) != 0) {
      return fault(fmt::format("'{}' can't be unpacked", name));
    }
    return out;
  }

  std::unique_ptr<pugi::xml_document> xml(const std::string& name) {
    const std::optional<std::string> source = bytes(name);
    if (!source) return nullptr;
    auto document = std::make_unique<pugi::xml_document>();
    const pugi::xml_parse_result result =
        document->load_buffer(source->data(), source->size(), pugi::parse_default | pugi::parse_ws_pcdata);
    if (result) return document;
    fault(fmt::format("'{}' is not well-formed: {}, at byte {}", name, result.description(), result.offset));
    return nullptr;
  }

  std::nullopt_t fault(std::string message) {
    sink_.report(Code::E0802, {}, std::move(message));
    return std::nullopt;
  }

 private:
  struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
  };
  diag::Sink& sink_;
  std::unique_ptr<zip_t, Discard> archive_;
  zip_uint64_t unpacked_ = 0;
};

// The name without its prefix; namespaces are not looked at otherwise.
std::string_view local(const char* name) {
  const std::string_view whole = name;
  const std::size_t colon = whole.find(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& parent, std::string_view name) {
  return parent.find_child([&](pugi::xml_node node) { return local(node.name()) == name; });
}

bool has_token(std::string_view list, std::string_view token) {
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find_first_of(" \t\r\n", at), list.size());
    if (list.substr(at, end - at) == token) return true;
    at = end + 1;
  }
  return false;
}

bool has_class(pugi::xml_node node, std::string_view name) { return has_token(node.attribute("class").value(), name); }

bool is_a(pugi::xml_node node, std::string_view type, std::string_view role) {
  return has_token(node.attribute("epub:type").value(), type) || has_token(node.attribute("role").value(), role);
}

// An address with the escapes that a PDF needs for letters beyond ASCII.
std::u32string escaped(std::string_view address) {
  std::u32string out;
  for (const char c : address) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out += static_cast<char32_t>(byte);
    } else {
      for (const char digit : {'%', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 15]})
        out += static_cast<char32_t>(digit);
    }
  }
  return out;
}

// `href` from the folder of `base`: percent-decoded, without a fragment, dot segments resolved.
std::string resolve(const std::string& base, std::string_view href) {
  href = href.substr(0, href.find('#'));
  std::string path = base.substr(0, base.rfind('/') + 1);
  for (std::size_t i = 0; i < href.size(); ++i) {
    int value = 0;
    if (href[i] == '%' && i + 2 < href.size() &&
        std::from_chars(href.data() + i + 1, href.data() + i + 3, value, 16).ptr == href.data() + i + 3) {
      path.push_back(static_cast<char>(value));
      i += 2;
    } else {
      path.push_back(href[i]);
    }
  }
  std::string out;  // each segment with a slash before it
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view segment = std::string_view(path).substr(at, end - at);
    if (segment == "..") {
      out.resize(out.empty() ? 0 : out.rfind('/'));
    } else if (segment != "." && !segment.empty()) {
      out.append("/").append(segment);
    }
    at = end + 1;
  }
  return out.empty() ? out : out.substr(1);
}

// Phrasing content (HTML 3.2.5.2.5): what does not begin a block.
bool is_inline(std::string_view name) {
  static constexpr std::array names = {"a",    "abbr",   "b",    "bdi", "bdo",  "cite", "code", "dfn", "em",   "i",
                                       "img",  "kbd",    "mark", "q",   "rp",   "rt",   "ruby", "s",   "samp", "small",
                                       "span", "strong", "sub",  "sup", "time", "u",    "var",  "wbr"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_heading(std::string_view name) {
  return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
}

bool is_mark(pugi::xml_node node) { return is_a(node, "noteref", "doc-noteref"); }

// What parts the marks of two notes; the document has no such element.
bool parts_marks(pugi::xml_node node) {
  return has_token(node.attribute("class").value(), "between-notes") && is_mark(node.next_sibling());
}

// One content document into a part and the notes.
class Reader {
 public:
  Reader(std::string file, Part& part, Text& notes) : file_(std::move(file)), part_(part), notes_(notes) {}

  // False if it is nested too deeply.
  bool read(pugi::xml_node body) {
    children(body, part_.text, 0);
    part_.text.finish();
    return !too_deep_;
  }

 private:
  void children(pugi::xml_node parent, Text& out, int depth) {
    if (depth > deepest) {
      too_deep_ = true;
      return;
    }
    for (const pugi::xml_node node : parent.children()) {
      if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
        if (!in_notes_list_) out.append(std::string_view(node.value()));
      } else if (node.type() == pugi::node_element) {
        element(node, out, depth);
      }
    }
  }

  void element(pugi::xml_node node, Text& out, int depth) {
    const std::string_view name = local(node.name());
    if (is_a(node, "pagebreak", "doc-pagebreak") || is_mark(node) || parts_marks(node) ||
        is_a(node, "backlink", "doc-backlink") || name == "rp" || name == "script" || name == "style") {
      return;
    }
    if (has_token(node.attribute("epub:type").value(), "cover")) part_.kind = PartKind::cover;
    if (has_token(node.attribute("epub:type").value(), "titlepage") ||
        has_token(node.attribute("epub:type").value(), "copyright-page")) {
      part_.kind = PartKind::front;
    }
    if (name == "nav" || is_a(node, "toc", "doc-toc")) {
      part_.kind = PartKind::contents;
      return;
    }
    if (is_a(node, "footnote", "doc-footnote")) return footnote(node, depth);
    if (is_a(node, "footnotes", "doc-endnotes")) {
      // Only the notes in it are text; their list's heading and numbers are generated.
      const bool before = std::exchange(in_notes_list_, true);
      children(node, out, depth + 1);
      in_notes_list_ = before;
      return;
    }
    if (in_notes_list_) return children(node, out, depth + 1);
    if (name == "br") return out.append(U' ');

    const bool block = !is_inline(name);
    if (block) {
      out.part_block();
      out.at(place(node, name));
    }
    if (name == "li" && local(node.parent().name()) == "ol")
      out.numbers.push_back({out.characters.size(), number(node)});
    if (name == "table" || has_class(node, "rows")) ++tables_;
    const std::size_t begin = out.characters.size();
    children(node, out, depth + 1);
    table_piece(node, name, out, begin);
    if (name == "a" && node.attribute("href")) {
      const std::string_view href = node.attribute("href").value();
      const bool external = href.find(':') != std::string_view::npos;
      std::size_t end = out.characters.size();
      if (end > begin && out.characters.back() == ' ') --end;
      out.links.push_back({begin, end, !external, external ? escaped(href) : std::u32string()});
    }
    if (name == "cite") out.titles.push_back({begin, out.characters.size()});
    if (is_heading(name) && !part_.has_heading) {
      part_.has_heading = true;
      part_.name = to_utf8(std::u32string_view(out.characters).substr(std::min(begin, out.characters.size())));
    }
    if (block) {
      out.part_block();
      out.at(place(node.parent(), local(node.parent().name())));
    }
  }

  // A head or a value of a table; the classes are those of a wide table's list.
  void table_piece(pugi::xml_node node, std::string_view name, Text& out, std::size_t begin) {
    std::size_t end = out.characters.size();
    if (end > begin && out.characters.back() == ' ') --end;
    if (end == begin) return;
    const pugi::xml_node parent = node.parent();
    if (name == "rt") out.readings.push_back({begin, end});
    if (name == "span" && has_class(node, "of")) out.values.push_back({begin, end, tables_});
    const bool cell = name == "th" || name == "td", listed = name == "span" && has_class(parent, "heads");
    if (listed || (cell && local(parent.parent().name()) == "thead")) {
      const bool first = std::exchange(row_, parent) != parent;
      out.heads.push_back({first ? begin : out.heads.back().end, begin, end, tables_, listed});
    } else if (cell) {
      out.values.push_back({begin, begin, tables_});
    }
  }

  void footnote(pugi::xml_node node, int depth) {
    notes_.part_block();
    notes_.at(place(node, local(node.name())));
    const bool before = std::exchange(in_notes_list_, false);
    children(node, notes_, depth + 1);
    in_notes_list_ = before;
  }

  Place place(pugi::xml_node node, std::string_view name) const {
    const std::string_view id = node.attribute("id").value();
    return {0, file_, {}, id.empty() ? std::string(name) : fmt::format("{}#{}", name, id)};
  }

  static int number(pugi::xml_node item) {
    if (item.attribute("value")) return item.attribute("value").as_int();
    int value = item.parent().attribute("start").as_int(1);
    for (pugi::xml_node before = item.previous_sibling(); before; before = before.previous_sibling()) {
      if (local(before.name()) == "li") ++value;
    }
    return value;
  }

  std::string file_;
  Part& part_;
  Text& notes_;
  std::size_t tables_ = 0;
  pugi::xml_node row_;  // of the last head
  bool in_notes_list_ = false;
  bool too_deep_ = false;
};

}  // namespace

std::optional<Said> read_epub(std::string_view bytes, diag::Sink& sink) {
  Container container(bytes, sink);
  if (!container.is_open()) return std::nullopt;
  const std::unique_ptr<pugi::xml_document> place = container.xml("META-INF/container.xml");
  if (!place) return std::nullopt;
  const std::string package_name =
      child(child(child(*place, "container"), "rootfiles"), "rootfile").attribute("full-path").value();
  if (package_name.empty()) return container.fault("'META-INF/container.xml' names no package document");
  const std::unique_ptr<pugi::xml_document> document = container.xml(package_name);
  if (!document) return std::nullopt;

  const pugi::xml_node package = child(*document, "package");
  std::map<std::string_view, std::string_view> items;  // id, href
  for (const pugi::xml_node item : child(package, "manifest").children()) {
    if (local(item.name()) == "item") items.emplace(item.attribute("id").value(), item.attribute("href").value());
  }
  Said said;
  std::set<std::string_view> named;  // each once (EPUB 3.3, 5.7.2)
  for (const pugi::xml_node reference : child(package, "spine").children()) {
    if (local(reference.name()) != "itemref") continue;
    const auto item = items.find(reference.attribute("idref").value());
    if (item == items.end())
      return container.fault(fmt::format("'{}': the spine names '{}', which is not in the manifest", package_name,
                                         reference.attribute("idref").value()));
    if (!named.insert(item->first).second)
      return container.fault(fmt::format("'{}': the spine names '{}' twice", package_name, item->first));
    const std::string name = resolve(package_name, item->second);
    const std::unique_ptr<pugi::xml_document> content = container.xml(name);
    if (!content) return std::nullopt;
    const pugi::xml_node html = child(*content, "html"), body = child(html, "body");
    if (!body) return container.fault(fmt::format("'{}' has no body", name));
    Part& part = said.parts.emplace_back();
    part.name = child(child(html, "head"), "title").text().get();
    if (!Reader(name, part, said.notes).read(body))
      return container.fault(fmt::format("'{}' is nested too deeply", name));
  }
  if (said.parts.empty()) return container.fault(fmt::format("'{}': the spine is empty", package_name));
  said.notes.finish();
  return said;
}

}  // namespace epitome::compare
