#include "reader/document_rules.hpp"

#include <fmt/format.h>

#include <string>

#include "model/title.hpp"
#include "reader/table_grid.hpp"
#include "reader/values.hpp"

namespace epitome::reader {

using diag::Code;

bool is_heading(Type type) {
  switch (type) {
    case Type::part_title:
    case Type::headline:
    case Type::chapter_title:
    case Type::question:
    case Type::with_title:
      return true;
    default:
      return false;
  }
}

const char* misplaced(Type type, const Surroundings& context) {
  if (type == Type::note && context.in_note) return "a note can't stand in a note";
  if (type == Type::note && context.in_heading)
    return "a heading goes to the contents: put the note into the text below";
  if (type == Type::note && context.in_link) return "a note is a link itself: put it behind the link";
  if ((type == Type::a || type == Type::ref) && context.in_link) return "a link can't stand in a link";
  if (context.in_ruby && (type == Type::ruby || type == Type::note)) return "it can't stand in <ruby>";
  return nullptr;
}

namespace {

void check_figure(Node node, Faults& faults) {
  const bool decorative = collapsed(node.attribute("decorative")) == "true";
  const bool described = node.has_attribute("alt");
  if (!decorative && !described) {
    faults.add(Code::E0204, node.span(), "<figure> needs the attribute 'alt'",
               {"say what the picture shows: alt=\"…\"; or, if it says nothing, decorative=\"true\""});
  } else if (decorative && described) {
    faults.add(Code::E0203, node.attribute_span("alt"), "a decorative figure takes no attribute 'alt'",
               {"drop 'alt', or 'decorative' if the picture says something"});
  }
}

// The edition was not changed before it came out.
void check_dates(Node node, std::string_view bytes, Faults& faults) {
  const std::string first = collapsed(node.child("date").first_text()),
                    last = collapsed(node.child("modified").first_text());
  if (check_value(Value::day, first.empty() ? "-" : first) || check_value(Value::day, last.empty() ? "-" : last))
    return;
  if (last < first) {
    faults.add(Code::E0205, trimmed(node.child("modified").first_child().span(), bytes),
               fmt::format("'{}' is before the edition's date", last), {fmt::format("<date> says {}", first)});
  }
}

// <title prefix="The">The Push</title>
void check_title(Node node, Faults& faults) {
  const std::string prefix = collapsed(node.attribute("prefix")), main = collapsed(node.first_text());
  // An article that is doubled inside the title is said where it stands.
  if (!prefix.empty() && !model::has_doubled_article(main) && model::has_doubled_article(prefix + " " + main)) {
    faults.add(Code::W0401, node.value_span("prefix"), fmt::format("the article '{}' stands in the title too", prefix),
               {"<title prefix=\"The\">Push</title>"});
  }
}

}  // namespace

void check_rules(Node node, Type type, const Surroundings& context, std::string_view bytes, Faults& faults) {
  switch (type) {
    case Type::figure:
      check_figure(node, faults);
      break;
    case Type::table:
      check_grid(node, faults);
      break;
    case Type::edition:
      check_dates(node, bytes, faults);
      break;
    case Type::work_title:
    case Type::with_title:
      if (context.english) check_title(node, faults);
      break;
    default:
      break;
  }
}

}  // namespace epitome::reader
