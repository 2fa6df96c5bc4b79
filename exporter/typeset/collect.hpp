// Document to Flow: every paragraph set, every piece measured, every structure element made. The one
// stage that knows the vocabulary; what follows knows only boxes.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "book/sections.hpp"
#include "typeset/flow.hpp"
#include "typeset/paragraph_cache.hpp"
#include "typeset/typeset.hpp"

namespace epitome::typeset {

// The page label of each id, as the pass before found it.
using PageLabels = std::map<std::string, std::string, std::less<>>;

// What a cross-reference shows before the first pass: two digits, as wide as most labels.
inline constexpr std::string_view unknown_label = "00";

using style::StyleName;
using style::TextStyle;

// Whether a spoiler's words begin on another page than the line that warns of them; `id` is the words'.
bool spoiler_elsewhere(const PageLabels& labels, const std::string& id);

// Where the next characters of the document stand, and what they look like.
struct InlineState {
  style::FaceIndex face = 0;
  Length size;
  const std::vector<std::string>* features = nullptr;
  bool small_caps = false, superior = false, inferior = false;
  std::int32_t tracking = 0;
  bool hyphenate = true;
  std::string_view lang;
  model::Direction direction = model::Direction::inherit;  // of an isolate
  model::Direction base = model::Direction::ltr;           // of the paragraph
  std::uint32_t element = none, link = none;
  bool notes = true;                     // footnotes are set, not left out
  bool repeated = false;                 // a title shown once more: its ids and first phrases are elsewhere
  bool addresses = false;                // links print their address
  style::Dots dots = style::Dots::none;  // of an emphasis
  style::Colour colour;
};

// A block's text, as its spans are collected one after another.
struct TextPlace {
  std::uint32_t place = none;
  std::uint32_t offset = 0;
};

// The column that blocks are set in.
struct Column {
  Length start, measure;
  Length closing;  // what must stand under its last block on the same page
  StyleName style = StyleName::text;
  StyleName first_style = StyleName::text_first;  // without the indent of the first line
  std::uint32_t element = none;                   // the parent of the blocks' elements
  std::string_view lang, lang_around;             // of the text in it; of the parent element
  model::Direction direction = model::Direction::ltr;
  model::Direction page = model::Direction::ltr;  // from whose start edge `start` counts
  int list_depth = 0;
  bool addresses = false;

  // The start of what stands `from` the edge at which the column's own text begins and is `width` wide.
  Length at(Length from, Length width) const {
    return direction == page ? start + from : start + measure - from - width;
  }
};

struct TableGrid;

class Collector {
 public:
  // `labels` are those that the pass before found; everything must outlive the collector and its Flow.
  Collector(const Inputs& inputs, const std::vector<model::Inlines>& imprint, ParagraphCache& cache,
            const PageLabels& labels);
  // `sink` hears of pieces that don't fit (W0604).
  Flow collect(diag::Sink& sink);
  // The ids whose labels cross-references have shown.
  const std::vector<std::string>& shown_labels() const { return shown_; }
  // The ids of the spoilers that have a line before them.
  const std::vector<std::string>& spoilers() const { return spoilers_; }

 private:
  friend class InlineWriter;
  friend class TableRows;
  using Attributes = model::Attributes;

  // ---- structure.cpp: elements, destinations, places
  std::uint32_t element(page::Role role, std::uint32_t parent, std::string_view lang_around = {},
                        const Attributes* attributes = nullptr);
  std::uint32_t place(std::string_view id);
  std::uint32_t tag(std::uint32_t element);
  std::uint32_t destination(std::string_view id);
  // An id of the author's own: the next atom is its destination.
  void announce(const Attributes& attributes);
  void outline(int level, std::string title, std::uint32_t destination);
  // The column of an element inside another: its language and direction.
  Column inner(const Column& column, const Attributes& attributes) const;

  // ---- inlines.cpp: text
  InlineState state(StyleName style, const Column& column, std::uint32_t element) const;
  std::vector<text::TextSpan> spans(const model::Inlines& inlines, const InlineState& state, TextPlace& at);
  // A block quotation's paragraph behind its opening mark; `closes`: the last one, before its closing mark.
  std::vector<text::TextSpan> marked_spans(const model::Paragraph& paragraph, const InlineState& state, TextPlace& at,
                                           bool closes);
  // Text that the program writes.
  std::vector<text::TextSpan> generated(const std::string& text, const InlineState& state);
  text::CharacterStyle character_style(const InlineState& state) const;
  std::uint32_t footnote(const model::Footnote& note, const InlineState& around);
  std::string note_destination(std::uint32_t note) const;
  std::string mark_destination(std::uint32_t note) const;
  std::string display_text(const model::Inlines& inlines) const;
  std::string label_of(const std::string& id);

