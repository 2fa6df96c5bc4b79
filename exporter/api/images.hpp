// The images that a document names, read and checked.
#pragma once

#include "api/epitome.hpp"
#include "book/book.hpp"
#include "diag/diagnostic.hpp"
#include "image/image.hpp"
#include "model/document.hpp"

namespace epitome::api {

// Every figure's and the cover's image by its path as written, each file read once. Reports E0301 for one that
// is not there, and what image::check_image finds, at the first place that names it; what is not sound is left out.
// W0307 for a cover that shops don't take: too small, or of another shape than their shelves.
book::Images load_images(const model::Document& document, const FileReader& files, image::Depth depth,
                         diag::Sink& sink);

}  // namespace epitome::api
