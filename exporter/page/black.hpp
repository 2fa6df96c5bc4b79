// Pages without colour.
#pragma once

#include "page/pages.hpp"

namespace epitome::page {

// All that is drawn in a colour is drawn in black, pictures in greys: printers and copy shops count a page with one
// coloured point as a colour page. False if a picture is damaged (E0302).
bool make_black(Pages& pages, diag::Sink& sink);

}  // namespace epitome::page
