// Where a page's shown glyphs stand (ISO 32000-1 8.3.4, 9.4): on the page or beside it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <qpdf/QPDFMatrix.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <string>
#include <vector>

namespace epitome::compare {

// How far each code moves the pen, in 1/1000 of the size (9.7.4.3, 9.6.2.1). A font that doesn't say has no widths: of
// its text only each string's start is known.
class Widths {
 public:
  // `room`: how many widths this and other fonts may name; throws std::runtime_error where it doesn't do.
  Widths(QPDFObjectHandle font, std::size_t& room);
  double of(std::uint32_t code) const;

 private:
  void read_cid_widths(QPDFObjectHandle array, std::size_t& room);
  std::map<std::uint32_t, double> widths_;
  double default_ = 0;
};

class TextPosition {
 public:
  // What is on `page` stands in its trim box, as far as that lies in its crop and media boxes (14.11.2).
  explicit TextPosition(QPDFPageObjectHelper page);
  // Takes in an operator that moves or scales; others change nothing. Throws std::runtime_error where states are saved
  // without end.
  void operate(const std::string& name, const std::vector<QPDFObjectHandle>& operands);
  // Whether the middle of a glyph of this width stands on the page: a bracket's white may lie beside it.
  bool on_page(double width) const;
  // Past a glyph; `space`: it is the one-byte code 32, which word spacing widens.
  void advance(double width, bool space);
  // A number inside of TJ's array.
  void adjust(double thousandths);

 private:
  struct State {
    QPDFMatrix to_page;
    double size = 0, character_space = 0, word_space = 0, scale = 1, leading = 0, rise = 0;
  };
  void next_line(double x, double y);
  void move_pen(double x);

  State state_;
  std::vector<State> saved_;
  QPDFMatrix line_, pen_;
  QPDFObjectHandle::Rectangle page_;
};

}  // namespace epitome::compare
