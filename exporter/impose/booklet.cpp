#include "impose/booklet.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "impose/move.hpp"

namespace epitome::impose {

namespace {

using model::Rect;

struct Paper {
  Length width, height;
};

constexpr Length mm(std::int64_t tenths) { return Length::pt(72).scaled(tenths, 254); }

// Across.
constexpr std::array<Paper, 4> papers = {{{mm(2970), mm(2100)},
                                          {Length::pt(792), Length::pt(612)},
                                          {mm(4200), mm(2970)},
                                          {Length::pt(1224), Length::pt(792)}}};

Paper paper_for(Length page_width, Length page_height) {
  constexpr Length rounding = Length::ratio_pt(1, 4);  // A4 is 297 mm wide, two A5 pages are 296 mm
  for (const Paper& paper : papers) {
    if (page_width * 2 <= paper.width + rounding && page_height <= paper.height + rounding) return paper;
  }
  return {page_width * 2, page_height};
}

// Pictures and rules may reach over a page's edge, where its neighbour stands.
bool leaves(page::Item& item, const Rect& trim) {
  if (std::holds_alternative<page::Text>(item.value)) return false;
  const Rect& box = box_of(item);
  return box.x < trim.x || box.x + box.width > trim.x + trim.width;
}

class Sheets {
 public:
  Sheets(page::Pages pages, const Booklet& options)
      : pages_(std::move(pages)),
        options_(options),
        width_(on_paper(pages_.pages.front(), pages_.pages.front().trim).width),
        height_(on_paper(pages_.pages.front(), pages_.pages.front().trim).height),
        paper_(paper_for(width_, height_)) {}

  page::Pages run() {
    const auto count = static_cast<std::uint32_t>(pages_.pages.size());
    std::vector<page::Page> sheets;
    for (const SheetSide& side :
         saddle_stitch(count, options_.per_signature, options_.back_is_last, pages_.metadata.rtl)) {
      page::Page& sheet = sheets.emplace_back();
      sheet.trim = {{}, {}, paper_.width, paper_.height};
      const Length creep = thickness(options_.paper_weight) * side.depth;
      // In the order in which they are read.
      const bool right_first = pages_.metadata.rtl;
      place(right_first ? side.right : side.left, !right_first, creep, sheet);
      place(right_first ? side.left : side.right, right_first, creep, sheet);
      if (options_.marks) marks(sheet, sheets.size() % 2 == 1);
    }
    return as_sheets(std::move(sheets));
  }

 private:
  void place(std::uint32_t number, bool left, Length creep, page::Page& sheet) {
    if (number == blank) return;
    page::Page& page = pages_.pages[number];
    const Length fold = paper_.width / 2;
    const Length right = left ? fold - width_ + creep : fold - creep, down = (paper_.height - height_) / 2;
    const auto first = static_cast<std::uint32_t>(sheet.items.size());
    bool clipped = page.turned;
    for (page::Item& item : page.items) {
      clipped = clipped || leaves(item, page.trim);
      page.turned ? move(item, {}, {}) : move(item, right, down);
      sheet.items.push_back(std::move(item));
    }
    if (clipped) {
      const Rect half{left ? Length{} : fold, {}, fold, paper_.height};
      page::Clip& clip = sheet.clips.emplace_back();
      clip = {first, static_cast<std::uint32_t>(sheet.items.size()), half, {}};
      if (page.turned) clip.turned = model::Point{right, down + height_};
    }
  }

  void line(page::Page& sheet, Rect box, bool dashed) const {
    const Length dash = dashed ? Length::pt(3) : Length{};
    sheet.items.push_back({page::no_index, page::Rule{box, {}, dash, dash}});
  }

  // The fold at head and foot, on the outside of the fold; cuts at the corners, where there is room for them.
  void marks(page::Page& sheet, bool outside) const {
    constexpr Length thin = Length::ratio_pt(1, 4), length = mm(50), apart = mm(20);
    const Length fold = paper_.width / 2;
    if (outside) {
      for (const Length top : {Length{}, paper_.height - length})
        line(sheet, {fold - thin / 2, top, thin, length}, true);
    }
    const Length side = fold - width_, above = (paper_.height - height_) / 2;
    for (const bool far : {false, true}) {
      const Length x = far ? fold + width_ : side, y = far ? above + height_ : above;
      if (above >= length) {
        for (const Length edge : {side, fold + width_}) {
          const Length top = far ? y + apart : y - length;
          line(sheet, {edge - thin / 2, top, thin, length - apart}, false);
        }
      }
      if (side >= length) {
        for (const Length edge : {above, above + height_}) {
          const Length start = far ? x + apart : x - length;
          line(sheet, {start, edge - thin / 2, length - apart, thin}, false);
        }
      }
    }
  }

  page::Pages as_sheets(std::vector<page::Page> sheets) {
    page::Pages out;
    out.metadata = std::move(pages_.metadata);
    out.images = std::move(pages_.images);
    out.pages = std::move(sheets);
    out.tagged = false;
    out.printing = {style::Printing::Duplex::short_edge, true, true};
    return out;
  }

  page::Pages pages_;
  const Booklet& options_;
  Length width_, height_;
  Paper paper_;
};

}  // namespace

Length thickness(int paper_weight) { return mm(10).scaled(paper_weight * 125LL, 100'000); }

std::vector<SheetSide> saddle_stitch(std::uint32_t pages, int per_signature, bool back_is_last, bool rtl) {
  constexpr std::uint32_t one_fold_at_most = 64, long_book_signature = 32;
  const std::uint32_t sheets = (pages + 3) / 4, blanks = sheets * 4 - pages;
  const auto page_at = [&](std::uint32_t place) {
    if (!back_is_last || blanks == 0) return place < pages ? place : blank;
    if (place + 1 == sheets * 4) return pages - 1;
    return place < pages - 1 ? place : blank;
  };
  std::uint32_t each = static_cast<std::uint32_t>(per_signature) / 4;
  if (each == 0) each = sheets * 4 <= one_fold_at_most ? sheets : long_book_signature / 4;
  const std::uint32_t signatures = sheets == 0 ? 0 : (sheets + each - 1) / each;
  std::vector<SheetSide> sides;
  std::uint32_t first = 0;  // page of the signature
  for (std::uint32_t s = 0; s < signatures; ++s) {
    const std::uint32_t own = sheets / signatures + (s < sheets % signatures ? 1 : 0), last = first + own * 4 - 1;
    for (std::uint32_t i = 0; i < own; ++i) {
      SheetSide front{page_at(last - 2 * i), page_at(first + 2 * i), static_cast<int>(i)};
      SheetSide back{page_at(first + 2 * i + 1), page_at(last - 2 * i - 1), static_cast<int>(i)};
      if (rtl) {
        std::swap(front.left, front.right);
        std::swap(back.left, back.right);
      }
      sides.push_back(front);
      sides.push_back(back);
    }
    first = last + 1;
  }
  return sides;
}

page::Pages booklet(page::Pages pages, const Booklet& options) { return Sheets(std::move(pages), options).run(); }

}  // namespace epitome::impose
