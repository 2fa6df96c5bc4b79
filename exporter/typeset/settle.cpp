#include "typeset/settle.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace epitome::typeset {

std::int64_t line_turn_cost(const style::Layout& layout, int line, int count, bool hyphenated) {
  const style::Pieces& pieces = layout.pieces;
  const bool single = line < pieces.lines_before_turn || count - line < pieces.lines_after_turn;
  return (single ? PageCosts::widow : 0) + (hyphenated ? PageCosts::hyphen : 0);
}

namespace {

void add_note(const Flow& flow, Box& box, const Tag& tag) {
  if (tag.note == none) return;
  box.notes.push_back(static_cast<int>(flow.notes[tag.note].lines.size()));
  box.note_indices.push_back(tag.note);
}

}  // namespace

void add_marks(const Flow& flow, Box& box, Atom& atom, const TextBox& text) {
  const text::Line& line = (*text.lines)[text.line];
  for (const std::uint32_t run : line.logical) {
    const Tag& tag = flow.tags[line.runs[run].tag];
    add_note(flow, box, tag);
    for (const std::uint32_t destination : tag.destinations) {
      atom.contents.emplace_back(Anchor{destination, text.baseline - text.leading});
    }
  }
}

namespace {

// The line of the paragraph that an atom holds; null if it holds none.
const TextBox* own_line(const Atom& atom, const std::shared_ptr<const Lines>& lines) {
  for (const Content& content : atom.contents) {
    const auto* text = std::get_if<TextBox>(&content);
    if (text != nullptr && text->lines == lines) return text;
  }
  return nullptr;
}

bool grows(const Lines& lines) {
  return std::any_of(lines.begin(), lines.end(),
                     [](const text::Line& line) { return line.annotation_height > Length{}; });
}

class Settler {
 public:
  Settler(Flow& flow, Chain& chain, const style::Layout& layout, ParagraphCache& cache)
      : flow_(flow),
        chain_(chain),
        layout_(layout),
        cache_(cache),
        goes_wide_(layout.justification.page_space > style::Justification::widest_usual) {}

  // Paragraphs are set again only where the pages ask for it: what another setting costs is first guessed, rather too
  // low, and known when it has been taken. If the pages so found have a fault, what the limits for lines forbade is
  // offered with wide ones, at its cost.
  std::vector<PageRange> settle(const PageShape& shape) {
    PageBreaker breaker(chain_.boxes, alternatives_, shape);
    while (true) {
      offer_up_to(breaker.reach());
      const BrokenPages broken = breaker.run();
      std::vector<std::uint32_t> unknown;
      std::copy_if(broken.taken.begin(), broken.taken.end(), std::back_inserter(unknown),
                   [&](std::uint32_t a) { return !others_[a].known; });
      if (!unknown.empty()) {
        find_out_with_rivals(unknown);
        breaker.changed(unknown);
        continue;
      }
      std::vector<std::uint32_t> offered;
      if (goes_wide_ && faulty(broken)) {
        offered = offer_wide(broken.settled == 0 ? 0 : broken.turns[broken.settled - 1], broken.turns.back());
      }
      if (!offered.empty()) {
        breaker.changed(offered);
      } else if (!broken.complete) {
        breaker.go_on();
        leave(breaker.begin(), broken.taken);
      } else {
        leave(static_cast<std::uint32_t>(chain_.boxes.size()), broken.taken);
        take(broken.taken);
        return broken.pages;
      }
    }
  }

 private:
  struct Other {
    std::uint32_t paragraph = 0;
    text::LineRequest request;
    std::int64_t guess = 0;  // of its cost, for when it is offered with wide limits
    bool known = false, impossible = false;
    std::shared_ptr<const Lines> lines;  // once it is taken
  };

  // The window is a page's height of boxes farther than where its pages end: so far find_out_with_rivals looks.
  void offer_up_to(std::uint32_t box) {
    box += static_cast<std::uint32_t>(layout_.geometry.lines);
    for (; offered_ < chain_.paragraphs.size() && chain_.paragraphs[offered_].first <= box; ++offered_) offer(offered_);
  }

  // The boxes before that one are settled: of what was offered for them only what is taken is kept.
  void leave(std::uint32_t box, const std::vector<std::uint32_t>& taken) {
    auto next = std::lower_bound(taken.begin(), taken.end(), left_);
    for (; left_ < alternatives_.size() && alternatives_[left_].last <= box; ++left_) {
      Other& other = others_[left_];
      if (next != taken.end() && *next == left_) {
        other.lines = cache_.set_again(chain_.paragraphs[other.paragraph].number, other.request);
        ++next;
      } else {
        alternatives_[left_].boxes = {};
      }
    }
    for (; closed_ < offered_ && chain_.paragraphs[closed_].first + chain_.paragraphs[closed_].count <= box;
         ++closed_) {
      cache_.close(chain_.paragraphs[closed_].number);
    }
  }

