// The checks of the bytes that pugixml doesn't make: it is lenient by design.
#pragma once

#include <string>

#include "reader/faults.hpp"

namespace epitome::reader {

// Checks size, UTF-8 and control characters (E0101, W0103, E0104, E0105). Control characters in
// `bytes` become spaces, so that reading can go on and find more. False: nothing more can be said.
bool check_bytes(std::string& bytes, Faults& faults);

// Checks `bytes`, which passed check_bytes, against XML 1.0 (fifth edition), without document type
// declarations (E0101, E0102, E0104, E0105, E0107). False if the tree can't be trusted; true, even
// with errors reported, if what pugixml makes of it is worth checking further.
bool check_well_formed(std::string_view bytes, Faults& faults);

}  // namespace epitome::reader
