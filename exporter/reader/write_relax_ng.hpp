// The vocabulary as RELAX NG in its compact syntax (ISO/IEC 19757-2, Annex C): source/summary.rnc, for editors that
// help while one types XML, and for jing.
#pragma once

#include <string>

namespace epitome::reader {

// The grammar of the XML form, in lines of at most 110 characters. What the program accepts it accepts too; its head
// names what a grammar of this kind can't look at. Ends in a newline.
std::string write_relax_ng();

}  // namespace epitome::reader
