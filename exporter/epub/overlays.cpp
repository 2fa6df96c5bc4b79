#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "epub/publication.hpp"
#include "epub/read_aloud.hpp"
#include "epub/xml.hpp"

namespace epitome::epub {

namespace {

constexpr std::string_view reading_sheet_path = "css/read-aloud.css", active_class = "-epub-media-overlay-active",
                           playing_class = "-epub-media-overlay-playing";

// Half a colour leaves letters as they are on light and dark pages. The outline is seen where readers set all colours
// themselves.
constexpr std::string_view reading_sheet =
    "/* The place that is being read aloud. */\n"
    ".-epub-media-overlay-active { background-color: rgba(255, 200, 0, 0.35); outline: 1px solid transparent; }\n";

// "0:01:02.345" (SMIL 3.0, 5.4.1: a full clock value).
std::string clock_value(std::int64_t ms) {
  return fmt::format("{}:{:02}:{:02}.{:03}", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}

std::string item_id_of(std::string_view path) {
  std::string id(path);
  std::replace_if(
      id.begin(), id.end(), [](char c) { return c == '/' || c == '.'; }, '-');
  return id;
}

// What a reader may skip or leave (EPUB 3.3, 9.3.3 and 9.3.4), or goes through by itself; empty: nothing.
std::string group_of(pugi::xml_node node) {
  if (std::string type = node.attribute("epub:type").value(); !type.empty()) return type;
  constexpr std::array<std::pair<std::string_view, const char*>, 5> groups = {
      {{"table", "table"}, {"ul", "list"}, {"ol", "list"}, {"dl", "list"}, {"figure", "figure"}}};
  for (const auto& [name, type] : groups) {
    if (node.name() == name) return type;
  }
  return {};
}

// One document's overlay.
class Overlay {
 public:
  Overlay(std::string document, const Narration& narration, Said& said)
      : document_(std::move(document)), narration_(narration), said_(said) {
    pugi::xml_node smil = tree.append_child("smil");
    set_attribute(smil, "xmlns", "http://www.w3.org/ns/SMIL");
    set_attribute(smil, "xmlns:epub", "http://www.idpf.org/2007/ops");
    set_attribute(smil, "version", "3.0");
    body_ = append_line(smil, "body");
  }

  void write(pugi::xml_node html) { inside(html.child("body"), body_, {}, false); }

  pugi::xml_document tree;
  std::int64_t duration = 0;

 private:
  // `skipped`: the type of what can be skipped around it.
  void inside(pugi::xml_node parent, pugi::xml_node group, const std::string& skipped, bool is_said) {
    for (const pugi::xml_node node : parent.children()) {
      if (node.type() != pugi::node_element) continue;
      const std::string id = node.attribute("id").value(), type = group_of(node);
      const bool is_page = type == "pagebreak";
      const auto clip = narration_.clips.find(id);
      const bool has_sound = clip != narration_.clips.end();
      if (has_sound && is_said && !is_page) said_.twice.push_back(id);
      if (!has_sound && !is_said && narration_.expected.contains(id)) said_.missing.push_back(id);
      if (has_sound) par(group, id, clip->second, is_page ? type : skipped);
      if (id.empty() || type.empty() || has_sound || is_page) {
        inside(node, group, skipped, is_said || has_sound);
        continue;
      }
      pugi::xml_node own = append_line(group, "seq");
      set_attribute(own, "epub:textref", document_ + "#" + id);
      set_attribute(own, "epub:type", type);
      inside(node, own, type == "footnote" ? type : skipped, is_said);
      if (own.first_child()) continue;
      group.remove_child(own.previous_sibling());  // the line's end
      group.remove_child(own);
    }
  }

  void par(pugi::xml_node group, const std::string& id, const Clip& clip, const std::string& type) {
    pugi::xml_node node = append_line(group, "par");
    set_attribute(node, "id", "par-" + id);
    if (!type.empty()) set_attribute(node, "epub:type", type);
    set_attribute(node.append_child("text"), "src", document_ + "#" + id);
    pugi::xml_node sound = node.append_child("audio");
    set_attribute(sound, "src", clip.path);
    set_attribute(sound, "clipBegin", clock_value(clip.begin));
    set_attribute(sound, "clipEnd", clock_value(clip.end));
    duration += clip.end - clip.begin;
  }

  const std::string document_;
  const Narration& narration_;
  Said& said_;
  pugi::xml_node body_;
};

// What the package document says of all that.
class Listing {
 public:
  explicit Listing(pugi::xml_node package)
      : metadata_(package.child("metadata")), manifest_(package.child("manifest")) {}

  pugi::xml_node item(std::string_view path, std::string_view media_type) {
    pugi::xml_node node = append_line(manifest_, "item");
    set_attribute(node, "id", item_id_of(path));
    set_attribute(node, "href", path);
    set_attribute(node, "media-type", media_type);
    return node;
  }
  void overlay(const std::string& document, const std::string& path, std::int64_t duration) {
    item(path, "application/smil+xml");
    pugi::xml_node listed = manifest_.find_child_by_attribute("item", "href", document.c_str());
    set_attribute(listed, "media-overlay", item_id_of(path));
    set_attribute(meta("media:duration", clock_value(duration)), "refines", "#" + item_id_of(path));
    whole_ += duration;
  }
  void finish(const Narration& narration, bool is_whole) {
    meta("media:duration", clock_value(whole_));
    if (!narration.narrator.empty()) meta("media:narrator", narration.narrator);
    meta("media:active-class", active_class);
    meta("media:playback-active-class", playing_class);
    if (is_whole) meta("schema:accessModeSufficient", "auditory");
  }

 private:
  pugi::xml_node meta(const char* property, std::string_view text) {
    pugi::xml_node node = append_line(metadata_, "meta");
    set_attribute(node, "property", property);
    append_text(node, text);
    return node;
  }

  pugi::xml_node metadata_, manifest_;
  std::int64_t whole_ = 0;
};

void link_read_aloud_sheet(pugi::xml_node head) {
  pugi::xml_node link = append_line(head, "link");
  set_attribute(link, "rel", "stylesheet");
  set_attribute(link, "type", "text/css");
  set_attribute(link, "href", reading_sheet_path);
}

pugi::xml_node root_of(Resource& resource) { return std::get<pugi::xml_document>(resource.content).document_element(); }

}  // namespace

Said add_overlays(Package& package, const Narration& narration) {
  Said said;
  const auto document = std::find_if(package.resources.begin(), package.resources.end(), [](const Resource& resource) {
    return resource.media_type == "application/oebps-package+xml";
  });
  Listing listing(root_of(*document));
  std::vector<Resource> added;
  const auto add = [&](const std::string& path, std::string_view media_type, Resource::Content content) {
    added.push_back({std::string(content_folder) + path, std::string(media_type), std::move(content)});
  };
  listing.item(reading_sheet_path, "text/css");
  add(std::string(reading_sheet_path), "text/css", std::string(reading_sheet));
  for (Resource& resource : package.resources) {
    if (resource.media_type != content_document_type || resource.path.ends_with(navigation_path)) continue;
    const std::string path = resource.path.substr(content_folder.size());
    const pugi::xml_node html = root_of(resource);
    link_read_aloud_sheet(html.child("head"));
    Overlay overlay(path, narration, said);
    overlay.write(html);
    if (overlay.duration == 0) continue;
    const std::string overlay_path = path.substr(0, path.rfind('.')) + ".smil";
    listing.overlay(path, overlay_path, overlay.duration);
    add(overlay_path, "application/smil+xml", std::move(overlay.tree));
  }
  for (const auto& [path, bytes] : narration.files) {
    listing.item(path, "audio/mpeg");
    add(path, "audio/mpeg", bytes);
  }
  listing.finish(narration, said.missing.empty());
  std::move(added.begin(), added.end(), std::back_inserter(package.resources));
  return said;
}

}  // namespace epitome::epub
