#include "page/black.hpp"

#include <utility>

#include "image/convert.hpp"

namespace epitome::page {

namespace {

void darken(Colour& colour) {
  if (colour.red != colour.green || colour.red != colour.blue) colour = {};
}

}  // namespace

bool make_black(Pages& pages, diag::Sink& sink) {
  for (Page& page : pages.pages) {
    for (Item& item : page.items) {
      if (auto* const text = std::get_if<Text>(&item.value)) darken(text->colour);
      if (auto* const rule = std::get_if<Rule>(&item.value)) darken(rule->colour);
    }
  }
  for (image::Image& image : pages.images) {
    std::optional<image::Image> grey = image::in_grey(image, {}, sink);
    if (!grey) return false;
    image = std::move(*grey);
  }
  return true;
}

}  // namespace epitome::page
