// Glyphs as a run keeps them: most of what a document takes in memory.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <utility>
#include <vector>

#include "model/length.hpp"

namespace epitome::text {

using model::Length;

// A Length in 32 bits, to the same unit. Its 32,767 pt are two of the largest pages: what would stand farther stands
// there.
class GlyphLength {
 public:
  constexpr GlyphLength() = default;
  constexpr GlyphLength(Length length)
      : raw_(static_cast<std::int32_t>(std::clamp(length, -farthest(), farthest()).raw())) {}
  static constexpr GlyphLength from_raw(std::int32_t raw) {
    GlyphLength made;
    made.raw_ = raw;
    return made;
  }
  static constexpr Length farthest() { return Length::from_raw(std::numeric_limits<std::int32_t>::max()); }
  constexpr operator Length() const { return Length::from_raw(raw_); }
  constexpr std::int32_t raw() const { return raw_; }
  constexpr Length operator-() const { return -Length(*this); }
  constexpr GlyphLength& operator+=(Length more) { return *this = Length(*this) + more; }
  constexpr GlyphLength& operator-=(Length less) { return *this = Length(*this) - less; }

 private:
  std::int32_t raw_ = 0;
};

struct Glyph {
  std::uint32_t id = 0;            // in the face
  std::uint32_t cluster = 0;       // byte offset into GlyphRun::text of the first character it stands for
  GlyphLength advance;             // with tracking and, at spaces, justification already in it
  GlyphLength x_offset, y_offset;  // y up
};

// A list of them that is read, or written anew as a whole. Two words a glyph where all stand on the line and number and
// cluster need 16 bits each, as nearly all do; else five. A single one of two words stands in the pointer's place:
// Chinese and Japanese runs often have no more.
class Glyphs {
 public:
  Glyphs() = default;
  Glyphs(const std::vector<Glyph>& glyphs)
      : size_(static_cast<std::uint32_t>(glyphs.size())), narrow_(std::all_of(glyphs.begin(), glyphs.end(), fits)) {
    make_room();
    std::uint32_t* at = words();
    for (const Glyph& glyph : glyphs) {
      at[1] = static_cast<std::uint32_t>(glyph.advance.raw());
      if (narrow_) {
        at[0] = glyph.id << 16 | glyph.cluster;
      } else {
        at[0] = glyph.id;
        at[2] = glyph.cluster;
        at[3] = static_cast<std::uint32_t>(glyph.x_offset.raw());
        at[4] = static_cast<std::uint32_t>(glyph.y_offset.raw());
      }
      at += width();
    }
  }
  Glyphs(const Glyphs& other) : size_(other.size_), narrow_(other.narrow_) {
    make_room();
    std::copy_n(other.words(), size_ * width(), words());
  }
  Glyphs(Glyphs&& other) noexcept { *this = std::move(other); }
  Glyphs& operator=(const Glyphs& other) { return *this = Glyphs(other); }
  Glyphs& operator=(Glyphs&& other) noexcept {
    std::swap(size_, other.size_);
    std::swap(narrow_, other.narrow_);
    std::swap(kept_, other.kept_);
    return *this;
  }
  ~Glyphs() {
    if (!is_inside()) delete[] kept_.apart;
  }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  Glyph operator[](std::size_t n) const {
    const std::uint32_t* const at = words() + n * width();
    const auto length = [&](int word) { return GlyphLength::from_raw(static_cast<std::int32_t>(at[word])); };
    if (narrow_) return {at[0] >> 16, at[0] & 0xFFFF, length(1), {}, {}};
    return {at[0], at[2], length(1), length(3), length(4)};
  }
  Glyph front() const { return (*this)[0]; }
  Glyph back() const { return (*this)[size_ - 1]; }
  // Of all advances.
  Length advance() const {
    std::int64_t sum = 0;
    const std::uint32_t* const all = words();
    const std::size_t step = width(), end = size_ * step;
    for (std::size_t at = 1; at < end; at += step) sum += static_cast<std::int32_t>(all[at]);
    return Length::from_raw(sum);
  }
  // To be changed.
  std::vector<Glyph> list() const { return {begin(), end()}; }

  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Glyph;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = Glyph;
    Iterator(const Glyphs& of, std::size_t at) : of_(&of), at_(at) {}
    Glyph operator*() const { return (*of_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    void operator++(int) { ++at_; }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

   private:
    const Glyphs* of_;
    std::size_t at_;
  };
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size_}; }

 private:
  static bool fits(const Glyph& glyph) {
    return glyph.id <= 0xFFFF && glyph.cluster <= 0xFFFF && glyph.x_offset.raw() == 0 && glyph.y_offset.raw() == 0;
  }
  bool is_inside() const { return size_ == 1 && narrow_; }
  const std::uint32_t* words() const { return is_inside() ? kept_.inside : kept_.apart; }
  std::uint32_t* words() { return is_inside() ? kept_.inside : kept_.apart; }
  void make_room() {
    if (size_ != 0 && !is_inside()) kept_.apart = new std::uint32_t[size_ * width()];
  }
  std::size_t width() const { return narrow_ ? 2 : 5; }

  std::uint32_t size_ = 0;
  bool narrow_ = true;
  union Kept {
    std::uint32_t* apart = nullptr;
    std::uint32_t inside[2];
  } kept_;
};

}  // namespace epitome::text
