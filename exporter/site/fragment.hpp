// An EPUB's content documents to pieces of a page.
#pragma once

#include <functional>
#include <map>
#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace epitome::site {

// The content documents that the page holds, by their paths in the EPUB, with the ids of their sections.
using Kept = std::map<std::string, std::string, std::less<>>;

// Where a picture of the EPUB ("images/roof.png") stands, from the page.
using PictureAddress = std::function<std::string(std::string_view path)>;

// The element as HTML: headings one level lower, without page breaks and what only EPUBs have. A link into a document
// that the page doesn't hold is its text alone.
std::string html_of(pugi::xml_node element, const Kept& kept, const PictureAddress& picture);

}  // namespace epitome::site
