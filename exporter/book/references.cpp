// What cross-references are called, and what inlines look like as plain text.
#include <functional>
#include <set>
#include <utility>

#include "book/sections.hpp"
#include "diag/utf8.hpp"
#include "model/walk.hpp"

namespace epitome::book {

using namespace style;

namespace {

struct Shown {
  const ReferenceNames& names;
  std::string spoiler = {};  // said before what gives something away
  std::string out = {};
  bool told = false;

  void operator()(const model::Text& text) { out += text.text; }
  void operator()(const model::Phrase& phrase) {
    if (phrase.meaning == model::Meaning::spoiler && !told) {
      out += spoiler;
      told = true;
      model::walk_inside(phrase, *this);
      told = false;
      return;
    }
    if (phrase.meaning != model::Meaning::quotation) return model::walk_inside(phrase, *this);
    const model::QuotationMarks& marks = names.document().quotation_marks.at(phrase.marks);
    out += marks.open;
    model::walk_inside(phrase, *this);
    out += marks.close;
  }
  void operator()(const model::CrossReference& reference) {
    if (!reference.content.empty()) return model::walk_inside(reference, *this);
    // The reader has seen that no name holds itself, and that none grows long by the names in it.
    if (!told && names.gives_away(reference.target)) out += spoiler;
    out += names.name(reference.target);
  }
  void operator()(const model::Footnote&) {}
  void operator()(const model::Ruby& ruby) { model::walk(ruby.base, *this); }
};

// The ids that references lead to: few of all.
struct Targets {
  std::set<std::string_view> found = {};

  void operator()(const model::CrossReference& reference) {
    found.insert(*reference.target);
    model::walk_inside(reference, *this);
  }
};

// Whether quotation marks can stand around these words: they hold none, nor another name, which may have some.
bool can_be_quoted(const model::Inlines& words) {
  struct Names {
    bool found = false;
    void operator()(const model::CrossReference&) { found = true; }
  };
  Names names;
  model::walk(words, names);
  return !names.found && !model::holds_quotation(words);
}

// Walks the document and gives each id to `found` with what its place is called.
class Walk {
 public:
  using Found = std::function<void(std::string_view, ReferenceNames::Name)>;
  Walk(const Language& language, Found found) : language_(language), found_(std::move(found)) {}

  void run(const std::vector<Section>& sections) {
    for (const Section& section : sections) {
      const bool own = section.part != nullptr && !section.part->title.empty();
      name_ = own ? Name{&section.part->title, {}, can_be_quoted(section.part->title)}
                  : Name{nullptr, word_for(section), true};
      place(section.id);
      if (section.part != nullptr) model::walk_inside(*section.part, *this);
    }
  }

  void operator()(const model::Item auto& item) { named(item.id, &model::name_of(item), item); }
  void operator()(const model::Person& item) {
    const Within within(*this, {&model::name_of(item), {}});
    place(item.id);
    model::walk_inside(item, *this);
  }
  void operator()(const model::ListItem& item) { place(item.id), model::walk_inside(item, *this); }
  void operator()(const model::Definition& item) {
    const Within within(*this, {&model::name_of(item), {}});
    for (const std::string& id : {item.term_id, item.definition_id, *item.attributes.id}) place(id);
    model::walk_inside(item, *this);
  }
  void operator()(const model::Row& row) { place(row.attributes.id), model::walk_inside(row, *this); }
  void operator()(const model::Cell& cell) { place(cell.id), model::walk_inside(cell, *this); }

  void operator()(const model::Block& block) {
    if (const auto* const table = std::get_if<model::Table>(&block.value))
      return named(block.id, &model::name_of(*table), block, "table", ++tables_);
    if (const auto* const figure = std::get_if<model::Figure>(&block.value))
      return named(block.id, &model::name_of(*figure), block, "figure", ++figures_);
    if (const auto* const aside = std::get_if<model::Aside>(&block.value); aside && !aside->title.empty())
      return named(block.id, &model::name_of(*aside), block);
    place(block.id);
    model::walk_inside(block, *this);
  }

