#include "reader/references.hpp"

#include <fmt/format.h>

#include "diag/limits.hpp"
#include "model/title.hpp"
#include "reader/suggest.hpp"
#include "reader/tree.hpp"
#include "reader/values.hpp"

namespace epitome::reader {

using diag::Code;
using diag::Span;

namespace {

// The child whose words a reference to `node` shows.
Node naming_element(Node node, Type type) {
  switch (type) {
    case Type::takeaway:
      return node.child("headline");
    case Type::cue:
      return node.child("prompt");
    case Type::qa:
      return node.child("question");
    case Type::discussion_question:
      return node;
    case Type::person:
      return node.child("name");
    case Type::warning:
      return node.child("term");
    case Type::figure:
    case Type::table:
      return node.child("caption");
    case Type::dt:
      return node;
    case Type::chapter:
    case Type::aside:
      return node.child("title");
    default:
      return is_part(type) ? node.child("title") : Node();
  }
}

}  // namespace

void References::name_part(Node part, Type type) { ids_.try_emplace(std::string(part.name()), Target{type, part}); }

void References::resolve() {
  for (const Reference& reference : references_) resolve(reference);
}

void References::declare(Node node, std::string_view raw, Type type) {
  const std::string id = collapsed(raw);
  // Sections that the program makes; a brand page of the author's takes the place of the program's.
  for (const std::string_view own : {"cover", "title-page", "imprint", "contents", "brand"}) {
    if (id != own || (own == "brand" && type == Type::brand)) continue;
    ids_.try_emplace(id, Target{type, node});  // references to it are no second fault
    return faults_.add(Code::E0209, node.value_span("id"),
                       fmt::format("the id '{}' is that of a section of the program's own", id),
                       {"choose another: cover, title-page, imprint, contents and brand are taken"});
  }
  const auto [at, inserted] = ids_.try_emplace(id, Target{type, node});
  if (inserted) return;
  const bool by_kind = !at->second.node.has_attribute("id");
  faults_.add(Code::E0209, node.value_span("id"), fmt::format("the id '{}' is used twice", id),
              {fmt::format("{} on line {}", by_kind ? "it is the name of the part" : "it is first used",
                           source_.place(at->second.node.value_span("id").offset).line)});
}

void References::resolve(const Reference& reference) {
  const std::string id = collapsed(reference.node.attribute("to"));
  const Span span = reference.node.value_span("to");
  const auto found = ids_.find(id);
  if (found == ids_.end()) {
    std::vector<std::string_view> known;
    // Every one is compared; no document has as many.
    if (ids_.size() <= 1000 && !faults_.full(Code::E0210)) {
      for (const auto& [name, target] : ids_) known.push_back(name);
    }
    const std::string_view near = diag::nearest(id, known);
    return faults_.add(Code::E0210, span, fmt::format("no element has the id '{}'", id),
                       {near.empty() ? "a reference names an id of this document, or a part by its kind"
                                     : fmt::format("did you mean '{}'?", near)});
  }
  if (!is_blank(reference.node)) return;
  const Node name = naming_element(found->second.node, found->second.type);
  if (!name && !is_part(found->second.type)) {
    return faults_.add(Code::E0207, reference.node.span(),
                       fmt::format("<ref> is empty, but <{}> has no name to show", found->second.node.name()),
                       {fmt::format("give it words of its own: <ref to=\"{}\">…</ref>", id)});
  }
  check_length(id, name, span);
  if (reference.after_article && name && model::has_doubled_article("the " + collapsed(name.first_text()))) {
    faults_.add(Code::W0401, reference.node.span(),
                fmt::format("the name that is put here begins with an article: '{}'", collapsed(name.first_text())),
                {"drop the article before it, or give the reference words of its own"});
  }
}

// The names that a reference shows are put together of other names where a heading holds references.
void References::check_length(const std::string& id, Node name, Span span) {
  const std::size_t length = names_.length(name);
  if (length > limits::name) {
    return faults_.add(Code::E0108, span, fmt::format("the name of '{}' is too long to be put in here", id),
                       {fmt::format("it holds the names of others, or itself: more than {} characters or {} names "
                                    "in names; give the reference words of its own",
                                    limits::name, limits::names_in_names)});
  }
  const bool before = put_in_ > limits::put_in;
  put_in_ += length;
  if (before || put_in_ <= limits::put_in) return;
  faults_.add(Code::E0109, span,
              fmt::format("references put more than {} characters into the document", limits::put_in),
              {"give them words of their own: <ref to=\"…\">…</ref>"});
}

// Where the name stands that a reference to `id` shows; nothing if it has none or is not known.
Node References::named(std::string_view id) const {
  const auto found = ids_.find(id);
  return found == ids_.end() ? Node() : naming_element(found->second.node, found->second.type);
}

}  // namespace epitome::reader
