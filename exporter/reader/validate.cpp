#include "reader/validate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "diag/limits.hpp"
#include "model/title.hpp"
#include "reader/lint.hpp"
#include "reader/references.hpp"
#include "reader/suggest.hpp"
#include "reader/table_grid.hpp"
#include "reader/tree.hpp"
#include "reader/values.hpp"
#include "reader/vocabulary.hpp"

namespace epitome::reader {

namespace {

using diag::Code;
using diag::Span;
using pugi::xml_node;

// What an element inherits from those around it.
struct Context {
  bool english = true;
  bool in_note = false;
  bool in_link = false;
  bool in_ruby = false;
  // The text becomes an entry of the contents or the outline, where a note's number has no place.
  bool in_heading = false;
};

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

// Most characters of an element's own text; 0: it may be as long as it likes.
std::size_t most_characters(Type type) {
  switch (type) {
    case Type::part_title:
    case Type::headline:
    case Type::prompt:
    case Type::chapter_title:
    case Type::question:
    case Type::discussion_question:
    case Type::with_title:
    case Type::name:
    case Type::term:
    case Type::dt:
    case Type::speaker:
    case Type::attribution_source:
    case Type::locator:
    case Type::salutation:
    case Type::signature:
    case Type::aside_title:
    case Type::rt:
      return limits::name;
    case Type::caption:
    case Type::licence:
    case Type::fact:
      return limits::description;
    case Type::identifier:
      return limits::address;
    default:
      return rule(type).content == Content::text ? limits::name : 0;
  }
}

std::size_t most_characters(const Attribute& attribute) {
  if (attribute.value == Value::link || attribute.value == Value::path) return limits::address;
  return attribute.name == "alt" ? limits::description : limits::name;
}

class Validator {
 public:
  Validator(const diag::SourceText& source, Faults& faults)
      : bytes_(source.bytes()), faults_(faults), references_(source, faults) {}

  void run(xml_node root) {
    if (rule(Type::summary).name != root.name()) {
      return faults_.add(Code::E0201, name_span(root), fmt::format("<{}> is not a source document", root.name()),
                         {"the root element is <summary>"});
    }
    // A part without an id is called by its kind.
    for (const xml_node child : root.children()) {
      const Type type = child_type(rule(Type::summary), child.name());
      if (is_part(type) && !child.attribute("id")) references_.name_part(child, type);
    }
    element(root, Type::summary, {});
    references_.resolve();
  }

 private:
  // ---- elements -----------------------------------------------------------------------------------

  void element(xml_node node, Type type, Context context) {
    const Rule& r = rule(type);
    attributes(node, r);
    inherit(node, context);
    switch (r.content) {
      case Content::nothing:
        for (const xml_node child : node.children()) {
          if (is_text(child)) {
            no_text(child, r, "it is empty: <" + std::string(r.name) + "/>");
          } else if (child.type() == pugi::node_element) {
            unknown(child, r);
          }
        }
        break;
      case Content::text:
        text_only(node, r, context);
        break;
      case Content::inlines:
      case Content::ruby: {
        context.in_heading = context.in_heading || is_heading(type);
        Lint lint(faults_);
        if (!inlines(node, r, context, lint) && !r.may_be_blank) empty(node);
        lint.end();
        if (const std::size_t most = most_characters(type); most != 0)
          fits(fmt::format("<{}>", node.name()), collapsed(plain_text(node)), most, name_span(node));
        break;
      }
      case Content::flow:
        flow(node, r, context);
        break;
      case Content::sequence:
      case Content::any_order:
        children(node, r, context);
        break;
      case Content::pairs:
        pairs(node, r, context);
        break;
    }
    special(node, type, context);
  }

  void empty(xml_node node) {
    faults_.add(Code::E0207, name_span(node), fmt::format("<{}> is empty", node.name()), {"fill it or remove it"});
  }

  // Returns whether there was any.
  bool no_text(xml_node text, const Rule& r, std::string hint) {
    if (is_blank(text.value())) return false;
    faults_.add(Code::E0206, trimmed(text_span(text, bytes_), bytes_),
                fmt::format("text is not allowed in <{}>", r.name), {std::move(hint)});
    return true;
  }

