// Inlines to text spans: what a phrase means becomes a face, a language, an element; what the program
// adds (quotation marks, names, numbers) is told apart from the document's own characters.
#include <algorithm>
#include <span>
#include <utility>

#include "book/written_text.hpp"
#include "model/ids.hpp"
#include "typeset/blocks/setter.hpp"

namespace epitome::typeset {

namespace {

bool same_look(const InlineState& a, const InlineState& b) {
  return a.face == b.face && a.size == b.size && a.features == b.features && a.small_caps == b.small_caps &&
         a.superior == b.superior && a.inferior == b.inferior && a.tracking == b.tracking &&
         a.hyphenate == b.hyphenate && a.lang == b.lang && a.direction == b.direction && a.element == b.element &&
         a.link == b.link && a.dots == b.dots && a.colour == b.colour;
}

text::CharacterStyle character_style(const Setter& setter, const InlineState& state) {
  text::CharacterStyle style;
  style.face = setter.faces[state.face];
  style.size = state.size;
  style.features = state.features;
  style.small_caps = state.small_caps;
  style.superior = state.superior;
  style.inferior = state.inferior;
  style.script_size_min = setter.layout.script_size_min;
  style.tracking = state.tracking;
  return style;
}

std::uint32_t set_footnote(Setter& setter, const model::Footnote& note, const InlineState& around);

// What hangs before the first line.
Length start_hang(const Lines& lines, model::Direction direction) {
  if (lines.empty()) return {};
  return direction == model::Direction::rtl ? lines[0].hang_right : lines[0].hang_left;
}

class InlineWriter {
 public:
  InlineWriter(Setter& setter, TextPlace& at) : setter_(setter), at_(at) {}

  void write(std::span<const model::Inline> inlines, const InlineState& state) {
    for (const model::Inline& item : inlines) {
      std::visit([&](const auto& value) { inline_value(value, state); },
                 static_cast<const model::Inline::variant&>(item));
    }
  }

  void generated(std::string_view text, const InlineState& state) {
    Draft& draft = draft_for(state, false);
    draft.text += text;
    if (draft.tag.length == 0) {
      draft.tag.lead += static_cast<std::uint32_t>(text.size());
    } else {
      draft.ends_generated = true;
    }
  }

  std::vector<text::TextSpan> take() {
    // A phrase of nothing but a note's mark: its destination lands on the words before.
    if (!drafts_.empty() && !destinations_.empty()) {
      std::vector<std::uint32_t>& last = drafts_.back().tag.destinations.edit();
      last.insert(last.end(), destinations_.begin(), destinations_.end());
    }
    std::vector<text::TextSpan> spans;
    spans.reserve(drafts_.size());
    for (Draft& draft : drafts_) {
      text::TextSpan span;
      span.text = std::move(draft.text);
      span.style = character_style(setter_, draft.state);
      span.lang = draft.state.lang;
      span.direction = draft.state.direction;
      span.hyphenate = draft.state.hyphenate;
      span.unbreakable = draft.unbreakable;
      if (!draft.annotation.empty()) {
        InlineState annotation = draft.state;
        // JLREQ 3.3.3: ruby is half the size of its base; in large print as small as anything may be.
        annotation.size = std::max(annotation.size / 2, std::min(annotation.size, setter_.layout.script_size_min));
        span.annotation = text::Gloss{std::move(draft.annotation), character_style(setter_, annotation)};
      }
      span.tag = setter_.structure.tag(std::move(draft.tag));
      spans.push_back(std::move(span));
    }
    return spans;
  }

 private:
  struct Draft {
    InlineState state;
    std::string text, annotation;
    Tag tag;
    bool ends_generated = false;
    bool unbreakable = false;
  };

  Draft& new_draft(const InlineState& state) {
    Draft draft;
    draft.state = state;
    draft.tag.element = state.element;
    draft.tag.link = state.link;
    draft.tag.place = at_.place;
    draft.tag.start = at_.offset;
    draft.tag.colour = state.colour;
    draft.tag.dots = state.dots;
    draft.tag.destinations = std::exchange(destinations_, {});
    drafts_.push_back(std::move(draft));
    return drafts_.back();
  }

  // The last draft if more may be added to it, else a new one.
  Draft& draft_for(const InlineState& state, bool of_document) {
    if (drafts_.empty() || !destinations_.empty()) return new_draft(state);
    Draft& last = drafts_.back();
    if (last.unbreakable || !same_look(last.state, state) || (of_document && last.ends_generated)) {
      return new_draft(state);
    }
    return last;
  }

