#include "epub/navigation.hpp"

namespace epitome::epub {

namespace {

const Anchor* anchor(const Publication& publication, std::string_view id) {
  const auto found = publication.anchors.find(id);
  return found == publication.anchors.end() ? nullptr : &found->second;
}

pugi::xml_node link(pugi::xml_node parent, const std::string& href, std::string_view name) {
  pugi::xml_node node = parent.append_child("a");
  set_attribute(node, "href", href);
  append_text(node, name);
  return node;
}

// Where reading begins: content warnings come before all else.
const book::Section* first_part(const Publication& publication) {
  for (const book::Section& section : publication.inputs.book.sections) {
    if (section.kind == book::SectionKind::part) return &section;
  }
  return nullptr;
}

// Lists inside lists; on the contents page without what it doesn't show.
void write_points(const Publication& publication, pugi::xml_node parent, bool all) {
  pugi::xml_node list = append_line(parent, "ol");
  pugi::xml_node item, inner;
  for (const NavigationPoint& point : navigation_points(publication)) {
    if (!point.shown && !all) continue;
    if (point.level == 0) {
      item = append_line(list, "li");
      inner = {};
    } else if (!inner) {
      inner = append_line(item, "ol");
    }
    link(point.level == 0 ? item : append_line(inner, "li"), point.anchor->href(), point.name);
  }
}

void write_toc(const Publication& publication, pugi::xml_node body) {
  pugi::xml_node nav = append_line(body, "nav");
  set_attribute(nav, "epub:type", "toc");
  set_attribute(nav, "role", "doc-toc");
  append_text(append_line(nav, "h1"), publication.label("contents"));
  write_points(publication, nav, true);
}

void write_page_list(const Publication& publication, pugi::xml_node body) {
  if (publication.breaks.empty()) return;
  pugi::xml_node nav = append_line(body, "nav");
  set_attribute(nav, "epub:type", "page-list");
  set_attribute(nav, "role", "doc-pagelist");
  set_attribute(nav, "aria-label", publication.label("page-list"));
  set_attribute(nav, "hidden", "hidden");
  pugi::xml_node list = append_line(nav, "ol");
  for (const PlacedBreak& page : publication.breaks) {
    link(append_line(list, "li"), page.anchor.href(), publication.inputs.page_map.breaks[page.number].label);
  }
}

void write_landmarks(const Publication& publication, pugi::xml_node body) {
  pugi::xml_node nav = append_line(body, "nav");
  set_attribute(nav, "epub:type", "landmarks");
  set_attribute(nav, "aria-label", publication.label("landmarks"));
  set_attribute(nav, "hidden", "hidden");
  pugi::xml_node list = append_line(nav, "ol");
  for (const Landmark& landmark : landmarks(publication)) {
    pugi::xml_node node = link(append_line(list, "li"), landmark.href, landmark.name);
    set_attribute(node, "epub:type", landmark.type);
  }
}

}  // namespace

std::vector<Landmark> landmarks(const Publication& publication) {
  std::vector<Landmark> out;
  for (const ContentDocument& file : publication.files) {
    switch (file.section->kind) {
      case book::SectionKind::cover:
        out.push_back({"cover", "cover", file.path, std::string(publication.label("cover"))});
        break;
      case book::SectionKind::title_page:
        out.push_back({"titlepage", "title-page", file.path, std::string(publication.label("title-page"))});
        break;
      case book::SectionKind::contents:
        out.push_back({"toc", "toc", file.path, publication.name(*file.section)});
        break;
      case book::SectionKind::imprint:
      case book::SectionKind::part:
        if (file.section == first_part(publication)) {
          out.push_back({"bodymatter", "text", file.path, std::string(publication.label("landmark.start"))});
        }
        break;
    }
  }
  return out;
}

std::vector<NavigationPoint> navigation_points(const Publication& publication) {
  std::vector<NavigationPoint> points;
  const auto add = [&](int level, const model::Inlines& name, std::string_view id, bool shown) {
    if (const Anchor* place = anchor(publication, id))
      points.push_back({level, publication.inputs.book.listed(name), place, shown});
  };
  for (const book::Section& section : publication.inputs.book.sections) {
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
  for (const book::Section& section : publication.inputs.book.sections) {
    const Anchor* const place = points.empty() && section.part ? anchor(publication, section.id) : nullptr;
    if (place != nullptr) points.push_back({0, publication.sentence("document-title"), place, true});
  }
  return points;
}

void write_contents(const Publication& publication, const ContentDocument& file) {
  write_points(publication, file.body.child("section"), false);
}

void write_navigation(Publication& publication) {
  ContentDocument& file = publication.navigation;
  file.path = navigation_path;
  begin_document(publication, file, publication.label("contents"));
  write_toc(publication, file.body);
  write_page_list(publication, file.body);
  write_landmarks(publication, file.body);
}

}  // namespace epitome::epub