  void unknown(xml_node child, const Rule& parent) {
    faults_.add(Code::E0201, name_span(child), fmt::format("<{}> is not allowed in <{}>", child.name(), parent.name),
                hints_for(child.name(), parent));
  }

  // What follows from the words alone: language and, for lint, whether it is English.
  static void inherit(xml_node node, Context& context) {
    if (const pugi::xml_attribute lang = node.attribute("xml:lang")) {
      context.english = primary_language(lang.value()) == "en";
    }
  }

  // ---- attributes ---------------------------------------------------------------------------------

  void attributes(xml_node node, const Rule& r) {
    for (const pugi::xml_attribute attribute : node.attributes()) {
      const Attribute* known = find_attribute(r, attribute.name());
      if (known == nullptr) {
        // Said once, by check_well_formed, if it appears twice.
        faults_.add(Code::E0203, attribute_span(node, attribute.name(), bytes_),
                    fmt::format("<{}> takes no attribute '{}'", r.name, attribute.name()),
                    attribute_hints(attribute.name(), r));
        continue;
      }
      value(node, *known, attribute.value());
      if (known->value == Value::id) references_.declare(node, attribute.value(), r.type);
    }
    for (const Attribute& attribute : r.attributes) {
      if (attribute.required && !node.attribute(attribute.name.data())) {
        faults_.add(Code::E0204, name_span(node), fmt::format("<{}> needs the attribute '{}'", r.name, attribute.name),
                    {fmt::format("write <{} {}=\"…\">", r.name, attribute.name)});
      }
    }
  }

  void value(xml_node node, const Attribute& attribute, std::string_view raw) {
    const std::string text = collapsed(raw);
    if (!fits(fmt::format("the value of '{}'", attribute.name), text, most_characters(attribute),
              value_span(node, attribute.name, bytes_)))
      return;
    if (text.empty()) {
      if (attribute.value == Value::article) return;
      return faults_.add(Code::E0205, attribute_span(node, attribute.name, bytes_),
                         fmt::format("the value of '{}' is empty", attribute.name),
                         {attribute.name == "alt" ? "say what the picture shows, or declare it decorative=\"true\""
                                                  : "give it a value or remove the attribute"});
    }
    if (const std::optional<Fault> fault = check_value(attribute.value, text)) {
      bad_value(*fault, text, value_span(node, attribute.name, bytes_));
    }
  }

  // Whether `text`, white space collapsed, is at most so long.
  bool fits(std::string_view what, std::string_view text, std::size_t most, Span span) {
    const std::size_t characters = text.size() <= most ? 0 : count_characters(text);
    if (most == 0 || characters <= most) return true;
    faults_.add(Code::E0108, span, fmt::format("{} has {} characters; {} are the most", what, characters, most),
                {"make it shorter; what needs more words stands in a paragraph"});
    return false;
  }

  void bad_value(const Fault& fault, std::string_view text, Span span) {
    std::vector<std::string> hints;
    if (!fault.hint.empty()) hints.push_back(fault.hint);
    faults_.add(fault.code, span, fmt::format("'{}' {}", text, fault.message), std::move(hints));
  }

  // ---- content ------------------------------------------------------------------------------------

  void text_only(xml_node node, const Rule& r, const Context& context) {
    Lint lint(faults_);
    std::string text;
    Span span = name_span(node);
    bool elements = false;
    for (const xml_node child : node.children()) {
      if (is_text(child)) {
        text += child.value();
        const Span piece = trimmed(text_span(child, bytes_), bytes_);
        if (piece.length != 0) span = piece;
        if (r.value == Value::words) lint.text(bytes_, text_span(child, bytes_), context.english);
      } else if (child.type() == pugi::node_element) {
        elements = true;
        faults_.add(Code::E0201, name_span(child), fmt::format("<{}> is not allowed in <{}>", child.name(), r.name),
                    {fmt::format("<{}> holds characters alone", r.name)});
      }
    }
    lint.end();
    text = collapsed(text);
    if (text.empty()) {
      if (!r.may_be_blank && !elements) empty(node);
    } else if (!fits(fmt::format("<{}>", node.name()), text, most_characters(r.type), span)) {
      return;
    } else if (const std::optional<Fault> fault = check_value(r.value, text)) {
      bad_value(*fault, text, span);
    }
  }