  void document_text(std::string_view text, const InlineState& state) {
    if (text.empty()) return;
    Draft& draft = draft_for(state, true);
    draft.text += text;
    draft.tag.length += static_cast<std::uint32_t>(text.size());
    at_.offset += static_cast<std::uint32_t>(text.size());
  }

  // An id of the author's own: the next characters are its destination.
  void announce(const model::Attributes& attributes, const InlineState& around) {
    if (attributes.id.empty() || around.repeated || around.element == none) return;
    destinations_.push_back(setter_.structure.destination(attributes.id));
  }

  void inline_value(const model::Text& value, const InlineState& state) { document_text(value.text, state); }

  // "Spoiler: ", in the document's language.
  void call_spoiler(const InlineState& around) {
    const model::Edition& edition = setter_.inputs.book.document.edition;
    InlineState state = around;
    if (state.lang != edition.lang) {
      model::Attributes attributes;
      attributes.lang = edition.lang;
      attributes.dir = edition.dir;
      state.lang = edition.lang;
      state.direction = edition.dir;
      if (state.element != none) {
        state.element = setter_.structure.element(page::Role::span, around.element, around.lang, &attributes);
      }
    }
    generated(setter_.language.label("spoiler"), state);
    generated(style::joint(setter_.language.label("pair"), "name", "value"), state);
  }

  void inline_value(const model::Phrase& value, const InlineState& around) {
    using model::Meaning;
    announce(value.attributes, around);
    InlineState state = around;
    const style::MeaningStyle& look = setter_.layout.meanings[static_cast<std::size_t>(value.meaning)];
    if (!value.attributes.lang.empty()) state.lang = *value.attributes.lang;
    if (value.attributes.dir != model::Direction::inherit) state.direction = value.attributes.dir;
    const bool plain = value.meaning == Meaning::foreign &&
                       (!setter_.language.foreign_in_italic ||
                        (!around.repeated && !setter_.foreign_seen.insert(model::plain_text(value.content)).second));
    if (!plain) {
      if (state.face < look.by_face.size()) state.face = look.by_face[state.face];
      state.small_caps = state.small_caps || look.small_caps;
      state.superior = state.superior || look.superior;
      state.inferior = state.inferior || look.inferior;
      state.hyphenate = state.hyphenate && look.hyphenate;
      if (value.meaning == Meaning::emphasis) state.dots = setter_.language.emphasis_dots;
    }
    if (value.meaning == Meaning::spoiler && setter_.next_spoiler != none) {
      destinations_.push_back(std::exchange(setter_.next_spoiler, none));
    }
    if (value.meaning == Meaning::spoiler && !around.spoiler_told) {
      call_spoiler(around);
      state.spoiler_told = true;
    }
    const bool other_language = !value.attributes.lang.empty() && value.attributes.lang != around.lang;
    const bool quotation = value.meaning == Meaning::quotation;
    if (state.element != none && (quotation || other_language)) {
      state.element = setter_.structure.element(quotation ? page::Role::quote : page::Role::span, around.element,
                                                around.lang, &value.attributes);
    }
    if (!quotation && !look.marks) {
      write(value.content, state);
      return;
    }
    const model::QuotationMarks& marks = setter_.inputs.book.marks(value.marks);
    generated(marks.open, state);
    write(value.content, state);
    generated(marks.close, state);
  }

  void inline_value(const model::Link& value, const InlineState& around) {
    announce(value.attributes, around);
    if (around.element == none) return write(value.content, around);
    InlineState state = around;
    if (!value.attributes.lang.empty()) state.lang = *value.attributes.lang;
    if (value.attributes.dir != model::Direction::inherit) state.direction = value.attributes.dir;
    state.element = setter_.structure.element(page::Role::link, around.element, around.lang, &value.attributes);
    state.link = static_cast<std::uint32_t>(setter_.flow.links.size());
    const std::string name = setter_.inputs.book.shown(value.content);
    setter_.flow.links.push_back({{}, value.href, name, state.element});
    write(value.content, state);
    if (!around.addresses) return;
    // On paper an address that isn't printed is lost.
    std::string_view address = *value.href;
    if (address.substr(0, 7) == "mailto:") address.remove_prefix(7);
    if (name.find(address) != std::string::npos) return;
    state.hyphenate = false;
    state.direction = around.direction;
    InlineState apart = state;
    if (state.base == model::Direction::rtl) apart.direction = model::Direction::ltr;
    generated(" (", state);
    generated(address, apart);
    generated(")", state);
  }

