// What must hold of a document whatever its elements are called: where a note or a link may stand, what a figure, a
// table, an edition's dates and a title must be. The other rules of this sort: references.hpp (ids and what refers to
// them), table_grid.hpp (rows and columns), lint.hpp (typography). All are rules on the Tree, where each piece has its
// place in the source, so that they hold for every syntax; which elements and attributes there are is the vocabulary's.
#pragma once

#include <string_view>

#include "reader/faults.hpp"
#include "reader/tree.hpp"
#include "reader/vocabulary.hpp"

namespace epitome::reader {

// What an element inherits from those around it.
struct Surroundings {
  bool english = true;
  bool in_note = false;
  bool in_link = false;
  bool in_ruby = false;
  // The text becomes an entry of the contents or the outline, where a note's number has no place.
  bool in_heading = false;
};

bool is_heading(Type type);

// Why an inline element may not stand there; null if it may.
const char* misplaced(Type type, const Surroundings& context);

// Reports what is wrong with that element by itself: E0203, E0204, E0205, E0213, W0401. `bytes`: of the source.
void check_rules(Node node, Type type, const Surroundings& context, std::string_view bytes, Faults& faults);

}  // namespace epitome::reader
