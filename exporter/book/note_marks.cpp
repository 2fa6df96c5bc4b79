#include "book/note_marks.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "diag/utf8.hpp"

namespace epitome::book {

using namespace style;

namespace {

bool is_note(const model::Inline& item) { return std::holds_alternative<model::Footnote>(item); }

// The inlines in which an element's notes may stand, and its attributes; null for others.
struct Inside {
  model::Inlines* content = nullptr;
  const model::Attributes* attributes = nullptr;
};
Inside inside(model::Inline& item) {
  if (auto* const phrase = std::get_if<model::Phrase>(&item)) return {&phrase->content, &phrase->attributes};
  if (auto* const link = std::get_if<model::Link>(&item)) return {&link->content, &link->attributes};
  if (auto* const to = std::get_if<model::CrossReference>(&item)) return {&to->content, &to->attributes};
  return {};
}

// Takes the notes that `content` ends with, also inside its last elements; they are added to `out` in their order. What
// holds notes alone keeps them.
void take_last_notes(model::Inlines& content, model::Inlines& out) {
  if (std::all_of(content.begin(), content.end(), is_note)) return;
  auto first = content.end();
  while (is_note(*std::prev(first))) --first;
  model::Inlines own(std::make_move_iterator(first), std::make_move_iterator(content.end()));
  content.erase(first, content.end());
  if (const Inside last = inside(content.back()); last.content != nullptr) {
    const auto added = static_cast<std::ptrdiff_t>(out.size());
    take_last_notes(*last.content, out);
    for (auto item = out.begin() + added; item != out.end(); ++item) {
      model::Attributes& note = std::get<model::Footnote>(*item).attributes;
      if (note.lang.empty()) note.lang = last.attributes->lang;
      if (note.dir == model::Direction::inherit) note.dir = last.attributes->dir;
    }
  }
  std::move(own.begin(), own.end(), std::back_inserter(out));
}

// How many bytes of such marks `text` starts with.
std::size_t marks_at_start(std::string_view text, std::u32string_view marks) {
  std::size_t at = 0;
  while (at < text.size()) {
    const diag::CodePoint c = diag::decode_utf8(text, at);
    if (marks.find(c.value) == std::u32string_view::npos) break;
    at += c.length;
  }
  return at;
}

}  // namespace

void step_notes(model::Inlines& line, const Language& language, bool own) {
  for (model::Inline& item : line) {
    const Inside in = inside(item);
    if (in.content == nullptr) continue;
    step_notes(*in.content, language, in.attributes->lang.empty() ? own : language.covers(in.attributes->lang));
  }
  if (!own) return;
  model::Inlines out;
  out.reserve(line.size());
  for (model::Inline& item : line) {
    model::Inlines notes;
    auto* const text = std::get_if<model::Text>(&item);
    const auto* const phrase = std::get_if<model::Phrase>(&item);
    const std::size_t marks = text == nullptr ? 0 : marks_at_start(text->text, language.note_behind);
    if (marks != 0) take_last_notes(out, notes);
    if (!notes.empty()) {
      out.emplace_back(model::Text{text->text.substr(0, marks), text->span});
      std::move(notes.begin(), notes.end(), std::back_inserter(out));
      text->text.erase(0, marks);
      if (text->text.empty()) continue;
    }
    const bool closes = phrase != nullptr && phrase->meaning == model::Meaning::quotation && behind_quotation(language);
    out.push_back(std::move(item));
    if (closes) notes_to_end(out);
  }
  line = std::move(out);
}

void notes_to_end(model::Inlines& line) {
  model::Inlines notes;
  take_last_notes(line, notes);
  std::move(notes.begin(), notes.end(), std::back_inserter(line));
}

namespace {

// `behind`: a mark stands right before.
void mark_neighbours(model::Inlines& line, bool& behind) {
  for (model::Inline& item : line) {
    if (auto* const note = std::get_if<model::Footnote>(&item)) {
      note->follows_note = std::exchange(behind, true);
      continue;
    }
    const auto* const phrase = std::get_if<model::Phrase>(&item);
    const Inside in = inside(item);
    const bool marks = phrase != nullptr && phrase->meaning == model::Meaning::quotation;
    behind = behind && !marks && in.content != nullptr;
    if (in.content != nullptr) mark_neighbours(*in.content, behind);
    behind = behind && !marks;
  }
}

}  // namespace

void find_neighbours(model::Inlines& line) {
  bool behind = false;
  mark_neighbours(line, behind);
}

bool behind_quotation(const Language& language) {
  const std::string_view text = language.quotation[0].close;
  char32_t last = 0;
  for (std::size_t at = 0; at < text.size();) {
    const diag::CodePoint c = diag::decode_utf8(text, at);
    last = c.value;
    at += c.length;
  }
  return language.note_behind.find(last) != std::u32string::npos;
}

std::size_t notes_behind_quotation(const model::Inlines& paragraph, const Language& language) {
  if (!behind_quotation(language)) return 0;
  const auto last = std::find_if_not(paragraph.rbegin(), paragraph.rend(), is_note);
  return last == paragraph.rend() ? 0 : static_cast<std::size_t>(last - paragraph.rbegin());
}

}  // namespace epitome::book
