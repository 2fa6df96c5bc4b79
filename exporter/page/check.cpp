// The invariants of Pages. A page writer may rely on them without looking again.
#include <fmt/format.h>

#include <string_view>
#include <unordered_set>

#include "page/pages.hpp"
#include "page/roles.hpp"

namespace epitome::page {
namespace {

class Checker {
 public:
  Checker(const Pages& pages, diag::Sink& sink) : pages_(pages), sink_(sink) {}

  bool run() {
    const std::size_t before = sink_.error_count();
    if (pages_.pages.empty()) fault("there is no page");
    if (pages_.metadata.title.empty()) fault("the title is empty");
    if (pages_.metadata.lang.empty()) fault("the language is empty");
    if (pages_.tagged) {
      check_elements();
      check_marks();
    } else if (!pages_.elements.empty() || !pages_.marks.empty() || !pages_.links.empty() ||
               !pages_.destinations.empty() || !pages_.outline.empty()) {
      fault("sheets without tags have elements, marks or places to go to");
    }
    for (std::size_t i = 0; i < pages_.pages.size(); ++i) check_page(static_cast<std::uint32_t>(i));
    check_navigation();
    return sink_.error_count() == before;
  }

 private:
  void fault(const std::string& message) {
    sink_.report(diag::Code::E0901, {}, "the pages are not well-formed: " + message);
  }
  std::string name(std::uint32_t element) const {
    return fmt::format("element {} ({})", element, role_name(pages_.elements[element].role));
  }

  // Every element but the first hangs once in the tree, under the parent that it names; every mark once in
  // the element that it names.
  void check_elements() {
    const auto& elements = pages_.elements;
    if (elements.empty() || elements[0].role != Role::document || elements[0].parent != no_index)
      return fault("element 0 is not the Document");
    mark_seen_.assign(pages_.marks.size(), false);
    std::vector<bool> seen(elements.size(), false);
    std::vector<std::uint32_t> open{0};
    seen[0] = true;
    std::size_t reached = 0;
    std::unordered_set<std::string_view> ids;
    while (!open.empty()) {
      const std::uint32_t at = open.back();
      open.pop_back();
      ++reached;
      const Element& element = elements[at];
      if (!element.details->id.empty() && !ids.insert(element.details->id).second)
        fault(fmt::format("two elements have the id '{}'", element.details->id));
      if (element.role == Role::note && element.details->id.empty()) fault(name(at) + " has no id");
      if (element.role == Role::figure && element.details->alternative.empty())
        fault(name(at) + " has no alternative text");
      for (const Kid& kid : element.kids) {
        if (kid.index >= (kid.is_mark ? pages_.marks.size() : elements.size())) {
          fault(name(at) + " has a kid that doesn't exist");
        } else if (kid.is_mark) {
          if (pages_.marks[kid.index].element != at || mark_seen_[kid.index])
            fault(fmt::format("mark {} is a kid of {} but not its own, or twice", kid.index, name(at)));
          mark_seen_[kid.index] = true;
        } else if (seen[kid.index] || elements[kid.index].parent != at) {
          fault(fmt::format("{} is a kid of {} but names another parent, or is in the tree twice", name(kid.index),
                            name(at)));
        } else {
          seen[kid.index] = true;
          open.push_back(kid.index);
        }
      }
    }
    if (reached == elements.size()) return;
    for (std::uint32_t i = 0; i < elements.size(); ++i)
      if (!seen[i]) return fault(name(i) + " is not in the tree");
  }

  void check_marks() {
    for (std::size_t i = 0; i < pages_.marks.size(); ++i) {
      const Mark& mark = pages_.marks[i];
      const bool artifact = mark.artifact != ArtifactKind::none;
      if (mark.page >= pages_.pages.size()) fault(fmt::format("mark {} is on no page", i));
      if (artifact == (mark.element != no_index)) fault(fmt::format("mark {} is not either content or an artifact", i));
      if (mark.element == no_index) continue;
      if (mark.element >= pages_.elements.size())
        fault(fmt::format("mark {} belongs to no element", i));
      else if (i < mark_seen_.size() && !mark_seen_[i])
        fault(fmt::format("mark {} is not a kid of its {}", i, name(mark.element)));
    }
    mark_done_.assign(pages_.marks.size(), false);
  }

