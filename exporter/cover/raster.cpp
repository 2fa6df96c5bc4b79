#include "cover/raster.hpp"

#include <ft2build.h>

#include <algorithm>
#include <cmath>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <vector>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include <hb.h>
#include <jpeglib.h>

namespace epitome::cover {

namespace {

using std::int64_t;
using std::uint8_t;

constexpr int band_rows = 160;  // a multiple of 16, so that a band is whole rows of JPEG blocks

// A colour as JFIF has it (ITU-R BT.601, full range).
struct Sample {
  int y, cb, cr;
};
Sample sample(style::Colour c) {
  const int r = c.red, g = c.green, b = c.blue;
  return {(299 * r + 587 * g + 114 * b + 500) / 1000, 128 + (-168736 * r - 331264 * g + 500000 * b) / 1000000,
          128 + (500000 * r - 418688 * g - 81312 * b) / 1000000};
}

// Luminance at full size, chrominance at half: what the encoder wants, so that it converts nothing.
class Band {
 public:
  explicit Band(int width)
      : width_((width + 15) / 16 * 16),
        y_(static_cast<std::size_t>(width_ * band_rows)),
        cb_(y_.size() / 4),
        cr_(y_.size() / 4) {}

  void clear(int top) {
    top_ = top;
    std::fill(y_.begin(), y_.end(), uint8_t{255});
    std::fill(cb_.begin(), cb_.end(), uint8_t{128});
    std::fill(cr_.begin(), cr_.end(), uint8_t{128});
  }
  int top() const { return top_; }

  // Lays `colour` over a run of pixels of row `row` (from the picture's top), with coverage 0 to 255.
  void lay(int row, int x, int count, int coverage, const Sample& colour) {
    const int start = std::max(x, 0), end = std::min(x + count, width_);
    if (row < top_ || row >= top_ + band_rows || start >= end || coverage <= 0) return;
    uint8_t* luminance = &y_[static_cast<std::size_t>((row - top_) * width_)];
    for (int i = start; i < end; ++i) {
      luminance[i] = static_cast<uint8_t>(luminance[i] + (colour.y - luminance[i]) * coverage / 255);
    }
    if (colour.cb == 128 && colour.cr == 128) return;
    // Each of the four pixels that share a sample brings its quarter.
    const std::size_t half = static_cast<std::size_t>((row - top_) / 2 * (width_ / 2));
    for (int i = start; i < end; ++i) {
      const std::size_t at = half + static_cast<std::size_t>(i / 2);
      cb_[at] = quarter(cb_[at], colour.cb, coverage);
      cr_[at] = quarter(cr_[at], colour.cr, coverage);
    }
  }

  JSAMPROW luminance_row(int row) { return &y_[static_cast<std::size_t>(row * width_)]; }
  JSAMPROW blue_row(int row) { return &cb_[static_cast<std::size_t>(row / 2 * (width_ / 2))]; }
  JSAMPROW red_row(int row) { return &cr_[static_cast<std::size_t>(row / 2 * (width_ / 2))]; }

 private:
  static uint8_t quarter(int value, int colour, int coverage) {
    const int sum = value * 1020 + (colour - 128) * coverage;
    return static_cast<uint8_t>(std::clamp((sum + 510) / 1020, std::min(colour, 128), std::max(colour, 128)));
  }

