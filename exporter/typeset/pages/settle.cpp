#include "typeset/pages/settle.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "typeset/flow/builder.hpp"

namespace epitome::typeset {

namespace {

class Settler {
 public:
  Settler(Flow& flow, Chain& chain, const style::Layout& layout, ParagraphCache& cache)
      : flow_(flow),
        chain_(chain),
        layout_(layout),
        cache_(cache),
        goes_wide_(layout.justification.page_space > style::Justification::widest_usual) {}

  // To set a paragraph again takes time, so it is done only where the pages take an alternative: until then its cost is
  // guessed, rather too low than too high. When the cost is known, the pages are broken again. If these pages have a
  // fault, the alternatives that the limits for lines forbid are offered with wide limits, at their cost.
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
    std::int64_t guess = 0;              // of the cost, until it is known
    bool known = false;                  // the cost is
    bool impossible = false;             // no lines are within the limits
    std::shared_ptr<const Lines> lines;  // once it is taken
  };

  // Offers the alternatives up to that box and a page's height of boxes beyond: so far find_out_with_rivals looks.
  void offer_up_to(std::uint32_t box) {
    box += static_cast<std::uint32_t>(layout_.geometry.lines);
    for (; offered_ < chain_.paragraphs.size() && chain_.paragraphs[offered_].first <= box; ++offered_) offer(offered_);
  }

  // The boxes before that one are settled. Of the alternatives before it only those that are taken are kept.
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

  // Whether a page of the window has a fault.
  static bool faulty(const BrokenPages& broken) {
    const auto first = broken.pages.begin() + static_cast<std::ptrdiff_t>(broken.settled);
    return std::any_of(first, broken.pages.end(), [](const PageRange& page) {
      return page.cost.short_page + page.cost.uneven_spread + page.cost.thin_end + page.cost.turn + page.cost.notes > 0;
    });
  }

