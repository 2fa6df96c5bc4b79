// Pictures, and the captions of pictures and tables.
#include <fmt/format.h>

#include <algorithm>

#include "typeset/blocks/blocks.hpp"
#include "typeset/pages/plan.hpp"

namespace epitome::typeset {

namespace {

// What a page has for a picture that begins the piece: not what must stand over it, nor its caption and the caption's
// notes. A third of a page at least: what is longer goes on on the next.
Length room_beside(const Setter& setter, const Builder::Piece& picture, Length above) {
  const style::Geometry& g = setter.layout.geometry;
  const std::vector<Box>& boxes = setter.list.chain().boxes;
  Length caption;
  int note_lines = 0;
  for (std::size_t i = picture.first + 1; i < boxes.size(); ++i) {
    caption += boxes[i].before + boxes[i].height;
    for (const int lines : *boxes[i].notes) note_lines += lines;
  }
  // Plates are of one height, whether their captions have one line or four.
  if (caption > Length{}) caption = setter.list.up_to_grid(std::max(caption, g.grid * 4));
  if (above > Length{}) above = setter.list.up_to_grid(above + boxes[picture.first].before);
  const Length notes = note_area(page_shape(setter.layout, setter.list.chain(), false), note_lines);
  return std::max(g.grid * g.lines - above - caption - notes, g.grid * std::max(1, g.lines / 3));
}

// The picture at its natural width; one that would be higher than `highest` is a whole number of grid lines high.
model::Rect fitted(const Setter& setter, const image::Image& file, Length natural, Length highest, Length measure) {
  const std::int64_t wide = std::max<std::int64_t>(file.width, 1), high = std::max<std::int64_t>(file.height, 1);
  const Length own = std::max(natural.scaled(high, wide), Length::pt(1));
  if (own <= highest) return {{}, {}, natural, own};
  const Length grid = setter.layout.geometry.grid;
  const Length height = grid * std::max<std::int64_t>(1, highest.raw() / grid.raw());
  return {{}, {}, std::min(height.scaled(wide, high), measure), height};
}

}  // namespace

void caption(Setter& setter, const model::Block& block, const model::Inlines& content, const Column& column,
             std::uint32_t parent, Length before, std::int64_t turn_cost) {
  const std::uint32_t made = setter.structure.element(page::Role::caption, parent);
  TextPlace at{setter.structure.place(block.id), 0};
  ParagraphLook look{StyleName::caption, false, column.start, column.measure};
  look.turn_cost = turn_cost;
  setter.paragraph(setter.spans(content, setter.state(StyleName::caption, column, made), at), look, column, before,
                   block.attributes.span);
}

std::uint32_t loaded_image(Setter& setter, const std::string& path) {
  const auto found = setter.inputs.book.images.find(path);
  return found == setter.inputs.book.images.end() ? none : setter.structure.image(path, found->second);
}

void set_block(Setter& setter, const model::Block& block, const model::Figure& value, const Column& column) {
  const std::uint32_t picture = loaded_image(setter, value.path);
  if (picture == none) {
    setter.sink.report(diag::Code::E0901, value.path_span, fmt::format("image '{}' was not loaded", value.path));
    return;
  }
  const image::Image& file = *setter.flow.images[picture];
  const TextStyle& caption_style = setter.layout.style(StyleName::caption);
  const std::int64_t resolution = file.resolution != 0 ? file.resolution : setter.layout.pieces.figures.resolution;
  const std::int64_t pixels_wide = std::max<std::int64_t>(file.width, 1);

  std::uint32_t figure = none;
  if (!value.decorative || !value.caption.empty()) {
    figure = setter.structure.element(value.decorative ? page::Role::div : page::Role::figure, column.element,
                                      column.lang_around, &block.attributes);
    if (!value.decorative) setter.flow.elements[figure].details.edit().alternative = value.alternative;
  }
  const Builder::Piece piece = setter.list.begin_piece();
  const Length above = setter.list.kept_above();
  const Length natural = std::min(Length::ratio_pt(pixels_wide * 72, resolution), column.measure);
  const Length page = setter.layout.geometry.grid * setter.layout.geometry.lines;
  setter.list.add(fitted(setter, file, natural, page, column.measure).height, setter.layout.geometry.grid);
  if (!value.caption.empty()) {
    caption(setter, block, value.caption, column, figure, caption_style.before, PageCosts::stranded);
  }
  // A figure that closes an aside has an empty line under it.
  const Length below =
      column.closing > Length{} ? setter.list.up_to_grid(column.closing) + setter.layout.geometry.grid : Length{};
  const Length highest = room_beside(setter, piece, above) - below;
  const model::Rect box = fitted(setter, file, natural, highest, column.measure);
  setter.list.chain().boxes[piece.first].height = box.height;
  std::vector<Content>& contents = setter.list.chain().atoms[piece.first].contents;
  contents.emplace_back(Start{setter.structure.place(block.id)});
  contents.emplace_back(PictureBox{picture, column.start, {}, box.width, box.height, value.decorative ? none : figure});
  setter.list.finish_on_grid();
  setter.list.end_piece(piece, style::always_whole);
  setter.list.space_after(setter.layout.geometry.grid);
  setter.first_paragraph = true;
}

}  // namespace epitome::typeset
