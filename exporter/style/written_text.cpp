#include "style/written_text.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "diag/utf8.hpp"
#include "style/note_marks.hpp"
#include "style/sections.hpp"

namespace epitome::style {

namespace {

bool is_space(char32_t c) { return c == U' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F; }

// Letters and figures of all scripts, as far as they can stand before or after a mark: all but ASCII's marks and
// Unicode's blocks of punctuation.
bool is_word(char32_t c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return c >= 0xC0 && !(c >= 0x2000 && c <= 0x2BFF);
}

// What may stand before `mark` that takes a space: a word's end, or what closes; before a closing quotation mark also a
// sentence's end.
bool ends_word(char32_t c, char32_t mark) {
  constexpr std::u32string_view closing = U")]»”’…%.*", sentence = U"!?;:";
  return is_word(c) || closing.find(c) != std::u32string_view::npos ||
         (mark == U'»' && sentence.find(c) != std::u32string_view::npos);
}

class Walker {
 public:
  Walker(model::Document& document, const Language& language, const LanguageOf& language_of)
      : marks_(document.quotation_marks),
        language_(language),
        language_of_(language_of),
        direction_(document.edition.dir) {
    marks_.clear();
    marks_of(language);
  }

  void part(model::Part& part) {
    const Scope scope(*this, part.attributes);
    line(part.title);
    std::visit(*this, part.value);
  }

  // Parts.
  void operator()(model::Hook& hook) { blocks(hook.content), line(hook.source); }
  void operator()(model::About& about) { blocks(about.content); }
  void operator()(model::Overview& overview) { blocks(overview.content); }
  void operator()(model::Takeaways& takeaways) {
    blocks(takeaways.introduction);
    int number = 0;
    for (model::Takeaway& item : takeaways.items) {
      item.number = written_number(language_, ++number);
      within(item.attributes, [&] { line(item.headline), blocks(item.content); });
    }
  }
  void operator()(model::Cues& cues) {
    blocks(cues.introduction);
    for (model::Cue& cue : cues.items) within(cue.attributes, [&] { line(cue.prompt), line(cue.answer); });
  }
  void operator()(model::Story& story) {
    blocks(story.introduction);
    for (model::Chapter& chapter : story.chapters)
      within(chapter.attributes, [&] { line(chapter.title), blocks(chapter.content); });
  }
  void operator()(model::Questions& questions) {
    blocks(questions.introduction);
    for (model::Question& item : questions.items)
      within(item.attributes, [&] { line(item.question), blocks(item.answer); });
  }
  void operator()(model::Comparison& comparison) { line(comparison.other_title), blocks(comparison.content); }
  void operator()(model::People& people) {
    blocks(people.introduction);
    for (model::Person& person : people.items)
      within(person.attributes, [&] { line(person.name), blocks(person.description); });
  }
  void operator()(model::Discussion& discussion) {
    blocks(discussion.introduction);
    for (model::DiscussionQuestion& item : discussion.items) within(item.attributes, [&] { line(item.question); });
  }
  void operator()(model::Warnings& warnings) {
    blocks(warnings.introduction);
    for (model::Warning& item : warnings.items) within(item.attributes, [&] { line(item.term), line(item.places); });
    blocks(warnings.closing);
  }
  void operator()(model::Notes& notes) {
    blocks(notes.content);
    for (model::Inlines& source : notes.sources) line(source);
  }
  void operator()(model::Brand& brand) { blocks(brand.content); }

  // Blocks.
  void operator()(model::Paragraph& paragraph) { line(paragraph.content); }
  void operator()(model::List& list) {
    for (model::ListItem& item : list.items) within(item.attributes, [&] { blocks(item.content); });
  }
  void operator()(model::DefinitionList& list) {
    for (model::Definition& item : list.items)
      within(item.attributes, [&] { line(item.term), blocks(item.definition); });
  }
  void operator()(model::Table& table) {
    line(table.caption);
    for (std::vector<model::Row>* const rows : {&table.head, &table.body}) {
      for (model::Row& row : *rows) {
        const Scope scope(*this, row.attributes);
        for (model::Cell& cell : row.cells) within(cell.attributes, [&] { line(cell.content); });
      }
    }
  }
  void operator()(model::Figure& figure) { line(figure.caption); }
  void operator()(model::BlockQuotation& quotation) {
    for (model::Block& block : quotation.content) {
      const Scope scope(*this, block.attributes);
      if (auto* const paragraph = std::get_if<model::Paragraph>(&block.value)) paragraph->marks = marks(depth_);
      ++depth_;
      std::visit(*this, block.value);
      --depth_;
    }
    model::Paragraph* const last =
        quotation.content.empty() ? nullptr : std::get_if<model::Paragraph>(&quotation.content.back().value);
    if (last != nullptr && behind_quotation(language_)) {
      notes_to_end(last->content);
      find_neighbours(last->content);
    }
    attribution(quotation.attribution);
  }
  void operator()(model::Verse& verse) {
    for (std::vector<model::Inlines>& stanza : verse.stanzas) {
      for (model::Inlines& text : stanza) line(text);
    }
    attribution(verse.attribution);
  }
  void operator()(model::Letter& letter) { line(letter.salutation), blocks(letter.content), line(letter.signature); }
  void operator()(model::Aside& aside) { line(aside.title), blocks(aside.content); }
  void operator()(model::Separator&) {}

  // Inlines.
  void operator()(model::Text& text) { space(text.text); }
  void operator()(model::Phrase& phrase) {
    if (phrase.meaning == model::Meaning::quotation) return quotation(phrase);
    // Where a title is shown by marks, those of a quotation in it differ from them.
    if (phrase.meaning == model::Meaning::work_title)
      phrase.marks = marks(depth_ + (model::holds_quotation(phrase.content) ? 1 : 0));
    inside(phrase.attributes, phrase.content);
  }
  void operator()(model::Link& link) {
    isolate(link.attributes, link.content);
    inside(link.attributes, link.content);
  }
  void operator()(model::CrossReference& reference) {
    if (reference.content.empty()) return after(U'x');
    isolate(reference.attributes, reference.content);
    inside(reference.attributes, reference.content);
  }
  void operator()(model::Footnote& note) {
    note.number = written_number(language_, ++notes_);
    std::string* const text = last_text_;
    const char32_t last = last_, before_last = before_last_;
    const std::string* const opened = opened_;
    // A note is a text of its own.
    const std::size_t depth = std::exchange(depth_, 0);
    within(note.attributes, [&] { line(note.content); });
    depth_ = depth;
    has_notes_ = true;
    last_text_ = text;
    last_ = last;
    before_last_ = before_last;
    opened_ = opened;
  }
  void operator()(model::Ruby& ruby) { inside(ruby.attributes, ruby.base); }

 private:
  // As long as it lives, what is visited stands in an element with these attributes.
  class Scope {
   public:
    Scope(Walker& walker, const model::Attributes& attributes)
        : walker_(walker), own_(walker.own_), text_language_(walker.text_language_), direction_(walker.direction_) {
      if (attributes.dir != model::Direction::inherit) walker_.direction_ = attributes.dir;
      if (attributes.lang.empty()) return;
      walker_.own_ = walker_.language_.covers(attributes.lang);
      walker_.text_language_ = walker_.find(attributes.lang);
    }
    ~Scope() {
      walker_.own_ = own_;
      walker_.text_language_ = text_language_;
      walker_.direction_ = direction_;
    }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Walker& walker_;
    bool own_;
    const Language* text_language_;
    model::Direction direction_;
  };
  template <typename Visit>
  void within(const model::Attributes& attributes, const Visit& visit) {
    const Scope scope(*this, attributes);
    visit();
  }
  void inside(const model::Attributes& attributes, model::Inlines& content) {
    const Scope scope(*this, attributes);
    for (model::Inline& item : content) std::visit(*this, static_cast<model::Inline::variant&>(item));
  }
  void line(model::Inlines& content) {
    after(0);
    has_notes_ = false;
    for (model::Inline& item : content) std::visit(*this, static_cast<model::Inline::variant&>(item));
    if (!has_notes_) return;
    step_notes(content, language_, own_);
    find_neighbours(content);
  }
  void blocks(model::Blocks& content) {
    for (model::Block& block : content) within(block.attributes, [&] { std::visit(*this, block.value); });
  }
  // A link's text of another direction is an isolate (UAX #9, 2.4.2), as by HTML's dir="auto": an address ends with its
  // own slash, whatever stands around.
  void isolate(model::Attributes& attributes, const model::Inlines& content) const {
    if (attributes.dir != model::Direction::inherit) return;
    const model::Direction own = first_strong(model::plain_text(content));
    if (own != direction_) attributes.dir = own;
  }

  // ---- quotation marks

  void quotation(model::Phrase& phrase) {
    const Scope scope(*this, phrase.attributes);
    phrase.marks = marks(depth_++);
    after(U'«');  // the marks bring their own spaces
    for (model::Inline& item : phrase.content) std::visit(*this, static_cast<model::Inline::variant&>(item));
    after(U'»');
    --depth_;
  }
  // Those of a quotation that stands in `depth` others.
  model::MarksIndex marks(std::size_t depth) {
    const Language& language = text_language_ != nullptr ? *text_language_ : language_;
    return static_cast<model::MarksIndex>(marks_of(language) + depth % 2);
  }
  // Where a language's marks stand in the document's list; they are added to it at first need.
  std::size_t marks_of(const Language& language) {
    const auto known = std::find(quoting_.begin(), quoting_.end(), &language);
    const auto place = static_cast<std::size_t>(known - quoting_.begin());
    if (known == quoting_.end()) {
      quoting_.push_back(&language);
      marks_.insert(marks_.end(), std::begin(language.quotation), std::end(language.quotation));
    }
    return 2 * place;
  }

  const Language* find(std::string_view lang) const {
    if (language_.named(lang)) return &language_;
    const Language* const found = language_of_ ? language_of_(lang) : nullptr;
    return found == nullptr && language_.covers(lang) ? &language_ : found;
  }

  void attribution(model::Attribution& by) { line(by.speaker), line(by.source), line(by.locator); }

  // The character before what comes next; it can't be changed.
  void after(char32_t character) {
    last_text_ = nullptr;
    last_ = before_last_ = character;
    opened_ = nullptr;
  }

  const std::string* space_before(char32_t c) const {
    for (const MarkSpacing& spacing : text_language_->mark_spacing)
      if (spacing.before.find(c) != std::u32string::npos) return &spacing.space;
    return nullptr;
  }
  const std::string* space_after(char32_t c) const {
    for (const MarkSpacing& spacing : text_language_->mark_spacing)
      if (spacing.after.find(c) != std::u32string::npos) return &spacing.space;
    return nullptr;
  }

  void space(std::string& text) {
    if (text.empty()) return;
    if (text_language_ == nullptr || text_language_->mark_spacing.empty()) return after(U'x');
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
      const diag::CodePoint c = diag::decode_utf8(text, i);
      const std::size_t next = i + c.length;
      if (opened_ != nullptr) {
        if (!is_space(c.value)) out += *opened_;
        if (c.value == U' ') {
          out += *opened_;
          opened_ = nullptr;
          before_last_ = last_;
          last_ = U'\u202F';
          i = next;
          continue;
        }
        opened_ = nullptr;
      }
      if (const std::string* const space = space_before(c.value)) {
        const char32_t following = next < text.size() ? diag::decode_utf8(text, next).value : U' ';
        if (!is_word(following) && following != U'/') {
          std::string& before = out.empty() && last_text_ != nullptr ? *last_text_ : out;
          if (last_ == U' ' && ends_word(before_last_, c.value) && before.ends_with(' ')) {
            before.pop_back();
            before += *space;
          } else if (ends_word(last_, c.value)) {
            out += *space;
          }
        }
      }
      out.append(text, i, c.length);
      opened_ = space_after(c.value);
      before_last_ = last_;
      last_ = c.value;
      i = next;
    }
    text = std::move(out);
    last_text_ = &text;
  }

  std::vector<model::QuotationMarks>& marks_;  // the document's
  std::vector<const Language*> quoting_;       // whose marks they are, two of each
  const Language& language_;
  const LanguageOf& language_of_;
  const Language* text_language_ = &language_;  // of what is visited; null: not known
  model::Direction direction_;                  // around it
  std::size_t depth_ = 0;                       // quotations around it
  int notes_ = 0;                               // met so far
  bool has_notes_ = false;                      // the line
  bool own_ = true;                             // what is visited is in the document's language
  std::string* last_text_ = nullptr;            // that ended last in this line, if `last_` is its end
  char32_t last_ = 0, before_last_ = 0;         // the character before, and that before it; 0: none
  const std::string* opened_ = nullptr;         // the space that an opening mark waits for
};

}  // namespace

void apply_language(model::Document& document, const Language& language, const LanguageOf& language_of) {
  Walker walker(document, language, language_of);
  for (const std::size_t number : part_order(document)) walker.part(document.parts[number]);
}

}  // namespace epitome::style
