#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "epub/book.hpp"

namespace epitome::epub {

namespace {

const Anchor* anchor(const Book& book, std::string_view id) {
  const auto found = book.anchors.find(id);
  return found == book.anchors.end() ? nullptr : &found->second;
}

pugi::xml_node link(pugi::xml_node parent, const std::string& href, std::string_view name) {
  pugi::xml_node node = parent.append_child("a");
  set_attribute(node, "href", href);
  append_text(node, name);
  return node;
}

const style::Section* first_main_section(const Book& book) {
  for (const style::Section& section : book.sections) {
    if (!section.front && section.kind == style::SectionKind::part) return &section;
  }
  return nullptr;
}

void write_contents(const Book& book, pugi::xml_node body, const style::Section& section) {
  pugi::xml_node nav = append_line(body, "nav");
  set_attribute(nav, "id", section.id);
  set_attribute(nav, "class", "contents");
  set_attribute(nav, "epub:type", "toc");
  set_attribute(nav, "role", "doc-toc");
  set_attribute(nav, "aria-labelledby", section.id + ".title");
  pugi::xml_node heading = append_line(nav, "h1");
  set_attribute(heading, "id", section.id + ".title");
  append_text(heading, book.name(section));
  pugi::xml_node list = append_line(nav, "ol");
  pugi::xml_node item, inner;
  for (const NavigationPoint& point : navigation_points(book)) {
    if (point.level == 0) {
      item = append_line(list, "li");
      inner = {};
    } else if (!inner) {
      inner = append_line(item, "ol");
      // In the reader's own list, not on the page (EPUB 3.3 7.3, "hidden").
      if (!point.shown) set_attribute(inner, "hidden", "hidden");
    }
    link(point.level == 0 ? item : append_line(inner, "li"), point.anchor->href(), point.name);
  }
}

void write_page_list(const Book& book, pugi::xml_node body) {
  if (book.breaks.empty()) return;
  pugi::xml_node nav = append_line(body, "nav");
  set_attribute(nav, "class", "unseen");
  set_attribute(nav, "epub:type", "page-list");
  set_attribute(nav, "role", "doc-pagelist");
  set_attribute(nav, "aria-label", book.label("page-list"));
  set_attribute(nav, "hidden", "hidden");
  pugi::xml_node list = append_line(nav, "ol");
  for (const PlacedBreak& page : book.breaks) {
    link(append_line(list, "li"), page.anchor.href(), book.inputs.page_map.breaks[page.number].label);
  }
}

void write_landmarks(const Book& book, pugi::xml_node body) {
  pugi::xml_node nav = append_line(body, "nav");
  set_attribute(nav, "class", "unseen");
  set_attribute(nav, "epub:type", "landmarks");
  set_attribute(nav, "aria-label", book.label("landmarks"));
  set_attribute(nav, "hidden", "hidden");
  pugi::xml_node list = append_line(nav, "ol");
  for (const Landmark& landmark : landmarks(book)) {
    pugi::xml_node node = link(append_line(list, "li"), landmark.href, landmark.name);
    set_attribute(node, "epub:type", landmark.type);
  }
}

}  // namespace

std::vector<Landmark> landmarks(const Book& book) {
  std::vector<Landmark> out;
  for (const File& file : book.files) {
    switch (file.section->kind) {
      case style::SectionKind::cover:
        out.push_back({"cover", "cover", file.path, std::string(book.label("cover"))});
        break;
      case style::SectionKind::title_page:
        out.push_back({"titlepage", "title-page", file.path, std::string(book.label("title-page"))});
        break;
      case style::SectionKind::contents:
        out.push_back({"toc", "toc", file.path, book.name(*file.section)});
        break;
      case style::SectionKind::imprint:
      case style::SectionKind::part:
        if (file.section == first_main_section(book)) {
          out.push_back({"bodymatter", "text", file.path, std::string(book.label("landmark.start"))});
        }
        break;
    }
  }
  return out;
}

std::vector<NavigationPoint> navigation_points(const Book& book) {
  std::vector<NavigationPoint> points;
  const auto add = [&](int level, const model::Inlines& name, std::string_view id, bool shown) {
    if (const Anchor* place = anchor(book, id)) points.push_back({level, book.shown(name), place, shown});
  };
  for (const style::Section& section : book.sections) {
    if (!section.part || section.title.empty()) continue;
    const model::PartValue& part = section.part->value;
    if (std::holds_alternative<model::Hook>(part) || std::holds_alternative<model::Brand>(part)) continue;
    add(0, section.title, section.id, true);
    if (const auto* story = std::get_if<model::Story>(&part)) {
      for (const model::Chapter& chapter : story->chapters) add(1, chapter.title, chapter.id, true);
    } else if (const auto* takeaways = std::get_if<model::Takeaways>(&part)) {
      for (const model::Takeaway& item : takeaways->items) add(1, item.headline, item.id, false);
    } else if (const auto* questions = std::get_if<model::Questions>(&part)) {
      for (const model::Question& item : questions->items) add(1, item.question, item.id, false);
    }
  }
  // A hook or a brand page has no name; alone it is listed by the document's: contents have one entry at least.
  for (const style::Section& section : book.sections) {
    const Anchor* const place = points.empty() && section.part ? anchor(book, section.id) : nullptr;
    if (place != nullptr) points.push_back({0, book.sentence("document-title"), place, true});
  }
  return points;
}

void write_navigation(Book& book, File& file) {
  write_contents(book, file.body, *file.section);
  write_page_list(book, file.body);
  write_landmarks(book, file.body);
}

std::string toc_ncx(const Book& book) {
  const std::vector<NavigationPoint> points = navigation_points(book);
  // playOrder counts places in reading order; what stands at the same place has the same number.
  std::map<std::size_t, std::size_t> play_order;
  for (const NavigationPoint& point : points) play_order[point.anchor->order] = 0;
  for (const PlacedBreak& page : book.breaks) play_order[page.anchor.order] = 0;
  std::size_t count = 0;
  for (auto& [order, number] : play_order) number = ++count;

  pugi::xml_document xml;
  pugi::xml_node ncx = xml.append_child("ncx");
  set_attribute(ncx, "xmlns", "http://www.daisy.org/z3986/2005/ncx/");
  set_attribute(ncx, "version", "2005-1");
  set_attribute(ncx, "xml:lang", language_tag(book.inputs.document.edition.lang));
  pugi::xml_node head = append_line(ncx, "head");
  const auto meta = [&](const char* name, std::string_view content) {
    pugi::xml_node node = append_line(head, "meta");
    set_attribute(node, "name", name);
    set_attribute(node, "content", content);
  };
  const bool deep = std::any_of(points.begin(), points.end(), [](const NavigationPoint& p) { return p.level == 1; });
  meta("dtb:uid", book.inputs.document.edition.identifier);
  meta("dtb:depth", deep ? "2" : "1");
  meta("dtb:totalPageCount", std::to_string(book.breaks.size()));
  meta("dtb:maxPageNumber", "0");
  append_text(append_line(append_line(ncx, "docTitle"), "text"),
              book.sentence("document-title"));  // as dc:title has it

  const auto entry = [&](pugi::xml_node parent, const char* name, const std::string& id, const Anchor& place,
                         std::string_view label) {
    pugi::xml_node node = append_line(parent, name);
    set_attribute(node, "id", id);
    set_attribute(node, "playOrder", std::to_string(play_order[place.order]));
    append_text(append_line(append_line(node, "navLabel"), "text"), label);
    set_attribute(append_line(node, "content"), "src", place.href());
    return node;
  };
  pugi::xml_node map = append_line(ncx, "navMap");
  pugi::xml_node outer;
  std::size_t number = 0;
  for (const NavigationPoint& point : points) {
    pugi::xml_node node = entry(point.level == 0 ? map : outer, "navPoint", "point." + std::to_string(++number),
                                *point.anchor, point.name);
    if (point.level == 0) outer = node;
  }
  if (!book.breaks.empty()) {
    pugi::xml_node pages = append_line(ncx, "pageList");
    append_text(append_line(append_line(pages, "navLabel"), "text"), book.label("page-list"));
    for (const PlacedBreak& page : book.breaks) {
      const std::string& label = book.inputs.page_map.breaks[page.number].label;
      const bool arabic = std::all_of(label.begin(), label.end(), [](char c) { return c >= '0' && c <= '9'; });
      const bool roman = std::all_of(label.begin(), label.end(), [](char c) { return c >= 'a' && c <= 'z'; });
      // XML 1.0's names, as NCX's schema has them, don't know all digits: the id counts pages.
      const std::string id = fmt::format("target.{}", page.number + 1);
      pugi::xml_node target = entry(pages, "pageTarget", id, page.anchor, label);
      set_attribute(target, "type", roman ? "front" : "normal");
      if (arabic) set_attribute(target, "value", label);
    }
  }
  return serialise(xml);
}

}  // namespace epitome::epub
