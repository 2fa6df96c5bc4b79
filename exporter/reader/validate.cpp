#include "reader/validate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "diag/limits.hpp"
#include "reader/document_rules.hpp"
#include "reader/lint.hpp"
#include "reader/references.hpp"
#include "reader/suggest.hpp"
#include "reader/tree.hpp"
#include "reader/values.hpp"
#include "reader/vocabulary.hpp"

namespace epitome::reader {

namespace {

using diag::Code;
using diag::Span;
using Context = Surroundings;

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
    case Type::rights:
    case Type::label:
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

  void run(Node root) {
    if (rule(Type::summary).name != root.name()) {
      return faults_.add(Code::E0201, root.span(), fmt::format("<{}> is not a source document", root.name()),
                         {"the root element is <summary>"});
    }
    // A part without an id is called by its kind.
    for (const Node child : root.children()) {
      const Type type = child_type(rule(Type::summary), child.name());
      if (is_part(type) && !child.has_attribute("id")) references_.name_part(child, type);
    }
    element(root, Type::summary, {});
    references_.resolve();
  }

 private:
  // ---- elements -----------------------------------------------------------------------------------

  void element(Node node, Type type, Context context) {
    const Rule& r = rule(type);
    attributes(node, r);
    inherit(node, context);
    switch (r.content) {
      case Content::nothing:
        for (const Node child : node.children()) {
          if (child.is_text()) {
            no_text(child, r, "it is empty: <" + std::string(r.name) + "/>");
          } else if (child.is_element()) {
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
          fits(fmt::format("<{}>", node.name()), collapsed(plain_text(node)), most, node.span());
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
    check_rules(node, type, context, bytes_, faults_);
  }

  void empty(Node node) {
    faults_.add(Code::E0207, node.span(), fmt::format("<{}> is empty", node.name()), {"fill it or remove it"});
  }

  // Returns whether there was any.
  bool no_text(Node text, const Rule& r, std::string hint) {
    if (is_blank(text.value())) return false;
    faults_.add(Code::E0206, trimmed(text.span(), bytes_), fmt::format("text is not allowed in <{}>", r.name),
                {std::move(hint)});
    return true;
  }

  void unknown(Node child, const Rule& parent) {
    faults_.add(Code::E0201, child.span(), fmt::format("<{}> is not allowed in <{}>", child.name(), parent.name),
                faults_.full(Code::E0201) ? std::vector<std::string>() : hints_for(child.name(), parent));
  }

  // What follows from the words alone: language and, for lint, whether it is English.
  static void inherit(Node node, Context& context) {
    if (node.has_attribute("xml:lang")) context.english = primary_language(node.attribute("xml:lang")) == "en";
  }

  // ---- attributes ---------------------------------------------------------------------------------

  void attributes(Node node, const Rule& r) {
    for (std::size_t i = 0; i < node.attribute_count(); ++i) {
      const std::string_view name = node.attribute_name(i), written = node.attribute_value(i);
      const Attribute* known = find_attribute(r, name);
      if (known == nullptr) {
        // Said once, by check_well_formed, if it appears twice.
        faults_.add(Code::E0203, node.attribute_span(name), fmt::format("<{}> takes no attribute '{}'", r.name, name),
                    attribute_hints(name, r));
        continue;
      }
      value(node, *known, written);
      if (known->value == Value::id) references_.declare(node, written, r.type);
    }
    for (const Attribute& attribute : r.attributes) {
      if (attribute.required && !node.has_attribute(attribute.name)) {
        faults_.add(Code::E0204, node.span(), fmt::format("<{}> needs the attribute '{}'", r.name, attribute.name),
                    {"write " + attribute_sample(node, attribute.name)});
      }
    }
  }

  void value(Node node, const Attribute& attribute, std::string_view raw) {
    const std::string text = collapsed(raw);
    if (!fits(fmt::format("the value of '{}'", attribute.name), text, most_characters(attribute),
              node.value_span(attribute.name)))
      return;
    if (text.empty()) {
      if (attribute.value == Value::article) return;
      return faults_.add(Code::E0205, node.attribute_span(attribute.name),
                         fmt::format("the value of '{}' is empty", attribute.name),
                         {attribute.name == "alt" ? "say what the picture shows, or declare it decorative=\"true\""
                                                  : "give it a value or remove the attribute"});
    }
    if (const std::optional<Fault> fault = check_value(attribute.value, text)) {
      bad_value(*fault, text, node.value_span(attribute.name));
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

  void text_only(Node node, const Rule& r, const Context& context) {
    Lint lint(faults_);
    std::string text;
    Span span = node.span();
    bool elements = false;
    for (const Node child : node.children()) {
      if (child.is_text()) {
        text += child.value();
        const Span piece = trimmed(child.span(), bytes_);
        if (piece.length != 0) span = piece;
        if (r.value == Value::words) lint.text(bytes_, child.span(), context.english);
      } else if (child.is_element()) {
        elements = true;
        faults_.add(Code::E0201, child.span(), fmt::format("<{}> is not allowed in <{}>", child.name(), r.name),
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
  bool inlines(Node node, const Rule& r, const Context& context, Lint& lint) {
    bool filled = false;
    const Node last = r.content == Content::ruby ? node.last_element() : Node();
    for (const Node child : node.children()) {
      if (child.is_text()) {
        filled = filled || !is_blank(child.value());
        lint.text(bytes_, child.span(), context.english);
        lint.length(child.value(), child.span());
        if (r.content == Content::ruby && last && rule(Type::rt).name == last.name() && after(child, last)) {
          no_text(child, r, "<rt> comes last: a second pair is a second <ruby>");
        }
      } else if (child.is_element()) {
        if (r.content == Content::ruby && rule(Type::rt).name == child.name()) {
          reading(child, child == last, context);
        } else {
          filled = inline_element(child, r, context, lint) || filled;
        }
      }
    }
    if (r.content == Content::ruby && !node.child("rt")) {
      faults_.add(Code::E0202, node.span(), "<ruby> has no <rt>", {"<ruby>base<rt>reading</rt></ruby>"});
    }
    return filled;
  }

  static bool after(Node node, Node other) { return node.index() > other.index(); }

  void reading(Node rt, bool last, Context context) {
    if (!last) {
      faults_.add(Code::E0201, rt.span(), "<rt> is not the last element of its <ruby>",
                  {"a second pair is a second <ruby>"});
    }
    context.in_ruby = true;
    element(rt, Type::rt, context);
  }

  bool inline_element(Node child, const Rule& parent, Context context, Lint& lint) {
    Type type = inline_called(child.name());
    if (type == Type::count) {
      unknown(child, parent);
      type = inline_called(nearest_child(child.name(), parent));
      if (type == Type::count) return true;
    } else if (const char* const reason = misplaced(type, context)) {
      faults_.add(Code::E0201, child.span(), fmt::format("<{}> is not allowed here", child.name()), {reason});
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
    if (type == Type::ref && child.has_attribute("to")) references_.refer(child, lint.after_article());
    const bool filled = inlines(child, r, context, lint);
    if (!filled && !r.may_be_blank) empty(child);
    if (!filled && type == Type::ref) lint.generated();
    return true;
  }

  // Inlines, or blocks if one is a block.
  void flow(Node node, const Rule& r, const Context& context) {
    bool blocks = false;
    for (const Node child : node.children()) {
      blocks = blocks || (child.is_element() && block_called(child.name()) != Type::count);
    }
    if (!blocks) {
      Lint lint(faults_);
      if (!inlines(node, r, context, lint)) empty(node);
      lint.end();
      return;
    }
    for (const Node child : node.children()) {
      if (child.is_text()) {
        no_text(child, r, "beside blocks, text stands in a block too: <p>…</p>");
      } else if (child.is_element()) {
        const Type type = block_called(child.name());
        if (type != Type::count) {
          element(child, type, context);
        } else if (inline_called(child.name()) != Type::count) {
          faults_.add(Code::E0201, child.span(), fmt::format("<{}> stands beside blocks", child.name()),
                      {"wrap it in <p>…</p>"});
        } else {
          unknown(child, r);
        }
      }
    }
  }

  static bool accepts(const Child& child, Type type) {
    return child.type == any_block ? block_called(rule(type).name) == type : child.type == type;
  }

  void children(Node node, const Rule& r, const Context& context) {
    std::vector<unsigned> counts(r.children.size());
    std::size_t position = 0;
    bool filled = false;    // something stands here besides the title
    bool replaced = false;  // something else stands where children were due: they are not missed too
    for (const Node child : node.children()) {
      if (child.is_text()) {
        replaced = no_text(child, r, text_hint(r)) || replaced;
        continue;
      }
      if (!child.is_element()) continue;
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
  void place(Node child, Type type, const Rule& r, std::vector<unsigned>& counts, std::size_t& position) {
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
      faults_.add(Code::E0109, child.span(),
                  fmt::format("<{}> has more than {} <{}>", r.name, limits::metadata, child.name()),
                  {"keep those that a reader will look at"});
    }
    if (counts[at] > 1 && single) {
      faults_.add(Code::E0212, child.span(), fmt::format("<{}> appears twice in <{}>", child.name(), r.name),
                  {fmt::format("one <{}> has at most one", r.name)});
    } else if (late) {
      const Child& before = r.children[position];
      faults_.add(Code::E0201, child.span(), fmt::format("<{}> comes too late in <{}>", child.name(), r.name),
                  {before.type == any_block ? "it stands before the paragraphs and other blocks"
                                            : fmt::format("it stands before <{}>", rule(before.type).name)});
    }
    if (!late && ordered) position = at;
  }

  void report_missing(Node node, const Rule& r, const Child& child) {
    std::string message, hint;
    if (child.type == any_block) {
      message = fmt::format("<{}> has no paragraph or other block", r.name);
      hint = "text stands in blocks: ";
      hint += node.syntax() == diag::Syntax::json ? "\"blocks\": [\"…\"]" : "<p>…</p>";
    } else {
      const std::string_view missing = rule(child.type).name;
      message = fmt::format("<{}> has no <{}>", r.name, missing);
      if (child.missing == Code::E0208) {
        message += missing == "answer" ? ": a question without its answer" : ": an answer without its question";
      }
      hint = "add " + child_sample(node, missing);
    }
    faults_.add(child.missing, node.span(), std::move(message), {std::move(hint)});
  }

  void need_part(Node root) {
    for (const Node child : root.children()) {
      if (is_part(child_type(rule(Type::summary), child.name()))) return;
      if (is_part(child_type(rule(Type::summary), nearest_child(child.name(), rule(Type::summary))))) return;
    }
    faults_.add(Code::E0202, root.span(), "<summary> has no part",
                {"at least one of <hook>, <about>, <overview>, <takeaways>, <cues>, <story>, <questions> …"});
  }

  // dt and dd in turn.
  void pairs(Node node, const Rule& r, const Context& context) {
    Node open;
    bool filled = false;
    const auto without = [&](Node at, std::string_view missing) {
      faults_.add(Code::E0202, at.span(), fmt::format("this <{}> has no <{}>", at.name(), missing),
                  {"a term <dt> is followed by its definition <dd>, in turn"});
    };
    for (const Node child : node.children()) {
      if (child.is_text()) {
        no_text(child, r, text_hint(r));
      } else if (child.is_element()) {
        filled = true;
        const Type type = child_type(r, child.name());
        if (type == Type::count) {
          unknown(child, r);
          continue;
        }
        if (type == Type::dt && open) without(open, "dd");
        if (type == Type::dd && !open) without(child, "dt");
        open = type == Type::dt ? child : Node();
        element(child, type, context);
      }
    }
    if (open) without(open, "dd");
    if (!filled) empty(node);
  }

  std::string_view bytes_;
  Faults& faults_;
  References references_;
};

}  // namespace

void validate(Node root, const diag::SourceText& source, Faults& faults) { Validator(source, faults).run(root); }

}  // namespace epitome::reader
