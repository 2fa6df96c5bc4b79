// What cross-references are called, and what inlines look like as plain text.
#include <functional>
#include <utility>

#include "style/sections.hpp"

namespace epitome::style {

namespace {

struct Shown {
  const ReferenceNames& names;
  std::string out = {};

  void all(const model::Inlines& inlines) {
    for (const model::Inline& item : inlines) std::visit(*this, static_cast<const model::Inline::variant&>(item));
  }
  void operator()(const model::Text& text) { out += text.text; }
  void operator()(const model::Phrase& phrase) {
    if (phrase.meaning != model::Meaning::quotation) return all(phrase.content);
    const model::QuotationMarks& marks = names.document().quotation_marks.at(phrase.marks);
    out += marks.open;
    all(phrase.content);
    out += marks.close;
  }
  void operator()(const model::Link& link) { all(link.content); }
  void operator()(const model::CrossReference& reference) {
    if (!reference.content.empty()) return all(reference.content);
    // The reader has seen that no name holds itself, and that none grows long by the names in it.
    out += names.name(reference.target);
  }
  void operator()(const model::Footnote&) {}
  void operator()(const model::Ruby& ruby) { all(ruby.base); }
};

// Walks the document and gives each id to `found` with what its place is called.
class Walk {
 public:
  using Found = std::function<void(std::string_view, const ReferenceNames::Name&)>;
  Walk(const model::Document& document, const Language& language, Found found)
      : document_(document), language_(language), found_(std::move(found)) {}

  void run() {
    for (const Section& section : order_sections(document_, language_)) {
      const bool own = section.part != nullptr && !section.part->title.empty();
      name_ = own ? Name{&section.part->title, {}} : Name{nullptr, word_for(section)};
      place(section.id);
      if (section.part != nullptr) std::visit(*this, section.part->value);
    }
  }

  void operator()(const model::Hook& hook) { blocks(hook.content), inlines(hook.source); }
  void operator()(const model::About& about) { blocks(about.content); }
  void operator()(const model::Overview& overview) { blocks(overview.content); }
  void operator()(const model::Takeaways& takeaways) {
    blocks(takeaways.introduction);
    for (const model::Takeaway& item : takeaways.items) named(item.id, item.headline, [&] { blocks(item.content); });
  }
  void operator()(const model::Cues& cues) {
    blocks(cues.introduction);
    for (const model::Cue& cue : cues.items) named(cue.id, cue.prompt, [&] { inlines(cue.answer); });
  }
  void operator()(const model::Story& story) {
    blocks(story.introduction);
    for (const model::Chapter& chapter : story.chapters)
      named(chapter.id, chapter.title, [&] { blocks(chapter.content); });
  }
  void operator()(const model::Questions& questions) {
    blocks(questions.introduction);
    for (const model::Question& item : questions.items) named(item.id, item.question, [&] { blocks(item.answer); });
  }
  void operator()(const model::Comparison& comparison) { blocks(comparison.content); }
  void operator()(const model::People& people) {
    blocks(people.introduction);
    for (const model::Person& person : people.items) named(person.id, person.name, [&] { blocks(person.description); });
  }
  void operator()(const model::Discussion& discussion) {
    blocks(discussion.introduction);
    for (const model::DiscussionQuestion& item : discussion.items) named(item.id, item.question, [] {});
  }
  void operator()(const model::Warnings& warnings) {
    blocks(warnings.introduction);
    for (const model::Warning& item : warnings.items) named(item.id, item.term, [&] { inlines(item.places); });
    blocks(warnings.closing);
  }
  void operator()(const model::Notes& notes) {
    blocks(notes.content);
    for (const model::Inlines& source : notes.sources) inlines(source);
  }
  void operator()(const model::Brand& brand) { blocks(brand.content); }

