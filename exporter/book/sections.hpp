// The order of the sections of both files: the document's parts, warnings first and brand last, and
// what the program writes itself (title page, imprint, contents). One function, so that the PDF and
// the EPUB can't differ.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/document.hpp"
#include "style/language.hpp"

namespace epitome::book {

using style::Language;

enum class SectionKind : std::uint8_t { cover, title_page, imprint, contents, part };

struct Section {
  SectionKind kind = SectionKind::part;
  std::string id;  // "cover", "title-page", "imprint", "contents", or the part's id
  // The part's own, else the language's label; empty where none is shown (cover, title page, imprint, hook, brand).
  model::Inlines title;
  const model::Part* part = nullptr;  // for SectionKind::part
  bool front = false;                 // roman page labels
};

// The places in Document::parts in the order of both files: warnings, hook, the others as they are written, brand.
std::vector<std::size_t> part_order(const model::Document& document);

// cover · title page · imprint · contents · warnings · hook · the other parts in the document's order · brand.
// The document must outlive the sections. With no brand part but a brand name in the edition there is a brand
// section with part == nullptr and id "brand".
std::vector<Section> order_sections(const model::Document& document, const Language& language);

// The program's own name for a section's kind ("Cover", "The story").
std::string section_label(const Section& section, const Language& language);

// What cross-references call the places of a document: an index of those that it refers to, made once a document and
// two passes over it.
class ReferenceNames {
 public:
  // The document and the language must outlive it; the sections are those of the document.
  ReferenceNames(const model::Document& document, const Language& language, const std::vector<Section>& sections);
  // The name by which a cross-reference calls `id` (a part's title, a chapter's, a takeaway's headline,
  // a question, in the language's quotation marks; a table's or figure's caption or "Table 2" …) as plain text in the
  // document's language; what has no name of its own (a paragraph) is called by what it stands in. Empty if nothing
  // refers to such an id.
  std::string name(std::string_view id) const;
  // Whether that name is the document's and holds a spoiler.
  bool gives_away(std::string_view id) const;
  bool knows(std::string_view id) const { return names_.contains(id); }
  const model::Document& document() const { return document_; }
  const Language& language() const { return language_; }

  // Words of the document's, or of the program's; and how much of the document stands before the place: lines of text
  // (paragraphs, titles, cells), and their characters, of which an ideograph counts as two.
  struct Name {
    const model::Inlines* words = nullptr;
    std::string text;
    std::uint32_t lines_before = 0, characters_before = 0;
    bool quoted = false;  // stands in quotation marks: a title, a headline, a question
  };
  // By id, of all places that references lead to.
  const std::map<std::string, Name, std::less<>>& all() const { return names_; }

 private:
  const model::Document& document_;
  const Language& language_;
  std::map<std::string, Name, std::less<>> names_;
};

// A section's title as plain text, or its name in the language where it shows none: for outlines, navigation,
// landmarks.
std::string section_name(const Section& section, const ReferenceNames& names);

// What a reader sees of `inlines`, as plain text: with quotation marks and cross-references' names, without footnotes
// and ruby annotations. `spoiler` is put before what gives something away.
std::string shown_text(const model::Inlines& inlines, const ReferenceNames& names, std::string spoiler = {});

// Generated text in the document's language: what the cover, the title page ("A summary"; "with takeaways, memory cues
// …") and the brand's page say. Values of the other direction are phrases with a direction of their own.
struct GeneratedText {
  std::string author;  // "Ashley Audrain", several joined as the language does
  std::string title;   // full title
  std::string subtitle;
  std::string kind;      // "A summary"
  std::string contains;  // "with takeaways, memory cues, questions and the story retold"; may be empty
  std::string brand;
  std::string brand_line, brand_href;
  model::Inlines brand_more;  // the invitation with the address in it
};
GeneratedText generated_text(const model::Document& document, const Language& language);

// The imprint's paragraphs: work, edition, licence, fonts, identifier, dates. Without credits it says nothing of fonts.
std::vector<model::Inlines> imprint(const model::Document& document, const Language& language,
                                    const std::vector<std::string>& font_credits);

}  // namespace epitome::book
