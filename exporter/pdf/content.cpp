#include "pdf/content.hpp"

#include <algorithm>

#include "page/roles.hpp"
#include "pdf/text_writer.hpp"

namespace epitome::pdf {
namespace {

using model::Length;
using model::Rect;
using style::Colour;

class ContentWriter {
 public:
  ContentWriter(const page::Pages& pages, std::uint32_t index, FontBook& fonts)
      : pages_(pages), page_(pages.pages[index]), text_(out_.stream, fonts) {}

  PageContent run() {
    if (page_.turned) turn(page_.trim.height + page_.bleed * 2, {});
    if (!pages_.tagged) return draw_untagged();
    bool first = true;
    for (const page::Item& item : page_.items) {
      if (first || item.mark != mark_) {
        if (!first) close_mark();
        open_mark(item.mark);
      }
      first = false;
      std::visit([this](const auto& value) { draw(value); }, item.value);
    }
    if (!first) close_mark();
    return finish();
  }

 private:
  PageContent finish() {
    out_.fonts = text_.used_fonts();
    std::sort(out_.fonts.begin(), out_.fonts.end());
    std::sort(out_.images.begin(), out_.images.end());
    return std::move(out_);
  }

  // What follows is drawn turned to the left, by a quarter of a turn about the paper's corner, and moved.
  void turn(Length right, Length up) {
    put("0 1 -1 0 ");
    put(to_milli(right));
    put(to_milli(up));
    put("cm\n");
  }

  PageContent draw_untagged() {
    auto clip = page_.clips.begin();
    Colour outside;
    for (std::uint32_t i = 0; i <= page_.items.size(); ++i) {
      if (clip != page_.clips.end() && clip->last == i && clip->last > clip->first) {
        close_text();
        put("Q\n");
        fill_ = outside;  // as the graphics state has it again
        ++clip;
      }
      if (i == page_.items.size()) break;
      if (clip != page_.clips.end() && clip->first == i) {
        close_text();
        outside = fill_;
        put("q ");
        put(to_milli(x(clip->box.x)));
        put(to_milli(y(clip->box.y + clip->box.height)));
        put(to_milli(clip->box.width));
        put(to_milli(clip->box.height));
        put("re W n\n");
        const Length height = page_.trim.height;
        if (clip->turned) turn(clip->turned->x + height, height - clip->turned->y);
      }
      std::visit([this](const auto& value) { draw(value); }, page_.items[i].value);
    }
    close_text();
    return finish();
  }

  std::string& put(std::string_view text) { return out_.stream += text; }
  void put(Milli value) {
    put_milli(out_.stream, value);
    put(" ");
  }

  // From the trim box's top left corner, y downwards, to the media box's bottom left corner, y upwards.
  Length x(Length from_left) const { return from_left + page_.bleed; }
  Length y(Length from_top) const { return page_.bleed + page_.trim.height - from_top; }

  void open_mark(std::uint32_t index) {
    mark_ = index;
    const page::Mark* mark = index == page::no_index ? nullptr : &pages_.marks[index];
    if (mark != nullptr && mark->element != page::no_index) {
      put("/");
      put(page::role_name(pages_.elements[mark->element].role));
      put("<</MCID ");
      put_int(out_.stream, static_cast<std::int64_t>(out_.marks.size()));
      put(">>BDC\n");
      out_.marks.push_back(index);
      return;
    }
    // Table 330. Drawing without a mark is part of the layout.
    put("/Artifact<</Type");
    switch (mark == nullptr ? page::ArtifactKind::layout : mark->artifact) {
      case page::ArtifactKind::header:
        put("/Pagination/Subtype/Header/Attached[/Top]");
        break;
      case page::ArtifactKind::footer:
        put("/Pagination/Subtype/Footer/Attached[/Bottom]");
        break;
      case page::ArtifactKind::page:
        put("/Page");
        break;
      case page::ArtifactKind::background:
        put("/Background/BBox[0 0 ");
        put(to_milli(page_.trim.width + page_.bleed * 2));
        put(to_milli(page_.trim.height + page_.bleed * 2));
        put("]");
        break;
      case page::ArtifactKind::none:
      case page::ArtifactKind::layout:
        put("/Layout");
    }
    put(">>BDC\n");
  }

