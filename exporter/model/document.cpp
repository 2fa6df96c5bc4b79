#include "model/document.hpp"

#include "model/walk.hpp"

namespace epitome::model {

namespace {

struct PlainText {
  std::string out = {};

  void operator()(const Text& text) { out += text.text; }
  void operator()(const Footnote&) {}
  void operator()(const Ruby& ruby) { walk(ruby.base, *this); }
};

// Looks for a phrase of one meaning.
struct Search {
  Meaning meaning;
  bool found = false;

  void operator()(const Phrase& phrase) {
    found = found || phrase.meaning == meaning;
    if (!found) walk_inside(phrase, *this);
  }
  void operator()(const Footnote&) {}
  void operator()(const Ruby&) {}
};

bool holds(const Inlines& inlines, Meaning meaning) {
  Search search{meaning};
  walk(inlines, search);
  return search.found;
}

}  // namespace

std::string plain_text(const Inlines& inlines) {
  PlainText text;
  walk(inlines, text);
  return std::move(text.out);
}

bool holds_spoiler(const Inlines& inlines) { return holds(inlines, Meaning::spoiler); }

bool holds_quotation(const Inlines& inlines) { return holds(inlines, Meaning::quotation); }

}  // namespace epitome::model
