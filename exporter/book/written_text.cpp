#include "book/written_text.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "book/note_marks.hpp"
#include "book/sections.hpp"
#include "diag/utf8.hpp"
#include "model/walk.hpp"

namespace epitome::book {

using namespace style;

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

  // What carries a language or a direction.
  template <class Piece>
    requires requires(Piece& piece) { piece.attributes; }
  void operator()(Piece& piece) {
    const Scope scope(*this, piece.attributes);
    model::walk_inside(piece, *this);
  }
  void operator()(const model::MutableLine& text) { line(text.content); }

  void operator()(model::Takeaways& takeaways) {
    int number = 0;
    for (model::Takeaway& item : takeaways.items) item.number = written_number(language_, ++number);
    model::walk_inside(takeaways, *this);
  }
  void operator()(model::BlockQuotation& quotation) {
    for (model::ParagraphBlock& block : quotation.content) {
      const Scope scope(*this, block.attributes);
      block.paragraph().marks = marks(depth_);
      ++depth_;
      model::walk_inside(block, *this);
      --depth_;
    }
    if (!quotation.content.empty() && behind_quotation(language_)) {
      model::Inlines& last = quotation.content.back().paragraph().content;
      notes_to_end(last);
      find_neighbours(last);
    }
    model::walk(quotation.attribution, *this);
  }

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
    {
      const Scope scope(*this, note.attributes);
      line(note.content);
    }
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
  void inside(const model::Attributes& attributes, model::Inlines& content) {
    const Scope scope(*this, attributes);
    model::walk(content, *this);
  }
  void line(model::Inlines& content) {
    after(0);
    has_notes_ = false;
    model::walk(content, *this);
    if (!has_notes_) return;
    step_notes(content, language_, own_);
    find_neighbours(content);
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
    model::walk(phrase.content, *this);
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
  for (const std::size_t number : part_order(document)) walker(document.parts[number]);
}

}  // namespace epitome::book