  // Blocks.
  void operator()(const model::Paragraph& paragraph) { inlines(paragraph.content); }
  void operator()(const model::List& list) {
    for (const model::ListItem& item : list.items) {
      place(item.id);
      blocks(item.content);
    }
  }
  void operator()(const model::DefinitionList& list) {
    for (const model::Definition& item : list.items) {
      named(item.term_id, item.term, [&] {
        place(item.definition_id);
        place(item.attributes.id);
        blocks(item.definition);
      });
    }
  }
  void operator()(const model::Table& table) {
    inlines(table.caption);
    for (const std::vector<model::Row>* const rows : {&table.head, &table.body}) {
      for (const model::Row& row : *rows) {
        place(row.attributes.id);
        for (const model::Cell& cell : row.cells) {
          place(cell.id);
          inlines(cell.content);
        }
      }
    }
  }
  void operator()(const model::Figure& figure) { inlines(figure.caption); }
  void operator()(const model::BlockQuotation& quotation) {
    blocks(quotation.content);
    attribution(quotation.attribution);
  }
  void operator()(const model::Verse& verse) {
    for (const std::vector<model::Inlines>& stanza : verse.stanzas) {
      for (const model::Inlines& line : stanza) inlines(line);
    }
    attribution(verse.attribution);
  }
  void operator()(const model::Letter& letter) {
    inlines(letter.salutation);
    blocks(letter.content);
    inlines(letter.signature);
  }
  void operator()(const model::Aside& aside) {
    inlines(aside.title);
    blocks(aside.content);
  }
  void operator()(const model::Separator&) {}

  // Inlines.
  void operator()(const model::Text&) {}
  void operator()(const model::Phrase& phrase) { own_text(phrase.attributes, phrase.content); }
  void operator()(const model::Link& link) { own_text(link.attributes, link.content); }
  void operator()(const model::CrossReference& reference) { own_text(reference.attributes, reference.content); }
  void operator()(const model::Footnote& note) {
    named(note.attributes.id, Name{nullptr, fill(language_.label("footnote"), {{"n", note.number}})},
          [&] { inlines(note.content); });
  }
  void operator()(const model::Ruby& ruby) { own_text(ruby.attributes, ruby.base); }

 private:
  using Name = ReferenceNames::Name;

  // The program's own name for a section without a title.
  std::string word_for(const Section& section) const {
    return section.title.empty() ? section_label(section, language_) : model::plain_text(section.title);
  }
  void place(std::string_view id) {
    if (!id.empty()) found_(id, name_);
  }
  template <class Inside>
  void named(std::string_view id, Name name, const Inside& inside) {
    std::swap(name, name_);
    place(id);
    inside();
    std::swap(name, name_);
  }
  template <class Inside>
  void named(std::string_view id, const model::Inlines& name, const Inside& inside) {
    named(id, Name{&name, {}}, inside);
  }
  void own_text(const model::Attributes& attributes, const model::Inlines& content) {
    if (attributes.id.empty()) return inlines(content);
    named(attributes.id, Name{&content, {}}, [] {});
    inlines(content);
  }
  void inlines(const model::Inlines& content) {
    for (const model::Inline& item : content) std::visit(*this, static_cast<const model::Inline::variant&>(item));
  }
  void attribution(const model::Attribution& by) {
    inlines(by.speaker);
    inlines(by.source);
    inlines(by.locator);
  }
  void blocks(const model::Blocks& content) {
    for (const model::Block& block : content) {
      const auto inside = [&] { std::visit(*this, block.value); };
      if (const auto* const table = std::get_if<model::Table>(&block.value)) {
        named(block.id, numbered("table", ++tables_, table->caption), inside);
      } else if (const auto* const figure = std::get_if<model::Figure>(&block.value)) {
        named(block.id, numbered("figure", ++figures_, figure->caption), inside);
      } else if (const auto* const aside = std::get_if<model::Aside>(&block.value); aside && !aside->title.empty()) {
        named(block.id, aside->title, inside);
      } else {
        place(block.id);
        inside();
      }
    }
  }
  Name numbered(std::string_view key, int number, const model::Inlines& caption) const {
    if (!caption.empty()) return {&caption, {}};
    return {nullptr, fill(language_.label(key), {{"n", written_number(language_, number)}})};
  }

  const model::Document& document_;
  const Language& language_;
  Found found_;
  Name name_;
  int tables_ = 0, figures_ = 0;
};

}  // namespace

ReferenceNames::ReferenceNames(const model::Document& document, const Language& language)
    : document_(document), language_(language) {
  // An id of the document's own is the first that is met.
  Walk(document, language, [this](std::string_view id, const Name& name) {
    names_.try_emplace(std::string(id), name);
  }).run();
}

std::string ReferenceNames::name(std::string_view id) const {
  const auto found = names_.find(id);
  if (found == names_.end()) return {};
  return found->second.words == nullptr ? found->second.text : shown_text(*found->second.words, *this);
}

std::string shown_text(const model::Inlines& inlines, const ReferenceNames& names) {
  Shown text{names};
  text.all(inlines);
  return std::move(text.out);
}

}  // namespace epitome::style
