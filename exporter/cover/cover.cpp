#include "cover/cover.hpp"

#include <algorithm>
#include <array>

#include "cover/field.hpp"
#include "cover/lines.hpp"
#include "model/title.hpp"
#include "text/itemize.hpp"

namespace epitome::cover {

namespace {

// All measures in 1/1000 e, e being an eleventh of the width, so that one drawing serves every page and the
// raster (page design, 6).
constexpr std::int64_t block_width = 9000, margin = 1000;
constexpr std::int64_t label_size = 420, title_top = 2100;
constexpr std::int64_t subtitle_size = 500, subtitle_gap = 350, author_size = 620, author_gap = 300;
// Of the author, the subtitle and the brand: the smallest size; the most of the page's height in 1/1000.
constexpr std::int64_t block_size_min = 380, block_size_step = 40, block_height_max = 300;
constexpr std::size_t longest_cut = 100;  // bytes: no more than a word or a name is cut at once
constexpr std::int64_t field_gap = 550, field_foot = 2150, field_step = 370, hairline = 18, heavy = 75;
constexpr int field_lines_min = 5;
constexpr std::int64_t title_height_max = 360;  // 1/1000 of the page's height
// The title's sizes, largest first.
constexpr std::array<std::int64_t, 9> ladder = {2500, 2100, 1750, 1450, 1200, 1000, 850, 700, 600};
// Of one line's height, in 1/1000 of the size: what is above the baseline.
constexpr std::int64_t title_leading = 980, title_ascent = 790, text_leading = 1240, text_ascent = 940;
constexpr std::int64_t title_tracking = -12;
// What a script asks of running text that lines of the cover have room for.
constexpr int highest_leading = 2000;
// No text of the cover is smaller: the longest words of any language, place names of 90 letters, fill a line in it.
constexpr std::int64_t least_size = 200;

int picks_wanted(const model::Document& document) {
  std::size_t takeaways = 0, chapters = 0;
  for (const model::Part& part : document.parts) {
    if (const auto* t = std::get_if<model::Takeaways>(&part.value)) takeaways = t->items.size();
    if (const auto* s = std::get_if<model::Story>(&part.value)) chapters = s->chapters.size();
  }
  if (takeaways != 0) return static_cast<int>(std::min<std::size_t>(takeaways, 1000));
  return chapters != 0 ? static_cast<int>(std::min<std::size_t>(chapters, 1000)) : 5;
}

// The design of one cover: what stands where.
class Drawing {
 public:
  Drawing(const Inputs& inputs, Length width, Length height, diag::Sink& sink)
      : in_(inputs),
        width_(width),
        height_(height),
        sink_(sink),
        rtl_(inputs.book.document.edition.dir == model::Direction::rtl),
        typesetter_({&inputs.layout, &inputs.fonts, inputs.patterns_folder, {}, inputs.missing}) {}

  // False if a face is missing (reported).
  bool faces() {
    return style(style::StyleName::label, label_) && style(style::StyleName::title, title_) &&
           style(style::StyleName::title_author, subtitle_) && style(style::StyleName::text, author_);
  }

  void label_and_brand(std::vector<page::Item>& items) {
    label(items);
    brand(items);
  }

  void label(std::vector<page::Item>& items) {
    const Length size = e(label_size);
    const Length x_height = label_.character.face->x_height(size);
    line(label_, size, in_.book.language.label("cover.label") + " ", e(margin) + x_height, false, items);
  }

  void brand(std::vector<page::Item>& items) {
    DisplayLines lines;
    const auto fits = [](const DisplayLines& set) { return set.lines.size() <= 1; };
    if (!fit_block(label_, shown(label_, in_.book.document.edition.brand_name), label_size, {}, fits, lines))
      report_once({}, "the cover has no room for the whole name of the brand", "give it fewer words");
    if (lines.lines.empty()) return;
    std::string name = lines.lines.front();
    name.resize(name.find_last_not_of(' ') + 1);
    line(label_, lines.size, name, height_ - e(margin), false, items);
  }

