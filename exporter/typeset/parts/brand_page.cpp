#include <algorithm>
#include <memory>
#include <utility>

#include "cover/cover.hpp"
#include "typeset/parts/parts.hpp"

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

// The field of hairlines, on which the page's words stand.
void draw_brand_field(Setter& setter, std::uint32_t target, const Column& column) {
  const style::Pieces::BrandPage& page = setter.layout.pieces.brand_page;
  auto field = std::make_shared<std::vector<page::Item>>(
      cover::draw_field(setter.inputs, page.field_width, page.field_lines, page.field_picks));
  const Length height = foot_of(*field);
  Atom& drawn = setter.list.add(setter.list.up_to_grid(height));
  setter.list.anchor(drawn, target);
  drawn.contents.emplace_back(Drawing{std::move(field), none, ArtifactKind::layout, false, column.start,
                                      setter.list.up_to_grid(height) - height, page.field_width});
  setter.list.space_after(setter.layout.geometry.grid * page.empty_after_field);
}

}  // namespace

void brand_page(Setter& setter, const book::Section& section, const model::Blocks* content, const Column& column) {
  const style::Pieces::BrandPage& page = setter.layout.pieces.brand_page;
  const Length grid = setter.layout.geometry.grid;
  const book::GeneratedText& text = setter.inputs.book.generated;
  const std::size_t first = setter.list.chain().boxes.size();
  const std::uint32_t target = setter.structure.destination(section.id);
  if (setter.layout.front_runs_on) {
    setter.list.space_after(setter.layout.style(StyleName::brand).before);
    setter.list.await(target);
  } else {
    setter.list.chain().bare = setter.list.chain().at_foot = true;
    draw_brand_field(setter, target, column);
  }
  const auto put = [&](model::Inlines inlines, StyleName name, const std::string& href) {
    const std::uint32_t p = setter.structure.element(page::Role::p, column.element);
    if (!href.empty()) {
      model::Link link;
      link.href = href;
      link.content = std::move(inlines);
      inlines = {std::move(link)};
    }
    TextPlace nowhere;
    setter.paragraph(setter.spans(inlines, setter.state(name, column, p), nowhere),
                     {name, false, column.start, column.measure}, column, {}, {});
  };
  const auto put_text = [&](const std::string& words, StyleName name, const std::string& href) {
    if (!words.empty()) put({model::Text{words, {}}}, name, href);
  };
  put_text(text.brand, StyleName::brand, {});
  put_text(text.brand_line, StyleName::brand_text, {});
  const StyleName link_style = setter.layout.front_runs_on ? StyleName::brand_text : StyleName::attribution;
  const bool more = content != nullptr && !content->empty();
  setter.list.space_after(grid * page.empty_before_link);
  if (more) {
    Column inside = column;
    inside.style = inside.first_style = StyleName::brand_text;
    set_blocks(setter, *content, inside);
  }
  if (more) {
    put_text(text.brand_href, link_style, text.brand_href);
  } else if (!text.brand_href.empty()) {
    put(text.brand_more, link_style, text.brand_href);
  }
  setter.list.keep_together(first, PageCosts::piece_split);
}

}  // namespace epitome::typeset
