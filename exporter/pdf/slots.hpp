// Which stretch of a line stands for which characters: what people copy, search and hear.
//
// Readers put text together from places and advances, and lose what has no advance, overlaps or stands outside of
// marked content's text. So where the face allows it (TrueType), a cluster's advance is divided among its characters:
// each gets a slot, drawn by a composite glyph that has the cluster's outlines at their offsets and the slot's width.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/glyph_run.hpp"

namespace epitome::pdf {

// A glyph of the face in a slot: its origin from the slot's left end on the baseline, in the face's units.
struct SlotPart {
  std::uint32_t glyph = 0;
  std::int32_t x = 0, y = 0;
  friend bool operator==(const SlotPart&, const SlotPart&) = default;
};

struct Slot {
  std::uint32_t begin = 0, length = 0;  // its characters: bytes of the run's text
  model::Length x, y;                   // from the run's left end and baseline
  std::uint32_t glyph = 0;              // if not composed: the glyph itself, with the face's own advance
  bool composed = false;
  bool mark = false;                        // of a run from right to left: has a non-spacing mark in its text
  std::uint32_t first_part = 0, parts = 0;  // if composed
  std::int32_t width = 0;                   // if composed: in the face's units
  // Without composing: on the first glyph of a cluster that has more glyphs than characters, how many glyphs; else 0.
  // Such a cluster needs ActualText; its glyphs after the characters' have no text (length 0).
  std::uint32_t crowded = 0;
};

struct SlotList {
  std::vector<Slot> slots;  // in logical order; every character of the run is in one of them, in order
  std::vector<SlotPart> parts;
};

// The run's slots. `compose`: the face's glyphs can be composed; else a slot is a glyph, a cluster's characters are
// dealt out one to each glyph in logical order and the last glyph gets the rest.
void cut_slots(const text::GlyphRun& run, bool compose, SlotList& out);

// The text that a slot's code stands for. In text from right to left a space begins with U+200F: a lone space is white
// space to pdf.js, which it leaves out where the next letter stands to the left.
std::string_view slot_text(const text::GlyphRun& run, const Slot& slot);

}  // namespace epitome::pdf
