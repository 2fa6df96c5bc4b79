// The whole summary in brief on one page: title and authors, the hook, the takeaways' headlines, a quotation, and the
// way back to where more is told.
#include <algorithm>
#include <array>
#include <utility>

#include "model/walk.hpp"
#include "typeset/code.hpp"
#include "typeset/pages/plan.hpp"
#include "typeset/parts/parts.hpp"
#include "typeset/place/place.hpp"
#include "typeset/typeset.hpp"

namespace epitome::typeset {

namespace {

// Smaller running text can't be read at arm's length; the second is the step from one size to the next smaller one.
constexpr Length least_size = Length::pt(9), size_step = Length::ratio_pt(1, 2);
// A longer quotation would take the room of the headlines.
constexpr std::size_t quotation_most = 600;
// The sides of a code's modules: 0.5 mm, which any telephone reads from a laser print.
constexpr Length code_module = Length::ratio_pt(72 * 5, 254);

// The layout with its text at that size, and a title that leaves the page to the text.
style::Layout look_of(const style::Layout& base, Length size) {
  style::Layout look = base;
  const Length usual = base.style(StyleName::text).size;
  const auto shrink = [&](Length& length) { length = length.scaled(size.raw(), usual.raw()); };
  style::Geometry& g = look.geometry;
  const Length height = g.grid * g.lines;
  shrink(g.grid);
  shrink(g.first_baseline_drop);
  g.lines = static_cast<int>(height.raw() / g.grid.raw());
  for (TextStyle& style : look.styles) {
    for (Length* const length : {&style.size, &style.leading, &style.before, &style.after, &style.first_line_indent,
                                 &style.start_indent, &style.end_indent, &style.turnover_indent})
      shrink(*length);
    style.measure = {};
  }
  style::Pieces& pieces = look.pieces;
  shrink(pieces.picked_line.width);
  shrink(pieces.picked_line.thickness);
  shrink(pieces.picked_line.rise);
  shrink(pieces.discussion_column);
  pieces.title_page.empty_before_picked = pieces.title_page.empty_after_picked = 0;
  const auto named = [&](StyleName name) -> TextStyle& { return look.styles[static_cast<std::size_t>(name)]; };
  named(StyleName::title) = named(StyleName::title_small);
  named(StyleName::title_subtitle).before = g.grid / 2;
  named(StyleName::hook).size = named(StyleName::title_kind).size = size;
  named(StyleName::hook).leading = named(StyleName::title_kind).leading = g.grid;
  named(StyleName::hook_source).before = {};
  return look;
}

// Where more is told: the edition's own address, or else its publisher's; empty: there is none.
std::string_view address_of(const model::Edition& edition) {
  for (const std::string* const address : {&edition.identifier, &edition.brand_href})
    if (address->starts_with("https://") || address->starts_with("http://")) return *address;
  return {};
}

// The first short quotation that gives nothing away.
struct FindQuotation {
  const model::Block* found = nullptr;

  void operator()(const model::Warnings&) {}
  void operator()(const model::Notes&) {}
  void operator()(const model::Block& block) {
    if (found != nullptr) return;
    const auto* const quotation = std::get_if<model::BlockQuotation>(&block.value);
    if (quotation == nullptr) return model::walk_inside(block, *this);
    std::size_t length = 0;
    for (const model::Block& item : quotation->content) {
      const auto* const paragraph = std::get_if<model::Paragraph>(&item.value);
      if (paragraph == nullptr || model::holds_spoiler(paragraph->content)) return;
      length += model::plain_text(paragraph->content).size();
    }
    if (length <= quotation_most) found = &block;
  }
};

class Brief {
 public:
  Brief(Setter& setter, const book::Book& book) : setter_(setter), book_(book) {}

  // False: there is nothing to tell in brief.
  bool write() {
    const auto title = std::find_if(book_.sections.begin(), book_.sections.end(), [](const book::Section& section) {
      return section.kind == book::SectionKind::title_page;
    });
    title_head(setter_, *title, setter_.whole_block(), false);
    const book::Section *const hook = section(model::PartKind::hook),
                               *const overview = section(model::PartKind::overview),
                               *const takeaways = section(model::PartKind::takeaways);
    if (hook == nullptr && overview == nullptr && takeaways == nullptr) return false;
    if (hook != nullptr) {
      opening(*hook->part);
    } else if (overview != nullptr) {
      beginning(*overview->part);
    }
    if (takeaways != nullptr) headlines(*takeaways);
    quotation();
    way_back();
    return true;
  }
  // The place to name when the page is full: the longest part.
  diag::Span longest() const {
    const book::Section* const takeaways = section(model::PartKind::takeaways);
    return takeaways == nullptr ? book_.document.work.title.span : takeaways->part->attributes.span;
  }
  bool has_way_back() const { return has_way_back_; }

