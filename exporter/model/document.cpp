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

bool holds_spoiler(const Inlines& inlines) {
  struct Visitor {
    bool operator()(const Text&) const { return false; }
    bool operator()(const Phrase& phrase) const {
      return phrase.meaning == Meaning::spoiler || holds_spoiler(phrase.content);
    }
    bool operator()(const Link& link) const { return holds_spoiler(link.content); }
    bool operator()(const CrossReference& reference) const { return holds_spoiler(reference.content); }
    bool operator()(const Footnote&) const { return false; }
    bool operator()(const Ruby&) const { return false; }
  };
  return std::any_of(inlines.begin(), inlines.end(), [](const Inline& item) {
    return std::visit(Visitor{}, static_cast<const Inline::variant&>(item));
  });
}

std::size_t plain_text_length(const Inline& item) {
  std::size_t length = 0;
  visit_text(item, [&](const std::string& text) { length += text.size(); });
  return length;
}

}  // namespace epitome::model
