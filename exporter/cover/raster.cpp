#include "cover/raster.hpp"

#include <ft2build.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <memory>
#include <new>
#include <stdexcept>
#include <vector>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include <hb.h>

#include "image/indexed_png.hpp"
#include "text/owned.hpp"

namespace epitome::cover {

namespace {

using std::int64_t;
using std::uint8_t;

// ---- colours -----------------------------------------------------------------------------------------------

// White, and steps from it to each colour that is drawn: 16 in all, so that a pixel takes four bits.
class Palette {
 public:
  // `ink`, in which letters are, gets the most steps.
  explicit Palette(style::Colour ink) : colours_{ink} {}

  // The number of a colour, which is then one of the palette's.
  uint8_t number(style::Colour colour) {
    auto at = std::find(colours_.begin(), colours_.end(), colour);
    if (at == colours_.end() && colours_.size() == most_colours) throw std::logic_error("a cover has too many colours");
    if (at == colours_.end()) at = colours_.insert(at, colour);
    return static_cast<uint8_t>(at - colours_.begin());
  }
  int steps(std::size_t colour) const {
    return colour == 0 ? 15 - other_steps * (static_cast<int>(colours_.size()) - 1) : other_steps;
  }
  // Red, green and blue of each, as PNG has them (11.2.3).
  std::string entries() const {
    std::string out(3, '\xFF');
    for (std::size_t i = 0; i < colours_.size(); ++i) {
      for (int step = 1; step <= steps(i); ++step) {
        for (const int value : {colours_[i].red, colours_[i].green, colours_[i].blue})
          out += static_cast<char>(255 + (value - 255) * step / steps(i));
      }
    }
    return out;
  }
  // The entry of each pixel of a canvas.
  std::array<uint8_t, 256> entry_of() const {
    std::array<uint8_t, 256> out{};
    int first = 1;
    for (std::size_t i = 0; i < colours_.size(); ++i) {
      for (int coverage = 0; coverage <= 63; ++coverage) {
        const int step = (coverage * steps(i) + 31) / 63;
        out[i << 6 | static_cast<std::size_t>(coverage)] = static_cast<uint8_t>(step == 0 ? 0 : first + step - 1);
      }
      first += steps(i);
    }
    return out;
  }

 private:
  static constexpr std::size_t most_colours = 3;
  static constexpr int other_steps = 4;
  std::vector<style::Colour> colours_;
};

// Of each pixel a colour's number (two bits) and how much of it is covered by that (six). Rows on which nothing is
// drawn are empty.
class Canvas {
 public:
  Canvas(int width, int height) : width_(width), rows_(static_cast<std::size_t>(height)) {}

  int width() const { return width_; }
  int height() const { return static_cast<int>(rows_.size()); }
  const std::vector<uint8_t>& row(int y) const { return rows_[static_cast<std::size_t>(y)]; }

  // Covers a run of pixels of row `y` (from the picture's top), with coverage 0 to 255.
  void lay(int y, int x, int count, int coverage, uint8_t colour) {
    const int start = std::max(x, 0), end = std::min(x + count, width_), more = coverage >> 2;
    if (y < 0 || y >= height() || start >= end || more == 0) return;
    std::vector<uint8_t>& row = rows_[static_cast<std::size_t>(y)];
    if (row.empty()) row.resize(static_cast<std::size_t>(width_));
    if (more == whole) {
      std::fill(row.begin() + start, row.begin() + end, static_cast<uint8_t>(colour << 6 | whole));
      return;
    }
    for (int i = start; i < end; ++i) {
      uint8_t& pixel = row[static_cast<std::size_t>(i)];
      const int before = pixel & 63;
      if (before == 0 || pixel >> 6 == colour) {
        pixel = static_cast<uint8_t>(colour << 6 | (before + (whole - before) * more / whole));
      } else if (more >= before || more >= 32) {
        pixel = static_cast<uint8_t>(colour << 6 | std::max(more, before));
      }
    }
  }