  // Title, subtitle and author: sizes, lines and places.
  void plan() {
    const model::Work& work = in_.book.document.work;
    title_.character.tracking = title_tracking;
    title_.lang = work.title.lang.empty() ? in_.book.document.edition.lang : work.title.lang;
    title_features_ = *title_.character.features;
    std::erase(title_features_, "onum");
    title_features_.emplace_back("lnum");
    title_.character.features = &title_features_;
    title_.leading = leading(title_leading);
    subtitle_.leading = author_.leading = leading(text_leading);

    const auto low_enough = [&](const DisplayLines& lines) {
      return height_of(lines, author_.leading) <= height_.scaled(block_height_max, 1000);
    };
    const std::string comma(style::joint(in_.book.language.label("list.middle"), "a", "b"));
    if (!fit_block(author_, shown(author_, in_.book.generated.author), author_size, comma, low_enough, author_lines_)) {
      report_once(work.contributors.front().span, "the cover has no room for all authors",
                  "give fewer contributors the role of author");
    }
    bool whole = fit_block(subtitle_, shown(subtitle_, work.subtitle), subtitle_size, {}, low_enough, subtitle_lines_);
    const std::string title = shown(title_, model::full_title(work.title));
    const DisplayText text(typesetter_, in_.book.language, title_, title, widest_word(), e(1000), sink_);
    if (!fit_title(text)) {
      whole = subtitle_lines_.lines.empty();
      subtitle_lines_ = {};
      if (!fit_title(text)) fit_long_title(text);
    }
    if (!whole) report_once(work.title.span, "the cover has no room for the whole subtitle", "give it fewer words");
  }

  void text(std::vector<page::Item>& items) {
    Length y = e(title_top);
    y = block(title_, title_lines_, ascent(title_ascent, title_), y, true, items);
    if (!subtitle_lines_.lines.empty()) {
      y = block(subtitle_, subtitle_lines_, ascent(text_ascent, subtitle_), y + e(subtitle_gap), false, items);
    }
    block(author_, author_lines_, ascent(text_ascent, author_), y + e(author_gap), false, items);
  }

  std::vector<page::Item> field(bool picks, bool mirrored) const {
    FieldShape shape;
    const Length foot = height_ - e(field_foot), step = e(field_step);
    shape.lines = static_cast<int>(std::max<std::int64_t>(1, (foot - text_end() - e(field_gap)).raw() / step.raw()));
    shape.picks = picks ? std::min(picks_wanted(in_.book.document), std::max(1, shape.lines / 2)) : 0;
    shape.origin = {e(margin), foot - step * shape.lines};
    shape.width = e(block_width);
    shape.step = step;
    shape.hairline = e(hairline);
    shape.heavy = e(heavy);
    shape.mirrored = mirrored != rtl_;
    return cover::field(shape, seed_of(in_.book.document.edition.work_uuid), in_.layout.ink, accent());
  }

  style::Colour accent() const { return in_.layout.black_only ? in_.layout.ink : in_.layout.accent; }

 private:
  Length e(std::int64_t parts) const { return width_.scaled(parts, 11000); }

  // Of a script whose words are higher than others' lines, as Nastaliq's; most of what is more stands above.
  std::int64_t leading(std::int64_t of_others) const {
    const std::int64_t wanted = in_.book.language.lines.leading;
    return wanted < highest_leading ? of_others : std::max(of_others, wanted * 4 / 5);
  }
  std::int64_t ascent(std::int64_t of_others, const DisplayStyle& style) const {
    const std::int64_t more = style.leading - (&style == &title_ ? title_leading : text_leading);
    return of_others + more * 4 / 5;
  }

  bool style(style::StyleName name, DisplayStyle& out) {
    const style::TextStyle& from = in_.layout.style(name);
    const style::FaceChoice& choice = in_.layout.faces[from.face];
    out.character.face = in_.fonts.face(choice.family, choice.style, sink_);
    out.character.features = &from.features;
    out.character.small_caps = from.small_caps;
    out.character.tracking = from.tracking;
    out.lang = in_.book.document.edition.lang;
    return out.character.face != nullptr;
  }

