#include <algorithm>
#include <utility>

#include "book/written_text.hpp"
#include "epub/markup.hpp"
#include "model/ids.hpp"
#include "model/table.hpp"

namespace epitome::epub {

namespace {

// A table of more columns becomes a list for each row: a phone is too narrow for it.
constexpr int columns_max = 4;

// Whether a cell has a word (none of Chinese or Japanese, which break anywhere) that is wider than a fourth of the
// narrowest table: its column may be narrower than the word. References bring words of their own: what was written
// counts.
bool has_long_word(pugi::xml_node cell, std::size_t& letters) {
  constexpr std::size_t longest = 10;
  for (const pugi::xml_node node : cell.children()) {
    for (const char c : std::string_view(node.value())) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte >= 0x80 && byte < 0xC0) continue;
      letters = c == ' ' || byte >= 0xE3 ? 0 : letters + 1;
      if (letters > longest) return true;
    }
    if (has_long_word(node, letters)) return true;
  }
  return false;
}

void set_classes(pugi::xml_node cell, std::string_view align) {
  std::size_t letters = 0;
  std::string classes(align);
  if (has_long_word(cell, letters)) classes += classes.empty() ? "long" : " long";
  if (classes.empty()) return;
  const pugi::xml_attribute before = cell.attribute(cell.attribute("scope") ? "scope" : "id");
  (before ? cell.insert_attribute_after("class", before) : cell.prepend_attribute("class")).set_value(classes.c_str());
}

std::size_t length(const model::Inlines& inlines) { return model::plain_text(inlines).size(); }

}  // namespace

void Markup::blocks(pugi::xml_node parent, const model::Blocks& content) {
  // A paragraph is indented only after another.
  bool first = true;
  for (const model::Block& one : content) {
    block(parent, one, first);
    first = !std::holds_alternative<model::Paragraph>(one.value);
  }
}

void Markup::blocks(pugi::xml_node parent, const model::Paragraphs& content) {
  for (const model::ParagraphBlock& one : content) block(parent, one, &one == &content.front());
}

void Markup::paragraph(pugi::xml_node parent, const model::Block& block, bool first, std::string_view open,
                       std::string_view close) {
  const model::Inlines& content = std::get<model::Paragraph>(block.value).content;
  OwnText own(*this, block.id, length(content));
  const bool spoiler = model::holds_spoiler(content);
  // What gives something away is folded; an old reader shows it below its warning. What other places lead into stays
  // open: no link opens a fold everywhere.
  const bool folded = spoiler && !own.has_breaks_inside() && !model::holds_place(content);
  if (folded) {
    parent = append_line(parent, "details");
    set_id(parent, block.id);
  }
  if (spoiler) {
    pugi::xml_node warning = append_line(parent, folded ? "summary" : "p");
    if (!folded) set_attribute(warning, "class", "label");
    const Scope scope(*this, warning, own_language());
    flush(warning);
    breaks_before(warning, own);
    append_text(warning, publication_.label("spoiler"));
  }
  pugi::xml_node node = append_line(parent, "p");
  if (first || spoiler) set_attribute(node, "class", "first");
  if (!folded) set_id(node, block.id);
  const Scope scope(*this, node, block.attributes);
  if (!open.empty()) {
    flush(node);
    breaks_before(node, own);
    append_text(node, open);
  }
  spoiler_told_ = spoiler;
  own.write(node, content);
  spoiler_told_ = false;
  if (close.empty()) return;
  pugi::xml_node last = node.last_child();
  for (std::size_t n = book::notes_behind_quotation(content, publication_.inputs.book.language); n > 0;) {
    if (std::string_view(last.name()) == "a") --n;  // not what parts two marks
    last = last.previous_sibling();
  }
  node.insert_child_after(pugi::node_pcdata, last).set_value(std::string(close).c_str());
}

// One function a kind of block.
struct Markup::BlockWriter {
  Markup& m;
  pugi::xml_node parent;
  const model::Block& block;
  bool first;

