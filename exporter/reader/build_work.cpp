// The work and the edition.
#include <algorithm>
#include <string>

#include "model/title.hpp"
#include "reader/build.hpp"
#include "reader/inline_builder.hpp"
#include "reader/tree.hpp"
#include "reader/uuid.hpp"
#include "reader/values.hpp"

namespace epitome::reader {

using pugi::xml_node;

std::string element_text(xml_node element) {
  // White space as in a paragraph: a line's end between two ideographs is nothing. Spans are not asked for.
  return model::plain_text(InlineBuilder({}).content(element));
}

std::string child_text(xml_node parent, const char* child) { return element_text(parent.child(child)); }

std::string attribute_text(xml_node element, const char* attribute) {
  return collapsed(element.attribute(attribute).value());
}

namespace {

// The namespace of all works, drawn once at random. Never change it: every identifier that was ever
// written hangs on it.
constexpr std::string_view work_space = "8c3a6b0e-52d7-4f19-9a64-e1b07d2f5c38";

// Family name first, unless it is given: "Audrain, Ashley". Where a name is one word, and in the
// languages that write the family name first, it sorts as it stands.
std::string sort_name(const std::string& name, const std::string& language) {
  const std::string primary = primary_language(language);
  const bool family_first = primary == "ja" || primary == "zh" || primary == "ko" || primary == "hu" || primary == "vi";
  const std::size_t space = name.rfind(' ');
  if (space == std::string::npos || family_first) return name;
  return name.substr(space + 1) + ", " + name.substr(0, space);
}

}  // namespace

model::Work build_work(xml_node node, std::string_view bytes) {
  model::Work work;
  const xml_node title = node.child("title");
  work.title.prefix = attribute_text(title, "prefix");
  work.title.prefix_given = title.attribute("prefix") != nullptr;
  work.title.main = element_text(title);
  work.title.short_form = attribute_text(title, "short");
  work.title.lang = attribute_text(title, "xml:lang");
  if (work.title.lang.empty()) work.title.lang = attribute_text(node, "xml:lang");
  const xml_node text = title.find_child([](xml_node n) { return is_text(n) && !is_blank(n.value()); });
  work.title.span = trimmed(text_span(text, bytes), bytes);
  work.original_title = child_text(node, "original-title");
  work.subtitle = child_text(node, "subtitle");
  work.series = child_text(node, "series");
  work.series_number = attribute_text(node.child("series"), "number");
  work.original_language = child_text(node, "original-language");
  for (const xml_node child : node.children("contributor")) {
    model::Contributor contributor;
    contributor.role = relator(attribute_text(child, "role"));
    contributor.name = element_text(child);
    contributor.sort = attribute_text(child, "sort");
    if (contributor.sort.empty()) contributor.sort = sort_name(contributor.name, work.original_language);
    contributor.span = name_span(child);
    work.contributors.push_back(std::move(contributor));
  }
  work.first_published = child_text(node, "published");
  work.publisher = child_text(node, "publisher");
  work.isbn = child_text(node, "isbn");
  for (const xml_node child : node.children("subject")) work.subjects.push_back(element_text(child));
  for (const xml_node child : node.children("award")) work.awards.push_back(element_text(child));
  for (const xml_node child : node.children("fact")) {
    work.facts.push_back({attribute_text(child, "label"), element_text(child)});
  }
  if (const xml_node cover = node.child("cover")) {
    work.cover = {attribute_text(cover, "src"), value_span(cover, "src", bytes), attribute_text(cover, "alt")};
  }
  return work;
}

model::Edition build_edition(xml_node root, const model::Work& work, std::string_view bytes) {
  const xml_node node = root.child("edition");
  model::Edition edition;
  edition.lang = attribute_text(root, "xml:lang");
  edition.lang_span = value_span(root, "xml:lang", bytes);
  const std::string dir = attribute_text(root, "dir");
  const bool right_to_left = dir.empty() ? is_right_to_left(edition.lang) : dir == "rtl";
  edition.dir = right_to_left ? model::Direction::rtl : model::Direction::ltr;
  edition.variant = attribute_text(node, "variant");

  // The same for all editions in all languages: the original's title, if it is known.
  const auto author = std::find_if(work.contributors.begin(), work.contributors.end(),
                                   [](const model::Contributor& c) { return c.role == "aut"; });
  const model::Contributor& main = author != work.contributors.end() ? *author : work.contributors.front();
  const std::string title = work.original_title.empty() ? model::full_title(work.title) : work.original_title;
  edition.work_uuid = uuid_v5(work_space, title + "\n" + main.name);
  edition.identifier = child_text(node, "identifier");
  edition.identifier_given = !edition.identifier.empty();
  if (!edition.identifier_given) {
    edition.identifier = "urn:uuid:" + uuid_v5(edition.work_uuid, edition.lang + "\n" + edition.variant);
  }

  edition.date = child_text(node, "date");
  edition.modified = child_text(node, "modified");
  if (edition.modified.empty()) edition.modified = edition.date;
  edition.author = child_text(node, "author");
  edition.brand_name = attribute_text(node.child("brand"), "name");
  edition.brand_line = child_text(node, "brand");
  edition.brand_href = attribute_text(node.child("brand"), "href");
  edition.licence = child_text(node, "licence");
  edition.licence_href = attribute_text(node.child("licence"), "href");
  for (const xml_node child : node.children("sibling")) {
    edition.siblings.push_back(
        {attribute_text(child, "xml:lang"), attribute_text(child, "variant"), attribute_text(child, "href")});
  }
  return edition;
}

}  // namespace epitome::reader
