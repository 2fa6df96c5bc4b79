#include "sample_pages.hpp"

#include <harfbuzz/hb.h>

#include <algorithm>
#include <stdexcept>

#include "../image/png_file.hpp"

namespace epitome::test {

using page::ArtifactKind;
using page::Role;

text::GlyphRun shape(const text::Face& face, Length size, std::string_view text, std::string_view lang, bool rtl) {
  text::GlyphRun run;
  run.face = &face;
  run.size = size;
  run.text = text;
  run.lang = lang;
  run.rtl = rtl;
  hb_buffer_t* buffer = hb_buffer_create();
  hb_buffer_add_utf8(buffer, text.data(), static_cast<int>(text.size()), 0, -1);
  hb_buffer_set_language(buffer, hb_language_from_string(run.lang.data(), static_cast<int>(run.lang.size())));
  hb_buffer_set_direction(buffer, rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
  hb_buffer_guess_segment_properties(buffer);
  hb_shape(face.hb_font(), buffer, nullptr, 0);
  unsigned count = 0;
  const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count);
  const hb_glyph_position_t* places = hb_buffer_get_glyph_positions(buffer, nullptr);
  std::vector<text::Glyph> glyphs;
  for (unsigned i = 0; i < count; ++i) {
    text::Glyph g;
    g.id = infos[i].codepoint;
    g.cluster = infos[i].cluster;
    g.advance = size.scaled(places[i].x_advance, face.units_per_em());
    g.x_offset = size.scaled(places[i].x_offset, face.units_per_em());
    g.y_offset = size.scaled(places[i].y_offset, face.units_per_em());
    glyphs.push_back(g);
  }
  run.glyphs = glyphs;
  hb_buffer_destroy(buffer);
  return run;
}

PageBuilder::PageBuilder() {
  diag::Sink sink;
  if (!fonts.read_manifest(EPITOME_SOURCE_DIR "/tests/unit/pdf/fonts.xml", sink)) throw std::runtime_error("fonts.xml");
  pages.elements.emplace_back().role = Role::document;
  pages.metadata.title = "The <Push> & co: a summary";
  pages.metadata.lang = "en";
}

const text::Face& PageBuilder::face(std::string_view family, std::string_view style) {
  diag::Sink sink;
  const text::Face* face = fonts.face(family, style, sink);
  if (face == nullptr || !sink.diagnostics().empty()) throw std::runtime_error(sink.diagnostics().at(0).message);
  return *face;
}

std::uint32_t PageBuilder::add_page() {
  page::Page page;
  page.trim = {{}, {}, Length::pt(420), Length::pt(595)};
  pages.pages.push_back(std::move(page));
  return static_cast<std::uint32_t>(pages.pages.size() - 1);
}

std::uint32_t PageBuilder::add_element(Role role, std::uint32_t parent) {
  const auto index = static_cast<std::uint32_t>(pages.elements.size());
  page::Element& element = pages.elements.emplace_back();
  element.role = role;
  element.parent = parent;
  pages.elements[parent].kids.push_back({false, index});
  return index;
}

std::uint32_t PageBuilder::add_mark(std::uint32_t element) {
  const auto index = static_cast<std::uint32_t>(pages.marks.size());
  pages.marks.push_back({static_cast<std::uint32_t>(pages.pages.size() - 1), element, ArtifactKind::none});
  pages.elements[element].kids.push_back({true, index});
  return index;
}

std::uint32_t PageBuilder::add_artifact(ArtifactKind kind) {
  pages.marks.push_back({static_cast<std::uint32_t>(pages.pages.size() - 1), page::no_index, kind});
  return static_cast<std::uint32_t>(pages.marks.size() - 1);
}

void PageBuilder::add_item(std::uint32_t mark, page::Item item) {
  item.mark = mark;
  pages.pages.back().items.push_back(std::move(item));
}

Length PageBuilder::add_text(std::uint32_t element, const text::Face& face, int size, int x, int y,
                             std::string_view text, std::string_view lang, bool rtl) {
  page::Text item{shape(face, Length::pt(size), text, lang, rtl), {Length::pt(x), Length::pt(y)}, {}};
  const Length width = item.run.width();
  add_item(add_mark(element), {page::no_index, std::move(item)});
  return width;
}

std::uint32_t PageBuilder::add_line(Role role, std::uint32_t parent, const text::Face& face, int size, int x, int y,
                                    std::string_view text, std::string_view lang, bool rtl) {
  const std::uint32_t element = add_element(role, parent);
  if (lang != "en") pages.elements[element].details.edit().lang = lang;
  add_text(element, face, size, x, y, text, lang, rtl);
  return element;
}

namespace {

constexpr model::Rect rect(int x, int y, int width, int height) {
  return {Length::pt(x), Length::pt(y), Length::pt(width), Length::pt(height)};
}

image::Image checked(std::string bytes) {
  diag::Sink sink;
  std::optional<image::Image> image = image::check_image(std::move(bytes), "sample", {}, sink);
  if (!image) throw std::runtime_error(sink.diagnostics().at(0).message);
  return std::move(*image);
}

void add_running_matter(PageBuilder& b, std::string_view folio) {
  const text::Face& face = b.face("Vollkorn");
  b.add_item(
      b.add_artifact(ArtifactKind::header),
      {page::no_index, page::Text{shape(face, Length::pt(8), "The Push"), {Length::pt(60), Length::pt(30)}, {}}});
  b.add_item(b.add_artifact(ArtifactKind::footer),
             {page::no_index, page::Text{shape(face, Length::pt(9), folio), {Length::pt(205), Length::pt(570)}, {}}});
}

void add_front(PageBuilder& b) {
  const text::Face &text = b.face("Vollkorn"), &italic = b.face("Vollkorn", "Italic");
  b.add_page();
  b.pages.pages.back().label = "i";
  b.add_item(b.add_artifact(ArtifactKind::background),
             {page::no_index, page::Rule{rect(0, 0, 420, 8), {138, 42, 31}, {}, {}}});
  const std::uint32_t front = b.add_element(Role::sect, 0);
  b.add_line(Role::h1, front, text, 24, 60, 100, "The Push: a summary");
  const std::uint32_t by = b.add_line(Role::p, front, italic, 12, 60, 130, "by ");
  const std::uint32_t span = b.add_element(Role::span, by);
  b.add_text(span, italic, 12, 76, 130, "Ashley Audrain");

  const std::uint32_t toc = b.add_element(Role::toc, front);
  int y = 200;
  for (const char* title : {"Takeaways", "Scripts"}) {
    const std::uint32_t item = b.add_element(Role::toci, toc);
    const std::uint32_t reference = b.add_element(Role::reference, item);
    const std::uint32_t link = b.add_element(Role::link, reference);
    b.add_text(link, text, 11, 60, y, title);
    // Leaders.
    b.add_item(page::no_index, {page::no_index, page::Rule{rect(140, y - 3, 180, 1), {}, {}, Length::pt(6)}});
    b.add_text(link, text, 11, 330, y, y == 200 ? "1" : "2");
    b.pages.links.push_back({0, {rect(60, y - 10, 280, 13)}, y == 200 ? "takeaways" : "scripts", "", title, link});
    y += 16;
  }
  add_running_matter(b, "i");
}

void add_takeaways(PageBuilder& b) {
  const text::Face &text = b.face("Vollkorn"), &garamond = b.face("EB Garamond");
  b.add_page();
  b.pages.pages.back().label = "1";
  add_running_matter(b, "1");
  const std::uint32_t sect = b.add_element(Role::sect, 0);
  b.add_line(Role::h1, sect, text, 18, 60, 70, "Takeaways");
  b.add_line(Role::h2, sect, text, 14, 60, 95, "Office affluence, fjords — “quoted”");
  const std::uint32_t p = b.add_element(Role::p, sect);
  b.add_text(p, garamond, 11, 60, 115, "The first flight of the affine office: a no\u2011break space\u00A0here, con");
  text::GlyphRun broken = shape(garamond, Length::pt(11), "hy\u00AD");
  // The breaker's hyphen: the glyph is a hyphen, the character a soft one.
  std::vector<text::Glyph> glyphs = broken.glyphs.list();
  glyphs.back().id = garamond.glyph(U'-');
  glyphs.back().advance = garamond.advance(glyphs.back().id, Length::pt(11));
  broken.glyphs = glyphs;
  broken.ends_in_soft_hyphen = true;
  b.add_item(b.add_mark(p), {page::no_index, page::Text{broken, {Length::pt(350), Length::pt(115)}, {}}});
  b.add_text(p, garamond, 11, 60, 129, "phenated, and letter\u2011spaced");
  page::Text spaced{
      shape(garamond, Length::pt(11), "Tracked (with) brackets \\ and all."), {Length::pt(60), Length::pt(143)}, {}};
  change_glyphs(spaced.run, [](text::Glyph& g) { g.advance += Length::ratio_pt(1, 2); });
  b.add_item(b.add_mark(p), {page::no_index, spaced});
  page::Text wide{shape(text, Length::pt(11), "Scaled to 1.02"), {Length::pt(300), Length::pt(143)}, {138, 42, 31}};
  wide.run.glyph_scale = 1020;
  change_glyphs(wide.run, [](text::Glyph& g) { g.advance = Length(g.advance).scaled(1020, 1000); });
  b.add_item(b.add_mark(p), {page::no_index, wide});

  const std::uint32_t list = b.add_element(Role::l, sect);
  b.pages.elements[list].numbering = page::Element::Numbering::ordered;
  for (int i = 0; i < 2; ++i) {
    const std::uint32_t item = b.add_element(Role::li, list);
    b.add_line(Role::lbl, item, text, 11, 60, 165 + 16 * i, i == 0 ? "1." : "2.");
    const std::uint32_t body = b.add_element(Role::lbody, item);
    b.add_line(Role::p, body, text, 11, 76, 165 + 16 * i, i == 0 ? "Believe what you saw." : "Ask a second time.");
  }

  const std::uint32_t table = b.add_element(Role::table, sect);
  b.pages.elements[table].details.edit().box = rect(60, 200, 300, 52);
  b.add_line(Role::caption, table, text, 9, 60, 208, "Table 1. Two books");
  const std::uint32_t head = b.add_element(Role::thead, table);
  const std::uint32_t head_row = b.add_element(Role::tr, head);
  for (int i = 0; i < 2; ++i) {
    const std::uint32_t cell =
        b.add_line(Role::th, head_row, text, 10, 60 + 150 * i, 222, i == 0 ? "Book" : "Narrator");
    b.pages.elements[cell].scope = page::Element::ThScope::column;
    if (i == 0) b.pages.elements[cell].details.edit().id = "th-book";
  }
  const std::uint32_t body = b.add_element(Role::tbody, table);
  const std::uint32_t row = b.add_element(Role::tr, body);
  const std::uint32_t row_head = b.add_line(Role::th, row, text, 10, 60, 236, "The Push");
  b.pages.elements[row_head].scope = page::Element::ThScope::row;
  b.add_line(Role::td, row, text, 10, 210, 236, "Blythe");
  const std::uint32_t last_row = b.add_element(Role::tr, body);
  const std::uint32_t wide_cell = b.add_line(Role::td, last_row, text, 10, 60, 250, "Both are told to one person.");
  b.pages.elements[wide_cell].column_span = 2;
  const std::uint32_t rules = b.add_artifact(ArtifactKind::layout);
  b.add_item(rules, {page::no_index, page::Rule{rect(60, 225, 300, 1), {}, {}, {}}});
  b.add_item(rules, {page::no_index, page::Rule{rect(60, 253, 300, 1), {128, 128, 128}, Length::pt(3), Length::pt(2)}});

  const std::uint32_t figure = b.add_element(Role::figure, sect);
  b.pages.elements[figure].details.edit().alternative = "Three pictures of a slope";
  b.pages.elements[figure].details.edit().box = rect(60, 270, 300, 90);
  const std::uint32_t pictures = b.add_mark(figure);
  b.add_item(pictures, {page::no_index, page::Picture{0, rect(60, 270, 90, 90)}});
  b.add_item(pictures, {page::no_index, page::Picture{1, rect(160, 270, 90, 90)}});
  b.add_item(pictures, {page::no_index, page::Picture{2, rect(260, 270, 90, 90)}});
  b.add_item(pictures, {page::no_index, page::Picture{3, rect(355, 270, 45, 45)}});

  const std::uint32_t cited = b.add_line(Role::p, sect, text, 11, 60, 400, "See the publisher’s page");
  const std::uint32_t link = b.add_element(Role::link, cited);
  b.add_text(link, text, 11, 190, 400, "at example.org, which runs");
  b.add_text(link, text, 11, 60, 414, "over two lines");
  b.pages.links.push_back({1,
                           {rect(190, 390, 130, 13), rect(60, 404, 70, 13)},
                           "",
                           "https://example.org/a?(b)=c/é",
                           "The publisher’s page",
                           link});
  const std::uint32_t mark = b.add_element(Role::link, cited);
  b.add_text(mark, text, 7, 330, 396, "1");
  b.pages.links.push_back({1, {rect(330, 388, 6, 8)}, "note-1", "", "Note 1", mark});
  const std::uint32_t quote = b.add_element(Role::block_quote, sect);
  b.add_line(Role::p, quote, text, 11, 80, 440, "“I saw it.”");
  const std::uint32_t note = b.add_element(Role::note, sect);
  b.pages.elements[note].details.edit().id = "note-1";
  b.add_line(Role::lbl, note, text, 8, 60, 540, "1");
  b.add_line(Role::p, note, text, 8, 68, 540, "A footnote.");
}

void add_scripts(PageBuilder& b) {
  const text::Face& text = b.face("Vollkorn");
  b.add_page();
  b.pages.pages.back().label = "2";
  b.pages.pages.back().bleed = Length::pt(9);
  add_running_matter(b, "2");
  const std::uint32_t sect = b.add_element(Role::sect, 0);
  b.add_line(Role::h1, sect, text, 18, 60, 70, "Scripts");
  b.add_line(Role::p, sect, text, 12, 60, 100, "Ο Οδυσσέας γύρισε στην Ιθάκη.", "el");
  b.add_line(Role::p, sect, text, 12, 60, 120, "Все счастливые семьи похожи друг на друга.", "ru");
  b.add_line(Role::p, sect, b.face("Noto Naskh Arabic"), 14, 60, 150, "كتاب قصير عن الأم والسلام", "ar", true);
  b.add_line(Role::p, sect, b.face("Noto Serif Hebrew"), 14, 60, 180, "ספר קצר על אמא", "he", true);
  b.add_line(Role::p, sect, b.face("Noto Serif Thai"), 14, 60, 210, "หนังสือน้ำ", "th");
  const text::Face& cjk = b.face("Noto Serif CJK JP");
  const std::uint32_t japanese = b.add_element(Role::p, sect);
  b.pages.elements[japanese].details.edit().lang = "ja";
  const std::uint32_t ruby = b.add_element(Role::ruby, japanese);
  b.add_line(Role::rb, ruby, cjk, 14, 60, 250, "吾輩", "ja");
  b.add_line(Role::rt, ruby, cjk, 7, 60, 238, "わがはい", "ja");
  b.add_text(japanese, cjk, 14, 88, 250, "は猫である。名前はまだ無い。", "ja");
}

}  // namespace

page::Pages& sample_pages(PageBuilder& b) {
  page::Pages& pages = b.pages;
  pages.facing = true;
  pages.metadata.authors = {"Ashley Audrain", "Émile \"Quoted\""};
  pages.metadata.description = "What the novel tells & asks";
  pages.metadata.keywords = {"motherhood", "psychological drama"};
  pages.metadata.identifier = "urn:uuid:0f0d8f6e-5a0c-5d0e-9d44-0c3ad3b5f001";
  pages.metadata.publisher = "Epitome";
  pages.metadata.rights = "CC BY 4.0";
  pages.metadata.rights_href = "https://creativecommons.org/licenses/by/4.0/";
  pages.metadata.created = "2026-11-22T00:00:00Z";
  pages.metadata.modified = "2026-11-22T10:30:00+01:00";

  image::Pixels slope{60, 60, 3, {}};
  for (int y = 0; y < 60; ++y)
    for (int x = 0; x < 60; ++x)
      for (const int v : {x * 4, y * 4, x > y ? 200 : 40}) slope.colour.push_back(static_cast<char>(v));
  pages.images.push_back(checked(image::encode_jpeg(slope, 90)));
  pages.images.push_back(checked(PngFile{.width = 12, .height = 12}.file()));
  pages.images.push_back(checked(PngFile{.width = 12, .height = 12, .colour = 6, .interlaced = true}.file()));
  pages.images.push_back(checked(PngFile{.width = 8,
                                         .height = 4,
                                         .bits = 4,
                                         .colour = 3,
                                         .before_data = png_chunk("PLTE", "\xFF\1\2\1\xFF\3"),
                                         .rows = std::string("\0\x01\x01\x01\x01\0\x10\x10\x10\x10"
                                                             "\0\x01\x01\x01\x01\0\x10\x10\x10\x10",
                                                             20)}
                                     .file()));
  add_front(b);
  add_takeaways(b);
  add_scripts(b);
  pages.destinations = {
      {"takeaways", 1, Length::pt(50)}, {"note-1", 1, Length::pt(530)}, {"scripts", 2, Length::pt(50)}};
  pages.outline = {{0, "Takeaways", "takeaways"}, {1, "A note — first", "note-1"}, {0, "Scripts", "scripts"}};
  pages.labels = {{0, page::LabelStyle::roman, "", 1}, {1, page::LabelStyle::arabic, "", 1}};
  return pages;
}

}  // namespace epitome::test