  pugi::xml_node element(const char* name, const char* style_class = nullptr) const {
    pugi::xml_node node = append_line(parent, name);
    if (style_class) set_attribute(node, "class", style_class);
    m.set_id(node, block.id);
    return node;
  }
  void line(pugi::xml_node node, const char* style_class, OwnText& own, const model::Inlines& content) const {
    if (content.empty()) return;
    pugi::xml_node paragraph = append_line(node, "p");
    set_attribute(paragraph, "class", style_class);
    own.write(paragraph, content);
  }

  void operator()(const model::Paragraph&) const { m.paragraph(parent, block, first, {}, {}); }
  void operator()(const model::List& list) const {
    m.start(block.id);
    pugi::xml_node node = element(list.ordered ? "ol" : "ul");
    if (list.ordered && list.start != 1) set_attribute(node, "start", std::to_string(list.start));
    const Scope scope(m, node, block.attributes);
    for (const model::ListItem& item : list.items) {
      m.start(item.id);
      pugi::xml_node li = append_line(node, "li");
      m.set_id(li, item.id);
      const Scope item_scope(m, li, item.attributes);
      m.blocks(li, item.content);
    }
  }
  void operator()(const model::DefinitionList& list) const {
    m.start(block.id);
    pugi::xml_node node = element("dl");
    const Scope scope(m, node, block.attributes);
    for (const model::Definition& item : list.items) {
      pugi::xml_node term = append_line(node, "dt");
      m.set_id(term, item.term_id);
      const Scope term_scope(m, term, item.attributes);
      m.text(term, item.term_id, item.term);
      m.start(item.definition_id);
      pugi::xml_node definition = append_line(node, "dd");
      m.set_id(definition, item.definition_id);
      const Scope definition_scope(m, definition, item.attributes);
      m.blocks(definition, item.definition);
    }
  }
  void operator()(const model::Table& table) const { m.table(parent, block, table); }
  void operator()(const model::Figure& figure) const { m.figure(parent, block, figure); }
  void operator()(const model::BlockQuotation& quotation) const {
    pugi::xml_node node = element("blockquote", "quoted");
    const Scope scope(m, node, block.attributes);
    m.quoted(node, quotation.content);
    OwnText own(m, model::closing_place(block.id),
                length(quotation.attribution.speaker) + length(quotation.attribution.source) +
                    length(quotation.attribution.locator));
    m.attribution(node, own, quotation.attribution);
  }
  void operator()(const model::Verse& verse) const {
    pugi::xml_node node = element("div", "verse");
    const Scope scope(m, node, block.attributes);
    OwnText own(m, block.id, 1);
    for (const std::vector<model::Inlines>& stanza : verse.stanzas) {
      pugi::xml_node group = append_line(node, "div");
      set_attribute(group, "class", "stanza");
      for (const model::Inlines& verse_line : stanza) line(group, "line", own, verse_line);
    }
    m.attribution(node, own, verse.attribution);
  }
  void operator()(const model::Letter& letter) const {
    pugi::xml_node node = element("div", "letter");
    const Scope scope(m, node, block.attributes);
    OwnText own(m, block.id, length(letter.salutation)),
        closing(m, model::closing_place(block.id), length(letter.signature));
    line(node, "salutation", own, letter.salutation);
    m.blocks(node, letter.content);
    line(node, "signature", closing, letter.signature);
  }
  void operator()(const model::Aside& aside) const {
    pugi::xml_node node = element("aside", "aside");
    const Scope scope(m, node, block.attributes);
    {
      OwnText own(m, block.id, length(aside.title));
      if (!aside.title.empty()) {
        line(node, "title", own, aside.title);
        const std::string title_id = model::own_id(block.id, "title");
        set_attribute(node.last_child(), "id", title_id);
        set_attribute(node, "aria-labelledby", title_id);
      }
    }
    m.blocks(node, aside.content);
  }
  // It holds no text: a page that begins with it begins at the text behind it.
  void operator()(const model::Separator&) const {
    m.start(block.id);
    element("hr");
  }
};