  // ---- flow of the current chain (blocks.cpp)
  Chain& chain() { return flow_.chains.back(); }
  const Chain& chain() const { return flow_.chains.back(); }
  Column whole_block() const;
  // The tag of an atom's first text.
  std::uint32_t tag_of(std::size_t atom) const;
  Chain& start_chain(std::string_view place);
  Length drop(Length leading) const;  // from a line's foot up to its baseline
  Length up_to_grid(Length height) const;
  // Adds an atom; `before` joins with the space that the atom before asked for, the larger holds.
  Atom& add(Length height, Length before = {}, std::int64_t turn_cost = 0);
  void space_after(Length after);
  void finish_on_grid();
  void keep(Length following);  // so much of what follows stays with what was added
  Length kept_above() const;    // the height of what the next atom must stay with
  struct Piece {
    std::size_t first = 0;
  };
  Piece begin_piece();
  void end_piece(const Piece& piece, int whole_up_to);
  void anchor(Atom& atom, std::uint32_t destination, Length top = {});

  struct ParagraphLook {
    StyleName style;
    bool indent = false;  // the first line, as the text's
    Length start, measure;
    bool ragged = false;         // whatever the style says
    std::int64_t turn_cost = 0;  // before the first line
  };
  text::ParagraphShape shape(const TextStyle& style, Length measure, model::Direction direction) const;
  std::shared_ptr<const Lines> set(std::vector<text::TextSpan> spans, const text::ParagraphShape& shape,
                                   diag::Span place);
  // Sets a paragraph and adds its lines; the index of its first atom.
  std::size_t paragraph(std::vector<text::TextSpan> spans, const ParagraphLook& look, const Column& column,
                        Length before, diag::Span place);
  // Adds lines that were set before; the index of the first atom.
  std::size_t add_lines(const std::shared_ptr<const Lines>& lines, const TextStyle& style, Length start, Length measure,
                        Length before, std::int64_t turn_cost);
  // Lines side by side with the atoms from `first` on: a term beside its definition. More lines become more atoms.
  void beside(std::size_t first, const std::shared_ptr<const Lines>& lines, Length start, Length measure,
              const TextStyle& style);
  void put_in_front(std::size_t at, const std::vector<TextBox>& lines);

  // What stands before the items of a list. Set before the items, for the widest label says how far they hang.
  struct Labels {
    std::vector<std::shared_ptr<const Lines>> lines;
    Length width;         // of the widest, with the space at its end
    bool at_end = false;  // their ends in line: they have different numbers of figures
  };
  struct LabelText {
    std::string text;
    const Attributes* attributes;  // of its item
  };
  Labels labels(const std::vector<LabelText>& texts, StyleName style, const Column& column);
  // A label beside the atoms from `first` on, at the edge where the column begins; what it says belongs to `element`.
  void label(const Labels& labels, std::size_t item, std::size_t first, const Column& column, StyleName style,
             std::uint32_t element);

  // ---- blocks.cpp, quotations.cpp, tables.cpp, table_columns.cpp, table_rows.cpp
  void blocks(const model::Blocks& blocks, const Column& column);
  void block(const model::Block& block, const Column& column);
  void block_value(const model::Block& block, const model::Paragraph& value, const Column& column);
  // The line before a paragraph that gives something away; nothing if it doesn't.
  void spoiler_line(const model::Inlines& paragraph, const Column& column, diag::Span span);
  void block_value(const model::Block& block, const model::List& value, const Column& column);
  void block_value(const model::Block& block, const model::DefinitionList& value, const Column& column);
  void block_value(const model::Block& block, const model::Table& value, const Column& column);
  void block_value(const model::Block& block, const model::Figure& value, const Column& column);
  void block_value(const model::Block& block, const model::BlockQuotation& value, const Column& column);
  void block_value(const model::Block& block, const model::Verse& value, const Column& column);
  void block_value(const model::Block& block, const model::Letter& value, const Column& column);
  void block_value(const model::Block& block, const model::Aside& value, const Column& column);
  void block_value(const model::Block& block, const model::Separator& value, const Column& column);
  void attribution(const model::Attribution& value, const Column& column, TextPlace& at, diag::Span span);
  // What a column must leave for text.
  Length least_measure() const { return layout_.style(StyleName::text).size * 4; }
  // Less wide at both edges, but not less than the least (W0604).
  Column narrowed(const Column& column, Length start, Length end, diag::Span span);
  Column indented(const Column& column, StyleName style, std::uint32_t element, diag::Span span);
  // A paragraph of its own in `style`, as a child of the column's element.
  void plain_paragraph(const model::Inlines& content, StyleName style, const Column& column, TextPlace& at,
                       Length before, std::int64_t turn_cost, diag::Span span);
  struct Definition {
    const Attributes* attributes;
    std::string_view id, term_id;  // of the definition's line, of the term
    const model::Inlines* term;
    const model::Blocks* definition;  // or
    const model::Inlines* definition_line;
  };
  Length room_beside(const Piece& picture, Length above) const;
  model::Rect fitted(const image::Image& file, Length natural, Length highest, Length measure) const;
  void definitions(const std::vector<Definition>& items, StyleName term_style, StyleName definition_style,
                   Length term_column, const Column& column);
  TableGrid table_grid(const model::Table& table, const Column& column, std::uint32_t parent);
  bool fit_columns(TableGrid& grid, const Column& column, bool narrow);
  void set_cells(TableGrid& grid, const std::vector<Length>& widths, const Column& column);
  void table_rows(const TableGrid& grid, const Column& column);
  // What was written so far, to be gone back to: for a block that is set once more in another way.
  struct Written {
    std::size_t elements, notes, tags, links, destinations, paragraphs;
    std::vector<std::uint32_t> awaiting;
    std::set<std::string> foreign_seen;
  };
  Written written() const;
  void take_back(const Written& before);
  void table_as_lists(const model::Block& block, const model::Table& table, const Column& column);
  void caption(const model::Block& block, const model::Inlines& content, const Column& column, std::uint32_t parent,
               Length before, std::int64_t turn_cost);

