#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "diag/utf8.hpp"
#include "epub/markup.hpp"
#include "model/ids.hpp"

namespace epitome::epub {

namespace {

// A phrase's element; a quotation's and a span's only where they carry something.
struct Wrapper {
  const char* name;
  const char* style_class;
};

Wrapper wrapper(const model::Phrase& phrase, const style::Language& language) {
  switch (phrase.meaning) {
    case model::Meaning::emphasis:
      switch (language.emphasis_dots) {
        case style::Dots::none:
          return {"em", nullptr};
        case style::Dots::over:
          return {"em", "dots-over"};
        case style::Dots::under:
          return {"em", "dots-under"};
      }
      break;
    case model::Meaning::strong:
      return {"strong", nullptr};
    case model::Meaning::small_caps:
      return {"span", "sc"};
    case model::Meaning::work_title:
      return {"cite", nullptr};
    case model::Meaning::foreign:
      return {language.foreign_in_italic ? "i" : "span", nullptr};
    case model::Meaning::spoiler:
      return {"span", "spoiler"};
    case model::Meaning::superscript:
      return {"sup", nullptr};
    case model::Meaning::subscript:
      return {"sub", nullptr};
    case model::Meaning::span:
    case model::Meaning::quotation:
    case model::Meaning::count:
      break;
  }
  const model::Attributes& a = phrase.attributes;
  return {a.id.empty() && a.lang.empty() && a.dir == model::Direction::inherit ? nullptr : "span", nullptr};
}

// A page's label in ASCII, for its id: the language's digits as 0 to 9, any other character by its number.
std::string plain_label(std::string_view label, char32_t zero) {
  std::string out;
  for (std::size_t at = 0; at < label.size();) {
    const diag::CodePoint c = diag::decode_utf8(label, at);
    at += c.length;
    if (c.value < 0x80) {
      out += static_cast<char>(c.value);
    } else if (c.value >= zero && c.value - zero < 10) {
      out += static_cast<char>('0' + (c.value - zero));
    } else {
      out += fmt::format("u{:04x}", static_cast<std::uint32_t>(c.value));
    }
  }
  return out;
}

}  // namespace

// ---- own texts and page breaks -------------------------------------------------------------------------

Markup::OwnText::OwnText(Markup& markup, std::string_view id, std::size_t length) : markup_(markup), id_(id) {
  if (length == 0) markup.start(id);
  const auto found = markup.publication_.breaks_of.find(id);
  if (found == markup.publication_.breaks_of.end()) return;
  breaks_ = std::move(found->second);
  markup.publication_.breaks_of.erase(found);
}

void Markup::OwnText::write(pugi::xml_node parent, const model::Inlines& inlines) {
  if (inlines.empty()) return;
  markup_.flush(parent);
  markup_.inlines(parent, inlines, this);
  last_ = parent;
}

bool Markup::OwnText::has_breaks_inside() const {
  return std::any_of(breaks_.begin(), breaks_.end(), [&](std::size_t number) {
    return markup_.publication_.inputs.page_map.breaks[number].offset != 0;
  });
}

Markup::OwnText::~OwnText() {
  for (; next_ < breaks_.size(); ++next_) {
    const model::PageBreak& page = markup_.publication_.inputs.page_map.breaks[breaks_[next_]];
    if (page.offset > offset_ || !last_) {
      markup_.publication_.sink.report(
          diag::Code::E0901, {},
          fmt::format("page {} begins at character {} of '{}', which has {}", page.label, page.offset, id_, offset_));
    } else {
      markup_.page_break(last_, breaks_[next_]);
    }
  }
}

void Markup::start(std::string_view id) {
  const auto found = publication_.breaks_of.find(id);
  if (found == publication_.breaks_of.end()) return;
  std::vector<std::size_t>& breaks = found->second;
  const auto end = std::find_if(breaks.begin(), breaks.end(), [&](std::size_t number) {
    return publication_.inputs.page_map.breaks[number].offset != 0;
  });
  waiting_.insert(waiting_.end(), breaks.begin(), end);
  breaks.erase(breaks.begin(), end);
  if (breaks.empty()) publication_.breaks_of.erase(found);
}

void Markup::flush(pugi::xml_node parent) {
  for (const std::size_t number : waiting_) page_break(parent, number);
  waiting_.clear();
  last_text_ = parent;
}

void Markup::breaks_before(pugi::xml_node parent, OwnText& own) {
  while (own.next_ < own.breaks_.size() &&
         publication_.inputs.page_map.breaks[own.breaks_[own.next_]].offset <= own.offset_) {
    page_break(parent, own.breaks_[own.next_++]);
  }
}

void Markup::page_break(pugi::xml_node parent, std::size_t number) {
  const std::string& label = publication_.inputs.page_map.breaks[number].label;
  const std::string id = model::own_id("page", plain_label(label, publication_.inputs.book.language.zero));
  pugi::xml_node node = parent.append_child("span");
  set_attribute(node, "epub:type", "pagebreak");
  set_attribute(node, "role", "doc-pagebreak");
  set_attribute(node, "id", id);
  set_attribute(node, "aria-label", label);
  publication_.breaks.push_back({number, {&file_, id, ++publication_.order, {}, {}}});
}

// ---- attributes ------------------------------------------------------------------------------------------

void Markup::set_id(pugi::xml_node node, std::string_view id) {
  if (id.empty()) return;
  set_attribute(node, "id", id);
  publication_.anchors.insert_or_assign(std::string(id),
                                        Anchor{&file_, std::string(id), ++publication_.order, node, {}});
}

Markup::Scope::Scope(Markup& markup, pugi::xml_node node, const model::Attributes& attributes)
    : markup_(markup), pushed_(!attributes.lang.empty()) {
  if (pushed_) {
    const std::string tag = language_tag(attributes.lang);
    set_attribute(node, "lang", tag);
    set_attribute(node, "xml:lang", tag);
    markup.languages_.push_back(attributes.lang);
  }
  if (attributes.dir != model::Direction::inherit) {
    set_attribute(node, "dir", attributes.dir == model::Direction::rtl ? "rtl" : "ltr");
  }
}

Markup::Scope::~Scope() {
  if (pushed_) markup_.languages_.pop_back();
}

// ---- inlines ---------------------------------------------------------------------------------------------

void Markup::text(pugi::xml_node parent, std::string_view id, const model::Inlines& content) {
  OwnText own(*this, id, model::plain_text(content).size());
  own.write(parent, content);
}

void Markup::uncounted(pugi::xml_node parent, const model::Inlines& content) {
  flush(parent);
  inlines(parent, content, nullptr);
}

void Markup::inlines(pugi::xml_node parent, const model::Inlines& content, OwnText* own) {
  for (const model::Inline& item : content) inline_item(parent, item, own);
}

void Markup::inline_item(pugi::xml_node parent, const model::Inline& item, OwnText* own) {
  // A page break stands outside of what begins with the page; a note's mark stays with the word before.
  if (own && !std::holds_alternative<model::Footnote>(item)) breaks_before(parent, *own);
  if (const auto* text = std::get_if<model::Text>(&item)) {
    inline_text(parent, text->text, own);
  } else if (const auto* marked = std::get_if<model::Phrase>(&item)) {
    phrase(parent, *marked, own);
  } else if (const auto* link = std::get_if<model::Link>(&item)) {
    pugi::xml_node node = parent.append_child("a");
    set_id(node, link->attributes.id);
    set_attribute(node, "href", link->href);
    const Scope scope(*this, node, link->attributes);
    inlines(node, link->content, own);
  } else if (const auto* reference = std::get_if<model::CrossReference>(&item)) {
    cross_reference(parent, *reference, own);
  } else if (const auto* footnote = std::get_if<model::Footnote>(&item)) {
    footnote_mark(parent, *footnote);
  } else if (const auto* ruby = std::get_if<model::Ruby>(&item)) {
    pugi::xml_node node = parent.append_child("ruby");
    set_id(node, ruby->attributes.id);
    const Scope scope(*this, node, ruby->attributes);
    inlines(node, ruby->base, own);
    inlines(node.append_child("rt"), ruby->annotation, nullptr);
  }
}

void Markup::inline_text(pugi::xml_node parent, std::string_view text, OwnText* own) {
  if (!own) return append_text(parent, text);
  const std::size_t start = own->offset_;
  std::size_t done = 0;
  while (own->next_ < own->breaks_.size()) {
    const std::size_t at = publication_.inputs.page_map.breaks[own->breaks_[own->next_]].offset;
    if (at >= start + text.size()) break;
    append_text(parent, text.substr(done, at - start - done));
    done = at - start;
    page_break(parent, own->breaks_[own->next_++]);
  }
  append_text(parent, text.substr(done));
  own->offset_ = start + text.size();
}

void Markup::phrase(pugi::xml_node parent, const model::Phrase& phrase, OwnText* own) {
  const bool quotation = phrase.meaning == model::Meaning::quotation;
  if (quotation) append_text(parent, publication_.marks(phrase.marks).open);
  const bool spoiler = phrase.meaning == model::Meaning::spoiler && !spoiler_told_;
  if (spoiler) spoiler_word(parent);
  const bool told_before = std::exchange(spoiler_told_, spoiler_told_ || spoiler);
  const auto [name, style_class] = wrapper(phrase, publication_.inputs.book.language);
  pugi::xml_node node = name ? parent.append_child(name) : parent;
  if (name) {
    set_id(node, phrase.attributes.id);
    if (style_class) set_attribute(node, "class", style_class);
    const Scope scope(*this, node, phrase.attributes);
    inlines(node, phrase.content, own);
  } else {
    inlines(node, phrase.content, own);
  }
  spoiler_told_ = told_before;
  if (quotation) append_text(parent, publication_.marks(phrase.marks).close);
}

// What gives something away without a line before it (in a card, a cell, a heading, a note) is called so where it
// stands.
void Markup::spoiler_word(pugi::xml_node parent) {
  pugi::xml_node word = parent.append_child("span");
  set_attribute(word, "class", "spoiler-word");
  const Scope scope(*this, word, own_language());
  append_text(word, publication_.label("spoiler"));
  append_text(word, style::joint(publication_.label("pair"), "name", "value"));
}

model::Attributes Markup::own_language() const {
  const model::Edition& edition = publication_.inputs.book.document.edition;
  model::Attributes out;
  if (languages_.back() != edition.lang) out.lang = edition.lang, out.dir = edition.dir;
  return out;
}

void Markup::cross_reference(pugi::xml_node parent, const model::CrossReference& reference, OwnText* own) {
  pugi::xml_node node = parent.append_child("a");
  set_id(node, reference.attributes.id);
  set_attribute(node, "href", "");
  publication_.references.push_back({&file_, node, reference.target});
  const Scope scope(*this, node, reference.attributes);
  if (!reference.content.empty()) return inlines(node, reference.content, own);
  if (!spoiler_told_ && publication_.inputs.book.names.gives_away(reference.target)) spoiler_word(node);
  append_text(node, publication_.inputs.book.names.name(reference.target));
}

// ---- notes -----------------------------------------------------------------------------------------------

void Markup::footnote_mark(pugi::xml_node parent, const model::Footnote& footnote) {
  if (footnote.follows_note) {
    pugi::xml_node between = parent.append_child("sup");
    set_attribute(between, "class", "between-notes");
    append_text(between, publication_.inputs.book.language.note_between);
  }
  pugi::xml_node mark = parent.append_child("a");
  set_attribute(mark, "class", "noteref");
  set_attribute(mark, "epub:type", "noteref");
  set_attribute(mark, "role", "doc-noteref");
  set_attribute(mark, "id", model::mark_of(footnote.attributes.id));
  set_attribute(mark, "href", "#" + *footnote.attributes.id);
  append_text(mark, footnote.number);
  notes_.push_back({&footnote, languages_.back()});
}

void Markup::finish(pugi::xml_node parent) {
  flush(last_text_ ? last_text_ : parent);
  notes(parent);
}

void Markup::notes(pugi::xml_node parent) {
  if (notes_.empty()) return;
  pugi::xml_node section = append_line(parent, "section");
  set_attribute(section, "class", "notes");
  set_attribute(section, "epub:type", "footnotes");
  set_attribute(section, "role", "doc-endnotes");
  set_attribute(section, "aria-label", publication_.label("footnotes"));
  // By index: a note may call another.
  for (std::size_t i = 0; i < notes_.size(); ++i) {
    const Note note = notes_[i];
    // Readers open what the mark's link leads to, if it is a footnote. A list's item can't be one (ARIA), so the notes
    // are no list: the number, which leads back, is written.
    pugi::xml_node body = append_line(section, "aside");
    set_attribute(body, "epub:type", "footnote");
    set_attribute(body, "role", "doc-footnote");
    set_id(body, note.footnote->attributes.id);
    pugi::xml_node paragraph = body.append_child("p");
    pugi::xml_node back = paragraph.append_child("a");
    set_attribute(back, "class", "back");
    set_attribute(back, "role", "doc-backlink");
    set_attribute(back, "href", "#" + model::mark_of(note.footnote->attributes.id));
    set_attribute(back, "title", publication_.label("back-to-text"));
    append_text(back, note.footnote->number);
    append_text(paragraph, " ");
    model::Attributes attributes = note.footnote->attributes;
    if (attributes.lang.empty() && note.lang != languages_.back()) attributes.lang = note.lang;
    {
      const Scope scope(*this, paragraph, attributes);
      inlines(paragraph, note.footnote->content, nullptr);
    }
  }
}

}  // namespace epitome::epub
