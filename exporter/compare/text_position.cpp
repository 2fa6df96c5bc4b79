#include "compare/text_position.hpp"

#include <algorithm>
#include <stdexcept>

namespace epitome::compare {

namespace {

// 32000-1 Annex C has 28; others go further.
constexpr std::size_t most_saved = 1000;

constexpr std::uint32_t most_code = 0xFFFF;

QPDFObjectHandle::Rectangle box_of(QPDFObjectHandle box) {
  if (!box.isRectangle()) return {0, 0, 0, 0};
  const QPDFObjectHandle::Rectangle r = box.getArrayAsRectangle();
  return {std::min(r.llx, r.urx), std::min(r.lly, r.ury), std::max(r.llx, r.urx), std::max(r.lly, r.ury)};
}

}  // namespace

Widths::Widths(QPDFObjectHandle font, std::size_t& room) {
  if (!font.isDictionary()) return;
  QPDFObjectHandle below = font.getKey("/DescendantFonts");
  if (below.isArray() && below.getArrayNItems() == 1 && below.getArrayItem(0).isDictionary()) {
    QPDFObjectHandle cid_font = below.getArrayItem(0), otherwise = cid_font.getKey("/DW");
    default_ = otherwise.isNumber() ? otherwise.getNumericValue() : 1000;
    read_cid_widths(cid_font.getKey("/W"), room);
    return;
  }
  QPDFObjectHandle widths = font.getKey("/Widths"), first = font.getKey("/FirstChar");
  if (!widths.isArray() || !first.isInteger()) return;
  const int begin = std::clamp(first.getIntValueAsInt(), 0, 0xFF);
  for (int i = 0; i < widths.getArrayNItems() && i <= 0xFF; ++i) {
    if (widths.getArrayItem(i).isNumber())
      widths_[static_cast<std::uint32_t>(begin + i)] = widths.getArrayItem(i).getNumericValue();
  }
}

// "first [w w …]" and "first last w" (9.7.4.3).
void Widths::read_cid_widths(QPDFObjectHandle array, std::size_t& room) {
  if (!array.isArray()) return;
  const auto put = [&](std::uint32_t code, double width) {
    if (room == 0) throw std::runtime_error("its fonts' widths are too many");
    --room;
    widths_[code] = width;
  };
  std::vector<QPDFObjectHandle> items = array.getArrayAsVector();
  for (std::size_t i = 0; i + 1 < items.size();) {
    if (!items[i].isInteger()) return;
    const auto first = static_cast<std::uint32_t>(std::clamp<long long>(items[i].getIntValue(), 0, most_code));
    if (items[i + 1].isArray()) {
      std::uint32_t code = first;
      for (QPDFObjectHandle& width : items[i + 1].getArrayAsVector()) {
        if (width.isNumber() && code <= most_code) put(code++, width.getNumericValue());
      }
      i += 2;
    } else {
      if (i + 2 >= items.size() || !items[i + 1].isInteger() || !items[i + 2].isNumber()) return;
      const auto last = static_cast<std::uint32_t>(std::clamp<long long>(items[i + 1].getIntValue(), 0, most_code));
      for (std::uint32_t code = first; code <= last; ++code) put(code, items[i + 2].getNumericValue());
      i += 3;
    }
  }
}

double Widths::of(std::uint32_t code) const {
  const auto known = widths_.find(code);
  return known == widths_.end() ? default_ : known->second;
}

TextPosition::TextPosition(QPDFPageObjectHelper page) {
  page_ = box_of(page.getMediaBox());
  for (const QPDFObjectHandle& box : {page.getCropBox(), page.getTrimBox()}) {
    const QPDFObjectHandle::Rectangle r = box_of(box);
    page_ = {std::max(page_.llx, r.llx), std::max(page_.lly, r.lly), std::min(page_.urx, r.urx),
             std::min(page_.ury, r.ury)};
  }
}

void TextPosition::operate(const std::string& name, const std::vector<QPDFObjectHandle>& operands) {
  const auto number = [&](std::size_t i) {
    return i < operands.size() && QPDFObjectHandle(operands[i]).isNumber()
               ? QPDFObjectHandle(operands[i]).getNumericValue()
               : 0;
  };
  const auto matrix = [&] { return QPDFMatrix(number(0), number(1), number(2), number(3), number(4), number(5)); };
  if (name == "q") {
    if (saved_.size() == most_saved) throw std::runtime_error("its content saves states without end");
    saved_.push_back(state_);
  } else if (name == "Q") {
    if (!saved_.empty()) state_ = saved_.back(), saved_.pop_back();
  } else if (name == "cm") {
    state_.to_page.concat(matrix());
  } else if (name == "BT") {
    line_ = pen_ = QPDFMatrix();
  } else if (name == "Tm") {
    line_ = pen_ = matrix();
  } else if (name == "Td" || name == "TD") {
    if (name == "TD") state_.leading = -number(1);
    next_line(number(0), number(1));
  } else if (name == "T*" || name == "'" || name == "\"") {
    if (name == "\"") state_.word_space = number(0), state_.character_space = number(1);
    next_line(0, -state_.leading);
  } else if (name == "Tf") {
    state_.size = number(1);
  } else if (name == "TL") {
    state_.leading = number(0);
  } else if (name == "Tc") {
    state_.character_space = number(0);
  } else if (name == "Tw") {
    state_.word_space = number(0);
  } else if (name == "Tz") {
    state_.scale = number(0) / 100;
  } else if (name == "Ts") {
    state_.rise = number(0);
  }
}

void TextPosition::next_line(double x, double y) {
  line_.concat(QPDFMatrix(1, 0, 0, 1, x, y));
  pen_ = line_;
}

void TextPosition::move_pen(double x) { pen_.concat(QPDFMatrix(1, 0, 0, 1, x * state_.scale, 0)); }

bool TextPosition::on_page(double width) const {
  QPDFMatrix to_page = state_.to_page;
  to_page.concat(pen_);
  double x = 0, y = 0;
  to_page.transform(width / 2000 * state_.size * state_.scale, state_.rise, x, y);
  constexpr double near = 0.01;  // numbers are written with few decimals
  return x >= page_.llx - near && x <= page_.urx + near && y >= page_.lly - near && y <= page_.ury + near;
}

void TextPosition::advance(double width, bool space) {
  move_pen(width / 1000 * state_.size + state_.character_space + (space ? state_.word_space : 0));
}

void TextPosition::adjust(double thousandths) { move_pen(-thousandths / 1000 * state_.size); }

}  // namespace epitome::compare