void Markup::block(pugi::xml_node parent, const model::Block& block, bool first) {
  std::visit(BlockWriter{*this, parent, block, first}, block.value);
}

void Markup::quoted(pugi::xml_node parent, const model::Paragraphs& content) {
  // Marks open every paragraph and close the last.
  for (const model::ParagraphBlock& one : content) {
    const model::QuotationMarks& marks = publication_.marks(one.paragraph().marks);
    paragraph(parent, one, &one == &content.front(), marks.open, &one == &content.back() ? marks.close : std::string());
  }
}

void Markup::attribution(pugi::xml_node parent, OwnText& own, const model::Attribution& attribution) {
  if (attribution.empty()) return;
  pugi::xml_node node = append_line(parent, "p");
  set_attribute(node, "class", "who");
  const std::string_view joint = style::joint(publication_.label("attribution"), "a", "b");
  bool first = true;
  for (const auto* piece : {&attribution.speaker, &attribution.source, &attribution.locator}) {
    if (piece->empty()) continue;
    if (!first) append_text(node, joint);
    own.write(node, *piece);
    first = false;
  }
}

void Markup::table(pugi::xml_node parent, const model::Block& block, const model::Table& table) {
  if (model::column_count(table) > columns_max) return table_as_lists(parent, block, table);
  pugi::xml_node around = append_line(parent, "div");
  set_attribute(around, "class", "table");
  pugi::xml_node node = append_line(around, "table");
  set_id(node, block.id);
  const Scope scope(*this, node, block.attributes);
  {
    OwnText own(*this, block.id, length(table.caption));
    if (!table.caption.empty()) own.write(append_line(node, "caption"), table.caption);
  }
  const std::vector<std::vector<const model::Cell*>> heads = model::naming_heads(table);
  const auto align_class = [&](std::size_t column, int across) {
    const bool own = across == 1 && column < table.align.size();
    return own && table.align[column] > model::ColumnAlign::start
               ? model::column_align_names[static_cast<std::size_t>(table.align[column])]
               : std::string_view();
  };
  const auto rows = [&](const char* group_name, const std::vector<model::Row>& group) {
    if (group.empty()) return;
    pugi::xml_node body = append_line(node, group_name);
    model::TableColumns columns;
    for (std::size_t r = 0; r < group.size(); ++r) {
      const model::Row& row = group[r];
      pugi::xml_node tr = append_line(body, "tr");
      set_id(tr, row.attributes.id);
      const Scope row_scope(*this, tr, row.attributes);
      columns.begin_row();
      for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const model::Cell& cell = row.cells[i];
        const int across = std::max(1, cell.column_span);
        const std::string_view align = align_class(columns.add(across, std::max(1, cell.row_span)), across);
        // An empty head is nothing's head.
        const bool head = cell.scope != model::Scope::none && !cell.content.empty();
        pugi::xml_node td = append_line(tr, head ? "th" : "td");
        set_id(td, cell.id);
        if (head) set_attribute(td, "scope", cell.scope == model::Scope::column ? "col" : "row");
        // What the value is called where the table stands as lists.
        if (&group == &table.body && !head && heads[r][i] != nullptr && !cell.content.empty()) {
          set_attribute(td, "data-head",
                        publication_.inputs.book.told(heads[r][i]->content) +
                            std::string(style::joint(publication_.label("pair"), "name", "value")));
        }
        if (cell.column_span != 1) set_attribute(td, "colspan", std::to_string(cell.column_span));
        if (cell.row_span != 1) set_attribute(td, "rowspan", std::to_string(cell.row_span));
        const Scope cell_scope(*this, td, cell.attributes);
        text(td, cell.id, cell.content);
        set_classes(td, align);
      }
    }
  };
  rows("thead", table.head);
  rows("tbody", table.body);
}

