// Contents, page list and landmarks: in the navigation document, the NCX and the package document's guide.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <vector>

#include "epub/publication.hpp"

namespace epitome::epub {

// The list of the contents page, behind its title. All content documents are written before.
void write_contents(const Publication& publication, const ContentDocument& file);
// The navigation document, for the reader's own lists: no page of the book (Kindle Publishing Guidelines, 5.2.1).
void write_navigation(Publication& publication);
// The contents of EPUB 2, for readers that know no navigation document (OPF 2.0.1, 2.4.1).
pugi::xml_document toc_ncx(const Publication& publication);

// One entry of the contents, for both; depth first.
struct NavigationPoint {
  int level = 0;
  std::string name;
  const Anchor* anchor = nullptr;
  bool shown = true;  // on the contents page; the others are in the reader's own list only
};
std::vector<NavigationPoint> navigation_points(const Publication& publication);

// The places that readers have commands for, in order.
struct Landmark {
  const char* type;        // EPUB 3's
  const char* guide_type;  // OPF 2's
  std::string href, name;
};
std::vector<Landmark> landmarks(const Publication& publication);

}  // namespace epitome::epub