  // ---- parts.cpp, cards.cpp, front.cpp, title_page.cpp
  void section(const book::Section& section);
  void part(const book::Section& section);
  void part_title(const book::Section& section, const Column& column, bool listed);
  std::size_t heading(StyleName name, const model::Inlines& title, std::string_view id, const Column& column,
                      diag::Span span);
  void part_value(const book::Section& section, const model::Hook& value, const Column& column);
  void part_value(const book::Section& section, const model::About& value, const Column& column);
  void part_value(const book::Section& section, const model::Overview& value, const Column& column);
  void part_value(const book::Section& section, const model::Takeaways& value, const Column& column);
  void part_value(const book::Section& section, const model::Cues& value, const Column& column);
  void part_value(const book::Section& section, const model::Story& value, const Column& column);
  void part_value(const book::Section& section, const model::Questions& value, const Column& column);
  void part_value(const book::Section& section, const model::Comparison& value, const Column& column);
  void part_value(const book::Section& section, const model::People& value, const Column& column);
  void part_value(const book::Section& section, const model::Discussion& value, const Column& column);
  void part_value(const book::Section& section, const model::Warnings& value, const Column& column);
  void part_value(const book::Section& section, const model::Notes& value, const Column& column);
  void part_value(const book::Section& section, const model::Brand& value, const Column& column);
  struct Card;
  class CardSheet;
  void cue(const model::Cue& cue, const Column& column, std::uint32_t list, CardSheet& sheet);
  void cover_page(const book::Section& section);
  void endpaper();
  void writing_page(Numbering numbering);
  class TitlePage;
  void title_page(const book::Section& section, const Column& column);
  void imprint(const book::Section& section, const Column& column);
  void contents(const book::Section& section, const Column& column);
  void contents_entry(StyleName style, const model::Inlines& title, std::string_view lang, std::string_view id,
                      const Column& column, std::uint32_t toc, bool keep_with_part);
  void brand_page(const book::Section& section, const model::Blocks* content, const Column& column);
  RuleBox picked_line(Length baseline) const;
  style::Colour accent() const;
  std::uint32_t image(const std::string& path);

  const Inputs& inputs_;
  const style::Layout& layout_;
  const style::Language& language_;
  const std::vector<model::Inlines>& imprint_;
  ParagraphCache& cache_;
  const PageLabels& labels_;
  diag::Sink* sink_ = nullptr;
  std::vector<const text::Face*> faces_;
  Flow flow_;
  std::vector<std::string> shown_, spoilers_;
  std::uint32_t next_spoiler_ = none;  // the destination that the next spoiler's words take
  std::map<std::string, std::uint32_t, std::less<>> places_;
  std::map<std::string, std::uint32_t, std::less<>> destinations_;
  std::map<std::string, std::uint32_t, std::less<>> images_;
  // Of the current chain: the space that the last atom asked for, what must still stay with a heading,
  // whether the next paragraph is a first one, and the section.
  Length pending_space_, kept_;
  std::vector<std::uint32_t> awaiting_;  // destinations that the next atom takes
  std::set<std::string> foreign_seen_;   // phrases in another language: italic only at their first use
  std::int64_t pending_turn_cost_ = 0;
  bool first_paragraph_ = true;
  bool title_before_ = false;  // nothing between a part's title and this
  std::uint32_t part_ = none;
  std::string_view section_id_;
  bool in_body_ = false;        // past the front matter
  Side body_side_ = Side::any;  // of the next chain
};

// A destination's name: ASCII letters, digits, "-" and "." as they are, the rest as _XXXX.
std::string destination_name(std::string_view id);

}  // namespace epitome::typeset