 private:
  static constexpr int whole = 63;
  int width_;
  std::vector<std::vector<uint8_t>> rows_;
};

// ---- rectangles --------------------------------------------------------------------------------------------

// How much of pixel `at` lies between `from` and `to` (1/65536 pixel), 0 to 65536.
int64_t overlap(int64_t at, int64_t from, int64_t to) {
  return std::max<int64_t>(0, std::min(to, (at + 1) * 65536) - std::max(from, at * 65536));
}

void draw_rule(Canvas& canvas, const model::Rect& box, uint8_t colour) {
  const int64_t left = box.x.raw(), right = left + box.width.raw();
  const int64_t top = box.y.raw(), bottom = top + box.height.raw();
  const int first_row = static_cast<int>(top >> 16), last_row = static_cast<int>((bottom - 1) >> 16);
  const int first = static_cast<int>(left >> 16), last = static_cast<int>((right - 1) >> 16);
  for (int row = first_row; row <= last_row; ++row) {
    const int64_t height = overlap(row, top, bottom);
    const auto coverage = [&](int x) {
      return static_cast<int>((overlap(x, left, right) * height / 65536 * 255 + 32768) / 65536);
    };
    canvas.lay(row, first, 1, coverage(first), colour);
    if (last > first + 1) canvas.lay(row, first + 1, last - first - 1, coverage(first + 1), colour);
    if (last > first) canvas.lay(row, last, 1, coverage(last), colour);
  }
}

// ---- glyphs ------------------------------------------------------------------------------------------------

// A glyph's outline in 1/64 pixel, y upwards from the picture's top (so that what is seen is below zero).
struct Outline {
  std::vector<FT_Vector> points;
  std::vector<char> tags;
  std::vector<short> contours;
};

// Takes a glyph's outline from HarfBuzz, in the font's units.
struct Pen {
  Outline* outline;
  double scale, x, y;  // units to 1/64 pixel; the glyph's origin

  void add(float px, float py, char tag) const {
    outline->points.push_back(
        {std::lround(x + static_cast<double>(px) * scale), std::lround(y + static_cast<double>(py) * scale)});
    outline->tags.push_back(tag);
  }
};

hb_draw_funcs_t* pen_functions() {
  hb_draw_funcs_t* f = hb_draw_funcs_create();
  hb_draw_funcs_set_move_to_func(
      f,
      [](hb_draw_funcs_t*, void* data, hb_draw_state_t*, float x, float y, void*) {
        static_cast<Pen*>(data)->add(x, y, FT_CURVE_TAG_ON);
      },
      nullptr, nullptr);
  hb_draw_funcs_set_line_to_func(
      f,
      [](hb_draw_funcs_t*, void* data, hb_draw_state_t*, float x, float y, void*) {
        static_cast<Pen*>(data)->add(x, y, FT_CURVE_TAG_ON);
      },
      nullptr, nullptr);
  hb_draw_funcs_set_quadratic_to_func(
      f,
      [](hb_draw_funcs_t*, void* data, hb_draw_state_t*, float cx, float cy, float x, float y, void*) {
        static_cast<Pen*>(data)->add(cx, cy, FT_CURVE_TAG_CONIC);
        static_cast<Pen*>(data)->add(x, y, FT_CURVE_TAG_ON);
      },
      nullptr, nullptr);
  hb_draw_funcs_set_cubic_to_func(
      f,
      [](hb_draw_funcs_t*, void* data, hb_draw_state_t*, float ax, float ay, float bx, float by, float x, float y,
         void*) {
        static_cast<Pen*>(data)->add(ax, ay, FT_CURVE_TAG_CUBIC);
        static_cast<Pen*>(data)->add(bx, by, FT_CURVE_TAG_CUBIC);
        static_cast<Pen*>(data)->add(x, y, FT_CURVE_TAG_ON);
      },
      nullptr, nullptr);
  hb_draw_funcs_set_close_path_func(
      f,
      [](hb_draw_funcs_t*, void* data, hb_draw_state_t*, void*) {
        Outline& outline = *static_cast<Pen*>(data)->outline;
        outline.contours.push_back(static_cast<short>(outline.points.size() - 1));
      },
      nullptr, nullptr);
  hb_draw_funcs_make_immutable(f);
  return f;
}

struct SpanTarget {
  Canvas* canvas;
  uint8_t colour;
};

void draw_outline(FT_Library library, Canvas& canvas, Outline& outline, uint8_t colour) {
  FT_Outline shape{};
  shape.n_points = static_cast<short>(outline.points.size());
  shape.n_contours = static_cast<short>(outline.contours.size());
  shape.points = outline.points.data();
  shape.tags = outline.tags.data();
  shape.contours = outline.contours.data();
  SpanTarget target{&canvas, colour};
  FT_Raster_Params params{};
  params.flags = FT_RASTER_FLAG_AA | FT_RASTER_FLAG_DIRECT | FT_RASTER_FLAG_CLIP;
  params.user = &target;
  // FreeType's row y lies between y and y + 1, upwards: the picture's row r is its row -r - 1.
  params.gray_spans = [](int y, int count, const FT_Span* spans, void* user) {
    const SpanTarget& to = *static_cast<SpanTarget*>(user);
    for (int i = 0; i < count; ++i) to.canvas->lay(-y - 1, spans[i].x, spans[i].len, spans[i].coverage, to.colour);
  };
  params.clip_box = {0, -canvas.height(), canvas.width(), 0};
  if (FT_Outline_Render(library, &shape, &params) != 0)
    throw std::runtime_error("FreeType could not draw a letter of the cover");
}

void draw_text(FT_Library library, Canvas& canvas, const page::Text& text, uint8_t colour, hb_draw_funcs_t* functions) {
  const text::GlyphRun& run = text.run;
  Length x = text.origin.x;
  const double pixel = 65536.0 / 64.0;  // Length's units in 1/64 pixel
  Outline outline;
  for (const text::Glyph& glyph : run.glyphs) {
    outline.points.clear(), outline.tags.clear(), outline.contours.clear();
    Pen pen{&outline, static_cast<double>(run.size.raw()) / pixel / run.face->units_per_em(),
            static_cast<double>((x + glyph.x_offset).raw()) / pixel,
            -static_cast<double>((text.origin.y - glyph.y_offset).raw()) / pixel};
    x += glyph.advance;
    hb_font_get_glyph_shape(run.face->hb_font(), glyph.id, functions, &pen);
    // An outline's counts are 16 bits in FreeType; no glyph of a text face comes near.
    if (!outline.contours.empty() && outline.points.size() <= 32000) draw_outline(library, canvas, outline, colour);
  }
}

// Two pixels a byte, the left one first, to where there are zeros. Most pixels are as their neighbours are.
void pack(const std::vector<uint8_t>& row, const std::array<uint8_t, 256>& entry_of, char* packed) {
  constexpr std::size_t at_once = sizeof(std::uint64_t);
  constexpr std::uint64_t ones = 0x0101010101010101;
  const auto pair = [&](uint8_t left, uint8_t right) {
    return static_cast<char>(entry_of[left] << 4 | entry_of[right]);
  };
  std::size_t at = 0;
  for (; at + at_once <= row.size(); at += at_once) {
    std::uint64_t pixels = 0;
    std::memcpy(&pixels, &row[at], at_once);
    if (pixels == 0) continue;
    if (pixels == row[at] * ones) {
      std::fill_n(packed + at / 2, at_once / 2, pair(row[at], row[at]));
    } else {
      for (std::size_t i = at; i < at + at_once; i += 2) packed[i / 2] = pair(row[i], row[i + 1]);
    }
  }
  for (; at < row.size(); at += 2) packed[at / 2] = pair(row[at], at + 1 < row.size() ? row[at + 1] : uint8_t{0});
}

std::string png_of(const Canvas& canvas, const Palette& palette) {
  const std::array<uint8_t, 256> entry_of = palette.entry_of();
  const auto width = static_cast<std::size_t>(canvas.width()), height = static_cast<std::size_t>(canvas.height());
  const std::size_t stride = 1 + (width + 1) / 2;  // no filter: rows alike are found by the compression
  std::string rows(stride * height, '\0');
  for (std::size_t y = 0; y < height; ++y) {
    const std::vector<uint8_t>& row = canvas.row(static_cast<int>(y));
    char* const to = rows.data() + y * stride;
    if (row.empty()) continue;
    if (y > 0 && row == canvas.row(static_cast<int>(y) - 1)) {
      std::copy_n(to - stride, stride, to);
    } else {
      pack(row, entry_of, to + 1);
    }
  }
  return image::indexed_png(static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), 4, palette.entries(),
                            rows);
}

struct LibraryFree {
  void operator()(FT_Library library) const { FT_Done_FreeType(library); }
};

}  // namespace

