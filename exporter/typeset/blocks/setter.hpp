// What the functions that set blocks and parts work on: the document's data, the flow as it is built, and how text is
// set in it.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "typeset/flow/builder.hpp"
#include "typeset/flow/paragraph_cache.hpp"
#include "typeset/flow/structure.hpp"
#include "typeset/typeset.hpp"

namespace epitome::typeset {

using style::StyleName;
using style::TextStyle;

// The column that blocks are set in.
struct Column {
  Length start, measure;
  Length closing;  // what must stand under its last block on the same page
  StyleName style = StyleName::text;
  StyleName first_style = StyleName::text_first;  // without the indent of the first line
  std::uint32_t element = none;                   // the parent of the blocks' elements
  std::string_view lang, lang_around;             // of the text in it; of the parent element
  model::Direction direction = model::Direction::ltr;
  model::Direction page = model::Direction::ltr;  // from whose start edge `start` counts
  int list_depth = 0;
  bool addresses = false;
  bool leaves = false;  // its end is the block's, and nothing stands beside: tables may be wider, or on turned pages
  bool alone = false;   // nothing else of the document is in the file: no notes, and references are names

  // Where a box starts (from the page's start edge) that is `width` wide and stands `from` the edge at which the
  // column's text begins.
  Length at(Length from, Length width) const {
    return direction == page ? start + from : start + measure - from - width;
  }
};

// The column of an element inside another: its language and direction.
Column inner(const Column& column, const model::Attributes& attributes);

// Where the next characters of the document stand, and what they look like.
struct InlineState {
  style::FaceIndex face = 0;
  Length size;
  const std::vector<std::string>* features = nullptr;
  bool small_caps = false, superior = false, inferior = false;
  std::int32_t tracking = 0;
  bool hyphenate = true;
  std::string_view lang;
  model::Direction direction = model::Direction::inherit;  // of an isolate
  model::Direction base = model::Direction::ltr;           // of the paragraph
  std::uint32_t element = none, link = none;
  bool notes = true;                     // footnotes are set, not left out
  bool repeated = false;                 // a title shown once more: its ids and first phrases are elsewhere
  bool addresses = false;                // links print their address
  bool references = true;                // lead to their targets, else they are names alone
  bool spoiler_told = false;             // what gives something away has been called so
  style::Dots dots = style::Dots::none;  // of an emphasis
  style::Colour colour;
};

// A place of the document and how much of its text has been written.
struct TextPlace {
  std::uint32_t place = none;
  std::uint32_t offset = 0;
};

struct ParagraphLook {
  StyleName style;
  bool indent = false;  // the first line, as the text's
  Length start, measure;
  std::int64_t turn_cost = 0;  // before the first line
};

class Setter {
 public:
  // `labels` are those that the pass before found; everything must outlive the setter and the flow.
  Setter(const Inputs& inputs, ParagraphCache& cache, const PageLabels& labels, Flow& flow, diag::Sink& sink);
  // Finds the layout's fonts; false: one is missing (reported).
  bool find_faces();

  // The column of a page without any indent.
  Column whole_block() const;
  // Text needs a column that is at least so wide.
  Length least_measure() const { return layout.style(StyleName::text).size * 4; }
  // The column without `start` and `end` at its edges. If that is less than the least measure, the column stays as wide
  // as that (W0604).
  Column narrowed(const Column& column, Length start, Length end, diag::Span span);
  Column indented(const Column& column, StyleName style, std::uint32_t element, diag::Span span);

  // An id of the author's own: the next atom is its destination.
  void announce(const model::Attributes& attributes);
  // The page of an id, as the pass before found it or as it was guessed.
  std::string page_of(const std::string& id) const;
  style::Colour accent() const { return layout.black_only ? layout.ink : layout.accent; }

  // How text looks in a style, as it begins.
  InlineState state(StyleName style, const Column& column, std::uint32_t element) const;
  // Inlines as spans of text: those of the document, and text that the program writes (inlines.cpp).
  std::vector<text::TextSpan> spans(const model::Inlines& inlines, const InlineState& state, TextPlace& at);
  std::vector<text::TextSpan> generated(const std::string& text, const InlineState& state);
  // A block quotation's paragraph behind its opening mark; `closes`: the last one, before its closing mark.
  std::vector<text::TextSpan> marked_spans(const model::Paragraph& paragraph, const InlineState& state, TextPlace& at,
                                           bool closes);

  static text::ParagraphShape shape(const TextStyle& style, Length measure, model::Direction direction);
  std::shared_ptr<const Lines> set(std::vector<text::TextSpan> spans, const text::ParagraphShape& shape,
                                   diag::Span place);
  // Sets a paragraph and adds its lines; the index of its first atom.
  std::size_t paragraph(std::vector<text::TextSpan> spans, const ParagraphLook& look, const Column& column,
                        Length before, diag::Span place);
  // The same of inlines, as a child of the column's element.
  void plain_paragraph(const model::Inlines& content, StyleName style, const Column& column, TextPlace& at,
                       Length before, std::int64_t turn_cost, diag::Span span);

  const Inputs& inputs;
  const style::Layout& layout;
  const style::Language& language;
  ParagraphCache& cache;
  const PageLabels& labels;
  diag::Sink& sink;
  Flow& flow;
  Structure structure;
  Builder list;
  std::vector<const text::Face*> faces;
  bool first_paragraph = true;         // the next paragraph is the first of its blocks
  bool announces = false;              // the paragraph before ends in a colon
  std::set<std::string> foreign_seen;  // phrases in another language: italic only at their first use
  std::vector<std::string> shown;      // the ids whose pages the lines before spoilers show
  std::vector<std::string> spoilers;   // the ids of the spoilers that have a line before them
  std::uint32_t next_spoiler = none;   // the destination that the next spoiler's words take
};

text::TextOptions text_options(const Inputs& inputs);

// All that a Setter needs, for what is set in one pass: no line shows a page number that isn't known yet.
struct SinglePass {
  SinglePass(const Inputs& inputs, diag::Sink& sink)
      : cache(text_options(inputs), inputs.book.language), setter(inputs, cache, labels, flow, sink) {}
  ParagraphCache cache;
  const PageLabels labels;
  Flow flow;
  Setter setter;
};

}  // namespace epitome::typeset