  // Offers with wide limits the alternatives of boxes [first, last) that are impossible within the usual ones. The
  // page breaker must be told of these.
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
      if (has_notes(alternatives_[a].first, alternatives_[a].last)) {
        find_out(a);
      } else {
        recall(a);
      }
      offered.push_back(a);
    }
    return offered;
  }

  void offer(std::uint32_t number) {
    const SetParagraph& paragraph = chain_.paragraphs[number];
    if (paragraph.fixed) return;
    const std::shared_ptr<const Lines> lines = cache_.best(paragraph.number);
    const Length last = lines->back().width;
    // How much each line gives or takes if the lines share `whole`, in 1/1000 of the measure.
    const auto each = [&](Length whole, std::uint32_t among) {
      return whole.raw() * 1000 / std::max<std::int64_t>(paragraph.measure.raw() * among, 1);
    };
    offer_without_hyphens(number, *lines);
    if (paragraph.takes_line(*lines)) {
      guess(number, {1, {}, false}, stretched(paragraph.stretched_by(*lines), paragraph.count));
    }
    // Where the last line must stay with the one above, what keeps them together counts on the number of lines.
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
    const auto a = static_cast<std::uint32_t>(others_.size() - 1);
    if (has_notes(paragraph.first, paragraph.first + paragraph.count)) {
      find_out(a);  // on which line they stand can't be guessed
    } else {
      recall(a);
    }
  }

  // What the pass before found out is known, or nearly: with other page numbers in it a paragraph costs about as much.
  void recall(std::uint32_t a) {
    Other& other = others_[a];
    const ParagraphCache::Other* const found =
        cache_.known_other(chain_.paragraphs[other.paragraph].number, other.request);
    if (found == nullptr) return;
    if (!found->outdated) return find_out(a);
    other.impossible = found->hyphenated.empty();
    alternatives_[a].cost = other.impossible ? PageCosts::forbidden : cost_of(*found);
  }

  static std::int64_t cost_of(const ParagraphCache::Other& lines) {
    return PageCosts::reset + std::max<std::int64_t>(lines.excess, 0) / PageCosts::demerits;
  }

  // Offers as many lines without a hyphen that might stand at a page's end. Each alternative takes the time to set the
  // whole paragraph: so there are few of them, and only in paragraphs that fit a page.
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

  // The least cost of lines that each give or take `each` thousandths of the measure.
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
    known.cost = cost_of(found);
    set_boxes(known, paragraph, static_cast<std::uint32_t>(found.hyphenated.size()), &found);
  }

  // Finds out what these alternatives cost. Most are dearer than was guessed, and their neighbours would be taken next.
  // So the costs of these are found out, too, and they are appended: to set a few paragraphs takes less time than to
  // break the chain once more.
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

  // Makes the alternative's boxes, `count` of them. `known`: its lines, or null as long as its cost is guessed.
  void set_boxes(Alternative& of, const SetParagraph& paragraph, std::uint32_t count,
                 const ParagraphCache::Other* known) {
    of.boxes.resize(count);  // the page breaker keeps their addresses
    for (std::uint32_t i = 0; i < count; ++i) {
      const Box& like = chain_.boxes[std::min(of.first + i, of.last - 1)];
      Box& box = of.boxes[i];
      box = {};
      box.height = like.height;
      box.keep_cost = like.keep_cost;
      if (i == 0) {
        box.before = like.before;
        box.play = like.play;
        box.turn_cost = like.turn_cost;
        box.head_above = like.head_above;
        box.head_below = like.head_below;
      } else {
        const bool hyphen = known != nullptr && known->hyphenated[i - 1];
        box.turn_cost = line_turn_cost(layout_, static_cast<int>(i), static_cast<int>(count), hyphen);
      }
      if (known != nullptr) {
        if (i == 0) {  // what stands beside the first line: a term, a number
          for (const Content& content : chain_.atoms[of.first].contents) {
            const auto* text = std::get_if<TextBox>(&content);
            if (text == nullptr || text->lines == cache_.best(paragraph.number)) continue;
            add_notes(flow_, box, (*text->lines)[text->line]);
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
    std::uint32_t at = 0;
    const auto move_up_to = [&](std::uint32_t end) {
      std::move(chain_.boxes.begin() + at, chain_.boxes.begin() + end, std::back_inserter(boxes));
      std::move(chain_.atoms.begin() + at, chain_.atoms.begin() + end, std::back_inserter(atoms));
      at = end;
    };
    for (const std::uint32_t a : taken) {
      Alternative& alternative = alternatives_[a];
      move_up_to(alternative.first);
      take_lines(others_[a], alternative.cost, atoms);
      std::move(alternative.boxes.begin(), alternative.boxes.end(), std::back_inserter(boxes));
      at = alternative.last;
    }
    move_up_to(static_cast<std::uint32_t>(chain_.boxes.size()));
    chain_.boxes = std::move(boxes);
    chain_.atoms = std::move(atoms);
    for (std::size_t i = chain_.atoms.size(); i-- > 0;) {
      if (const std::uint32_t p = chain_.atoms[i].paragraph; p != none) {
        chain_.paragraphs[p].first = static_cast<std::uint32_t>(i);
      }
    }
  }

  // Appends the paragraph's atoms, which now hold its other lines, to `atoms`.
  void take_lines(const Other& other, std::int64_t cost, std::vector<Atom>& atoms) {
    SetParagraph& paragraph = chain_.paragraphs[other.paragraph];
    const std::shared_ptr<const Lines> best = cache_.best(paragraph.number);
    const auto count = static_cast<std::uint32_t>(other.lines->size());
    for (std::uint32_t i = 0; i < count; ++i) {
      Atom& atom = i < paragraph.count ? atoms.emplace_back(std::move(chain_.atoms[paragraph.first + i]))
                                       : atoms.emplace_back(line_below(atoms.back(), other.lines));
      for (Content& content : atom.contents) {
        auto* const text = std::get_if<TextBox>(&content);
        if (text == nullptr || (text->lines != best && text->lines != other.lines)) continue;
        text->lines = other.lines;
        text->line = i;
      }
    }
    for (std::uint32_t i = count; i < paragraph.count; ++i) {  // what else begins there isn't lost
      for (Content& content : chain_.atoms[paragraph.first + i].contents) {
        if (!std::holds_alternative<TextBox>(content)) atoms.back().contents.push_back(std::move(content));
      }
    }
    paragraph.count = count;
    paragraph.cost = cost;
  }

  // An atom of the paragraph's next line, which is like the one above.
  static Atom line_below(const Atom& above, const std::shared_ptr<const Lines>& lines) {
    Atom made;
    made.part = above.part;
    made.paragraph = above.paragraph;
    made.outward = above.outward;
    for (const Content& content : above.contents) {
      const auto* text = std::get_if<TextBox>(&content);
      if (text != nullptr && text->lines == lines) made.contents.emplace_back(*text);
    }
    return made;
  }

  // No line can give or take more than this, in 1/1000 of the measure: spaces are about a fifth of a line, and letters
  // give or take a few hundredths.
  static constexpr std::int64_t most_less = 78;
  // A thousandth of the measure changes the spaces of a line by at least so many thousandths of their width.
  static constexpr std::int64_t spaces_share = 3;

  static constexpr int most_hyphens = 3;  // of a paragraph; more of them are rare

  Flow& flow_;
  Chain& chain_;
  const style::Layout& layout_;
  ParagraphCache& cache_;
  std::vector<Alternative> alternatives_;
  std::vector<Other> others_;               // which lines each of them has
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
