#include "impose/cards.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "impose/move.hpp"

namespace epitome::impose {

namespace {

using model::Rect;

constexpr Length cut_thickness = Length::ratio_pt(1, 4), dash = Length::pt(2);

struct Row {
  std::uint32_t first = 0, count = 0;  // cards
  Length height;
};

class CardSetter {
 public:
  CardSetter(page::Pages faces, const CardSheets& options)
      : faces_(std::move(faces)), options_(options), width_(faces_.pages.front().trim.width) {
    const auto fit = [](Length whole, Length part) { return static_cast<std::uint32_t>(whole.raw() / part.raw()); };
    // A hair less, so that two halves of a sheet fit on it.
    const Length card = (options_.duplex ? width_ : width_ * 2) - Length::ratio_pt(1, 20);
    Length least = faces_.pages.front().trim.height;
    for (const page::Page& face : faces_.pages) least = std::min(least, face.trim.height);
    columns_ = std::clamp(fit(options_.width, card), 1U, 2U);
    rows_ = std::clamp(fit(options_.height, least - Length::ratio_pt(1, 20)), 1U, 8 / columns_);
    const std::int64_t across = options_.duplex ? columns_ : 2;
    left_ = std::max(Length{}, (options_.width - width_ * across) / 2);
    head_ = std::max(Length{}, (options_.height - least * rows_) / 2);
  }

  page::Pages run() {
    const std::vector<Row> rows = find_rows();
    for (std::size_t i = 0; i < rows.size();) {
      std::vector<Row> here;
      Length height;
      while (i < rows.size() && here.size() < rows_ &&
             (here.empty() || head_ * 2 + height + rows[i].height <= options_.height + Length::ratio_pt(1, 4))) {
        height += rows[i].height;
        here.push_back(rows[i++]);
      }
      sheet(here);
    }
    if (options_.duplex && options_.registration) registration();
    page::Pages out;
    out.metadata = std::move(faces_.metadata);
    out.pages = std::move(sheets_);
    out.tagged = false;
    using Duplex = style::Printing::Duplex;
    const bool upright = options_.width <= options_.height;  // mirrored about the vertical middle
    out.printing = {!options_.duplex ? Duplex::no : upright ? Duplex::long_edge : Duplex::short_edge, true, true};
    return out;
  }

 private:
  std::vector<Row> find_rows() const {
    const auto cards = static_cast<std::uint32_t>(faces_.pages.size() / 2), in_row = options_.duplex ? columns_ : 1;
    std::vector<Row> rows;
    for (std::uint32_t first = 0; first < cards; first += in_row) {
      Row row{first, std::min(in_row, cards - first), {}};
      for (std::uint32_t i = 2 * first; i < 2 * (first + row.count); ++i)
        row.height = std::max(row.height, faces_.pages[i].trim.height);
      rows.push_back(row);
    }
    return rows;
  }

  page::Page& add_sheet() {
    page::Page& made = sheets_.emplace_back();
    made.trim = {{}, {}, options_.width, options_.height};
    return made;
  }

  // The place of a column, counted from where lines begin.
  Length column(std::uint32_t number, std::uint32_t of, bool mirrored) const {
    const bool from_right = faces_.metadata.rtl != mirrored;
    return left_ + width_ * static_cast<std::int64_t>(from_right ? of - 1 - number : number);
  }

  void put(page::Page& sheet, std::uint32_t face, Length right, Length down) {
    for (page::Item& item : faces_.pages[face].items) {
      move(item, right, down);
      sheet.items.push_back(std::move(item));
    }
  }

  void sheet(const std::vector<Row>& rows) {
    const std::uint32_t across = options_.duplex ? columns_ : 2;
    page::Page front, back;
    Length top = head_;
    for (const Row& row : rows) {
      for (std::uint32_t i = 0; i < row.count; ++i) {
        const std::uint32_t face = 2 * (row.first + i);
        put(front, face, column(options_.duplex ? i : 0, across, false), top);
        if (options_.duplex) {
          put(back, face + 1, column(i, across, true) + options_.back_right, top + options_.back_down);
        } else {
          put(front, face + 1, column(1, across, false), top);
        }
      }
      top += row.height;
    }
    lines(front, rows, across);
    add_sheet().items = std::move(front.items);
    if (options_.duplex) add_sheet().items = std::move(back.items);
  }

  void line(page::Page& sheet, Rect box, bool dashed) const {
    const Length on = dashed ? dash : Length{};
    sheet.items.push_back({page::no_index, page::Rule{box, {}, on, on}});
  }
  static bool at_edge(Length place, Length whole) {
    constexpr Length near = Length::pt(3);
    return place < near || place + near > whole;
  }

  // Dashed where to cut, but at the paper's own edges; a whole line where to fold.
  void lines(page::Page& sheet, const std::vector<Row>& rows, std::uint32_t across) const {
    const Length width = width_ * static_cast<std::int64_t>(across), half = cut_thickness / 2;
    Length top = head_;
    for (std::size_t i = 0; i <= rows.size(); ++i) {
      if (!at_edge(top, options_.height)) line(sheet, {left_, top - half, width, cut_thickness}, true);
      if (i < rows.size()) top += rows[i].height;
    }
    for (std::uint32_t c = 0; c <= across; ++c) {
      const Length at = left_ + width_ * static_cast<std::int64_t>(c);
      const bool fold = !options_.duplex && c == 1;
      if (!at_edge(at, options_.width)) line(sheet, {at - half, head_, cut_thickness, top - head_}, !fold);
    }
  }

  static constexpr Length mm(std::int64_t count) { return Length::pt(72).scaled(count * 10, 254); }

  // Held against the light, the cross of the back shows on the scales of the front how far it stands off, in
  // millimetres.
  void registration() {
    const std::array<Length, 3> xs{mm(25), options_.width / 2, options_.width - mm(25)};
    const std::array<Length, 3> ys{mm(25), options_.height / 2, options_.height - mm(25)};
    page::Page& front = add_sheet();
    for (const Length x : xs)
      for (const Length y : ys) scales(front, x, y);
    page::Page& back = add_sheet();
    for (const Length x : xs)
      for (const Length y : ys) cross(back, x + options_.back_right, y + options_.back_down);
  }
  void cross(page::Page& sheet, Length x, Length y) const {
    const Length half = cut_thickness / 2;
    line(sheet, {x - mm(10), y - half, mm(20), cut_thickness}, false);
    line(sheet, {x - half, y - mm(10), cut_thickness, mm(20)}, false);
  }
  void scales(page::Page& sheet, Length x, Length y) const {
    const Length half = cut_thickness / 2;
    cross(sheet, x, y);
    for (std::int64_t i = -10; i <= 10; ++i) {
      const Length length = i % 5 == 0 ? mm(3) : mm(1);
      line(sheet, {x + mm(i) - half, y - length / 2, cut_thickness, length}, false);
      line(sheet, {x - length / 2, y + mm(i) - half, length, cut_thickness}, false);
    }
  }

  page::Pages faces_;
  const CardSheets& options_;
  Length width_, left_, head_;
  std::uint32_t columns_ = 1, rows_ = 1;
  std::vector<page::Page> sheets_;
};

}  // namespace

page::Pages card_sheets(page::Pages faces, const CardSheets& options) {
  return CardSetter(std::move(faces), options).run();
}

}  // namespace epitome::impose
