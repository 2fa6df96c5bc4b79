// The work and the edition.
#include <algorithm>
#include <charconv>
#include <string>

#include "model/title.hpp"
#include "model/uuid.hpp"
#include "reader/build.hpp"
#include "reader/inline_builder.hpp"
#include "reader/tree.hpp"
#include "reader/values.hpp"

namespace epitome::reader {

std::string element_text(Node element) {
  // White space as in a paragraph: a line's end between two ideographs is nothing. Spans are not asked for.
  return model::plain_text(InlineBuilder().content(element));
}

std::string child_text(Node parent, std::string_view child) { return element_text(parent.child(child)); }

std::string attribute_text(Node element, std::string_view attribute) { return collapsed(element.attribute(attribute)); }

int attribute_number(Node element, std::string_view attribute) {
  if (!element.has_attribute(attribute)) return 1;
  const std::string text = attribute_text(element, attribute);
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
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

model::Work build_work(Node node, std::string_view bytes) {
  model::Work work;
  const Node title = node.child("title");
  work.title.prefix = attribute_text(title, "prefix");
  work.title.prefix_given = title.has_attribute("prefix");
  work.title.main = element_text(title);
  work.title.short_form = attribute_text(title, "short");
  work.title.lang = attribute_text(title, "xml:lang");
  if (work.title.lang.empty()) work.title.lang = attribute_text(node, "xml:lang");
  for (const Node text : title.children()) {
    if (!text.is_text() || is_blank(text.value())) continue;
    work.title.span = trimmed(text.span(), bytes);
    break;
  }
  work.original_title = child_text(node, "original-title");
  work.subtitle = child_text(node, "subtitle");
  work.series = child_text(node, "series");
  work.series_number = attribute_text(node.child("series"), "number");
  work.original_language = child_text(node, "original-language");
  for (const Node child : node.children("contributor")) {
    model::Contributor contributor;
    contributor.role = relator(attribute_text(child, "role"));
    contributor.name = element_text(child);
    contributor.sort = attribute_text(child, "sort");
    if (contributor.sort.empty()) contributor.sort = sort_name(contributor.name, work.original_language);
    contributor.span = child.span();
    work.contributors.push_back(std::move(contributor));
  }
  work.first_published = child_text(node, "published");
  work.publisher = child_text(node, "publisher");
  work.isbn = child_text(node, "isbn");
  for (const Node child : node.children("subject")) work.subjects.push_back(element_text(child));
  for (const Node child : node.children("award")) work.awards.push_back(element_text(child));
  for (const Node child : node.children("fact")) {
    work.facts.push_back({attribute_text(child, "label"), element_text(child)});
  }
  if (const Node cover = node.child("cover")) {
    work.cover = {attribute_text(cover, "src"), cover.value_span("src"), attribute_text(cover, "alt")};
  }
  return work;
}

model::Edition build_edition(Node root, const model::Work& work) {
  const Node node = root.child("edition");
  model::Edition edition;
  edition.lang = attribute_text(root, "xml:lang");
  edition.lang_span = root.value_span("xml:lang");
  const std::string dir = attribute_text(root, "dir");
  const bool right_to_left = dir.empty() ? is_right_to_left(edition.lang) : dir == "rtl";
  edition.dir = right_to_left ? model::Direction::rtl : model::Direction::ltr;
  edition.variant = attribute_text(node, "variant");

  // The same for all editions in all languages: the original's title, if it is known.
  const auto author = std::find_if(work.contributors.begin(), work.contributors.end(),
                                   [](const model::Contributor& c) { return c.role == "aut"; });
  const model::Contributor& main = author != work.contributors.end() ? *author : work.contributors.front();
  const std::string title = work.original_title.empty() ? model::full_title(work.title) : work.original_title;
  edition.work_uuid = model::uuid_v5(work_space, title + "\n" + main.name);
  edition.identifier = child_text(node, "identifier");
  edition.identifier_given = !edition.identifier.empty();
  if (!edition.identifier_given) {
    edition.identifier = "urn:uuid:" + model::uuid_v5(edition.work_uuid, edition.lang + "\n" + edition.variant);
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
  edition.rights = child_text(node, "rights");
  if (const Node stated = node.child("conformance")) {
    edition.conformance = {element_text(stated), attribute_text(stated, "certifier"),
                           attribute_text(stated, "credential"), attribute_text(stated, "report")};
  }
  if (const Node made = node.child("made")) {
    const std::string by = attribute_text(made, "by");
    edition.maker = by == "person"     ? model::Maker::person
                    : by == "assisted" ? model::Maker::assisted
                                       : model::Maker::generated;
    edition.reviewed_by = attribute_text(made, "reviewed-by");
  }
  for (const Node child : node.child("labels").children("label"))
    edition.labels.push_back({attribute_text(child, "name"), element_text(child), child.value_span("name")});
  for (const Node child : node.children("sibling")) {
    edition.siblings.push_back(
        {attribute_text(child, "xml:lang"), attribute_text(child, "variant"), attribute_text(child, "href")});
  }
  return edition;
}

}  // namespace epitome::reader