  // Whether the window is.
  static bool faulty(const BrokenPages& broken) {
    const auto first = broken.pages.begin() + static_cast<std::ptrdiff_t>(broken.settled);
    return std::any_of(first, broken.pages.end(), [](const PageRange& page) {
      return page.cost.short_page + page.cost.uneven_spread + page.cost.thin_end + page.cost.turn + page.cost.notes > 0;
    });
  }

  // What is impossible within the limits and has not been offered yet, of boxes [first, last); they are what the page
  // breaker has to forget.
  std::vector<std::uint32_t> offer_wide(std::uint32_t first, std::uint32_t last) {
    std::vector<std::uint32_t> offered;
    const auto from = std::partition_point(alternatives_.begin(), alternatives_.end(),
                                           [&](const Alternative& other) { return other.first < first; });
    for (auto a = static_cast<std::uint32_t>(from - alternatives_.begin());
         a < others_.size() && alternatives_[a].first < last; ++a) {
      Other& other = others_[a];
      if (!other.impossible || other.request.wide) continue;
      other.impossible = false;
      other.request.wide = true;
      alternatives_[a].cost = other.guess;
      if (has_notes(alternatives_[a].first, alternatives_[a].last)) find_out(a);
      offered.push_back(a);
    }
    return offered;
  }

  void offer(std::uint32_t number) {
    const SetParagraph& paragraph = chain_.paragraphs[number];
    const Atom& first = chain_.atoms[paragraph.first];
    const std::shared_ptr<const Lines>& lines = cache_.best(paragraph.number);
    if (paragraph.count == 0 || grows(*lines)) return;
    for (std::uint32_t i = 0; i < paragraph.count; ++i) {
      const Atom& atom = chain_.atoms[paragraph.first + i];
      if (own_line(atom, lines) == nullptr) return;
      const auto other = [&](const Content& content) {
        const auto* text = std::get_if<TextBox>(&content);
        return text != nullptr ? text->lines != lines : !std::holds_alternative<Anchor>(content);
      };
      if (i > 0 && std::any_of(atom.contents.begin(), atom.contents.end(), other)) return;
    }
    // What stands beside more than its first line is placed by its lines.
    for (const Content& content : first.contents) {
      const auto* text = std::get_if<TextBox>(&content);
      if (text != nullptr && text->lines != lines && text->lines->size() > 1) return;
    }
    const Length measure = own_line(first, lines)->measure;
    const Length last = lines->back().width;
    // What each line has to give or take, in 1/1000 of the measure.
    const auto each = [&](Length whole, std::uint32_t among) {
      return whole.raw() * 1000 / std::max<std::int64_t>(measure.raw() * among, 1);
    };
    offer_without_hyphens(number, *lines);
    if (const std::int64_t more = each(measure - last, paragraph.count); more <= most_more) {
      guess(number, {1, {}, false}, stretched(more, paragraph.count));
    }
    // What must stay together with it may count on its lines.
    if (paragraph.count < 2 || chain_.boxes[paragraph.first + paragraph.count - 1].keep_cost >= PageCosts::stranded) {
      return;
    }
    if (const std::int64_t less = each(last, paragraph.count - 1); less <= most_less) {
      guess(number, {-1, {}, false}, stretched(less, paragraph.count - 1));
    }
  }

  void guess(std::uint32_t number, const text::LineRequest& request, std::int64_t cost) {
    Alternative made;
    made.cost = PageCosts::reset + cost;
    others_.push_back({number, request, made.cost, false, false, nullptr});
    const SetParagraph& paragraph = chain_.paragraphs[number];
    made.first = paragraph.first;
    made.last = paragraph.first + paragraph.count;
    alternatives_.push_back(std::move(made));
    const std::uint32_t count = paragraph.count + static_cast<std::uint32_t>(request.extra_lines);
    set_boxes(alternatives_.back(), paragraph, count, nullptr);
    if (has_notes(paragraph.first, paragraph.first + paragraph.count)) {
      find_out(static_cast<std::uint32_t>(others_.size() - 1));  // on which line they stand can't be guessed
    }
  }

