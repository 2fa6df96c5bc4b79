// What a summary says: plain values, no pages, no files. Every block and inline keeps its span in
// the source. The reader validates; what stands in a Document is trusted afterwards.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "diag/diagnostic.hpp"
#include "model/apart.hpp"

namespace epitome::model {

using diag::Span;

enum class Direction : std::uint8_t { inherit, ltr, rtl };

// What any element of the document can carry.
struct Attributes {
  Apart<std::string> id;    // the author's own, or empty (a block's derived id is in Block::id)
  Apart<std::string> lang;  // BCP 47, as written; empty: inherited
  Direction dir = Direction::inherit;
  Span span;
};

// ---- inlines ------------------------------------------------------------------------------------

// The marks that the language of a text brings, with the spaces that belong inside, as U+202F in French.
struct QuotationMarks {
  std::string open, close;
};
using MarksIndex = std::uint16_t;  // into Document::quotation_marks

struct Inline;
using Inlines = std::vector<Inline>;
struct Block;
using Blocks = std::vector<Block>;
struct ParagraphBlock;
using Paragraphs = std::vector<ParagraphBlock>;

// Characters; white space is already collapsed (one U+0020 between words, none at the ends of a block).
struct Text {
  std::string text;
  Span span;
};

// What a phrase means; how it looks is the layout's and the language's.
enum class Meaning : std::uint8_t {
  span,  // only carries a language or a direction
  emphasis,
  strong,
  small_caps,
  work_title,
  quotation,  // the marks are generated; nested ones alternate
  foreign,
  spoiler,
  superscript,
  subscript,
  count
};

struct Phrase {
  Meaning meaning = Meaning::span;
  Attributes attributes;
  Inlines content;
  MarksIndex marks = 0;  // a quotation's; a work's title's, where it is shown by marks
};

struct Link {
  Attributes attributes;
  Apart<std::string> href;  // absolute URI, http, https or mailto
  Inlines content;
};

// Shows the target's own name, linked; the PDF adds its page.
struct CrossReference {
  Attributes attributes;
  Apart<std::string> target;  // an id in this document (a part's, chapter's, takeaway's, question's, figure's …)
  Inlines content;            // instead of the target's own name; usually empty
};

struct Footnote {
  Attributes attributes;
  Apart<std::string> number;  // "1", "2" … through both files, as they show it: set by book::apply_language
  Inlines content;
  bool follows_note = false;  // its mark stands right behind another's: set there too
};

struct Ruby {
  Attributes attributes;
  Inlines base;
  Inlines annotation;
};

struct Inline : std::variant<Text, Phrase, Link, CrossReference, Footnote, Ruby> {
  using variant::variant;
};

// ---- blocks -------------------------------------------------------------------------------------

struct Paragraph {
  Inlines content;
  MarksIndex marks = 0;  // in a block quotation: open each, close the last
};

struct ListItem {
  Attributes attributes;
  std::string id;
  Blocks content;  // at least one block
};
struct List {
  bool ordered = false;
  int start = 1;
  std::vector<ListItem> items;
};

struct Definition {
  Attributes attributes;
  std::string term_id, definition_id;
  Inlines term;
  Blocks definition;
};
struct DefinitionList {
  std::vector<Definition> items;
};

enum class Scope : std::uint8_t { none, column, row };  // none: a data cell
struct Cell {
  Attributes attributes;
  std::string id;
  Scope scope = Scope::none;
  int column_span = 1;
  int row_span = 1;
  Inlines content;
};
struct Row {
  Attributes attributes;
  std::vector<Cell> cells;
};
// How a column's cells stand; automatic: at the start, numbers by their units.
enum class ColumnAlign : std::uint8_t { automatic, start, center, end };
inline constexpr std::array<std::string_view, 4> column_align_names{"auto", "start", "center", "end"};

struct Table {
  Inlines caption;                 // may be empty
  std::vector<ColumnAlign> align;  // by column; empty: all automatic
  std::vector<Row> head;
  std::vector<Row> body;
};

struct Figure {
  std::string path;  // relative to the document's folder, "/" between names, as written
  Span path_span;
  bool decorative = false;
  std::string alternative;  // empty only if decorative
  Inlines caption;          // may be empty
};

// Who says it and where; any may be empty, then it is not printed.
struct Attribution {
  Inlines speaker, source, locator;
  bool empty() const { return speaker.empty() && source.empty() && locator.empty(); }
};

struct BlockQuotation {
  Paragraphs content;
  Attribution attribution;
};

using Stanza = std::vector<Inlines>;  // a line each
struct Verse {
  std::vector<Stanza> stanzas;
  Attribution attribution;
};

struct Letter {
  Inlines salutation;  // may be empty
  Paragraphs content;
  Inlines signature;  // may be empty
};

struct Aside {
  Inlines title;  // may be empty
  Blocks content;
};

struct Separator {};

struct Block {
  Attributes attributes;
  // Unique and stable: the author's id, or "<part>-…-<n>" counted inside the part, so that editing
  // another part, or the words of this one, changes nothing.
  std::string id;
  std::variant<Paragraph, List, DefinitionList, Table, Figure, BlockQuotation, Verse, Letter, Aside, Separator> value;
};

// A block where nothing but a paragraph may stand.
struct ParagraphBlock : Block {
  ParagraphBlock() = default;
  explicit ParagraphBlock(Paragraph paragraph) { value = std::move(paragraph); }
  Paragraph& paragraph() { return std::get<Paragraph>(value); }
  const Paragraph& paragraph() const { return std::get<Paragraph>(value); }
};

// ---- parts --------------------------------------------------------------------------------------

struct Hook {
  Paragraphs content;
  Inlines source;  // the line under it; may be empty
};
struct About {
  Blocks content;
};
struct Overview {
  Blocks content;
};
struct Takeaway {
  Attributes attributes;
  std::string id;
  std::string number;  // "1", "2" …
  Inlines headline;
  Blocks content;
};
struct Takeaways {
  Blocks introduction;
  std::vector<Takeaway> items;
};
struct Cue {
  Attributes attributes;
  std::string id;
  Inlines prompt, answer;
};
struct Cues {
  Blocks introduction;
  std::vector<Cue> items;
};
struct Chapter {
  Attributes attributes;
  std::string id;
  Inlines title;
  Blocks content;
};
struct Story {
  Blocks introduction;
  std::vector<Chapter> chapters;
};
struct Question {
  Attributes attributes;
  std::string id;
  Inlines question;
  Blocks answer;
};
struct Questions {
  Blocks introduction;
  std::vector<Question> items;
};
struct Comparison {
  Inlines other_title;  // the other book's, with its article
  std::string other_author;
  Blocks content;
};
struct Person {
  Attributes attributes;
  std::string id;
  Inlines name;
  Blocks description;
};
struct People {
  Blocks introduction;
  std::vector<Person> items;
};
struct DiscussionQuestion {
  Attributes attributes;
  std::string id;
  Inlines question;
};
struct Discussion {
  Blocks introduction;
  std::vector<DiscussionQuestion> items;
};
struct Warning {
  Attributes attributes;
  std::string id;
  Inlines term;
  Inlines places;  // may be empty; usually holds cross-references
};
struct Warnings {
  Blocks introduction;
  std::vector<Warning> items;
  Blocks closing;  // which parts are safe
};
struct Notes {
  Blocks content;
  std::vector<Inlines> sources;  // bibliography entries
};
struct Brand {
  Blocks content;  // may be empty: then the edition's brand line is enough
};

enum class PartKind : std::uint8_t {  // in the order of PartValue's alternatives (checked in kinds.hpp)
  hook,
  about,
  overview,
  takeaways,
  cues,
  story,
  questions,
  comparison,
  people,
  discussion,
  warnings,
  notes,
  brand,
};
using PartValue = std::variant<Hook, About, Overview, Takeaways, Cues, Story, Questions, Comparison, People, Discussion,
                               Warnings, Notes, Brand>;

struct Part {
  Attributes attributes;
  std::string id;  // the author's or the kind's name ("story"); unique
  Inlines title;   // the author's; empty: the language file's label for the kind
  PartValue value;
  PartKind kind() const { return static_cast<PartKind>(value.index()); }
};

// ---- the work and the edition -------------------------------------------------------------------

// "The" + "Push". See model/title.hpp for the grammar.
struct Title {
  std::string prefix;         // the article, without the space after it ("The", "L’"); may be empty
  std::string main;           // without the article ("Push")
  std::string short_form;     // the author's short title, or empty
  std::string lang;           // BCP 47 of the title as printed; empty: the edition's
  Span span;                  // of the text
  bool prefix_given = false;  // even if it is empty: then the author says that there is none
};

struct Contributor {
  std::string role;  // MARC relator code: "aut", "trl", "ill", "edt" …
  std::string name;
  std::string sort;  // "Audrain, Ashley"; never empty
  Span span;
};

struct Fact {
  std::string label, value;
};

struct CoverImage {
  std::string path;
  Span path_span;
  std::string alternative;
};

struct Work {
  Title title;
  std::string original_title;  // may be empty
  std::string subtitle;
  std::string series, series_number;
  std::vector<Contributor> contributors;  // at least one
  std::string original_language;          // BCP 47 or empty
  std::string first_published;            // a year, or YYYY-MM-DD, or empty
  std::string publisher;
  std::string isbn;
  std::vector<std::string> subjects;
  std::vector<std::string> awards;
  std::vector<Fact> facts;
  std::optional<CoverImage> cover;
};

struct Sibling {
  std::string lang, variant, href;
};

// What a publisher states that the EPUB conforms to, and who found it so.
struct Conformance {
  std::string standard;            // "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"; empty: nothing is stated
  std::string certifier;           // never empty beside a standard
  std::string credential, report;  // the certifier's; the address of a report
};

// What the document itself says for a label of its language's file.
struct Label {
  std::string name, text;
  diag::Span span;  // of the name
};

// Who or what wrote the summary, as its publisher says; assisted: a person with the help of a machine's model.
enum class Maker : std::uint8_t { unsaid, person, assisted, generated };
// IPTC's NewsCode for it (http://cv.iptc.org/newscodes/digitalsourcetype/); empty: unsaid.
std::string digital_source_type(Maker maker);

struct Edition {
  std::string lang;                // BCP 47 of the document; never empty
  diag::Span lang_span;            // of its value
  Direction dir = Direction::ltr;  // resolved: never inherit
  std::string variant;             // "" or a name such as "large-print"
  std::string
      identifier;  // the author's URI (urn:uuid:…, https://…), or a version 5 UUID made by the reader; never empty
  bool identifier_given = false;
  std::string work_uuid;   // version 5 UUID of the work alone, without "urn:uuid:": seeds the cover
  std::string date;        // YYYY-MM-DD, first published; never empty
  std::string modified;    // YYYY-MM-DD; equal to date if not given
  std::string author;      // of the summary; may be empty
  std::string brand_name;  // may be empty
  std::string brand_line;
  std::string brand_href;
  std::string licence;  // what it says; may be empty
  std::string licence_href;
  std::string rights;  // "© 2026 Harbour Press"; may be empty
  Conformance conformance;
  Maker maker = Maker::unsaid;
  std::string reviewed_by;  // a person; may be empty
  std::vector<Label> labels;
  std::vector<Sibling> siblings;
};

struct Document {
  Work work;
  Edition edition;
  std::vector<Part> parts;  // at least one, in the document's order
  // Of all languages in which something is quoted, each with its outer marks and its nested ones; the document's come
  // first. Filled by book::apply_language.
  std::vector<QuotationMarks> quotation_marks;
};

// The document's characters: Text of `inlines` in order, without footnotes' contents and ruby
// annotations and without anything generated (quotation marks, a cross-reference's name). Offsets
// into a block's text, in bytes, name places for PageMap; both backends count them alike.
std::string plain_text(const Inlines& inlines);

// Whether a phrase among them, however deep, gives something away. Notes are texts of their own.
bool holds_spoiler(const Inlines& inlines);
// Whether a link may lead into them: they hold a note's mark or an id of the author's.
bool holds_place(const Inlines& inlines);

// Whether a phrase among them, however deep, is a quotation.
bool holds_quotation(const Inlines& inlines);

}  // namespace epitome::model