  // What is set instead of characters without a glyph may be several words.
  std::string shown(const DisplayStyle& style, const std::string& text) {
    text::TextSpan span;
    span.text = text;
    span.style = style.character;
    span.style.size = e(1000);
    span.lang = style.lang;
    return typesetter_.shown_text(span, in_.book.language, sink_);
  }
  // At the size of 1 e, of a word that fills the block in the smallest size.
  Length widest_word() const { return e(block_width).scaled(1000, least_size); }
  // The size at which a word of that width at 1 e fills the block.
  std::int64_t parts_for(Length widest) const {
    return e(block_width).raw() * 1000 / std::max<std::int64_t>(1, widest.raw());
  }

  // Lines at one size; smaller only where a word would be too wide.
  DisplayLines fixed(const DisplayText& text, std::int64_t parts) const {
    return text.lines(std::min(parts, parts_for(text.widest_word())), e(block_width));
  }
  DisplayLines fixed(const DisplayStyle& style, const std::string& text, std::int64_t parts) {
    if (text.empty()) return {};
    return fixed(DisplayText(typesetter_, in_.book.language, style, text, widest_word(), e(1000), sink_), parts);
  }

  static Length height_of(const DisplayLines& lines, std::int64_t leading) {
    return lines.size.scaled(leading * static_cast<std::int64_t>(lines.lines.size()), 1000);
  }

  // Where title, subtitle and author end.
  Length text_end() const {
    Length y = e(title_top) + height_of(title_lines_, title_.leading);
    if (!subtitle_lines_.lines.empty()) y += e(subtitle_gap) + height_of(subtitle_lines_, subtitle_.leading);
    return y + e(author_gap) + height_of(author_lines_, author_.leading);
  }

  bool title_fits() const {
    const Length limit = height_ - e(field_foot + field_gap + field_step * field_lines_min);
    return height_of(title_lines_, title_.leading) <= height_.scaled(title_height_max, 1000) && text_end() <= limit;
  }

  // A text is set smaller until its lines fit; false if they are cut even so.
  template <typename LinesFit>
  bool fit_block(const DisplayStyle& style, const std::string& text, std::int64_t size, const std::string& joint,
                 const LinesFit& lines_fit, DisplayLines& out) {
    if (text.empty()) return true;
    const DisplayText display(typesetter_, in_.book.language, style, text, widest_word(), e(1000), sink_);
    const auto fits = [&] { return lines_fit(out); };
    out = fixed(display, size);
    for (; !fits() && size > block_size_min; out = fixed(display, size)) size -= block_size_step;
    if (fits()) return true;
    cut(out, joint, fits, [&](const std::string& kept) { return fixed(style, kept, size); });
    return false;
  }

  // A title too long for the smallest size, or with a word too wide for it, is smaller still, and cut at last.
  void fit_long_title(const DisplayText& text) {
    std::int64_t parts = std::min(ladder.back(), parts_for(text.widest_word()));
    for (title_lines_ = text.lines(parts, e(block_width)); !title_fits() && parts > least_size;) {
      parts = std::max(least_size, parts * 9 / 10);
      title_lines_ = text.lines(parts, e(block_width));
    }
    if (title_fits()) return;
    report_once(in_.book.document.work.title.span, "the cover has no room for the whole title", "give it fewer words");
    cut(
        title_lines_, {}, [&] { return title_fits(); },
        [&](const std::string& kept) { return fixed(title_, kept, parts); });
  }

  // Leaves out what doesn't fit of the lines: all behind a joint of a list's names, else behind a word or, without
  // spaces, a character. `set` makes lines of what is left.
  template <typename Fits, typename Set>
  void cut(DisplayLines& lines, const std::string& joint, const Fits& fits, const Set& set) {
    while (!fits() && lines.lines.size() > 1) lines.lines.pop_back();
    std::string kept;
    for (const std::string& line : lines.lines) kept += line;
    do {
      kept.resize(kept.find_last_not_of(' ') + 1);
      if (kept.empty()) break;
      std::size_t end = joint.empty() ? std::string::npos : kept.rfind(joint);
      if (end == std::string::npos) end = kept.rfind(' ');
      if (end == std::string::npos || kept.size() - end > longest_cut) end = text::cluster_starts(kept).end()[-2];
      kept.resize(end);
      lines = set(kept + joint + in_.book.language.label("ellipsis"));
    } while (!fits());
  }