  // As many lines without one of the hyphens that may stand at a page's end. Each takes the time of its whole
  // paragraph: a few of them, in paragraphs that fit a page.
  void offer_without_hyphens(std::uint32_t number, const Lines& lines) {
    const auto count = static_cast<int>(lines.size());
    if (count > layout_.geometry.lines) return;
    int left = most_hyphens;
    for (int i = 0; i + 1 < count && left > 0; ++i) {
      const text::Line& line = lines[static_cast<std::size_t>(i)];
      if (!line.hyphenated || line_turn_cost(layout_, i + 1, count, false) != 0) continue;
      guess(number, {0, line.end, false}, 0);
      --left;
    }
  }

  // What lines cost that each give or take that.
  static std::int64_t stretched(std::int64_t each, std::uint32_t lines) {
    const std::int64_t difference = each * spaces_share;
    return difference * difference * lines / PageCosts::demerits;
  }

  bool has_notes(std::uint32_t first, std::uint32_t last) const {
    return std::any_of(chain_.boxes.begin() + first, chain_.boxes.begin() + last,
                       [](const Box& box) { return !box.notes.empty(); });
  }

  void find_out(std::uint32_t a) {
    Other& other = others_[a];
    const SetParagraph& paragraph = chain_.paragraphs[other.paragraph];
    const ParagraphCache::Other& found = cache_.other(paragraph.number, other.request);
    other.impossible = found.hyphenated.empty();
    Alternative& known = alternatives_[a];
    if (other.impossible) {
      known.cost = PageCosts::forbidden;
      return;
    }
    other.known = true;
    known.cost = PageCosts::reset + std::max<std::int64_t>(found.excess, 0) / PageCosts::demerits;
    set_boxes(known, paragraph, static_cast<std::uint32_t>(found.hyphenated.size()), &found);
  }

  // Finds those out, and what would most likely be taken in their place now that it is known what they cost: each
  // breaking of the chain costs more than a few paragraphs. Appends the latter.
  void find_out_with_rivals(std::vector<std::uint32_t>& unknown) {
    const auto reach = static_cast<std::uint32_t>(layout_.geometry.lines);
    for (const std::uint32_t a : unknown) find_out(a);
    for (std::size_t i = 0, count = unknown.size(); i < count; ++i) {
      const std::uint32_t a = unknown[i];
      const std::uint32_t first = alternatives_[a].first;
      auto rival = std::partition_point(alternatives_.begin() + left_, alternatives_.end(),
                                        [&](const Alternative& other) { return other.first + reach < first; });
      for (; rival != alternatives_.end() && rival->first <= first + reach; ++rival) {
        const auto b = static_cast<std::uint32_t>(rival - alternatives_.begin());
        const Other& other = others_[b];
        const bool settled = other.known || other.impossible || rival->cost >= alternatives_[a].cost;
        if (settled || other.request.extra_lines != others_[a].request.extra_lines) continue;
        find_out(b);
        unknown.push_back(b);
      }
    }
  }

  // `known`: null if its lines are not.
  void set_boxes(Alternative& of, const SetParagraph& paragraph, std::uint32_t count,
                 const ParagraphCache::Other* known) {
    of.boxes.resize(count);  // the page breaker knows them where they are
    for (std::uint32_t i = 0; i < count; ++i) {
      const Box& like = chain_.boxes[std::min(of.first + i, of.last - 1)];
      Box& box = of.boxes[i];
      box = {};
      box.height = like.height;
      box.keep_cost = like.keep_cost;
      if (i == 0) {
        box.before = like.before;
        box.turn_cost = like.turn_cost;
        box.head_above = like.head_above;
        box.head_below = like.head_below;
      } else {
        const bool hyphen = known != nullptr && known->hyphenated[i - 1];
        box.turn_cost = line_turn_cost(layout_, static_cast<int>(i), static_cast<int>(count), hyphen);
      }
      if (known != nullptr) {
        if (i == 0) {  // what stands beside the first line: a term, a number
          Atom unused;
          for (const Content& content : chain_.atoms[of.first].contents) {
            const auto* text = std::get_if<TextBox>(&content);
            if (text != nullptr && text->lines != cache_.best(paragraph.number)) add_marks(flow_, box, unused, *text);
          }
        }
        for (const auto& [line, tag] : known->tags) {
          if (line == i) add_note(flow_, box, flow_.tags[tag]);
        }
      }
      box.to_grid = i + 1 == count && chain_.boxes[of.last - 1].to_grid;
    }
  }