  // Lines and inlines.
  void operator()(const model::Line& line) {
    ++lines_;
    model::walk_inside(line, *this);
  }
  void operator()(const model::Text& text) {
    for (std::size_t at = 0; at < text.text.size();) {
      const std::size_t length = diag::decode_utf8(text.text, at).length;
      characters_ += length > 2 ? 2 : 1;
      at += length;
    }
  }
  void operator()(const model::Phrase& phrase) { own_text(phrase, phrase.content); }
  void operator()(const model::Link& link) { own_text(link, link.content); }
  void operator()(const model::CrossReference& reference) {
    characters_ += written_reference;
    own_text(reference, reference.content);
  }
  void operator()(const model::Ruby& ruby) { own_text(ruby, ruby.base); }
  void operator()(const model::Footnote& note) {
    const Within within(*this, {nullptr, fill(language_.label("footnote"), {{"n", *note.number}})});
    place(note.attributes.id);
    model::walk_inside(note, *this);
  }

 private:
  using Name = ReferenceNames::Name;

  // The program's own name for a section without a title.
  std::string word_for(const Section& section) const {
    return section.title.empty() ? section_label(section, language_) : model::plain_text(section.title);
  }
  void place(std::string_view id) {
    if (!id.empty()) found(id, name_);
  }
  void found(std::string_view id, Name name) {
    name.lines_before = lines_;
    name.characters_before = characters_;
    found_(id, std::move(name));
  }
  // As long as it lives, what has no name of its own is called by `name`.
  class Within {
   public:
    Within(Walk& walk, Name name) : walk_(walk), around_(std::exchange(walk.name_, std::move(name))) {}
    ~Within() { walk_.name_ = std::move(around_); }
    Within(const Within&) = delete;
    Within& operator=(const Within&) = delete;

   private:
    Walk& walk_;
    Name around_;
  };
  // Without words of its own a piece is called by the label `key` and its number.
  void named(std::string_view id, const model::Inlines* words, const auto& piece, std::string_view key = {},
             int number = 0) {
    // The words of a headline or a question would run on into the sentence that refers to them.
    Name name{words, {}, key.empty() && can_be_quoted(*words)};
    if (words->empty() && !key.empty())
      name = {nullptr, fill(language_.label(key), {{"n", written_number(language_, number)}})};
    const Within within(*this, std::move(name));
    place(id);
    model::walk_inside(piece, *this);
  }
  // A piece of a line is called by its words; what stands in it, by what the line stands in.
  void own_text(const auto& piece, const model::Inlines& words) {
    if (!piece.attributes.id.empty()) found(piece.attributes.id, {&words, {}});
    model::walk(words, *this);
  }

  const Language& language_;
  Found found_;
  Name name_;
  int tables_ = 0, figures_ = 0;
  std::uint32_t lines_ = 0, characters_ = 0;
  static constexpr std::uint32_t written_reference = 16;  // characters of a name and a page
};

}  // namespace

ReferenceNames::ReferenceNames(const model::Document& document, const Language& language,
                               const std::vector<Section>& sections)
    : document_(document), language_(language) {
  Targets targets;
  model::walk(document, targets);
  if (targets.found.empty()) return;
  // An id of the document's own is the first that is met.
  Walk(language, [&](std::string_view id, const Name& name) {
    if (targets.found.contains(id)) names_.try_emplace(std::string(id), name);
  }).run(sections);
}

std::string ReferenceNames::name(std::string_view id) const {
  const auto found = names_.find(id);
  if (found == names_.end()) return {};
  const Name& named = found->second;
  std::string name = named.words == nullptr ? named.text : shown_text(*named.words, *this);
  if (!named.quoted || name.empty()) return name;
  return language_.quotation[0].open + name + language_.quotation[0].close;
}

bool ReferenceNames::gives_away(std::string_view id) const {
  const auto found = names_.find(id);
  return found != names_.end() && found->second.words != nullptr && model::holds_spoiler(*found->second.words);
}

std::string shown_text(const model::Inlines& inlines, const ReferenceNames& names, std::string spoiler) {
  Shown text{names, std::move(spoiler)};
  model::walk(inlines, text);
  return std::move(text.out);
}

}  // namespace epitome::book