std::string rasterise(const Cover& cover, Length frame, style::Colour ink) {
  FT_Library opened = nullptr;
  if (FT_Init_FreeType(&opened) != 0) throw std::bad_alloc();
  const std::unique_ptr<FT_LibraryRec_, LibraryFree> library(opened);
  const text::Owned<hb_draw_funcs_t, hb_draw_funcs_destroy> functions(pen_functions());

  Palette palette(ink);
  Canvas canvas(static_cast<int>(cover.width.raw() >> 16), static_cast<int>(cover.height.raw() >> 16));
  for (const auto* items : {&cover.text, &cover.field}) {
    for (const page::Item& item : *items) {
      if (const auto* text = std::get_if<page::Text>(&item.value))
        draw_text(library.get(), canvas, *text, palette.number(text->colour), functions.get());
      if (const auto* rule = std::get_if<page::Rule>(&item.value))
        draw_rule(canvas, rule->box, palette.number(rule->colour));
    }
  }
  if (frame > Length{}) {
    const Length w = cover.width - frame * 2, h = cover.height - frame * 2;
    const uint8_t colour = palette.number(ink);
    draw_rule(canvas, {frame, frame, w, frame}, colour);
    draw_rule(canvas, {frame, cover.height - frame * 2, w, frame}, colour);
    draw_rule(canvas, {frame, frame * 2, frame, h - frame * 2}, colour);
    draw_rule(canvas, {cover.width - frame * 2, frame * 2, frame, h - frame * 2}, colour);
  }
  return png_of(canvas, palette);
}

}  // namespace epitome::cover
