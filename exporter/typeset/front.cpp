// Pages that the program writes itself: cover, endpaper, imprint, contents, brand page.
#include <algorithm>

#include "cover/cover.hpp"
#include "typeset/collect.hpp"

namespace epitome::typeset {

namespace {

// How far down drawn items reach.
Length foot_of(const std::vector<page::Item>& items) {
  Length foot;
  for (const page::Item& item : items) {
    if (const auto* rule = std::get_if<page::Rule>(&item.value)) foot = std::max(foot, rule->box.y + rule->box.height);
    if (const auto* text = std::get_if<page::Text>(&item.value)) foot = std::max(foot, text->origin.y);
  }
  return foot;
}

}  // namespace

void Collector::cover_page(const book::Section& section) {
  Chain& page = start_chain(section.id);
  page.bare = true;
  page.numbering = Numbering::roman;
  const style::Geometry& g = layout_.geometry;
  const std::uint32_t sect = element(page::Role::sect, 0);
  const std::optional<model::CoverImage>& given = inputs_.book.document.work.cover;
  const std::uint32_t picture = given ? image(given->path) : none;
  Atom& atom = add(g.grid * g.lines);
  anchor(atom, destination(section.id));
  const auto draw = [&](std::vector<page::Item> items, std::uint32_t meant) {
    if (items.empty()) return;
    atom.contents.emplace_back(Drawing{std::make_shared<std::vector<page::Item>>(std::move(items)),
                                       meant,
                                       meant == none ? ArtifactKind::background : ArtifactKind::none,
                                       true,
                                       {},
                                       {},
                                       {}});
  };
  if (picture == none) {
    cover::Cover drawn = cover::draw_cover(inputs_, g.page_width, g.page_height, *sink_);
    draw(std::move(drawn.field), none);
    draw(std::move(drawn.text), element(page::Role::p, sect));
    return;
  }
  cover::ImageCover placed =
      cover::place_cover_image(inputs_, *flow_.images[picture], g.page_width, g.page_height, *sink_);
  const std::uint32_t figure = element(page::Role::figure, sect);
  flow_.elements[figure].alternative = given->alternative;
  std::vector<page::Item> items(1);
  items.front().value = page::Picture{picture, placed.picture};
  draw(std::move(items), figure);
  draw(std::move(placed.text), element(page::Role::p, sect));
}

void Collector::endpaper() {
  Chain& page = start_chain({});
  page.bare = true;
  page.numbering = Numbering::roman;
  const style::Geometry& g = layout_.geometry;
  auto items =
      std::make_shared<std::vector<page::Item>>(cover::draw_endpaper(inputs_, g.page_width, g.page_height, *sink_));
  add(g.grid * g.lines)
      .contents.emplace_back(Drawing{std::move(items), none, ArtifactKind::background, true, {}, {}, {}});
}

void Collector::imprint(const book::Section& section, const Column& column) {
  Chain& page = start_chain(section.id);
  page.bare = page.at_foot = page.generated = true;
  page.numbering = Numbering::roman;
  const TextStyle& style = layout_.style(StyleName::imprint);
  Column inside = column;
  inside.element = element(page::Role::sect, 0);
  if (style.measure > Length{}) inside.measure = std::min(inside.measure, style.measure);
  awaiting_.push_back(destination(section.id));
  for (const model::Inlines& content : imprint_) {
    TextPlace nowhere;
    const std::uint32_t p = element(page::Role::p, inside.element);
    paragraph(spans(content, state(StyleName::imprint, inside, p), nowhere),
              {StyleName::imprint, false, inside.start, inside.measure}, inside, {},
              inputs_.book.document.work.title.span);
    space_after(style.after);
  }
  chain().foot_shift = drop(layout_.geometry.grid) - drop(style.leading);
}

void Collector::contents(const book::Section& section, const Column& column) {
  Chain& page = start_chain(section.id);
  page.numbering = Numbering::roman;
  page.generated = true;
  Column inside = column;
  inside.element = element(page::Role::sect, 0);
  part_title(section, inside, true);
  const std::uint32_t toc = element(page::Role::toc, inside.element);
  for (const book::Section& listed : inputs_.book.sections) {
    if (listed.kind != book::SectionKind::part || listed.part == nullptr) continue;
    const model::PartKind kind = listed.part->kind();
    if (kind == model::PartKind::hook || kind == model::PartKind::brand) continue;
    contents_entry(StyleName::contents_part, listed.title, listed.part->attributes.lang, listed.id, inside, toc, false);
    const auto* story = std::get_if<model::Story>(&listed.part->value);
    if (story == nullptr || story->chapters.empty()) continue;
    const std::uint32_t chapters = element(page::Role::toc, toc);
    for (const model::Chapter& chapter : story->chapters) {
      contents_entry(StyleName::contents_chapter, chapter.title, chapter.attributes.lang, chapter.id, inside, chapters,
                     &chapter == &story->chapters.front());
    }
  }
  finish_on_grid();
}

void Collector::contents_entry(StyleName name, const model::Inlines& title, std::string_view lang, std::string_view id,
                               const Column& column, std::uint32_t toc, bool keep_with_part) {
  const TextStyle& style = layout_.style(name);
  model::Attributes attributes;
  attributes.lang = lang;
  const Column own = inner(column, attributes);
  const std::uint32_t entry = element(page::Role::toci, toc, column.lang, &attributes);
  const std::uint32_t reference = element(page::Role::reference, entry);
  const std::uint32_t link = element(page::Role::link, reference);
  const auto link_index = static_cast<std::uint32_t>(flow_.links.size());
  flow_.links.push_back({destination_name(id), {}, display_text(title), link});
  InlineState look = state(name, own, link);
  look.link = link_index;
  look.notes = false;
  look.repeated = true;
  look.hyphenate = false;
  TextPlace nowhere;
  std::vector<text::TextSpan> text = spans(title, look, nowhere);
  const Length start = own.start + style.start_indent;
  // A name of several lines leaves the numbers' column free.
  const Length measure = own.measure - style.start_indent - layout_.pieces.contents.end_column;
  const auto lines = set(std::move(text), shape(style, measure, own.direction), {});
  const std::size_t first =
      add_lines(lines, style, start, measure, style.before, keep_with_part ? PageCosts::stranded : 0);
  if (lines->empty()) return;
  for (std::size_t i = first + 1; i < chain().boxes.size(); ++i) chain().boxes[i].keep_cost = PageCosts::stranded;
  const std::uint32_t number_tag = tag(link);
  flow_.tags[number_tag].link = link_index;
  chain().atoms.back().contents.emplace_back(
      PageNumber{destination(id), number_tag, start + lines->back().width, style.leading - drop(style.leading)});
}

void Collector::brand_page(const book::Section& section, const model::Blocks* content, const Column& column) {
  const style::Pieces::BrandPage& page = layout_.pieces.brand_page;
  const Length grid = layout_.geometry.grid;
  chain().bare = chain().at_foot = true;
  auto field = std::make_shared<std::vector<page::Item>>(
      cover::draw_field(inputs_, page.field_width, page.field_lines, page.field_picks));
  const Length height = foot_of(*field);
  Atom& drawn = add(up_to_grid(height));
  anchor(drawn, destination(section.id));
  drawn.contents.emplace_back(Drawing{std::move(field), none, ArtifactKind::layout, false, column.start,
                                      up_to_grid(height) - height, page.field_width});
  space_after(grid * page.empty_after_field);
  const auto put = [&](model::Inlines inlines, StyleName name, const std::string& href) {
    const std::uint32_t p = element(page::Role::p, column.element);
    if (!href.empty()) {
      model::Link link;
      link.href = href;
      link.content = std::move(inlines);
      inlines = {std::move(link)};
    }
    TextPlace nowhere;
    paragraph(spans(inlines, state(name, column, p), nowhere), {name, false, column.start, column.measure}, column, {},
              {});
  };
  const auto put_text = [&](const std::string& text, StyleName name, const std::string& href) {
    if (!text.empty()) put({model::Text{text, {}}}, name, href);
  };
  put_text(inputs_.book.generated.brand, StyleName::brand, {});
  put_text(inputs_.book.generated.brand_line, StyleName::brand_text, {});
  const bool more = content != nullptr && !content->empty();
  space_after(grid * page.empty_before_link);
  if (more) {
    Column inside = column;
    inside.style = inside.first_style = StyleName::brand_text;
    blocks(*content, inside);
  }
  if (more) {
    put_text(inputs_.book.generated.brand_href, StyleName::attribution, inputs_.book.generated.brand_href);
  } else if (!inputs_.book.generated.brand_href.empty()) {
    put(inputs_.book.generated.brand_more, StyleName::attribution, inputs_.book.generated.brand_href);
  }
  for (std::size_t i = 1; i < chain().boxes.size(); ++i) {
    chain().boxes[i].keep_cost = std::max(chain().boxes[i].keep_cost, PageCosts::piece_split);
  }
}

// A page of lines to write on, headed: what stands where a blank page would be.
void Collector::writing_page(Numbering numbering) {
  Chain& page = start_chain({});
  page.optional = true;
  page.numbering = numbering;
  Column column = whole_block();
  column.element = element(page::Role::sect, 0);
  book::Section section;
  section.title = {model::Text{language_.label("notes-page"), {}}};
  part_ = none;
  const style::Geometry& g = layout_.geometry;
  const TextStyle& style = layout_.style(StyleName::part_title);
  const style::Pieces& pieces = layout_.pieces;
  const std::uint32_t h1 = element(page::Role::h1, column.element);
  TextPlace nowhere;
  const auto lines = set(spans(section.title, state(StyleName::part_title, column, h1), nowhere),
                         shape(style, column.measure, column.direction), {});
  const Length above = g.grid * (pieces.opener.picked_on_line + pieces.opener.empty_after_picked);
  Atom& atom = add(above + style.leading);
  atom.opens = true;
  atom.contents.emplace_back(picked_line(g.grid * pieces.opener.picked_on_line - g.first_baseline_drop));
  for (std::uint32_t i = 0; i < lines->size(); ++i) {
    atom.contents.emplace_back(TextBox{lines, i, column.start, column.measure,
                                       above + style.leading * (i + 1) - drop(style.leading), style.leading,
                                       ArtifactKind::none});
  }
  space_after(g.grid * (pieces.opener.empty_after_title - 1));
  add(pieces.writing.pitch * pieces.writing.lines_min, {}, PageCosts::stranded)
      .contents.emplace_back(WritingLines{column.start, column.measure});
  chain().boxes.back().stretches = true;
}

}  // namespace epitome::typeset
