#include "model/document.hpp"

#include <algorithm>

namespace epitome::model {

namespace {

// Calls `sink` with each piece of text that counts; see plain_text.
template <class Sink>
void visit_text(const Inlines& inlines, const Sink& sink);

template <class Sink>
void visit_text(const Inline& item, const Sink& sink) {
  struct Visitor {
    const Sink& sink;
    void operator()(const Text& text) const { sink(text.text); }
    void operator()(const Phrase& phrase) const { visit_text(phrase.content, sink); }
    void operator()(const Link& link) const { visit_text(link.content, sink); }
    void operator()(const CrossReference& reference) const { visit_text(reference.content, sink); }
    void operator()(const Footnote&) const {}
    void operator()(const Ruby& ruby) const { visit_text(ruby.base, sink); }
  };
  std::visit(Visitor{sink}, static_cast<const Inline::variant&>(item));
}

template <class Sink>
void visit_text(const Inlines& inlines, const Sink& sink) {
  for (const Inline& item : inlines) visit_text(item, sink);
}

}  // namespace

std::string plain_text(const Inlines& inlines) {
  std::string out;
  visit_text(inlines, [&](const std::string& text) { out += text; });
  return out;
}

namespace {

// Whether a phrase of that meaning is among them, however deep.
bool holds(const Inlines& inlines, Meaning meaning) {
  struct Visitor {
    Meaning meaning;
    bool operator()(const Text&) const { return false; }
    bool operator()(const Phrase& phrase) const { return phrase.meaning == meaning || holds(phrase.content, meaning); }
    bool operator()(const Link& link) const { return holds(link.content, meaning); }
    bool operator()(const CrossReference& reference) const { return holds(reference.content, meaning); }
    bool operator()(const Footnote&) const { return false; }
    bool operator()(const Ruby&) const { return false; }
  };
  return std::any_of(inlines.begin(), inlines.end(), [&](const Inline& item) {
    return std::visit(Visitor{meaning}, static_cast<const Inline::variant&>(item));
  });
}

}  // namespace

bool holds_spoiler(const Inlines& inlines) { return holds(inlines, Meaning::spoiler); }

bool holds_quotation(const Inlines& inlines) { return holds(inlines, Meaning::quotation); }

std::size_t plain_text_length(const Inline& item) {
  std::size_t length = 0;
  visit_text(item, [&](const std::string& text) { length += text.size(); });
  return length;
}

}  // namespace epitome::model