  void check_page(std::uint32_t index) {
    const Page& page = pages_.pages[index];
    const auto where = [&](const char* what) { fault(fmt::format("page {}: {}", index, what)); };
    // ISO 19005-2 6.1.13: a page's sides are 3 to 14,400 units.
    const auto fits = [&](Length side) { return side >= Length::pt(3) && side + page.bleed * 2 <= Length::pt(14400); };
    if (!fits(page.trim.width) || !fits(page.trim.height) || page.bleed < Length{}) where("its size is not possible");
    std::uint32_t open = no_index;
    for (const Item& item : page.items) {
      if (item.mark != open) {
        if (open != no_index) mark_done_[open] = true;
        open = no_index;
        if (item.mark != no_index) {
          if (item.mark >= pages_.marks.size()) return where("an item's mark doesn't exist");
          if (pages_.marks[item.mark].page != index) return where("an item's mark belongs to another page");
          if (mark_done_[item.mark]) return where("items of one mark don't stand together");
          open = item.mark;
        }
      }
      if (const Text* text = std::get_if<Text>(&item.value)) {
        if (open == no_index && pages_.tagged) where("text has no mark");
        check_run(text->run, index);
      } else if (const Picture* picture = std::get_if<Picture>(&item.value)) {
        if (picture->image >= pages_.images.size()) where("a picture's image doesn't exist");
      }
    }
    if (open != no_index) mark_done_[open] = true;
    std::size_t clipped = 0;
    for (const Clip& clip : page.clips) {
      if (clip.first < clipped || clip.last < clip.first || clip.last > page.items.size() || pages_.tagged)
        return where("its clips are out of order");
      clipped = clip.last;
    }
  }

  void check_run(const text::GlyphRun& run, std::uint32_t index) {
    const auto where = [&](const char* what) { fault(fmt::format("page {}: a run '{}' {}", index, run.text, what)); };
    if (run.glyphs.empty()) return;
    if (run.face == nullptr) return where("has no face");
    if (run.size <= Length{} || run.glyph_scale <= 0) return where("has no size");
    if (run.text.empty()) return where("has glyphs without text");
    for (std::size_t i = 0; i < run.glyphs.size(); ++i) {
      const text::Glyph glyph = run.glyphs[i];
      if (glyph.id == 0) return where("has a missing glyph");
      if (glyph.cluster >= run.text.size()) return where("has a cluster outside its text");
      if (i == 0) continue;
      const std::uint32_t last = run.glyphs[i - 1].cluster;
      if (run.rtl ? glyph.cluster > last : glyph.cluster < last) return where("has clusters out of order");
    }
  }

  void check_navigation() {
    std::unordered_set<std::string_view> names;
    for (const Destination& d : pages_.destinations) {
      if (d.page >= pages_.pages.size()) fault(fmt::format("destination '{}' is on no page", d.name));
      if (d.name.empty() || d.name.find_first_not_of(
                                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/") != d.name.npos)
        fault(fmt::format("destination '{}' is not named in ASCII", d.name));
      if (!names.insert(d.name).second) fault(fmt::format("destination '{}' is there twice", d.name));
    }
    for (const Link& link : pages_.links) {
      const std::string what = fmt::format("link '{}'", link.description);
      if (link.page >= pages_.pages.size()) fault(what + " is on no page");
      if (link.boxes.empty()) fault(what + " has no place");
      if (link.description.empty()) fault(fmt::format("a link on page {} has no description", link.page));
      if (link.uri.empty() == link.destination.empty()) fault(what + " needs either an address or a destination");
      if (!link.destination.empty() && !names.contains(link.destination))
        fault(fmt::format("{} leads to '{}', which doesn't exist", what, link.destination));
      if (link.element >= pages_.elements.size() || pages_.elements[link.element].role != Role::link)
        fault(what + " has no Link element");
    }
    int level = -1;
    for (const OutlineEntry& entry : pages_.outline) {
      if (entry.title.empty()) fault("an outline entry has no title");
      if (entry.level < 0 || entry.level > level + 1)
        fault(fmt::format("outline entry '{}' skips a level", entry.title));
      if (!names.contains(entry.destination))
        fault(fmt::format("outline entry '{}' leads to '{}', which doesn't exist", entry.title, entry.destination));
      level = entry.level;
    }
    std::uint32_t next = 0;
    for (const LabelRange& range : pages_.labels) {
      if ((next == 0) != (range.first_page == 0) || range.first_page < next ||
          range.first_page >= pages_.pages.size() || range.start < 1)
        fault("the page labels' ranges are out of order");
      next = range.first_page + 1;
    }
  }

  const Pages& pages_;
  diag::Sink& sink_;
  std::vector<bool> mark_seen_, mark_done_;
};

}  // namespace

bool check_pages(const Pages& pages, diag::Sink& sink) { return Checker(pages, sink).run(); }

}  // namespace epitome::page