  void close_mark() {
    close_text();
    put("EMC\n");
  }

  void open_text() {
    if (!in_text_) text_.begin();
    in_text_ = true;
  }
  void close_text() {
    if (in_text_) text_.end();
    in_text_ = false;
  }

  void colour_operands(Colour c) {
    // A component as n/255 with three decimals gives back the same byte.
    const auto component = [&](std::uint8_t v) { put((v * 1000 + 127) / 255); };
    component(c.red);
    if (c.red == c.green && c.red == c.blue) return;
    component(c.green);
    component(c.blue);
  }
  static bool is_grey(Colour c) { return c.red == c.green && c.red == c.blue; }
  void set_fill(Colour c) {
    if (c == fill_) return;
    fill_ = c;
    colour_operands(c);
    put(is_grey(c) ? "g\n" : "rg\n");
  }

  void draw(const page::Text& text) {
    if (text.run.glyphs.empty()) return;
    open_text();
    set_fill(text.colour);
    text_.write(text.run, x(text.origin.x), y(text.origin.y));
  }

  void draw(const page::Rule& rule) {
    close_text();
    const Rect& box = rule.box;
    if (rule.dash_off == Length{}) {
      set_fill(rule.colour);
      const Milli left = to_milli(x(box.x)), bottom = to_milli(y(box.y + box.height));
      put(left);
      put(bottom);
      // Corners are rounded, not sides: rules that meet keep meeting.
      put(to_milli(x(box.x + box.width)) - left);
      put(to_milli(y(box.y)) - bottom);
      put("re f\n");
      return;
    }
    const bool across = box.width >= box.height, dots = rule.dash_on == Length{};
    const Length thickness = across ? box.height : box.width;
    // A round cap reaches half a thickness beyond its end.
    const Length inset = dots ? thickness / 2 : Length{};
    put("q ");
    colour_operands(rule.colour);
    put(is_grey(rule.colour) ? "G " : "RG ");
    put(to_milli(thickness));
    put(dots ? "w 1 J [0 " : "w [");
    if (!dots) put(to_milli(rule.dash_on));
    put(to_milli(rule.dash_off));
    put("] 0 d\n");
    if (across) {
      const Milli middle = to_milli(y(box.y + box.height / 2));
      put(to_milli(x(box.x + inset)));
      put(middle);
      put("m ");
      put(to_milli(x(box.x + box.width - inset)));
      put(middle);
    } else {
      const Milli middle = to_milli(x(box.x + box.width / 2));
      put(middle);
      put(to_milli(y(box.y + inset)));
      put("m ");
      put(middle);
      put(to_milli(y(box.y + box.height - inset)));
    }
    put("l S Q\n");
  }

  void draw(const page::Picture& picture) {
    close_text();
    put("q ");
    put(to_milli(picture.box.width));
    put("0 0 ");
    put(to_milli(picture.box.height));
    put(to_milli(x(picture.box.x)));
    put(to_milli(y(picture.box.y + picture.box.height)));
    put("cm /I");
    put_int(out_.stream, picture.image);
    put(" Do Q\n");
    if (std::find(out_.images.begin(), out_.images.end(), picture.image) == out_.images.end())
      out_.images.push_back(picture.image);
  }

  const page::Pages& pages_;
  const page::Page& page_;
  PageContent out_;
  TextWriter text_;
  std::uint32_t mark_ = page::no_index;
  bool in_text_ = false;
  Colour fill_;  // black, as every page begins
};

}  // namespace

PageContent write_content(const page::Pages& pages, std::uint32_t index, FontBook& fonts) {
  return ContentWriter(pages, index, fonts).run();
}

}  // namespace epitome::pdf