  // Returns whether anything stands in `node`.
  bool inlines(xml_node node, const Rule& r, const Context& context, Lint& lint) {
    bool filled = false;
    const xml_node last = last_element(node);
    for (const xml_node child : node.children()) {
      if (is_text(child)) {
        filled = filled || !is_blank(child.value());
        lint.text(bytes_, text_span(child, bytes_), context.english);
        if (r.content == Content::ruby && last && rule(Type::rt).name == last.name() && after(child, last)) {
          no_text(child, r, "<rt> comes last: a second pair is a second <ruby>");
        }
      } else if (child.type() == pugi::node_element) {
        if (r.content == Content::ruby && rule(Type::rt).name == child.name()) {
          reading(child, child == last, context);
        } else {
          filled = inline_element(child, r, context, lint) || filled;
        }
      }
    }
    if (r.content == Content::ruby && !node.child("rt")) {
      faults_.add(Code::E0202, name_span(node), "<ruby> has no <rt>", {"<ruby>base<rt>reading</rt></ruby>"});
    }
    return filled;
  }

  static xml_node last_element(xml_node node) {
    xml_node last = node.last_child();
    while (last && last.type() != pugi::node_element) last = last.previous_sibling();
    return last;
  }
  static bool after(xml_node node, xml_node other) { return node.offset_debug() > other.offset_debug(); }

  void reading(xml_node rt, bool last, Context context) {
    if (!last) {
      faults_.add(Code::E0201, name_span(rt), "<rt> is not the last element of its <ruby>",
                  {"a second pair is a second <ruby>"});
    }
    context.in_ruby = true;
    element(rt, Type::rt, context);
  }

  bool inline_element(xml_node child, const Rule& parent, Context context, Lint& lint) {
    Type type = inline_called(child.name());
    if (type == Type::count) {
      unknown(child, parent);
      type = inline_called(nearest_child(child.name(), parent));
      if (type == Type::count) return true;
    } else if (const char* const reason = misplaced(type, context)) {
      faults_.add(Code::E0201, name_span(child), fmt::format("<{}> is not allowed here", child.name()), {reason});
    }
    const Rule& r = rule(type);
    attributes(child, r);
    inherit(child, context);
    if (type == Type::note) {
      context.in_note = true;
      Lint own(faults_);
      if (!inlines(child, r, context, own)) empty(child);
      own.end();
      return true;
    }
    if (type == Type::a || type == Type::ref) context.in_link = true;
    if (type == Type::ruby) context.in_ruby = true;
    if (type == Type::ref && !child.attribute("to").empty()) references_.refer(child, lint.after_article());
    const bool filled = inlines(child, r, context, lint);
    if (!filled && !r.may_be_blank) empty(child);
    if (!filled && type == Type::ref) lint.generated();
    return true;
  }

  static const char* misplaced(Type type, const Context& context) {
    if (type == Type::note && context.in_note) return "a note can't stand in a note";
    if (type == Type::note && context.in_heading)
      return "a heading goes to the contents: put the note into the text below";
    if (type == Type::note && context.in_link) return "a note is a link itself: put it behind the link";
    if ((type == Type::a || type == Type::ref) && context.in_link) return "a link can't stand in a link";
    if (context.in_ruby && (type == Type::ruby || type == Type::note)) return "it can't stand in <ruby>";
    return nullptr;
  }

  // Inlines, or blocks if one is a block.
  void flow(xml_node node, const Rule& r, const Context& context) {
    bool blocks = false;
    for (const xml_node child : node.children()) {
      blocks = blocks || (child.type() == pugi::node_element && block_called(child.name()) != Type::count);
    }
    if (!blocks) {
      Lint lint(faults_);
      if (!inlines(node, r, context, lint)) empty(node);
      lint.end();
      return;
    }
    for (const xml_node child : node.children()) {
      if (is_text(child)) {
        no_text(child, r, "beside blocks, text stands in a block too: <p>…</p>");
      } else if (child.type() == pugi::node_element) {
        const Type type = block_called(child.name());
        if (type != Type::count) {
          element(child, type, context);
        } else if (inline_called(child.name()) != Type::count) {
          faults_.add(Code::E0201, name_span(child), fmt::format("<{}> stands beside blocks", child.name()),
                      {"wrap it in <p>…</p>"});
        } else {
          unknown(child, r);
        }
      }
    }
  }

