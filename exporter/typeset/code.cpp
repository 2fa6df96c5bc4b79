#include "typeset/code.hpp"

#include <qrcodegen/qrcodegen.hpp>
#include <string>

namespace epitome::typeset {

namespace {

constexpr int quiet = 4;  // modules (ISO/IEC 18004, 9.1)

}  // namespace

Code draw_code(std::string_view text, model::Length side, style::Colour ink) {
  using qrcodegen::QrCode;
  Code code;
  // Level M holds 2,331 bytes.
  if (text.size() > 2331) return code;
  const QrCode drawn = QrCode::encodeText(std::string(text).c_str(), QrCode::Ecc::MEDIUM);
  const int size = drawn.getSize();
  code.side = side * (size + 2 * quiet);
  // Dark modules beside one another are one rule. They are drawn by rows and again by columns: where two rules meet,
  // one of the other direction lies over the joint, which no viewer can show as a white line.
  const auto draw = [&](bool by_rows) {
    const auto dark = [&](int along, int across) {
      return by_rows ? drawn.getModule(along, across) : drawn.getModule(across, along);
    };
    for (int across = 0; across < size; ++across) {
      for (int along = 0; along < size;) {
        const int first = along;
        while (along < size && dark(along, across)) ++along;
        const int count = along - first;
        if (count > (by_rows ? 0 : 1)) {
          const model::Length from = side * (quiet + first), at = side * (quiet + across), length = side * count;
          const model::Rect box = by_rows ? model::Rect{from, at, length, side} : model::Rect{at, from, side, length};
          code.items.push_back({page::no_index, page::Rule{box, ink, {}, {}}});
        }
        if (count == 0) ++along;
      }
    }
  };
  draw(true);
  draw(false);
  return code;
}

}  // namespace epitome::typeset
