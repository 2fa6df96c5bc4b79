// Length: a strong 64-bit integer in 1/65536 pt (1 pt = 1/72 inch), so that layout is the same on
// every machine.
#pragma once

#include <compare>
#include <cstdint>

namespace epitome::model {

class Length {
 public:
  constexpr Length() = default;
  // From raw units of 1/65536 pt.
  static constexpr Length from_raw(std::int64_t raw) {
    Length l;
    l.raw_ = raw;
    return l;
  }
  // From a whole number of points.
  static constexpr Length pt(std::int64_t points) { return from_raw(points * 65536); }
  // points = numerator / denominator, rounded to nearest (halves away from zero).
  static constexpr Length ratio_pt(std::int64_t numerator, std::int64_t denominator) {
    return from_raw(divide(numerator * 65536, denominator));
  }
  constexpr std::int64_t raw() const { return raw_; }
  // For printing only: never feed it back into layout.
  constexpr double to_pt() const { return static_cast<double>(raw_) / 65536.0; }

  // this * numerator / denominator, rounded to nearest, with a 128-bit product.
  constexpr Length scaled(std::int64_t numerator, std::int64_t denominator) const {
    __extension__ using Wide = __int128;
    Wide n = static_cast<Wide>(raw_) * numerator;
    Wide d = denominator;
    if (d < 0) {
      n = -n;
      d = -d;
    }
    return from_raw(static_cast<std::int64_t>(n >= 0 ? (n + d / 2) / d : -((-n + d / 2) / d)));
  }

  constexpr Length operator-() const { return from_raw(-raw_); }
  constexpr Length& operator+=(Length o) {
    raw_ += o.raw_;
    return *this;
  }
  constexpr Length& operator-=(Length o) {
    raw_ -= o.raw_;
    return *this;
  }
  friend constexpr Length operator+(Length a, Length b) { return a += b; }
  friend constexpr Length operator-(Length a, Length b) { return a -= b; }
  friend constexpr Length operator*(Length a, std::int64_t n) { return from_raw(a.raw_ * n); }
  friend constexpr Length operator*(std::int64_t n, Length a) { return a * n; }
  // Rounded to nearest.
  friend constexpr Length operator/(Length a, std::int64_t n) { return from_raw(divide(a.raw_, n)); }
  friend constexpr auto operator<=>(Length, Length) = default;

 private:
  static constexpr std::int64_t divide(std::int64_t n, std::int64_t d) {
    if (d < 0) {
      n = -n;
      d = -d;
    }
    return n >= 0 ? (n + d / 2) / d : -((-n + d / 2) / d);
  }
  std::int64_t raw_ = 0;
};

struct Point {
  Length x, y;
};
// x, y is the corner with the smallest coordinates.
struct Rect {
  Length x, y, width, height;
};

}  // namespace epitome::model