  // The type of an element called `name` in `parent`, or Type::count.
  static Type child_type(const Rule& parent, std::string_view name) {
    for (const Child& child : parent.children) {
      if (child.type == any_block) {
        if (const Type block = block_called(name); block != Type::count) return block;
      } else if (rule(child.type).name == name) {
        return child.type;
      }
    }
    return Type::count;
  }

  static bool accepts(const Child& child, Type type) {
    return child.type == any_block ? block_called(rule(type).name) == type : child.type == type;
  }

  void children(xml_node node, const Rule& r, const Context& context) {
    std::vector<unsigned> counts(r.children.size());
    std::size_t position = 0;
    bool filled = false;    // something stands here besides the title
    bool replaced = false;  // something else stands where children were due: they are not missed too
    for (const xml_node child : node.children()) {
      if (is_text(child)) {
        replaced = no_text(child, r, text_hint(r)) || replaced;
        continue;
      }
      if (child.type() != pugi::node_element) continue;
      Type type = child_type(r, child.name());
      if (type == Type::count) {
        unknown(child, r);
        // A misspelt name is taken for what was meant, so that its inside is checked too.
        type = child_type(r, nearest_child(child.name(), r));
        replaced = replaced || type == Type::count;
        if (type == Type::count) continue;
      }
      filled = filled || type != Type::part_title;
      place(child, type, r, counts, position);
      element(child, type, context);
    }
    bool missing = false;
    for (std::size_t i = 0; i < r.children.size(); ++i) {
      const Child& child = r.children[i];
      if (counts[i] != 0 || (child.occurs != Occurs::once && child.occurs != Occurs::some)) continue;
      missing = true;
      if (!replaced || child.occurs == Occurs::once) report_missing(node, r, child);
    }
    if (!filled && !missing && !replaced && !r.may_be_blank) empty(node);
    if (r.type == Type::summary) need_part(node);
  }

  // Finds the place of a child in the order of its parent's and reports if it has none.
  void place(xml_node child, Type type, const Rule& r, std::vector<unsigned>& counts, std::size_t& position) {
    const auto find = [&](std::size_t from) {
      while (from < r.children.size() && !accepts(r.children[from], type)) ++from;
      return from;
    };
    const bool ordered = r.content == Content::sequence;
    std::size_t at = find(ordered ? position : 0);
    const bool late = at == r.children.size();
    if (late) at = find(0);
    const bool single = r.children[at].occurs == Occurs::once || r.children[at].occurs == Occurs::optional;
    ++counts[at];
    if (counts[at] == limits::metadata + 1 && (r.type == Type::work || r.type == Type::edition)) {
      faults_.add(Code::E0109, name_span(child),
                  fmt::format("<{}> has more than {} <{}>", r.name, limits::metadata, child.name()),
                  {"keep those that a reader will look at"});
    }
    if (counts[at] > 1 && single) {
      faults_.add(Code::E0212, name_span(child), fmt::format("<{}> appears twice in <{}>", child.name(), r.name),
                  {fmt::format("one <{}> has at most one", r.name)});
    } else if (late) {
      const Child& before = r.children[position];
      faults_.add(Code::E0201, name_span(child), fmt::format("<{}> comes too late in <{}>", child.name(), r.name),
                  {before.type == any_block ? "it stands before the paragraphs and other blocks"
                                            : fmt::format("it stands before <{}>", rule(before.type).name)});
    }
    if (!late && ordered) position = at;
  }

  void report_missing(xml_node node, const Rule& r, const Child& child) {
    std::string message, hint;
    if (child.type == any_block) {
      message = fmt::format("<{}> has no paragraph or other block", r.name);
      hint = "text stands in blocks: <p>…</p>";
    } else {
      const std::string_view missing = rule(child.type).name;
      message = fmt::format("<{}> has no <{}>", r.name, missing);
      if (child.missing == Code::E0208) {
        message += missing == "answer" ? ": a question without its answer" : ": an answer without its question";
      }
      hint = fmt::format("add <{}>…</{}>", missing, missing);
    }
    faults_.add(child.missing, name_span(node), std::move(message), {std::move(hint)});
  }

