// Writes one section's XHTML: inlines and blocks, with ids, languages and page breaks where they belong.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "epub/publication.hpp"

namespace epitome::epub {

class Markup {
 public:
  Markup(Publication& publication, ContentDocument& file)
      : publication_(publication), file_(file), languages_{publication.inputs.book.document.edition.lang} {}

  // The own text of the element `id`, as it is written piece by piece: page breaks of the element stand before
  // the character that their offset names (see model::PageMap).
  class OwnText {
   public:
    // The element starts: breaks at its start that no text of its own will hold are kept for the next text.
    OwnText(Markup& markup, std::string_view id, std::size_t length);
    // Writes one of its texts. Generated text around it isn't counted.
    void write(pugi::xml_node parent, const model::Inlines& inlines);
    // Whether a page begins behind its first character.
    bool has_breaks_inside() const;
    ~OwnText();
    OwnText(const OwnText&) = delete;
    OwnText& operator=(const OwnText&) = delete;

   private:
    friend class Markup;
    Markup& markup_;
    std::string id_;
    std::vector<std::size_t> breaks_;
    std::size_t next_ = 0, offset_ = 0;
    pugi::xml_node last_;  // where breaks at the text's very end go
  };

  // `inlines` as the whole own text of `id`.
  void text(pugi::xml_node parent, std::string_view id, const model::Inlines& inlines);
  // Inlines whose characters aren't counted.
  void uncounted(pugi::xml_node parent, const model::Inlines& inlines);
  // Blocks one after another; the first paragraph isn't indented.
  void blocks(pugi::xml_node parent, const model::Blocks& content);
  void blocks(pugi::xml_node parent, const model::Paragraphs& content);
  // The breaks at the start of `id` (offset 0) wait for the next text or flush().
  void start(std::string_view id);
  // Writes the page breaks that wait for a place, inside `parent`, which holds text or a picture: a marker beside a
  // block would be a line of its own, before which and behind which readers turn the page.
  void flush(pugi::xml_node parent);

  void set_id(pugi::xml_node node, std::string_view id);
  // Language, direction. The language is in force until the Scope ends.
  class Scope {
   public:
    Scope(Markup& markup, pugi::xml_node node, const model::Attributes& attributes);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Markup& markup_;
    bool pushed_;
  };

  // The file's end: page breaks that still wait, in its last text, and the notes that were called in it.
  void finish(pugi::xml_node parent);

 private:
  struct Note {
    const model::Footnote* footnote;
    std::string lang;
  };

  void inlines(pugi::xml_node parent, const model::Inlines& content, OwnText* own);
  void inline_item(pugi::xml_node parent, const model::Inline& item, OwnText* own);
  void inline_text(pugi::xml_node parent, std::string_view text, OwnText* own);
  void phrase(pugi::xml_node parent, const model::Phrase& phrase, OwnText* own);
  void spoiler_word(pugi::xml_node parent);
  // The document's language and direction, where others are in force.
  model::Attributes own_language() const;
  void cross_reference(pugi::xml_node parent, const model::CrossReference& reference, OwnText* own);
  void footnote_mark(pugi::xml_node parent, const model::Footnote& footnote);
  void page_break(pugi::xml_node parent, std::size_t number);
  void notes(pugi::xml_node parent);
  void breaks_before(pugi::xml_node parent, OwnText& own);

  struct BlockWriter;
  void block(pugi::xml_node parent, const model::Block& block, bool first);
  // Marks that stand at the paragraph's start and end, inside of page breaks.
  void paragraph(pugi::xml_node parent, const model::Block& block, bool first, std::string_view open,
                 std::string_view close);
  void quoted(pugi::xml_node parent, const model::Paragraphs& content);
  void attribution(pugi::xml_node parent, OwnText& own, const model::Attribution& attribution);
  void table(pugi::xml_node parent, const model::Block& block, const model::Table& table);
  void table_as_lists(pugi::xml_node parent, const model::Block& block, const model::Table& table);
  void figure(pugi::xml_node parent, const model::Block& block, const model::Figure& figure);

  Publication& publication_;
  ContentDocument& file_;
  std::vector<std::string> languages_;  // in force, innermost last
  std::vector<std::size_t> waiting_;    // page breaks without a place yet
  pugi::xml_node last_text_;            // the block that was written last
  bool spoiler_told_ = false;           // that what is being written gives something away
  std::vector<Note> notes_;
};

}  // namespace epitome::epub