  void inline_value(const model::CrossReference& value, const InlineState& around) {
    announce(value.attributes, around);
    std::string name = setter_.inputs.book.names.name(value.target);
    InlineState state = around;
    if (value.attributes.dir != model::Direction::inherit) state.direction = value.attributes.dir;
    const bool leads = around.element != none && around.references;
    if (leads) {
      state.element = setter_.structure.element(page::Role::link, around.element, around.lang, &value.attributes);
      state.link = setter_.structure.link({destination_name(value.target), {}, name, state.element});
    }
    if (!value.content.empty()) {
      write(value.content, state);
    } else {
      if (!around.spoiler_told && setter_.inputs.book.names.gives_away(value.target)) call_spoiler(state);
      generated(name, state);
    }
    if (!leads) return;  // as in a title that is shown elsewhere
    generated(setter_.language.reference_join, state);
    page_of(value.target, state);
  }

  // "page 12".
  void page_of(const std::string& id, const InlineState& state) {
    const std::string_view words = setter_.language.label("page-reference");
    const std::string label = setter_.page_of(id);
    Draft& draft = draft_for(state, false);
    const std::size_t offset = draft.text.size() + std::min(words.find("{n}"), words.size());
    draft.tag.pages.edit().push_back({id, label, static_cast<std::uint32_t>(offset)});
    generated(style::fill(words, {{"n", label}}), state);
  }

  void inline_value(const model::Footnote& value, const InlineState& state) {
    if (!state.notes) return;
    // Destinations that wait for the text's next words don't land in the note's words.
    std::vector<std::uint32_t> landing = std::exchange(destinations_, {});
    const std::uint32_t spoiler = std::exchange(setter_.next_spoiler, none);
    InlineState mark = state;
    const std::uint32_t reference = setter_.structure.element(page::Role::reference, state.element);
    mark.element = setter_.structure.element(page::Role::link, reference);
    const std::uint32_t note = set_footnote(setter_, value, state);
    mark.link = setter_.structure.link({destination_name(value.attributes.id),
                                        {},
                                        style::fill(setter_.language.label("footnote"), {{"n", value.number}}),
                                        mark.element});
    mark.superior = true;
    mark.hyphenate = false;
    if (value.follows_note) {
      InlineState between = mark;
      between.element = reference;
      between.link = none;
      Draft& separator = new_draft(between);
      separator.text = setter_.language.note_between;
      separator.tag.lead = static_cast<std::uint32_t>(separator.text.size());
      separator.unbreakable = true;
    }
    destinations_ = {setter_.structure.destination(model::mark_of(value.attributes.id))};
    Draft& draft = new_draft(mark);
    draft.text = value.number;
    draft.tag.lead = static_cast<std::uint32_t>(draft.text.size());
    draft.tag.note = note;
    draft.unbreakable = true;
    destinations_ = std::move(landing);
    setter_.next_spoiler = spoiler;
  }

  void inline_value(const model::Ruby& value, const InlineState& around) {
    announce(value.attributes, around);
    InlineState state = around;
    if (!value.attributes.lang.empty()) state.lang = *value.attributes.lang;
    if (state.element == none) return write(value.base, state);
    const std::uint32_t ruby =
        setter_.structure.element(page::Role::ruby, around.element, around.lang, &value.attributes);
    state.element = setter_.structure.element(page::Role::rb, ruby);
    Draft& draft = new_draft(state);
    draft.text = model::plain_text(value.base);
    draft.annotation = model::plain_text(value.annotation);
    draft.tag.length = static_cast<std::uint32_t>(draft.text.size());
    draft.tag.annotation = setter_.structure.element(page::Role::rt, ruby);
    draft.unbreakable = true;
    at_.offset += draft.tag.length;
  }

