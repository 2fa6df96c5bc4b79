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

// Looks for what a link may lead to.
struct PlaceSearch {
  bool found = false;

  void operator()(const Text&) {}
  void operator()(const Footnote&) { found = true; }
  template <class Piece>
    requires requires(const Piece& piece) { piece.attributes; }
  void operator()(const Piece& piece) {
    found = found || !piece.attributes.id.empty();
    if (!found) walk_inside(piece, *this);
  }
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

bool holds_place(const Inlines& inlines) {
  PlaceSearch search;
  walk(inlines, search);
  return search.found;
}

bool holds_quotation(const Inlines& inlines) { return holds(inlines, Meaning::quotation); }

std::string digital_source_type(Maker maker) {
  const std::string codes = "http://cv.iptc.org/newscodes/digitalsourcetype/";
  switch (maker) {
    case Maker::unsaid:
      break;
    case Maker::person:
      return codes + "digitalCreation";
    case Maker::assisted:
      return codes + "compositeWithTrainedAlgorithmicMedia";
    case Maker::generated:
      return codes + "trainedAlgorithmicMedia";
  }
  return {};
}

}  // namespace epitome::model
