// A page's items at their place on a sheet. Internal to impose.
#pragma once

#include "page/pages.hpp"

namespace epitome::impose {

// The box of what is no text.
inline model::Rect& box_of(page::Item& item) {
  auto* const rule = std::get_if<page::Rule>(&item.value);
  return rule != nullptr ? rule->box : std::get<page::Picture>(item.value).box;
}

// The item loses its mark: sheets have no tags.
inline void move(page::Item& item, model::Length right, model::Length down) {
  item.mark = page::no_index;
  if (auto* const text = std::get_if<page::Text>(&item.value)) {
    text->origin.x += right;
    text->origin.y += down;
    return;
  }
  model::Rect& box = box_of(item);
  box.x += right;
  box.y += down;
}

}  // namespace epitome::impose
