#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <string_view>

#include "epub/navigation.hpp"

namespace epitome::epub {

namespace {

class NcxWriter {
 public:
  NcxWriter(const Publication& publication, pugi::xml_node ncx)
      : publication_(publication), points_(navigation_points(publication)), ncx_(ncx) {
    for (const NavigationPoint& point : points_) play_order_[point.anchor->order] = 0;
    for (const PlacedBreak& page : publication.breaks) play_order_[page.anchor.order] = 0;
    std::size_t count = 0;
    for (auto& [order, number] : play_order_) number = ++count;
  }

  void write() {
    head();
    // As dc:title has it.
    append_text(append_line(append_line(ncx_, "docTitle"), "text"), publication_.sentence("document-title"));
    navigation_map();
    if (!publication_.breaks.empty()) page_list();
  }

 private:
  void head() {
    pugi::xml_node head = append_line(ncx_, "head");
    const auto meta = [&](const char* name, std::string_view content) {
      pugi::xml_node node = append_line(head, "meta");
      set_attribute(node, "name", name);
      set_attribute(node, "content", content);
    };
    const bool deep =
        std::any_of(points_.begin(), points_.end(), [](const NavigationPoint& p) { return p.level == 1; });
    meta("dtb:uid", publication_.inputs.book.document.edition.identifier);
    meta("dtb:depth", deep ? "2" : "1");
    meta("dtb:totalPageCount", std::to_string(publication_.breaks.size()));
    meta("dtb:maxPageNumber", std::to_string(last_page()));
  }

  // The greatest value of a page's label (DTBook 2005-3, 8.4.1).
  int last_page() const {
    int most = 0;
    for (const PlacedBreak& page : publication_.breaks) {
      const std::string& label = publication_.inputs.page_map.breaks[page.number].label;
      int value = 0;
      const auto [end, error] = std::from_chars(label.data(), label.data() + label.size(), value);
      if (error == std::errc() && end == label.data() + label.size()) most = std::max(most, value);
    }
    return most;
  }
  pugi::xml_node entry(pugi::xml_node parent, const char* name, const std::string& id, const Anchor& anchor,
                       std::string_view label) {
    pugi::xml_node node = append_line(parent, name);
    set_attribute(node, "id", id);
    set_attribute(node, "playOrder", std::to_string(play_order_[anchor.order]));
    append_text(append_line(append_line(node, "navLabel"), "text"), label);
    set_attribute(append_line(node, "content"), "src", anchor.href());
    return node;
  }

  void navigation_map() {
    pugi::xml_node map = append_line(ncx_, "navMap");
    pugi::xml_node outer;
    std::size_t number = 0;
    for (const NavigationPoint& point : points_) {
      pugi::xml_node node = entry(point.level == 0 ? map : outer, "navPoint", fmt::format("point-{}", ++number),
                                  *point.anchor, point.name);
      if (point.level == 0) outer = node;
    }
  }

  void page_list() {
    pugi::xml_node pages = append_line(ncx_, "pageList");
    append_text(append_line(append_line(pages, "navLabel"), "text"), publication_.label("page-list"));
    for (const PlacedBreak& page : publication_.breaks) {
      const std::string& label = publication_.inputs.page_map.breaks[page.number].label;
      const bool arabic = std::all_of(label.begin(), label.end(), [](char c) { return c >= '0' && c <= '9'; });
      const bool roman = std::all_of(label.begin(), label.end(), [](char c) { return c >= 'a' && c <= 'z'; });
      // XML 1.0's names, as NCX's schema has them, don't know all digits: the id counts pages.
      const std::string id = fmt::format("target-{}", page.number + 1);
      pugi::xml_node target = entry(pages, "pageTarget", id, page.anchor, label);
      set_attribute(target, "type", roman ? "front" : "normal");
      if (arabic) set_attribute(target, "value", label);
    }
  }

  const Publication& publication_;
  std::vector<NavigationPoint> points_;
  // Of each place in reading order, by Anchor::order: what stands at the same place has the same number.
  std::map<std::size_t, std::size_t> play_order_;
  pugi::xml_node ncx_;
};

}  // namespace

pugi::xml_document toc_ncx(const Publication& publication) {
  pugi::xml_document xml;
  pugi::xml_node ncx = xml.append_child("ncx");
  set_attribute(ncx, "xmlns", "http://www.daisy.org/z3986/2005/ncx/");
  set_attribute(ncx, "version", "2005-1");
  set_attribute(ncx, "xml:lang", language_tag(publication.inputs.book.document.edition.lang));
  NcxWriter(publication, ncx).write();
  return xml;
}

}  // namespace epitome::epub
