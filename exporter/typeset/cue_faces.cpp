// Memory cues as the two sides of cards, for sheets of their own.
#include <fmt/format.h>

#include <algorithm>

#include "typeset/blocks/blocks.hpp"
#include "typeset/place/furniture.hpp"
#include "typeset/typeset.hpp"

namespace epitome::typeset {

namespace {

class CueFaces {
 public:
  CueFaces(Setter& setter, FurnitureLines& furniture, page::Pages& out)
      : setter_(setter), furniture_(furniture), out_(out), geometry_(setter.layout.geometry) {}

  void add(const model::Cue& cue) {
    const Column column = inner(setter_.whole_block(), cue.attributes);
    ++number_;
    text(cue.prompt, StyleName::cue_prompt, column, cue.attributes.span);
    label();
    text(cue.answer, StyleName::cue_answer, column, cue.attributes.span);
  }

 private:
  // The height under a side's text: an empty line, and the label's line.
  Length foot() const { return geometry_.page_height - geometry_.margin_head - geometry_.grid * geometry_.lines; }

  void text(const model::Inlines& inlines, StyleName name, const Column& column, diag::Span span) {
    const TextStyle& style = setter_.layout.style(name);
    InlineState look = setter_.state(name, column, none);
    look.notes = false;
    look.repeated = true;
    TextPlace nowhere;
    const auto lines = setter_.set(setter_.spans(inlines, look, nowhere),
                                   setter_.shape(style, column.measure, column.direction), span);
    page::Page& face = out_.pages.emplace_back();
    const Length end = put(face, *lines, style.leading, geometry_.margin_head);
    face.trim = {{}, {}, geometry_.page_width, std::max(geometry_.page_height, end + foot())};
    // Both sides of a card are equally high.
    if (out_.pages.size() % 2 != 0) return;
    page::Page& front = out_.pages[out_.pages.size() - 2];
    front.trim.height = face.trim.height = std::max(front.trim.height, face.trim.height);
  }

  // The book's title at the foot of each card, since cards get lost one by one.
  void label() {
    page::Page& face = out_.pages.back();
    const std::string number = style::written_number(setter_.language, number_);
    const auto count = furniture_.line(StyleName::running_head, number);
    const auto title = furniture_.title(geometry_.measure - count->front().width - geometry_.grid);
    const Length top = face.trim.height - foot();
    put(face, *title, geometry_.grid, top);
    const Length room = geometry_.measure - count->front().width;
    put(face, *count, geometry_.grid, top, out_.metadata.rtl ? -room : room);
  }

  // Puts lines on a side and gives the foot of the last one. A paragraph's lines have their places in the measure; a
  // single line that the program writes is put at the start edge.
  Length put(page::Page& face, const Lines& lines, Length leading, Length top, Length right = {}) {
    const bool narrow = lines.size() == 1 && lines.span == diag::Span{};
    const Length from = narrow && out_.metadata.rtl ? geometry_.measure - lines.front().width : Length{};
    for (const text::Line& line : lines) {
      top += leading + line.more_height(leading);
      const Length baseline = top - setter_.list.drop(leading);
      for (const std::uint32_t index : line.logical) {
        const text::PlacedRun& run = line.runs[index];
        const page::Text placed{run.run,
                                {geometry_.margin_start + from + right + run.x, baseline - run.baseline_shift},
                                setter_.layout.ink};
        face.items.push_back({page::no_index, placed});
      }
    }
    return top;
  }

  Setter& setter_;
  FurnitureLines& furniture_;
  page::Pages& out_;
  const style::Geometry& geometry_;
  int number_ = 0;
};

}  // namespace

std::optional<page::Pages> cue_faces(const Inputs& inputs, Length height_max, diag::Sink& sink) {
  const std::size_t errors_before = sink.error_count();
  SinglePass pass(inputs, sink);
  if (!pass.setter.find_faces()) return std::nullopt;
  page::Pages out;
  out.metadata = metadata(inputs.book, inputs.layout);
  out.tagged = false;
  FurnitureLines furniture(inputs, pass.cache);
  CueFaces faces(pass.setter, furniture, out);
  for (const model::Part& part : inputs.book.document.parts) {
    const auto* const cues = std::get_if<model::Cues>(&part.value);
    if (cues == nullptr) continue;
    for (const model::Cue& cue : cues->items) {
      faces.add(cue);
      if (out.pages.back().trim.height <= height_max) continue;
      sink.report(diag::Code::W0604, cue.attributes.span, "a memory cue does not fit the largest card",
                  {"shorten its prompt or its answer"});
    }
  }
  pass.cache.finish();
  pass.cache.report(sink);
  if (sink.error_count() != errors_before) return std::nullopt;
  return out;
}

}  // namespace epitome::typeset
