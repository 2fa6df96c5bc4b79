// Names that are spelt in two ways.
#pragma once

#include <vector>

#include "diag/diagnostic.hpp"
#include "proof/texts.hpp"

namespace epitome::proof {

// Warns (W0426) of a word with a capital, inside sentences, that stands once and differs by a letter from one that
// stands often: Blyhte, Blythe. Endings may differ: languages decline names.
void names_spelt_twice(const std::vector<Text>& texts, diag::Sink& sink);

}  // namespace epitome::proof