  int width_, top_ = 0;
  std::vector<uint8_t> y_, cb_, cr_;
};

// ---- rectangles --------------------------------------------------------------------------------------------

// How much of pixel `at` lies between `from` and `to` (1/65536 pixel), 0 to 65536.
int64_t overlap(int64_t at, int64_t from, int64_t to) {
  return std::max<int64_t>(0, std::min(to, (at + 1) * 65536) - std::max(from, at * 65536));
}

void draw_rule(Band& band, const model::Rect& box, const Sample& colour) {
  const int64_t left = box.x.raw(), right = left + box.width.raw();
  const int64_t top = box.y.raw(), bottom = top + box.height.raw();
  const int first_row = static_cast<int>(std::max<int64_t>(top >> 16, band.top()));
  const int last_row = static_cast<int>(std::min<int64_t>((bottom - 1) >> 16, band.top() + band_rows - 1));
  const int first = static_cast<int>(left >> 16), last = static_cast<int>((right - 1) >> 16);
  for (int row = first_row; row <= last_row; ++row) {
    const int64_t height = overlap(row, top, bottom);
    const auto coverage = [&](int x) {
      return static_cast<int>((overlap(x, left, right) * height / 65536 * 255 + 32768) / 65536);
    };
    band.lay(row, first, 1, coverage(first), colour);
    if (last > first + 1) band.lay(row, first + 1, last - first - 1, coverage(first + 1), colour);
    if (last > first) band.lay(row, last, 1, coverage(last), colour);
  }
}

// ---- glyphs ------------------------------------------------------------------------------------------------

// A glyph's outline in 1/64 pixel, y upwards from the picture's top (so that what is seen is below zero).
struct Outline {
  std::vector<FT_Vector> points;
  std::vector<char> tags;
  std::vector<short> contours;
  Sample colour{};
  int first_row = 0, last_row = 0;  // of its box, in pixels from the picture's top
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

struct DrawFunctionsFree {
  void operator()(hb_draw_funcs_t* f) const { hb_draw_funcs_destroy(f); }
};

void add_outlines(std::vector<Outline>& outlines, const page::Text& text, hb_draw_funcs_t* functions) {
  const text::GlyphRun& run = text.run;
  Length x = text.origin.x;
  const double pixel = 65536.0 / 64.0;  // Length's units in 1/64 pixel
  for (const text::Glyph& glyph : run.glyphs) {
    Outline outline;
    outline.colour = sample(text.colour);
    Pen pen{&outline, static_cast<double>(run.size.raw()) / pixel / run.face->units_per_em(),
            static_cast<double>((x + glyph.x_offset).raw()) / pixel,
            -static_cast<double>((text.origin.y - glyph.y_offset).raw()) / pixel};
    x += glyph.advance;
    hb_font_get_glyph_shape(run.face->hb_font(), glyph.id, functions, &pen);
    // An outline's counts are 16 bits in FreeType; no glyph of a text face comes near.
    if (outline.contours.empty() || outline.points.size() > 32000) continue;
    const auto [low, high] = std::minmax_element(outline.points.begin(), outline.points.end(),
                                                 [](const FT_Vector& a, const FT_Vector& b) { return a.y < b.y; });
    outline.first_row = static_cast<int>((-high->y) >> 6) - 1;
    outline.last_row = static_cast<int>((-low->y) >> 6) + 1;
    outlines.push_back(std::move(outline));
  }
}

struct SpanTarget {
  Band* band;
  const Sample* colour;
};

void draw_outline(FT_Library library, Band& band, int width, Outline& outline) {
  if (outline.last_row < band.top() || outline.first_row >= band.top() + band_rows) return;
  FT_Outline shape{};
  shape.n_points = static_cast<short>(outline.points.size());
  shape.n_contours = static_cast<short>(outline.contours.size());
  shape.points = outline.points.data();
  shape.tags = outline.tags.data();
  shape.contours = outline.contours.data();
  SpanTarget target{&band, &outline.colour};
  FT_Raster_Params params{};
  params.flags = FT_RASTER_FLAG_AA | FT_RASTER_FLAG_DIRECT | FT_RASTER_FLAG_CLIP;
  params.user = &target;
  // FreeType's row y lies between y and y + 1, upwards: the picture's row r is its row -r - 1.
  params.gray_spans = [](int y, int count, const FT_Span* spans, void* user) {
    const SpanTarget& to = *static_cast<SpanTarget*>(user);
    for (int i = 0; i < count; ++i) to.band->lay(-y - 1, spans[i].x, spans[i].len, spans[i].coverage, *to.colour);
  };
  params.clip_box = {0, -band.top() - band_rows, width, -band.top()};
  if (FT_Outline_Render(library, &shape, &params) != 0)
    throw std::runtime_error("FreeType could not draw a letter of the cover");
}

// ---- JPEG --------------------------------------------------------------------------------------------------

struct JpegError {
  jpeg_error_mgr base;
  std::jmp_buf jump;
};

// Nearly every block of a cover is empty: "nothing follows" (and a mean that doesn't change) takes one bit instead of
// two to four, and every other code of the standard's table (ITU-T T.81, K.3) one bit more, up to the 16 that are
// allowed. Saves about 30 KB of 170 without a second pass over the picture.
void favour_empty_blocks(JHUFF_TBL* table) {
  int symbols = 0, lengths[256];
  UINT8 values[256];
  lengths[symbols] = 1, values[symbols++] = 0;
  int at = 0;
  for (int length = 1; length <= 16; ++length) {
    for (int i = 0; i < table->bits[length]; ++i, ++at) {
      if (table->huffval[at] == 0) continue;
      lengths[symbols] = std::min(length + 1, 16), values[symbols++] = table->huffval[at];
    }
  }
  std::memset(table->bits, 0, sizeof table->bits);
  for (int i = 0; i < symbols; ++i) ++table->bits[lengths[i]], table->huffval[i] = values[i];
}

// An encoder that is fed band by band. After a failure nothing more is written.
class Encoder {
 public:
  Encoder(int width, int height, int quality) {
    compress_.err = jpeg_std_error(&error_.base);
    error_.base.error_exit = [](j_common_ptr info) { std::longjmp(reinterpret_cast<JpegError*>(info->err)->jump, 1); };
    if (setjmp(error_.jump)) {
      failed_ = true;
      return;
    }
    jpeg_create_compress(&compress_);
    jpeg_mem_dest(&compress_, &bytes_, &size_);
    compress_.image_width = static_cast<JDIMENSION>(width);
    compress_.image_height = static_cast<JDIMENSION>(height);
    compress_.input_components = 3;
    compress_.in_color_space = JCS_YCbCr;
    jpeg_set_defaults(&compress_);  // YCbCr with halved chrominance
    jpeg_set_quality(&compress_, quality, TRUE);
    for (int i = 0; i < 2; ++i) {
      favour_empty_blocks(compress_.dc_huff_tbl_ptrs[i]);
      favour_empty_blocks(compress_.ac_huff_tbl_ptrs[i]);
    }
    compress_.raw_data_in = TRUE;
    jpeg_start_compress(&compress_, TRUE);
  }
  ~Encoder() {
    jpeg_destroy_compress(&compress_);
    std::free(bytes_);  // jpeg_mem_dest's
  }
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;