  void take(const std::vector<std::uint32_t>& taken) {
    if (taken.empty()) return;
    std::vector<Box> boxes;
    std::vector<Atom> atoms;
    std::vector<std::uint32_t> numbers;  // of the atoms that stay
    std::vector<std::uint32_t> firsts(chain_.paragraphs.size());
    std::uint32_t at = 0, paragraph = 0;
    const auto copy_to = [&](std::uint32_t end) {
      for (; at < end; ++at) {
        numbers.push_back(static_cast<std::uint32_t>(atoms.size()));
        for (; paragraph < firsts.size() && chain_.paragraphs[paragraph].first == at; ++paragraph) {
          firsts[paragraph] = static_cast<std::uint32_t>(atoms.size());
        }
        boxes.push_back(std::move(chain_.boxes[at]));
        atoms.push_back(std::move(chain_.atoms[at]));
      }
    };
    for (const std::uint32_t a : taken) {
      const Alternative& alternative = alternatives_[a];
      copy_to(alternative.first);
      const Other& other = others_[a];
      SetParagraph& set = chain_.paragraphs[other.paragraph];
      const std::shared_ptr<const Lines> before = cache_.best(set.number);
      Atom first = std::move(chain_.atoms[at]);
      const std::uint32_t part = first.part;
      const TextBox like = *own_line(first, before);
      for (; paragraph < firsts.size() && chain_.paragraphs[paragraph].first == at; ++paragraph) {
        firsts[paragraph] = static_cast<std::uint32_t>(atoms.size());
      }
      for (std::uint32_t i = 0; i < other.lines->size(); ++i) {
        TextBox line = like;
        line.lines = other.lines;
        line.line = i;
        Atom made;
        made.part = part;
        if (i == 0) {
          std::swap(made, first);
          std::erase_if(made.contents, [&](const Content& content) { return is_of(content, *before); });
          for (Content& content : made.contents) {
            const auto* text = std::get_if<TextBox>(&content);
            if (text != nullptr && text->lines == before) content = line;
          }
        } else {
          made.contents.emplace_back(line);
        }
        Box unused;
        add_marks(flow_, unused, made, line);
        boxes.push_back(alternative.boxes[i]);
        atoms.push_back(std::move(made));
      }
      for (; at < alternative.last; ++at) numbers.push_back(none);
      set.count = static_cast<std::uint32_t>(other.lines->size());
      set.extra = other.request.extra_lines;
      set.cost = alternative.cost;
    }
    copy_to(static_cast<std::uint32_t>(chain_.boxes.size()));
    for (std::size_t i = 0; i < firsts.size(); ++i) chain_.paragraphs[i].first = firsts[i];
    std::uint32_t strip = none;
    for (const Atom& atom : atoms) {
      if (atom.strip != none && atom.strip != strip)
        flow_.strips[atom.strip].first = numbers[flow_.strips[atom.strip].first];
      strip = atom.strip;
    }
    chain_.boxes = std::move(boxes);
    chain_.atoms = std::move(atoms);
  }

  // Whether it is the destination of some text in those lines.
  bool is_of(const Content& content, const Lines& lines) const {
    const auto* anchor = std::get_if<Anchor>(&content);
    if (anchor == nullptr) return false;
    for (const text::Line& line : lines) {
      for (const text::PlacedRun& run : line.runs) {
        const std::vector<std::uint32_t>& landing = flow_.tags[run.tag].destinations;
        if (std::find(landing.begin(), landing.end(), anchor->destination) != landing.end()) return true;
      }
    }
    return false;
  }

  // Beyond these no line can be set: spaces are about a fifth of a line, and letters give or take a few hundredths.
  static constexpr std::int64_t most_more = 130, most_less = 78;
  // How much a thousandth of the measure changes spaces, at least, in thousandths of theirs.
  static constexpr std::int64_t spaces_share = 3;

  static constexpr int most_hyphens = 3;  // of a paragraph; more of them are rare

  Flow& flow_;
  Chain& chain_;
  const style::Layout& layout_;
  ParagraphCache& cache_;
  std::vector<Alternative> alternatives_;
  std::vector<Other> others_;               // what they stand for
  std::uint32_t offered_ = 0, closed_ = 0;  // paragraphs
  std::uint32_t left_ = 0;                  // alternatives
  const bool goes_wide_;                    // the layout lets it offer them
};

}  // namespace

std::vector<PageRange> settle(Flow& flow, Chain& chain, const style::Layout& layout, ParagraphCache& cache,
                              const PageShape& shape) {
  return Settler(flow, chain, layout, cache).settle(shape);
}

}  // namespace epitome::typeset