 private:
  const book::Section* section(model::PartKind kind) const {
    const auto at = std::find_if(book_.sections.begin(), book_.sections.end(), [&](const book::Section& section) {
      return section.part != nullptr && section.part->kind() == kind;
    });
    return at == book_.sections.end() ? nullptr : &*at;
  }
  Length grid() const { return setter_.layout.geometry.grid; }

  Column column_of(const model::Part& part) {
    Column column = setter_.whole_block();
    column.element = setter_.structure.element(page::Role::sect, 0, column.lang, &part.attributes);
    column = inner(column, part.attributes);
    column.alone = true;
    setter_.list.space_after(grid());
    return column;
  }

  void opening(const model::Part& part) {
    const auto& hook = std::get<model::Hook>(part.value);
    Column column = column_of(part);
    column.style = column.first_style = StyleName::hook;
    set_blocks(setter_, hook.content, column);
    TextPlace nowhere;
    if (!hook.source.empty()) setter_.plain_paragraph(hook.source, StyleName::hook_source, column, nowhere, {}, 0, {});
  }

  // The first two paragraphs.
  void beginning(const model::Part& part) {
    const Column column = column_of(part);
    setter_.first_paragraph = true;
    int left = 2;
    for (const model::Block& block : std::get<model::Overview>(part.value).content) {
      if (!std::holds_alternative<model::Paragraph>(block.value) || left-- == 0) break;
      set_block(setter_, block, column);
    }
  }

  void headlines(const book::Section& section) {
    const auto& items = std::get<model::Takeaways>(section.part->value).items;
    const Column column = column_of(*section.part);
    const std::uint32_t h2 = setter_.structure.element(page::Role::h2, column.element);
    TextPlace nowhere;
    setter_.paragraph(setter_.spans(section.title, setter_.state(StyleName::label, column, h2), nowhere),
                      {StyleName::label, false, column.start, column.measure}, column, {}, {});
    const std::uint32_t list = setter_.structure.element(page::Role::l, column.element);
    setter_.flow.elements[list].numbering = page::Element::Numbering::decimal;
    std::vector<LabelText> numbers;
    for (const model::Takeaway& item : items) numbers.push_back({item.number, &item.attributes});
    const Labels numerals = labels(setter_, numbers, StyleName::discussion_numeral, column);
    const Length hang = std::max(setter_.layout.pieces.discussion_column / 2, numerals.width);
    for (std::size_t i = 0; i < items.size(); ++i) {
      const model::Takeaway& item = items[i];
      Column inside = inner(column, item.attributes);
      const std::uint32_t entry = setter_.structure.element(page::Role::li, list, column.lang, &item.attributes);
      const std::uint32_t numeral = setter_.structure.element(page::Role::lbl, entry);
      inside.element = setter_.structure.element(page::Role::lbody, entry);
      inside.measure -= hang;
      inside.start = column.at(hang, inside.measure);
      setter_.list.space_after(grid() / 4);
      const std::size_t first = setter_.list.chain().boxes.size();
      setter_.plain_paragraph(item.headline, StyleName::discussion_question, inside, nowhere, {}, 0,
                              item.attributes.span);
      label(setter_, numerals, i, first, column, StyleName::discussion_numeral, numeral);
    }
  }

  void quotation() {
    for (const model::Part& part : book_.document.parts) {
      FindQuotation find;
      model::walk(part, find);
      if (find.found == nullptr) continue;
      set_block(setter_, *find.found, column_of(part));
      return;
    }
  }