  // The cover is drawn for each file.
  void report_once(diag::Span place, const std::string& message, const std::string& hint) {
    for (const diag::Diagnostic& said : sink_.diagnostics()) {
      if (said.code == diag::Code::W0604 && said.span == place && said.message == message) return;
    }
    sink_.report(diag::Code::W0604, place, message, {hint});
  }

  // The largest size of the ladder at which everything fits.
  bool fit_title(const DisplayText& text) {
    for (const std::int64_t parts : ladder) {
      title_lines_ = text.lines(parts, e(block_width));
      if (title_lines_.word_too_wide || !title_fits()) continue;
      if (!title_lines_.short_word_alone || parts == ladder.back()) return true;
    }
    return false;
  }

  void line(const DisplayStyle& style, Length size, std::string_view text, Length baseline, bool optical,
            std::vector<page::Item>& items) {
    if (text.empty()) return;
    const model::Point place{rtl_ ? width_ - e(margin) : e(margin), baseline};
    draw_line(typesetter_, in_.book.language, style, size, text, place, rtl_, optical, in_.layout.ink,
              rtl_ ? model::Direction::rtl : model::Direction::ltr, items, sink_);
  }

  // Returns where the block ends.
  Length block(const DisplayStyle& style, const DisplayLines& lines, std::int64_t ascent, Length top, bool optical,
               std::vector<page::Item>& items) {
    for (std::size_t i = 0; i < lines.lines.size(); ++i) {
      const Length above = lines.size.scaled(ascent + style.leading * static_cast<std::int64_t>(i), 1000);
      line(style, lines.size, lines.lines[i], top + above, optical, items);
    }
    return top + height_of(lines, style.leading);
  }

  const Inputs& in_;
  Length width_, height_;
  diag::Sink& sink_;
  bool rtl_;
  text::Typesetter typesetter_;
  DisplayStyle label_, title_, subtitle_, author_;
  std::vector<std::string> title_features_;
  DisplayLines title_lines_, subtitle_lines_, author_lines_;
};

}  // namespace

Cover draw_cover(const Inputs& inputs, Length width, Length height, diag::Sink& sink) {
  Cover cover{width, height, {}, {}};
  Drawing drawing(inputs, width, height, sink);
  if (!drawing.faces()) return cover;
  drawing.plan();
  drawing.label(cover.text);
  drawing.text(cover.text);
  drawing.brand(cover.text);
  cover.field = drawing.field(true, false);
  return cover;
}

std::vector<page::Item> draw_endpaper(const Inputs& inputs, Length width, Length height, diag::Sink& sink) {
  Drawing drawing(inputs, width, height, sink);
  if (!drawing.faces()) return {};
  drawing.plan();
  return drawing.field(false, true);
}

std::vector<page::Item> draw_field(const Inputs& inputs, Length width, int lines, int picks) {
  FieldShape shape;
  shape.width = width;
  shape.step = width.scaled(105, 1000);
  // Never thinner than a press can hold.
  shape.hairline = std::max(Length::ratio_pt(1, 4), width.scaled(43, 10000));
  shape.heavy = width.scaled(2, 100);
  shape.lines = lines;
  shape.picks = picks;
  shape.mirrored = inputs.book.document.edition.dir == model::Direction::rtl;
  const style::Layout& layout = inputs.layout;
  return field(shape, seed_of(inputs.book.document.edition.brand_name), layout.ink,
               layout.black_only ? layout.ink : layout.accent);
}

ImageCover place_cover_image(const Inputs& inputs, const image::Image& image, Length width, Length height,
                             diag::Sink& sink) {
  ImageCover out;
  const auto w = static_cast<std::int64_t>(image.width), h = static_cast<std::int64_t>(image.height);
  const Length room_width = width.scaled(9, 11), room_height = width;
  Length drawn_width = room_width, drawn_height = room_width.scaled(h, w);
  if (drawn_height > room_height) drawn_width = room_height.scaled(w, h), drawn_height = room_height;
  const Length start = width / 11;
  const bool rtl = inputs.book.document.edition.dir == model::Direction::rtl;
  out.picture = {rtl ? width - start - drawn_width : start, width.scaled(title_top, 11000), drawn_width, drawn_height};
  Drawing drawing(inputs, width, height, sink);
  if (!drawing.faces()) return out;
  drawing.label_and_brand(out.text);
  return out;
}

}  // namespace epitome::cover
