#include "pdf/navigation.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "pdf/structure.hpp"
#include "pdf/syntax.hpp"
#include "pdf/trees.hpp"

namespace epitome::pdf {

using model::Length;
using model::Rect;

namespace {

// A y from the top of the page's paper, in the media box's coordinates.
Milli upwards(const page::Page& page, Length from_top) {
  return to_milli(page.bleed + on_paper(page, page.trim).height - from_top);
}

// An address may hold any letters (RFC 3987); a URI action's are ASCII (12.6.4.7), the others as UTF-8 in escapes.
std::string ascii_uri(std::string_view address) {
  std::string out;
  for (const char c : address) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out += c;
    } else {
      out += {'%', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 15]};
    }
  }
  return out;
}

}  // namespace

std::uint32_t write_destinations(ObjectFile& file, const page::Pages& pages,
                                 const std::vector<std::uint32_t>& objects) {
  if (pages.destinations.empty()) return 0;
  std::vector<std::pair<std::string, std::string>> names;
  for (const page::Destination& d : pages.destinations) {
    // The zoom stays as it is.
    std::string place{"["};
    place += reference(objects[d.page]);
    const page::Page& page = pages.pages[d.page];
    // A turned page's top is the left edge of its paper.
    place += page.turned ? "/XYZ " : "/XYZ null ";
    put_milli(place, page.turned ? to_milli(page.bleed + d.y) : upwards(page, d.y));
    names.emplace_back(d.name, place + (page.turned ? " null null]" : " null]"));
  }
  std::sort(names.begin(), names.end());
  return write_name_tree(file, names);
}

void write_link(ObjectFile& file, std::uint32_t object, const page::Pages& pages, std::size_t index,
                std::uint32_t page_object) {
  const page::Link& link = pages.links[index];
  const page::Page& page = pages.pages[link.page];
  Milli left = 0, right = 0, bottom = 0, top = 0;
  std::string quads;
  for (std::size_t i = 0; i < link.boxes.size(); ++i) {
    const Rect box = on_paper(page, link.boxes[i]);
    const Milli x1 = to_milli(page.bleed + box.x), x2 = to_milli(page.bleed + box.x + box.width);
    const Milli y2 = upwards(page, box.y), y1 = upwards(page, box.y + box.height);
    left = i == 0 ? x1 : std::min(left, x1);
    right = i == 0 ? x2 : std::max(right, x2);
    bottom = i == 0 ? y1 : std::min(bottom, y1);
    top = i == 0 ? y2 : std::max(top, y2);
    // Upper corners, then lower: as readers take them, not as the standard's figure has them.
    for (const Milli v : {x1, y2, x2, y2, x1, y1, x2, y1}) {
      if (!quads.empty()) quads += ' ';
      put_milli(quads, v);
    }
  }
  std::string body = "/Type/Annot/Subtype/Link/Rect[";
  for (const Milli v : {left, bottom, right, top}) {
    put_milli(body, v);
    body += ' ';
  }
  body += "]/Border[0 0 0]/F 4/P ";
  put_reference(body, page_object);
  body += "/StructParent ";
  put_int(body, static_cast<std::int64_t>(link_key(pages, index)));
  body += "/Contents" + text_string(link.description);
  if (link.boxes.size() > 1) body += "/QuadPoints[" + quads + "]";
  if (link.uri.empty()) {
    body += "/Dest";
    put_literal(body, link.destination);
  } else {
    body += "/A<</S/URI/URI";
    put_literal(body, ascii_uri(link.uri));
    body += ">>";
  }
  file.set(object, std::move(body));
}

std::uint32_t write_outline(ObjectFile& file, const page::Pages& pages) {
  const std::size_t count = pages.outline.size();
  if (count == 0) return 0;
  struct Entry {
    std::uint32_t object = 0;
    std::size_t parent = 0, first = 0, last = 0, previous = 0, next = 0;  // entry + 1; 0: none, as parent the root
    std::int64_t below = 0;                                               // its own entries
  };
  std::vector<Entry> entries(count + 1);
  entries[0].object = file.reserve();
  std::vector<std::size_t> path{0};
  for (std::size_t i = 1; i <= count; ++i) {
    path.resize(static_cast<std::size_t>(pages.outline[i - 1].level) + 1);
    Entry &entry = entries[i], &parent = entries[path.back()];
    entry.object = file.reserve();
    entry.parent = path.back();
    entry.previous = parent.last;
    if (parent.last != 0)
      entries[parent.last].next = i;
    else
      parent.first = i;
    parent.last = i;
    path.push_back(i);
  }
  // Every entry is closed: a negative count (ISO 32000-1, 12.3.3).
  for (std::size_t i = 1; i <= count; ++i) ++entries[entries[i].parent].below;
  for (std::size_t i = 0; i <= count; ++i) {
    const Entry& entry = entries[i];
    std::string body;
    const auto point = [&](std::string_view name, std::size_t to) {
      if (to == 0) return;
      body += name;
      put_reference(body, entries[to].object);
    };
    if (i == 0) {
      body = "/Type/Outlines";
    } else {
      body = "/Title" + text_string(pages.outline[i - 1].title) + "/Parent ";
      put_reference(body, entries[entry.parent].object);
      body += "/Dest";
      put_literal(body, pages.outline[i - 1].destination);
    }
    point("/Prev ", entry.previous);
    point("/Next ", entry.next);
    point("/First ", entry.first);
    point("/Last ", entry.last);
    if (entry.first != 0) {
      body += "/Count ";
      put_int(body, i == 0 ? entry.below : -entry.below);
    }
    file.set(entry.object, std::move(body));
  }
  return entries[0].object;
}

std::uint32_t write_page_labels(ObjectFile& file, const page::Pages& pages) {
  if (pages.labels.empty()) return 0;
  std::vector<std::pair<std::int64_t, std::string>> ranges;
  for (const page::LabelRange& range : pages.labels) {
    std::string body = "<<";
    if (range.style == page::LabelStyle::arabic) body += "/S/D";
    if (range.style == page::LabelStyle::roman) body += "/S/r";
    if (!range.prefix.empty()) body += "/P" + text_string(range.prefix);
    if (range.start != 1) {
      body += "/St ";
      put_int(body, range.start);
    }
    ranges.emplace_back(range.first_page, body + ">>");
  }
  return write_number_tree(file, ranges);
}

}  // namespace epitome::pdf