  // The address, below the publisher's line if it is his, and beside it the same as a code. They close the page.
  void way_back() {
    const model::Edition& edition = book_.document.edition;
    const std::string_view address = address_of(edition);
    if (address.empty()) return;
    const Code code = draw_code(address, code_module, setter_.layout.ink);
    if (code.items.empty()) {
      setter_.sink.report(diag::Code::E0708, {}, "the address of the summary is too long for a QR code",
                          {"a code holds 2,331 bytes"});
      return;
    }
    Column column = setter_.whole_block();
    column.alone = true;
    column.element = setter_.structure.element(page::Role::sect, 0);
    model::Link link;
    link.href = std::string(address);
    link.content = {model::Text{std::string(address), {}}};
    Column beside = column;
    beside.measure -= code.side;
    beside.start = column.at({}, beside.measure);
    std::vector<TextBox> boxes;
    if (address == edition.brand_href) add_lines(boxes, {model::Text{edition.brand_line, {}}}, beside);
    add_lines(boxes, {std::move(link)}, beside);
    const Length text = boxes.back().baseline + setter_.list.drop(boxes.back().leading);
    const Length height = std::max(code.side, text);
    setter_.list.space_after(grid());
    Atom& atom = setter_.list.add(height);
    for (TextBox& box : boxes) {
      box.baseline += height - text;
      atom.contents.emplace_back(std::move(box));
    }
    const std::uint32_t figure = setter_.structure.element(page::Role::figure, column.element);
    // The same in every language.
    setter_.flow.elements[figure].details.edit().alternative = "QR: " + std::string(address);
    atom.contents.emplace_back(Drawing{std::make_shared<std::vector<page::Item>>(code.items), figure,
                                       ArtifactKind::none, false, column.at(beside.measure, code.side),
                                       height - code.side, code.side});
    has_way_back_ = true;
  }

  // The lines of a paragraph below the others.
  void add_lines(std::vector<TextBox>& boxes, const model::Inlines& text, const Column& column) {
    const TextStyle& style = setter_.layout.style(StyleName::brand_text);
    const std::uint32_t p = setter_.structure.element(page::Role::p, column.element);
    TextPlace nowhere;
    const auto lines = setter_.set(setter_.spans(text, setter_.state(StyleName::brand_text, column, p), nowhere),
                                   setter_.shape(style, column.measure, column.direction), {});
    for (std::uint32_t i = 0; i < lines->size(); ++i) {
      const Length baseline =
          style.leading * static_cast<std::int64_t>(boxes.size() + 1) - setter_.list.drop(style.leading);
      boxes.push_back({lines, i, column.start, column.measure, baseline, style.leading});
    }
  }

  Setter& setter_;
  const book::Book& book_;
  bool has_way_back_ = false;
};

// The page with its text at that size. No pages: it needs more than one; nothing: an error was reported.
std::optional<page::Pages> set_brief(const Inputs& inputs, diag::Sink& sink, diag::Span& full) {
  SinglePass pass(inputs, sink);
  if (!pass.setter.find_faces()) return std::nullopt;
  Brief brief(pass.setter, inputs.book);
  if (!brief.write()) {
    sink.report(diag::Code::E0708, {}, "the summary has nothing that one page could tell",
                {"<hook>, <overview> and <takeaways> hold it"});
    return std::nullopt;
  }
  if (sink.has_errors()) return std::nullopt;
  full = brief.longest();
  Flow& flow = pass.flow;
  flow.chains.back().bare = true;
  std::vector<PlannedPage> planned = plan_pages(flow, inputs.layout, inputs.book.language, pass.cache);
  page::Pages out;
  if (planned.size() > 1) return out;
  const style::Geometry& g = inputs.layout.geometry;
  if (brief.has_way_back()) flow.chains.back().boxes.back().before += g.grid * g.lines - planned.front().range.depth;
  Placer placer(inputs, std::move(flow), std::move(planned), pass.labels, pass.cache);
  out = placer.place(sink).pages;
  pass.cache.report(sink);
  out.metadata = metadata(inputs.book, inputs.layout);
  out.printing = inputs.layout.printing;
  return out;
}

}  // namespace

std::optional<page::Pages> brief(const Inputs& inputs, diag::Sink& sink) {
  const std::size_t errors_before = sink.error_count();
  for (Length size = inputs.layout.style(StyleName::text).size;; size = std::max(least_size, size - size_step)) {
    const style::Layout layout = look_of(inputs.layout, size);
    const Inputs smaller{{inputs.book, layout, inputs.fonts, inputs.patterns_folder, inputs.missing},
                         inputs.program,
                         false,
                         inputs.source};
    diag::Sink heard;
    diag::Span full;
    std::optional<page::Pages> set = set_brief(smaller, heard, full);
    const bool fits = set && !set->pages.empty();
    if (set && !fits && size > least_size) continue;
    sink.append(heard);
    if (set && !fits) {
      sink.report(diag::Code::E0708, full, "the summary in brief does not fit one page in 9 pt",
                  {"shorten the headlines of the takeaways or the hook, or take a --layout with a larger page"});
    }
    return fits && sink.error_count() == errors_before ? std::move(set) : std::nullopt;
  }
}

}  // namespace epitome::typeset