  void write(Band& band, int rows) {
    if (failed_ || setjmp(error_.jump)) {
      failed_ = true;
      return;
    }
    for (int row = 0; row < rows; row += 16) {
      JSAMPROW y[16], cb[8], cr[8];
      for (int i = 0; i < 16; ++i) y[i] = band.luminance_row(row + i);
      for (int i = 0; i < 8; ++i) cb[i] = band.blue_row(row + 2 * i), cr[i] = band.red_row(row + 2 * i);
      JSAMPARRAY planes[3] = {y, cb, cr};
      jpeg_write_raw_data(&compress_, planes, 16);
    }
  }

  std::optional<std::string> finish() {
    if (!failed_ && setjmp(error_.jump) == 0) {
      jpeg_finish_compress(&compress_);
    } else {
      failed_ = true;
    }
    if (failed_) return {};
    return std::string(reinterpret_cast<const char*>(bytes_), size_);
  }

 private:
  JpegError error_{};
  jpeg_compress_struct compress_{};
  unsigned char* bytes_ = nullptr;
  unsigned long size_ = 0;
  bool failed_ = false;
};

struct LibraryFree {
  void operator()(FT_Library library) const { FT_Done_FreeType(library); }
};

}  // namespace

std::optional<std::string> rasterise(const Cover& cover, Length frame, style::Colour ink, int quality) {
  FT_Library opened = nullptr;
  if (FT_Init_FreeType(&opened) != 0) return {};
  const std::unique_ptr<FT_LibraryRec_, LibraryFree> library(opened);
  const std::unique_ptr<hb_draw_funcs_t, DrawFunctionsFree> functions(pen_functions());

  std::vector<Outline> outlines;
  std::vector<page::Rule> rules;
  for (const auto* items : {&cover.text, &cover.field}) {
    for (const page::Item& item : *items) {
      if (const auto* text = std::get_if<page::Text>(&item.value)) add_outlines(outlines, *text, functions.get());
      if (const auto* rule = std::get_if<page::Rule>(&item.value)) rules.push_back(*rule);
    }
  }
  if (frame > Length{}) {
    const Length w = cover.width - frame * 2, h = cover.height - frame * 2;
    rules.push_back({{frame, frame, w, frame}, ink, {}, {}});
    rules.push_back({{frame, cover.height - frame * 2, w, frame}, ink, {}, {}});
    rules.push_back({{frame, frame * 2, frame, h - frame * 2}, ink, {}, {}});
    rules.push_back({{cover.width - frame * 2, frame * 2, frame, h - frame * 2}, ink, {}, {}});
  }

  const auto width = static_cast<int>(cover.width.raw() >> 16), height = static_cast<int>(cover.height.raw() >> 16);
  Band band(width);
  Encoder encoder(width, height, quality);
  for (int top = 0; top < height; top += band_rows) {
    band.clear(top);
    for (const page::Rule& rule : rules) draw_rule(band, rule.box, sample(rule.colour));
    for (Outline& outline : outlines) draw_outline(library.get(), band, width, outline);
    encoder.write(band, std::min(band_rows, (height - top + 15) / 16 * 16));
  }
  return encoder.finish();
}

}  // namespace epitome::cover
