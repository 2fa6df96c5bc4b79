// The title page: the author, the title and what else names the book. It goes on over as many pages as that needs; more
// than one is told (W0604).
#include <algorithm>
#include <array>
#include <limits>

#include "typeset/parts/parts.hpp"

namespace epitome::typeset {

namespace {

class TitlePage {
 public:
  TitlePage(Setter& setter, const Column& column, std::uint32_t element)
      : setter_(setter), layout_(setter.layout), work_(setter.inputs.book.document.work), column_(column) {
    column_.element = element;
  }

  void write(const book::Section& section) {
    set_texts();
    const bool one_page = choose_title([&] { return stack_all(true) <= room(); }) ||
                          choose_title([&] { return stack_all(false) <= room(); });
    if (!one_page) {
      choose_title([&] { return title_.height() <= room(); });
      stack_all(false);
      setter_.sink.report(diag::Code::W0604, work_.title.span, "the title page does not fit its page",
                          {"shorten the title or the subtitle, or give fewer contributors the role of author"});
    }
    place(section);
  }

  // As the head of a page: one text below the other.
  void write_head(const book::Section& section, bool contains) {
    set_texts();
    if (!contains) contains_ = {};
    choose_title([&] { return title_.height() <= room(); });
    const style::Pieces::TitlePage& page = layout_.pieces.title_page;
    const std::size_t first = setter_.list.chain().boxes.size();
    setter_.list.await(setter_.structure.destination(section.id));
    add(author_);
    add(title_);
    if (subtitle_.count() > 0) setter_.list.space_after(layout_.style(StyleName::title_subtitle).before);
    add(subtitle_);
    setter_.list.finish_on_grid();
    setter_.list.space_after(geometry().grid * page.empty_before_picked);
    Atom& picked = setter_.list.add(geometry().grid);
    picked.opens = true;
    RuleBox rule = picked_line(setter_, {});
    rule.top = geometry().grid.scaled(2, 3) - rule.height;  // below the title's descenders
    picked.contents.emplace_back(rule);
    setter_.list.space_after(geometry().grid * page.empty_after_picked);
    kind_line();
    setter_.list.finish_on_grid();
    setter_.list.keep_together(first, PageCosts::piece_split);
  }

 private:
  struct Text {
    std::shared_ptr<const Lines> lines;  // null: there is none
    std::uint32_t element = none;
    Length leading;

    std::size_t count() const { return lines ? lines->size() : 0; }
    Length height() const { return leading * static_cast<std::int64_t>(count()); }
  };
  struct TitleLook {
    StyleName name;
    Length size, leading;
    std::size_t lines_max;
  };
  // A line of a text, or the picked line. Its foot is measured as if all stood on one page, however high.
  struct Row {
    const Text* text = nullptr;  // null: the picked line
    std::uint32_t line = 0;
    Length foot;
  };

  const style::Geometry& geometry() const { return layout_.geometry; }

  Text set(const std::string& text, StyleName name) {
    const TextStyle& style = layout_.style(name);
    if (text.empty()) return {nullptr, none, style.leading};
    return set(text, {name, style.size, style.leading, 0}, column_,
               setter_.structure.element(page::Role::p, column_.element, column_.lang));
  }

  Text set(const std::string& text, const TitleLook& look, const Column& column, std::uint32_t element) {
    // Diagnostics name the title's place for all texts of the page: the document keeps no other.
    return {setter_.set(spans(text, look, column, element), shape(look, column), work_.title.span), element,
            look.leading};
  }

  std::vector<text::TextSpan> spans(const std::string& text, const TitleLook& look, const Column& column,
                                    std::uint32_t element) {
    InlineState state = setter_.state(look.name, column, element);
    state.size = look.size;
    state.hyphenate = false;
    TextPlace nowhere;
    return setter_.spans({model::Text{text, {}}}, state, nowhere);
  }

  text::ParagraphShape shape(const TitleLook& look, const Column& column) const {
    return setter_.shape(layout_.style(look.name), column.measure, column.direction);
  }