  Setter& setter_;
  TextPlace& at_;
  std::vector<Draft> drafts_;
  std::vector<std::uint32_t> destinations_;  // that the next draft takes
};

std::uint32_t set_footnote(Setter& setter, const model::Footnote& note, const InlineState& around) {
  const TextStyle& style = setter.layout.style(StyleName::footnote);
  const style::Pieces::Footnotes& piece = setter.layout.pieces.footnotes;
  const auto index = static_cast<std::uint32_t>(setter.flow.notes.size());
  setter.flow.notes.emplace_back();
  const std::uint32_t made = setter.structure.element(page::Role::note, around.element, around.lang, &note.attributes);
  setter.flow.elements[made].details.edit().id = note.attributes.id;
  const std::uint32_t target = setter.structure.destination(note.attributes.id);

  Column column = setter.whole_block();
  column.lang = note.attributes.lang.empty() ? around.lang : std::string_view(*note.attributes.lang);
  column.direction = note.attributes.dir == model::Direction::inherit ? around.base : note.attributes.dir;
  column.addresses = true;
  const std::uint32_t label = setter.structure.element(page::Role::lbl, made);
  InlineState back = setter.state(StyleName::footnote, column, setter.structure.element(page::Role::link, label));
  // The link back is called as in the EPUB.
  back.link = setter.structure.link(
      {destination_name(model::mark_of(note.attributes.id)), {}, setter.language.label("back-to-text"), back.element});
  const auto number =
      setter.cache.one_line(setter.generated(*note.number + " ", back), column.direction, note.attributes.span);
  Length hang = std::max(piece.hang, whole_width(number->front()));
  InlineState text = setter.state(StyleName::footnote, column, made);
  text.notes = false;
  TextPlace nowhere;
  const auto spans = setter.spans(note.content, text, nowhere);
  const auto set = [&] {
    return setter.set(spans, setter.shape(style, column.measure - hang, column.direction), note.attributes.span);
  };
  auto lines = set();
  // A mark that hangs before the first line stays clear of the number.
  if (const Length clear = whole_width(number->front()) + start_hang(*lines, column.direction); clear > hang) {
    hang = clear;
    lines = set();
  }
  const Length measure = column.measure - hang, start = column.at(hang, measure);
  std::vector<std::vector<Content>> contents;
  const Length baseline = style.leading - setter.list.drop(style.leading);
  for (std::uint32_t i = 0; i < lines->size(); ++i) {
    // Ruby that needs more room has a line of its own.
    if ((*lines)[i].more_height(style.leading) > Length{}) contents.emplace_back();
    std::vector<Content>& line = contents.emplace_back();
    if (i == 0) {
      line.emplace_back(Anchor{target, {}});
      const Length width = natural_width(number->front());
      line.emplace_back(TextBox{number, 0, column.at({}, width), width, baseline, style.leading});
    }
    for (const text::PlacedRun& run : (*lines)[i].runs) {
      for (const std::uint32_t landing : *setter.flow.tags[run.tag].destinations)
        line.emplace_back(Anchor{landing, {}});
    }
    line.emplace_back(TextBox{lines, i, start, measure, baseline, style.leading});
  }
  setter.flow.notes[index] = {made, std::move(contents)};
  return index;
}

}  // namespace

InlineState Setter::state(StyleName name, const Column& column, std::uint32_t element) const {
  const TextStyle& style = layout.style(name);
  InlineState state;
  state.face = style.face;
  state.size = style.size;
  state.features = &style.features;
  state.small_caps = style.small_caps;
  state.tracking = style.tracking;
  state.lang = column.lang;
  state.base = column.direction;
  state.element = element;
  state.addresses = column.addresses;
  state.notes = state.references = !column.alone;
  state.repeated = column.alone;
  state.colour = style.accent ? accent() : layout.ink;
  return state;
}

std::vector<text::TextSpan> Setter::spans(const model::Inlines& inlines, const InlineState& state, TextPlace& at) {
  InlineWriter writer(*this, at);
  writer.write(inlines, state);
  return writer.take();
}

std::vector<text::TextSpan> Setter::marked_spans(const model::Paragraph& paragraph, const InlineState& state,
                                                 TextPlace& at, bool closes) {
  const model::QuotationMarks& marks = inputs.book.marks(paragraph.marks);
  InlineWriter writer(*this, at);
  writer.generated(marks.open, state);
  const std::size_t behind = closes ? book::notes_behind_quotation(paragraph.content, language) : 0;
  const std::span all(paragraph.content);
  writer.write(all.first(all.size() - behind), state);
  if (closes) writer.generated(marks.close, state);
  writer.write(all.last(behind), state);
  return writer.take();
}

std::vector<text::TextSpan> Setter::generated(const std::string& text, const InlineState& state) {
  TextPlace nowhere;
  InlineWriter writer(*this, nowhere);
  writer.generated(text, state);
  return writer.take();
}

}  // namespace epitome::typeset
