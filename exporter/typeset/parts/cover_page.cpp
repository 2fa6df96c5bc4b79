// The cover and the endpaper behind it.
#include <memory>
#include <optional>
#include <utility>

#include "cover/cover.hpp"
#include "typeset/parts/parts.hpp"

namespace epitome::typeset {

void cover_page(Setter& setter, const book::Section& section) {
  Chain& page = setter.list.start_chain(section.id);
  page.bare = true;
  page.front = Front::cover;
  page.numbering = Numbering::roman;
  const style::Geometry& g = setter.layout.geometry;
  const std::uint32_t sect = setter.structure.element(page::Role::sect, 0);
  const std::optional<model::CoverImage>& given = setter.inputs.book.document.work.cover;
  const std::uint32_t picture = given ? loaded_image(setter, given->path) : none;
  Atom& atom = setter.list.add(g.grid * g.lines);
  setter.list.anchor(atom, setter.structure.destination(section.id));
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
    cover::Cover drawn = cover::draw_cover(setter.inputs, g.page_width, g.page_height, setter.sink);
    draw(std::move(drawn.field), none);
    draw(std::move(drawn.text), setter.structure.element(page::Role::p, sect));
    return;
  }
  cover::ImageCover placed =
      cover::place_cover_image(setter.inputs, *setter.flow.images[picture], g.page_width, g.page_height, setter.sink);
  const std::uint32_t figure = setter.structure.element(page::Role::figure, sect);
  setter.flow.elements[figure].details.edit().alternative = given->alternative;
  std::vector<page::Item> items(1);
  items.front().value = page::Picture{picture, placed.picture};
  draw(std::move(items), figure);
  draw(std::move(placed.text), setter.structure.element(page::Role::p, sect));
}

void endpaper(Setter& setter) {
  Chain& page = setter.list.start_chain({});
  page.bare = true;
  page.front = Front::endpaper;
  page.numbering = Numbering::roman;
  const style::Geometry& g = setter.layout.geometry;
  auto items = std::make_shared<std::vector<page::Item>>(
      cover::draw_endpaper(setter.inputs, g.page_width, g.page_height, setter.sink));
  setter.list.add(g.grid * g.lines)
      .contents.emplace_back(Drawing{std::move(items), none, ArtifactKind::background, true, {}, {}, {}});
}

}  // namespace epitome::typeset
