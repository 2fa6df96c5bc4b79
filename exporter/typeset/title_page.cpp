// The title page: the author, the title and what else names the book. It goes on over as many pages as that needs; more
// than one is told (W0604).
#include <algorithm>
#include <array>
#include <limits>

#include "typeset/collect.hpp"

namespace epitome::typeset {

class Collector::TitlePage {
 public:
  TitlePage(Collector& collector, const Column& column, std::uint32_t element)
      : collector_(collector),
        layout_(collector.layout_),
        work_(collector.inputs_.book.document.work),
        column_(column) {
    column_.element = element;
  }

  void write(const book::Section& section) {
    set_texts();
    const bool one_page = choose_title([&] { return stack_all(true) <= room(); }) ||
                          choose_title([&] { return stack_all(false) <= room(); });
    if (!one_page) {
      choose_title([&] { return title_.height() <= room(); });
      stack_all(false);
      collector_.sink_->report(diag::Code::W0604, work_.title.span, "the title page does not fit its page",
                               {"shorten the title or the subtitle, or give fewer contributors the role of author"});
    }
    place(section);
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
  // A line of a text, or the picked line. Its foot is below the head of the first page, were that as high as need be.
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
               collector_.element(page::Role::p, column_.element, column_.lang));
  }

  Text set(const std::string& text, const TitleLook& look, const Column& column, std::uint32_t element) {
    // Of the metadata the title's place alone is known.
    return {collector_.set(spans(text, look, column, element), shape(look, column), work_.title.span), element,
            look.leading};
  }

  std::vector<text::TextSpan> spans(const std::string& text, const TitleLook& look, const Column& column,
                                    std::uint32_t element) {
    InlineState state = collector_.state(look.name, column, element);
    state.size = look.size;
    state.hyphenate = false;
    TextPlace nowhere;
    return collector_.spans({model::Text{text, {}}}, state, nowhere);
  }

  text::ParagraphShape shape(const TitleLook& look, const Column& column) const {
    return collector_.shape(layout_.style(look.name), column.measure, column.direction);
  }

  void set_texts() {
    const book::GeneratedText& text = collector_.inputs_.book.generated;
    author_ = set(text.author, StyleName::title_author);
    Attributes titled;
    titled.lang = work_.title.lang;
    titled.span = work_.title.span;
    title_column_ = collector_.inner(column_, titled);
    if (!titled.lang.empty()) title_column_.lang = work_.title.lang;  // outlives `titled`
    title_element_ = collector_.element(page::Role::h1, column_.element, column_.lang, &titled);
    subtitle_ = set(text.subtitle, StyleName::title_subtitle);
    kind_ = set(text.kind, StyleName::title_kind);
    contains_ = set(text.contains, StyleName::title_contains);
    brand_ = set(text.brand, StyleName::title_brand);
    title_number_ = collector_.cache_.next_number();
  }

  // The largest title that fits: smaller where a word doesn't fit or the lines are too many, at last as small as the
  // author's name. False if none fits, and the smallest is set.
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
      collector_.cache_.go_back_to(title_number_);
      const Length size = word_size(look);
      title_ = set(collector_.inputs_.book.generated.title, {look.name, size, look.leading, 0}, title_column_,
                   title_element_);
      const bool as_asked = look.lines_max == any || (size == look.size && title_.count() <= look.lines_max);
      if (as_asked && fits()) return true;
    }
    return false;
  }

  // The size at which the title's widest word fills the measure, if the look's is too large for it and that can be
  // read.
  Length word_size(const TitleLook& look) {
    const text::Paragraph paragraph{spans(collector_.inputs_.book.generated.title, look, title_column_, title_element_),
                                    shape(look, title_column_)};
    const Length widest = collector_.cache_.extent(paragraph, work_.title.span).min, measure = title_column_.measure;
    if (widest <= measure) return look.size;
    constexpr std::int64_t eighth = 65536 / 8;  // of a point, down: advances are rounded one by one
    constexpr Length readable = Length::pt(4);  // a word too wide for that is divided
    const Length fitting = look.size.scaled(measure.raw(), widest.raw());
    return fitting < readable ? look.size : Length::from_raw(fitting.raw() / eighth * eighth);
  }

  // What of a page is free for text above the brand.
  Length room() const { return geometry().grid * geometry().lines - collector_.up_to_grid(brand_.height()); }

  // Lines below one another from `at` on; where they end.
  Length stack(const Text& text, Length at) {
    for (std::uint32_t i = 0; i < text.count(); ++i) rows_.push_back({&text, i, at += text.leading});
    return at;
  }

  // All but the brand, each line's foot on a grid line; where it ends. The author stands above the title, or behind it
  // where that doesn't fit: the title begins the page.
  Length stack_all(bool author_above) {
    const style::Pieces::TitlePage& page = layout_.pieces.title_page;
    const Length grid = geometry().grid;
    rows_.clear();
    Length at;
    if (author_above) {
      // "From line 9": the title's first line box begins there, or where many authors leave a line free.
      at = grid * (page.title_on_line - 1);
      const Length end = stack(author_, grid * page.author_on_line - author_.leading);
      if (author_.count() > 1) at = std::max(at, collector_.up_to_grid(end) + grid);
    }
    at = stack(title_, at);
    if (subtitle_.count() > 0) at = stack(subtitle_, at + layout_.style(StyleName::title_subtitle).before);
    if (!author_above) at = stack(author_, collector_.up_to_grid(at) + grid);
    at = collector_.up_to_grid(at) + grid * (page.empty_before_picked + 1);
    rows_.push_back({nullptr, 0, at});
    at = stack(kind_, at + grid * page.empty_after_picked);
    return stack(contains_, at);
  }

  // Each page is one atom, as high as the page.
  void place(const book::Section& section) {
    Atom* atom = &add_page();
    collector_.anchor(*atom, collector_.destination(section.id));
    // Read first wherever it stands, as in the EPUB.
    if (author_.count() > 0) atom->contents.emplace_back(Attach{author_.element});
    Length head;
    for (const Row& row : rows_) {
      if (row.foot - head > room()) {
        head = row.foot - (row.text != nullptr ? row.text->leading : geometry().grid);
        atom = &add_page();
      }
      put(*atom, row, row.foot - head);
    }
    for (std::uint32_t i = 0; i < brand_.count(); ++i)
      put(*atom, {&brand_, i, {}}, geometry().grid * geometry().lines - brand_.height() + brand_.leading * (i + 1));
  }

  Atom& add_page() { return collector_.add(geometry().grid * geometry().lines); }

  void put(Atom& atom, const Row& row, Length foot) const {
    if (row.text == nullptr) {
      atom.contents.emplace_back(collector_.picked_line(foot - geometry().first_baseline_drop));
      return;
    }
    const Length leading = row.text->leading;
    atom.contents.emplace_back(TextBox{row.text->lines, row.line, column_.start, column_.measure,
                                       foot - collector_.drop(leading), leading, ArtifactKind::none});
  }

  Collector& collector_;
  const style::Layout& layout_;
  const model::Work& work_;
  Column column_, title_column_;
  std::uint32_t title_element_ = none;
  std::size_t title_number_ = 0;  // of its paragraph
  Text author_, title_, subtitle_, kind_, contains_, brand_;
  std::vector<Row> rows_;
};

void Collector::title_page(const book::Section& section, const Column& column) {
  Chain& page = start_chain(section.id);
  page.bare = page.generated = true;
  page.numbering = Numbering::roman;
  TitlePage(*this, column, element(page::Role::sect, 0)).write(section);
}

}  // namespace epitome::typeset