  void set_texts() {
    const book::GeneratedText& text = setter_.inputs.book.generated;
    author_ = set(text.author, StyleName::title_author);
    model::Attributes titled;
    titled.lang = work_.title.lang;
    titled.span = work_.title.span;
    title_column_ = inner(column_, titled);
    if (!titled.lang.empty()) title_column_.lang = work_.title.lang;  // outlives `titled`
    title_element_ = setter_.structure.element(page::Role::h1, column_.element, column_.lang, &titled);
    subtitle_ = set(text.subtitle, StyleName::title_subtitle);
    kind_ = set(text.kind, StyleName::title_kind);
    contains_ = set(text.contains, StyleName::title_contains);
    brand_ = set(text.brand, StyleName::title_brand);
    title_number_ = setter_.cache.next_number();
  }

  // Sets the title in the largest look that fits. A look is too large if a word is too wide or the lines are too many;
  // the smallest is as small as the author's name. False: none fits, and the title is set in the smallest.
  template <typename Fits>
  bool choose_title(const Fits& fits) {
    constexpr std::size_t any = std::numeric_limits<std::size_t>::max();
    const TextStyle &whole = layout_.style(StyleName::title), &small = layout_.style(StyleName::title_small),
                    &least = layout_.style(StyleName::title_author);
    const std::array looks{
        TitleLook{StyleName::title, whole.size, whole.leading,
                  static_cast<std::size_t>(layout_.pieces.title_page.lines_max)},
        TitleLook{StyleName::title_small, small.size, small.leading, any},
        TitleLook{StyleName::title_small, std::min(small.size, least.size), std::min(small.leading, least.leading),
                  any},
    };
    for (const TitleLook& look : looks) {
      setter_.cache.go_back_to(title_number_);
      const Length size = word_size(look);
      title_ =
          set(setter_.inputs.book.generated.title, {look.name, size, look.leading, 0}, title_column_, title_element_);
      const bool as_asked = look.lines_max == any || (size == look.size && title_.count() <= look.lines_max);
      if (as_asked && fits()) return true;
    }
    return false;
  }

  // The look's size, or the size at which the title's widest word fills the measure, if that is smaller and readable.
  Length word_size(const TitleLook& look) {
    const text::Paragraph paragraph{spans(setter_.inputs.book.generated.title, look, title_column_, title_element_),
                                    shape(look, title_column_)};
    const Length widest = setter_.cache.extent(paragraph, work_.title.span).min, measure = title_column_.measure;
    if (widest <= measure) return look.size;
    constexpr std::int64_t eighth = 65536 / 8;  // of a point, down: advances are rounded one by one
    constexpr Length readable = Length::pt(4);  // a word too wide for that is divided
    const Length fitting = look.size.scaled(measure.raw(), widest.raw());
    return fitting < readable ? look.size : Length::from_raw(fitting.raw() / eighth * eighth);
  }

  // The brand stands at the page's foot, unless it would take more than half of the page: then behind all else.
  bool brand_at_foot() const { return brand_.height() * 2 <= geometry().grid * geometry().lines; }

  // The height that a page has for text above the brand.
  Length room() const {
    return geometry().grid * geometry().lines - (brand_at_foot() ? setter_.list.up_to_grid(brand_.height()) : Length{});
  }

  // An atom a line.
  void add(const Text& text) {
    for (std::uint32_t i = 0; i < text.count(); ++i) {
      Atom& atom = setter_.list.add(text.leading);
      atom.opens = true;
      atom.contents.emplace_back(text_box(text, i, text.leading));
    }
  }

  // What kind of book it is, with what it contains and the brand on the same line if there is room.
  void kind_line() {
    const auto width = [](const Text& text) { return text.lines->front().width; };
    add(kind_);
    const bool one_line = kind_.count() == 1;
    const Length space = layout_.style(StyleName::title_kind).size / 3;
    Length to = one_line ? width(kind_) : column_.measure;
    const bool contains_beside = contains_.count() == 1 && to + space + width(contains_) <= column_.measure;
    if (contains_beside) {
      TextBox box = text_box(contains_, 0, kind_.leading);
      box.start += to + space;
      to += space + width(contains_);
      setter_.list.chain().atoms.back().contents.emplace_back(box);
    }
    const bool brand_beside = brand_.count() == 1 && to + geometry().grid + width(brand_) <= column_.measure;
    if (brand_beside) {
      Atom& line = setter_.list.chain().atoms.back();
      if (contains_.count() > 0) line.contents.emplace_back(Attach{contains_.element});  // is read before the brand
      line.contents.emplace_back(text_box(brand_end(), 0, kind_.leading));
    }
    if (!contains_beside) add(contains_);
    if (!brand_beside) add(brand_);
  }