  void need_part(xml_node root) {
    for (const xml_node child : root.children()) {
      if (is_part(child_type(rule(Type::summary), child.name()))) return;
      if (is_part(child_type(rule(Type::summary), nearest_child(child.name(), rule(Type::summary))))) return;
    }
    faults_.add(Code::E0202, name_span(root), "<summary> has no part",
                {"at least one of <hook>, <about>, <overview>, <takeaways>, <cues>, <story>, <questions> …"});
  }

  // dt and dd in turn.
  void pairs(xml_node node, const Rule& r, const Context& context) {
    xml_node open;
    bool filled = false;
    const auto without = [&](xml_node at, std::string_view missing) {
      faults_.add(Code::E0202, name_span(at), fmt::format("this <{}> has no <{}>", at.name(), missing),
                  {"a term <dt> is followed by its definition <dd>, in turn"});
    };
    for (const xml_node child : node.children()) {
      if (is_text(child)) {
        no_text(child, r, text_hint(r));
      } else if (child.type() == pugi::node_element) {
        filled = true;
        const Type type = child_type(r, child.name());
        if (type == Type::count) {
          unknown(child, r);
          continue;
        }
        if (type == Type::dt && open) without(open, "dd");
        if (type == Type::dd && !open) without(child, "dt");
        open = type == Type::dt ? child : xml_node();
        element(child, type, context);
      }
    }
    if (open) without(open, "dd");
    if (!filled) empty(node);
  }

  // ---- what the table can't say -----------------------------------------------------------------

  void special(xml_node node, Type type, const Context& context) {
    switch (type) {
      case Type::figure:
        figure(node);
        break;
      case Type::table:
        check_grid(node, faults_);
        break;
      case Type::edition:
        dates(node);
        break;
      case Type::work_title:
      case Type::with_title:
        if (context.english) title(node);
        break;
      default:
        break;
    }
  }

  void figure(xml_node node) {
    const bool decorative = collapsed(node.attribute("decorative").value()) == "true";
    const bool described = !node.attribute("alt").empty();
    if (!decorative && !described) {
      faults_.add(Code::E0204, name_span(node), "<figure> needs the attribute 'alt'",
                  {"say what the picture shows: alt=\"…\"; or, if it says nothing, decorative=\"true\""});
    } else if (decorative && described) {
      faults_.add(Code::E0203, attribute_span(node, "alt", bytes_), "a decorative figure takes no attribute 'alt'",
                  {"drop 'alt', or 'decorative' if the picture says something"});
    }
  }

  void dates(xml_node node) {
    const std::string first = collapsed(node.child_value("date")), last = collapsed(node.child_value("modified"));
    if (check_value(Value::day, first.empty() ? "-" : first) || check_value(Value::day, last.empty() ? "-" : last))
      return;
    if (last < first) {
      faults_.add(Code::E0205, trimmed(text_span(node.child("modified").first_child(), bytes_), bytes_),
                  fmt::format("'{}' is before the edition's date", last), {fmt::format("<date> says {}", first)});
    }
  }

  // <title prefix="The">The Push</title>
  void title(xml_node node) {
    const std::string prefix = collapsed(node.attribute("prefix").value()), main = collapsed(node.child_value());
    // An article that is doubled inside the title is said where it stands.
    if (!prefix.empty() && !model::has_doubled_article(main) && model::has_doubled_article(prefix + " " + main)) {
      faults_.add(Code::W0401, value_span(node, "prefix", bytes_),
                  fmt::format("the article '{}' stands in the title too", prefix),
                  {"<title prefix=\"The\">Push</title>"});
    }
  }

  std::string_view bytes_;
  Faults& faults_;
  References references_;
};

}  // namespace

void validate(xml_node root, const diag::SourceText& source, Faults& faults) { Validator(source, faults).run(root); }

}  // namespace epitome::reader
