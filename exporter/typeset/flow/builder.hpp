// Builds chains: puts one atom below the other, with the space between them and the cost of a page turn there.
#pragma once

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "style/layout.hpp"
#include "typeset/flow/flow.hpp"

namespace epitome::typeset {

// The cost of a page turn before line `line` (from 0) of a paragraph of `count`; `hyphenated`: a hyphen ends the line
// before.
std::int64_t line_turn_cost(const style::Layout& layout, int line, int count, bool hyphenated);

// Adds to the box the note whose mark has that tag, if it is a mark's; the notes of all marks in a line.
void add_note(const Flow& flow, Box& box, const Tag& tag);
void add_notes(const Flow& flow, Box& box, const text::Line& line);

class Builder {
 public:
  Builder(Flow& flow, const style::Layout& layout) : flow_(flow), layout_(layout) {}

  // The chain that is being built.
  Chain& chain() { return flow_.chains.back(); }
  const Chain& chain() const { return flow_.chains.back(); }
  // `place`: the id of the section that begins with the chain.
  Chain& start_chain(std::string_view place);
  // What follows begins a page, and belongs to the same section. A heading that must stay with it goes along.
  void go_on_in_new_chain(bool turned);
  // The atoms that follow reach so far into the outer margin.
  void reach_outward(Length by) { outward_ = by; }
  // The atoms that follow belong to that part (into Flow::parts).
  void set_part(std::uint32_t part) { part_ = part; }

  // How far the baseline stands above the foot of a line of that leading.
  Length drop(Length leading) const;
  Length up_to_grid(Length height) const { return round_up(height, layout_.geometry.grid); }

  // Adds an atom. The space above it is `before` or what the atom above asked for, whichever is larger.
  Atom& add(Length height, Length before = {}, std::int64_t turn_cost = 0);
  // Adds an atom a line; the index of the first one. The lines are a piece (TextStyle::whole_up_to).
  std::size_t add_lines(const std::shared_ptr<const Lines>& lines, const style::TextStyle& style, Length start,
                        Length measure, Length before, std::int64_t turn_cost);
  // The atoms from `first` on are the lines of a paragraph; `number`: in the ParagraphCache. Whether it may be set
  // again.
  bool offer_again(std::size_t first, std::size_t number, const Lines& lines, Length measure);
  // Puts lines side by side with the atoms from `first` on: a term beside its definition. If there are too few atoms,
  // more are added.
  void beside(std::size_t first, const std::shared_ptr<const Lines>& lines, Length start, Length measure,
              const style::TextStyle& style);

  // At least so much space stands above what follows.
  void space_after(Length after) { space_ = std::max(space_, after); }
  void no_space_after() { space_ = {}; }
  // A page turn before the next atom costs so much at least.
  void turn_costs(std::int64_t cost) { turn_cost_ = std::max(turn_cost_, cost); }
  // What was added is a part's title: no space stands below it.
  void title_ends() { title_before_ = true; }
  void finish_on_grid();
  // So much of what follows stays on the page with what was added.
  void keep(Length following) { kept_ = std::max(kept_, following); }
  // The height of the atoms that the next one must stay with.
  Length kept_above() const;
  // A page turn inside of what stands from the atom `first` on costs so much at least.
  void keep_together(std::size_t first, std::int64_t cost);

  struct Piece {
    std::size_t chain = 0, first = 0;
  };
  Piece begin_piece() const { return {flow_.chains.size(), chain().boxes.size()}; }
  // The piece ends here. It should stay whole if it isn't higher than so many grid lines.
  void end_piece(const Piece& piece, int whole_up_to);

  // The destination lands on the next atom.
  void await(std::uint32_t destination) { awaiting_.push_back(destination); }
  // Destinations for which no atom came land on the last one.
  void land_awaited();
  const std::vector<std::uint32_t>& awaited() const { return awaiting_; }
  void set_awaited(std::vector<std::uint32_t> destinations) { awaiting_ = std::move(destinations); }
  static void anchor(Atom& atom, std::uint32_t destination) { atom.contents.emplace_back(Anchor{destination, {}}); }

 private:
  // The first of the atoms that the next one must stay with.
  std::size_t kept_from() const;
  void put_in_front(std::size_t at, const std::vector<TextBox>& lines);

  Flow& flow_;
  const style::Layout& layout_;
  std::uint32_t part_ = none;
  Length outward_;
  Length space_;                         // that the last atom asked for
  Length kept_;                          // of what follows: it must stay with what was added
  std::int64_t turn_cost_ = 0;           // of a turn before the next atom
  bool title_before_ = false;            // the last atom is a part's title
  std::vector<std::uint32_t> awaiting_;  // destinations that the next atom takes
};

}  // namespace epitome::typeset