// The heads in a line, so that their words stand once where the document has them; then a list of "head: value" for
// each row, in which the heads are only names.
void Markup::table_as_lists(pugi::xml_node parent, const model::Block& block, const model::Table& table) {
  pugi::xml_node node = append_line(parent, "div");
  set_attribute(node, "class", "rows");
  set_id(node, block.id);
  const Scope scope(*this, node, block.attributes);
  const auto line = [&](pugi::xml_node in, const char* style_class) {
    pugi::xml_node p = append_line(in, "p");
    if (style_class) set_attribute(p, "class", style_class);
    return p;
  };
  {
    OwnText own(*this, block.id, length(table.caption));
    if (!table.caption.empty()) own.write(line(node, "caption"), table.caption);
  }
  for (const model::Row& row : table.head) {
    pugi::xml_node p = line(node, "heads");
    set_id(p, row.attributes.id);
    const Scope row_scope(*this, p, row.attributes);
    bool first = true;
    for (const model::Cell& cell : row.cells) {
      if (!cell.content.empty() && !std::exchange(first, false)) {
        append_text(p, style::joint(publication_.label("attribution"), "a", "b"));
      }
      pugi::xml_node head = p.append_child("span");
      set_id(head, cell.id);
      const Scope cell_scope(*this, head, cell.attributes);
      text(head, cell.id, cell.content);
    }
  }
  const std::vector<std::vector<const model::Cell*>> heads = model::naming_heads(table);
  pugi::xml_node list = append_line(node, "ul");
  for (std::size_t r = 0; r < table.body.size(); ++r) {
    const model::Row& row = table.body[r];
    pugi::xml_node li = append_line(list, "li");
    set_id(li, row.attributes.id);
    const Scope row_scope(*this, li, row.attributes);
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const model::Cell& cell = row.cells[i];
      const bool names_row = i == 0 && cell.scope == model::Scope::row;
      OwnText own(*this, cell.id, length(cell.content));
      if (cell.content.empty() && cell.attributes.id.empty()) continue;
      pugi::xml_node p = line(li, names_row ? "row" : nullptr);
      set_id(p, cell.id);
      if (cell.content.empty()) continue;  // it may be referred to
      const model::Cell* const head = heads[r][i];
      if (head && !names_row) {
        flush(p);
        breaks_before(p, own);
        pugi::xml_node name = p.append_child("span");
        set_attribute(name, "class", "of");
        const Scope head_scope(*this, name, head->attributes);
        append_text(name, publication_.inputs.book.told(head->content));
        append_text(p, style::joint(publication_.label("pair"), "name", "value"));
      }
      pugi::xml_node value = p;
      if (!cell.attributes.lang.empty() || cell.attributes.dir != model::Direction::inherit) {
        value = p.append_child("span");
      }
      const Scope cell_scope(*this, value, cell.attributes);
      own.write(value, cell.content);
    }
  }
}

void Markup::figure(pugi::xml_node parent, const model::Block& block, const model::Figure& figure) {
  pugi::xml_node node = append_line(parent, "figure");
  set_id(node, block.id);
  const Scope scope(*this, node, block.attributes);
  OwnText own(*this, block.id, length(figure.caption));
  // The page begins with the picture, not with the caption under it.
  flush(node);
  breaks_before(node, own);
  pugi::xml_node image = append_line(node, "img");
  const std::string path = image_path(publication_, figure.path);
  if (path.empty()) {
    publication_.sink.report(diag::Code::E0901, figure.path_span, "the image '" + figure.path + "' was not given");
    return;
  }
  set_attribute(image, "src", path);
  set_attribute(image, "alt", figure.decorative ? "" : figure.alternative);
  if (figure.decorative) set_attribute(image, "role", "presentation");
  if (!figure.caption.empty()) own.write(append_line(node, "figcaption"), figure.caption);
}

}  // namespace epitome::epub
