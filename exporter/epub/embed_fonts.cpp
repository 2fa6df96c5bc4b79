#include <fmt/format.h>

#include <algorithm>

#include "epub/flavours.hpp"
#include "epub/publication.hpp"
#include "epub/xml.hpp"

namespace epitome::epub {

namespace {

constexpr std::string_view sheet_path = "css/fonts.css", first_sheet_path = "css/first.css";

std::string sheet_of(const std::vector<Font>& fonts) {
  std::string sheet, families;
  for (const Font& font : fonts) {
    sheet += fmt::format("@font-face {{ font-family: \"{}\"; font-style: {}; font-weight: {}; src: url(../{}); }}\n",
                         font.family, font.italic ? "italic" : "normal", font.bold ? "bold" : "normal", font.path);
    const std::string quoted = fmt::format("\"{}\", ", font.family);
    if (families.find(quoted) == std::string::npos) families += quoted;
  }
  return sheet + fmt::format("body {{ font-family: {}serif; }}\n", families);
}

void list(pugi::xml_node manifest, std::string_view path, std::string_view media_type) {
  std::string id(path);
  std::replace_if(
      id.begin(), id.end(), [](char c) { return c == '/' || c == '.'; }, '-');
  const pugi::xml_node item = append_line(manifest, "item");
  set_attribute(item, "id", id);
  set_attribute(item, "href", path);
  set_attribute(item, "media-type", media_type);
}

// Before the first sheet: an old reader that drops this one loses nothing but the fonts.
void link_sheet(pugi::xml_node head) {
  const pugi::xml_node first = head.find_child_by_attribute("link", "href", std::string(first_sheet_path).c_str());
  pugi::xml_node link = head.insert_copy_before(first, first);
  link.attribute("href").set_value(std::string(sheet_path).c_str());
  head.insert_child_before(pugi::node_pcdata, first).set_value("\n");
}

}  // namespace

void embed_fonts(Package& package, const std::vector<Font>& fonts) {
  if (fonts.empty()) return;
  for (Resource& resource : package.resources) {
    if (resource.media_type == content_document_type) {
      link_sheet(std::get<pugi::xml_document>(resource.content).document_element().child("head"));
    } else if (resource.media_type == "application/oebps-package+xml") {
      const pugi::xml_node manifest =
          std::get<pugi::xml_document>(resource.content).document_element().child("manifest");
      list(manifest, sheet_path, "text/css");
      for (const Font& font : fonts) list(manifest, font.path, font.media_type);
    }
  }
  const auto add = [&](std::string_view path, std::string_view media_type, std::string bytes) {
    package.resources.push_back({std::string(content_folder).append(path), std::string(media_type), std::move(bytes)});
  };
  add(sheet_path, "text/css", sheet_of(fonts));
  for (const Font& font : fonts) add(font.path, font.media_type, font.bytes);
}

}  // namespace epitome::epub
