// The package document: where it is, its manifest and its spine.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "diag/limits.hpp"
#include "preflight/book.hpp"

namespace epitome::preflight {

namespace {

using diag::Code;

std::size_t item_named(const Book& book, std::string_view id) {
  const auto at = book.by_id.find(id);
  return at == book.by_id.end() ? SIZE_MAX : at->second;
}

void read_item(Check& check, const Xml& xml, const pugi::xml_node& node) {
  Book& book = check.book;
  const diag::Span place = span_of(xml, node, "href");
  const std::string_view href = node.attribute("href").value();
  const Target target = resolve(book.package_path, href);
  Item item;
  item.id = node.attribute("id").value();
  item.path = target.path;
  item.media_type = lower(trimmed(node.attribute("media-type").value()));
  item.properties = node.attribute("properties").value();
  item.overlay = node.attribute("media-overlay").value();
  item.span = span_of(node);
  item.remote = target.where == Target::Where::elsewhere;
  if (target.where == Target::Where::outside_container) {
    check.findings.report(Code::E1004, book.package_path, place, fmt::format("'{}' leads out of the container", href));
    return;
  }
  const bool known_path = !item.remote && book.by_path.contains(item.path);
  if (known_path || book.by_id.contains(item.id)) {
    check.findings.report(Code::E1015, book.package_path, span_of(xml, node, known_path ? "href" : "id"),
                          known_path ? fmt::format("there is an item for '{}' already", href)
                                     : fmt::format("there is an item '{}' already", item.id));
  }
  const std::size_t index = book.items.size();
  book.by_id.emplace(item.id, index);
  if (!item.remote) book.by_path.emplace(item.path, index);
  const bool may_be_remote = item.media_type.starts_with("audio/") || item.media_type.starts_with("video/") ||
                             item.media_type.find("font") != std::string::npos ||
                             item.media_type.find("javascript") != std::string::npos;
  if (item.remote && (!may_be_remote || book.version < 3)) {
    check.findings.report(Code::E1009, book.package_path, place, fmt::format("'{}' is not in the EPUB", href));
  } else if (!item.remote && check.container.find(item.path) == nullptr) {
    const std::string other = check.container.other_case(item.path);
    check.findings.report(
        Code::E1006, book.package_path, place,
        fmt::format("'{}' is not there{}", href, other.empty() ? "" : fmt::format(", but '{}' is", other)));
  }
  if (has_token(item.properties, "nav")) book.nav = index;
  if (has_token(item.properties, "cover-image")) book.cover = index;
  book.items.push_back(std::move(item));
}

void read_spine(Check& check, const Xml& xml, const pugi::xml_node& spine) {
  Book& book = check.book;
  const auto tell = [&](diag::Span place, std::string_view text) {
    check.findings.report(Code::E1014, book.package_path, place, text);
  };
  for (const pugi::xml_node node : spine.children()) {
    if (local_name(node) != "itemref") continue;
    const std::string_view name = node.attribute("idref").value();
    const std::size_t index = item_named(book, name);
    const diag::Span place = span_of(xml, node, "idref");
    if (index == SIZE_MAX) {
      tell(place, fmt::format("there is no item '{}' in the manifest", name));
      continue;
    }
    Item& item = book.items[index];
    if (item.spine >= 0) {
      tell(place, fmt::format("'{}' is named a second time", name));
      continue;
    }
    item.spine = static_cast<int>(book.spine.size());
    const std::string_view properties = node.attribute("properties").value();
    // Of two that contradict each other the first holds (EPUB 3.3, 8.2.2.5).
    const std::size_t flows = place_of_token(properties, "rendition:layout-reflowable"),
                      stays = place_of_token(properties, "rendition:layout-pre-paginated");
    item.fixed = stays < flows || (stays == flows && book.fixed);
    book.spine.push_back(index);
  }
  if (book.spine.empty()) tell(spine ? span_of(spine) : diag::Span{}, "the spine names no document");
  const std::string_view toc = spine.attribute("toc").value();
  book.ncx = item_named(book, toc);
  if (!toc.empty() && book.ncx == SIZE_MAX)
    tell(span_of(xml, spine, "toc"), fmt::format("there is no item '{}' in the manifest", toc));
  const std::string_view turning = spine.attribute("page-progression-direction").value();
  if (book.right_to_left && turning != "rtl") {
    check.findings.report(Code::W1016, book.package_path, spine ? span_of(spine) : diag::Span{},
                          fmt::format("the spine doesn't say it; the language is {}", book.language));
  }
}

// The first title and language, before the manifest is read.
void read_beginning(Check& check, const pugi::xml_node& package) {
  Book& book = check.book;
  book.version = std::string_view(package.attribute("version").value()).starts_with('3') ? 3 : 2;
  const pugi::xml_node metadata = child_of(package, "metadata");
  walk(metadata, [&](const pugi::xml_node& node) {
    const std::string_view name = local_name(node);
    if (name == "language" && book.language.empty()) book.language = text_of(node);
    if (name == "link") book.beside.insert(resolve(book.package_path, node.attribute("href").value()).path);
    if (name != "meta") return;
    const std::string_view property = node.attribute("property").value();
    if (property == "rendition:layout" && text_of(node) == "pre-paginated") book.fixed = true;
  });
  book.right_to_left = is_right_to_left(book.language);
}

}  // namespace

std::string primary_language(std::string_view tag) { return lower(tag.substr(0, tag.find_first_of("-_"))); }

bool is_right_to_left(std::string_view tag) {
  static constexpr std::array languages = {"ar", "arc", "ckb", "dv",  "fa", "he", "iw",
                                           "ks", "ps",  "sd",  "syr", "ug", "ur", "yi"};
  const std::string main = primary_language(tag), whole = lower(tag);
  const bool other_script = whole.find("-latn") != std::string::npos || whole.find("-cyrl") != std::string::npos ||
                            whole.find("-deva") != std::string::npos;
  return !other_script && (std::find(languages.begin(), languages.end(), main) != languages.end() ||
                           whole.find("-arab") != std::string::npos || whole.find("-hebr") != std::string::npos);
}

std::optional<std::string> Check::text(const std::string& path) {
  std::string why;
  std::optional<std::string> bytes = container.read(path, limits::input_bytes, why);
  if (bytes) {
    bytes = as_utf8(std::move(*bytes));
    if (!bytes) why = "it is neither UTF-8 nor UTF-16";
  }
  if (!bytes) findings.report(diag::Code::E1050, path, {}, fmt::format("it can't be read: {}", why));
  return bytes;
}

std::unique_ptr<Xml> Check::xml(const std::string& path) {
  std::optional<std::string> bytes = text(path);
  if (!bytes) return nullptr;
  std::string why;
  diag::Span where;
  std::unique_ptr<Xml> parsed = parse_xml(std::move(*bytes), why, where);
  if (!parsed) findings.report(diag::Code::E1050, path, where, fmt::format("it is not well-formed: {}", why));
  return parsed;
}

bool read_package(Check& check) {
  const auto unreadable = [&](std::string_view text) {
    check.findings.unreadable({}, std::string(text));
    return false;
  };
  if (check.container.find("META-INF/container.xml") == nullptr)
    return unreadable("'META-INF/container.xml' is not there");
  const std::unique_ptr<Xml> place = check.xml("META-INF/container.xml");
  if (!place) return unreadable("'META-INF/container.xml' can't be read");
  Book& book = check.book;
  book.package_path =
      child_of(child_of(child_of(place->tree, "container"), "rootfiles"), "rootfile").attribute("full-path").value();
  walk(place->tree, [&](const pugi::xml_node& node) {
    if (local_name(node) == "rootfile") book.beside.insert(node.attribute("full-path").value());
  });
  if (book.package_path.empty()) return unreadable("'META-INF/container.xml' names no package document");
  if (check.container.find(book.package_path) == nullptr)
    return unreadable(fmt::format("the package document '{}' is not there", book.package_path));
  const std::unique_ptr<Xml> xml = check.xml(book.package_path);
  if (!xml) return unreadable(fmt::format("the package document '{}' can't be read", book.package_path));
  const pugi::xml_node package = child_of(xml->tree, "package");
  if (!package) return unreadable(fmt::format("'{}' has no element package", book.package_path));
  read_beginning(check, package);
  for (const pugi::xml_node node : child_of(package, "manifest").children()) {
    if (local_name(node) == "item") read_item(check, *xml, node);
  }
  read_spine(check, *xml, child_of(package, "spine"));
  if (book.ncx == SIZE_MAX) {
    const auto at = std::find_if(book.items.begin(), book.items.end(),
                                 [](const Item& item) { return item.media_type == "application/x-dtbncx+xml"; });
    if (at != book.items.end() && book.version < 3) book.ncx = static_cast<std::size_t>(at - book.items.begin());
  }
  book.has_guide = static_cast<bool>(child_of(child_of(package, "guide"), "reference"));
  check_metadata(check, *xml);
  return true;
}

}  // namespace epitome::preflight