  // The brand set once more, at the end of its line.
  Text brand_end() {
    const TextStyle& style = layout_.style(StyleName::title_brand);
    const TitleLook look{StyleName::title_brand, style.size, style.leading, 0};
    text::ParagraphShape at_end = shape(look, column_);
    at_end.alignment = style::Alignment::end;
    return {setter_.set(spans(setter_.inputs.book.generated.brand, look, column_, brand_.element), at_end,
                        work_.title.span),
            brand_.element, style.leading};
  }

  TextBox text_box(const Text& text, std::uint32_t line, Length foot) const {
    return {
        text.lines,        line, column_.start, column_.measure, foot - setter_.list.drop(text.leading), text.leading,
        ArtifactKind::none};
  }

  // Stacks the lines of a text from `at` on, and gives the foot of the last one.
  Length stack(const Text& text, Length at) {
    for (std::uint32_t i = 0; i < text.count(); ++i) rows_.push_back({&text, i, at += text.leading});
    return at;
  }

  // Stacks all but a brand at the foot, and gives the foot of the last line. The author stands above the title; if that
  // doesn't fit, the title begins the page and the author stands below it.
  Length stack_all(bool author_above) {
    const style::Pieces::TitlePage& page = layout_.pieces.title_page;
    const Length grid = geometry().grid;
    rows_.clear();
    Length at;
    if (author_above) {
      // "From line 9": the title's first line box begins there, or where many authors leave a line free.
      at = grid * (page.title_on_line - 1);
      const Length end = stack(author_, grid * page.author_on_line - author_.leading);
      if (author_.count() > 1) at = std::max(at, setter_.list.up_to_grid(end) + grid);
    }
    at = stack(title_, at);
    if (subtitle_.count() > 0) at = stack(subtitle_, at + layout_.style(StyleName::title_subtitle).before);
    if (!author_above) at = stack(author_, setter_.list.up_to_grid(at) + grid);
    at = setter_.list.up_to_grid(at) + grid * (page.empty_before_picked + 1);
    rows_.push_back({nullptr, 0, at});
    at = stack(kind_, at + grid * page.empty_after_picked);
    at = stack(contains_, at);
    return brand_at_foot() ? at : stack(brand_, setter_.list.up_to_grid(at) + grid);
  }

  // Each page is one atom, as high as the page.
  void place(const book::Section& section) {
    Atom* atom = &add_page();
    setter_.list.anchor(*atom, setter_.structure.destination(section.id));
    // The author is read before the title, wherever it stands: as in the EPUB.
    if (author_.count() > 0) atom->contents.emplace_back(Attach{author_.element});
    Length head;
    for (const Row& row : rows_) {
      if (row.foot - head > room()) {
        head = row.foot - (row.text != nullptr ? row.text->leading : geometry().grid);
        atom = &add_page();
      }
      put(*atom, row, row.foot - head);
    }
    for (std::uint32_t i = 0; brand_at_foot() && i < brand_.count(); ++i)
      put(*atom, {&brand_, i, {}}, geometry().grid * geometry().lines - brand_.height() + brand_.leading * (i + 1));
  }

  Atom& add_page() { return setter_.list.add(geometry().grid * geometry().lines); }

  void put(Atom& atom, const Row& row, Length foot) const {
    if (row.text == nullptr) {
      atom.contents.emplace_back(picked_line(setter_, foot - geometry().first_baseline_drop));
      return;
    }
    atom.contents.emplace_back(text_box(*row.text, row.line, foot));
  }

  Setter& setter_;
  const style::Layout& layout_;
  const model::Work& work_;
  Column column_, title_column_;
  std::uint32_t title_element_ = none;
  std::size_t title_number_ = 0;  // of its paragraph
  Text author_, title_, subtitle_, kind_, contains_, brand_;
  std::vector<Row> rows_;
};

}  // namespace

void title_page(Setter& setter, const book::Section& section, const Column& column) {
  Chain& page = setter.list.start_chain(section.id);
  page.bare = page.generated = true;
  page.numbering = Numbering::roman;
  TitlePage(setter, column, setter.structure.element(page::Role::sect, 0)).write(section);
}

void title_head(Setter& setter, const book::Section& section, const Column& column, bool contains) {
  setter.list.start_chain(section.id);
  TitlePage(setter, column, setter.structure.element(page::Role::sect, 0)).write_head(section, contains);
}

}  // namespace epitome::typeset
