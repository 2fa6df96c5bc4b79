#include "anki/deck.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "diag/escaping.hpp"
#include "model/title.hpp"
#include "model/uuid.hpp"

namespace epitome::anki {

namespace {

// No tab, line end or quotation mark is left, which would mean something to the importer.
void put_text(std::string& out, std::string_view text) {
  const auto begin = static_cast<std::ptrdiff_t>(out.size());
  diag::append_escaped(out, text);
  std::replace_if(
      out.begin() + begin, out.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
}

class Field {
 public:
  explicit Field(const book::Book& book) : book_(book) {}

  std::string write(const model::Inlines& inlines, const model::Attributes& attributes) {
    const model::Edition& edition = book_.document.edition;
    const model::Direction direction = attributes.dir == model::Direction::inherit ? edition.dir : attributes.dir;
    if (direction != model::Direction::rtl) {
      put(inlines);
      return std::move(out_);
    }
    out_ = "<div dir='rtl' lang='";
    put_text(out_, attributes.lang.empty() ? edition.lang : *attributes.lang);
    out_ += "'>";
    put(inlines);
    return std::move(out_ += "</div>");
  }

  void operator()(const model::Text& text) { put_text(out_, text.text); }
  void operator()(const model::Phrase& phrase) {
    const std::string_view element = element_of(phrase.meaning);
    const bool marked = phrase.meaning == model::Meaning::quotation;
    if (!element.empty()) out_ += fmt::format("<{}>", element);
    if (marked) put_text(out_, book_.marks(phrase.marks).open);
    put(phrase.content);
    if (marked) put_text(out_, book_.marks(phrase.marks).close);
    if (!element.empty()) out_ += fmt::format("</{}>", element);
  }
  void operator()(const model::Link& link) {
    out_ += "<a href='";
    for (const char c : *link.href)
      c == '\'' ? out_ += "%27" : out_ += c == '&' ? std::string("&amp;") : std::string(1, c);
    out_ += "'>";
    put(link.content);
    out_ += "</a>";
  }
  void operator()(const model::CrossReference& reference) {
    if (reference.content.empty()) return put_text(out_, book_.names.name(reference.target));
    put(reference.content);
  }
  void operator()(const model::Footnote& /*note*/) {}
  void operator()(const model::Ruby& ruby) {
    out_ += "<ruby>";
    put(ruby.base);
    out_ += "<rt>";
    put(ruby.annotation);
    out_ += "</rt></ruby>";
  }

 private:
  static std::string_view element_of(model::Meaning meaning) {
    switch (meaning) {
      case model::Meaning::emphasis:
        return "em";
      case model::Meaning::strong:
        return "strong";
      case model::Meaning::work_title:
        return "cite";
      case model::Meaning::foreign:
        return "i";
      case model::Meaning::superscript:
        return "sup";
      case model::Meaning::subscript:
        return "sub";
      case model::Meaning::span:
      case model::Meaning::small_caps:
      case model::Meaning::quotation:  // its marks say it
      case model::Meaning::spoiler:
      case model::Meaning::count:
        return {};
    }
    return {};
  }
  void put(const model::Inlines& inlines) {
    for (const model::Inline& item : inlines) std::visit(*this, static_cast<const model::Inline::variant&>(item));
  }

  const book::Book& book_;
  std::string out_;
};

// "::" would make a deck inside another.
std::string deck_name(const model::Title& title) {
  std::string name = model::full_title(title);
  for (std::size_t at = 0; (at = name.find("::", at)) != std::string::npos;) name.erase(at, 1);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return name;
}

}  // namespace

std::string write_deck(const book::Book& book, const std::string& tag) {
  std::string lines;
  for (const model::Part& part : book.document.parts) {
    const auto* const cues = std::get_if<model::Cues>(&part.value);
    if (cues == nullptr) continue;
    for (const model::Cue& cue : cues->items) {
      lines += model::uuid_v5(book.document.edition.work_uuid, "cue\n" + cue.id);
      lines += '\t';
      lines += Field(book).write(cue.prompt, cue.attributes);
      lines += '\t';
      lines += Field(book).write(cue.answer, cue.attributes);
      lines += '\t' + tag + '\n';
    }
  }
  if (lines.empty()) return lines;
  return "#separator:tab\n#html:true\n#notetype:Basic\n#deck:" + deck_name(book.document.work.title) +
         "\n#guid column:1\n#tags column:4\n" + lines;
}

}  // namespace epitome::anki
