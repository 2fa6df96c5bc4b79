#include "pdf/cff_charset.hpp"

#include <stdexcept>

namespace epitome::pdf {
namespace {

class Reader {
 public:
  Reader(std::string_view bytes, std::size_t at) : bytes_(bytes), at_(at) {}
  std::size_t at() const { return at_; }

  std::uint32_t number(int size) {
    std::uint32_t value = 0;
    for (int i = 0; i < size; ++i) {
      if (at_ >= bytes_.size()) throw std::out_of_range("CFF");
      value = value << 8 | static_cast<unsigned char>(bytes_[at_++]);
    }
    return value;
  }
  // An INDEX (5): its first object; moves behind all of them.
  std::string_view index(std::uint32_t& count) {
    count = number(2);
    if (count == 0) return {};
    const int size = static_cast<int>(number(1));
    if (size < 1 || size > 4) throw std::out_of_range("CFF");
    const std::size_t offsets = at_, data = at_ + (count + 1) * static_cast<std::size_t>(size) - 1;
    const std::uint32_t first = number(size), second = number(size);
    at_ = offsets + static_cast<std::size_t>(size) * count;
    const std::uint32_t end = number(size);
    if (first != 1 || second < first || end < second || data + end > bytes_.size()) throw std::out_of_range("CFF");
    at_ = data + end;
    return bytes_.substr(data + first, second - first);
  }

 private:
  std::string_view bytes_;
  std::size_t at_;
};

struct TopDict {
  bool ros = false;
  std::uint32_t charset = 0, char_strings = 0;
};

// Operands and operators (4): only the last operand of two operators is wanted.
TopDict read_top_dict(std::string_view bytes) {
  TopDict out;
  Reader in(bytes, 0);
  std::uint32_t operand = 0;
  while (in.at() < bytes.size()) {
    const std::uint32_t b = in.number(1);
    if (b == 12) {
      if (in.number(1) == 30) out.ros = true;
    } else if (b <= 21) {
      if (b == 15) out.charset = operand;
      if (b == 17) out.char_strings = operand;
    } else if (b == 28) {
      operand = in.number(2);
    } else if (b == 29) {
      operand = in.number(4);
    } else if (b == 30) {
      for (std::uint32_t nibbles = 0; (nibbles & 0xF) != 0xF && nibbles >> 4 != 0xF;) nibbles = in.number(1);
    } else if (b >= 32 && b <= 246) {
      operand = b - 139;
    } else if (b >= 247 && b <= 250) {
      operand = (b - 247) * 256 + in.number(1) + 108;
    } else if (b >= 251 && b <= 254) {
      operand = 0u - (b - 251) * 256 - in.number(1) - 108;
    } else {
      throw std::out_of_range("CFF");
    }
  }
  return out;
}

}  // namespace

std::optional<CffCharset> read_cff_charset(std::string_view cff) try {
  Reader in(cff, 0);
  in.number(2);
  std::uint32_t count = 0;
  Reader indexes(cff, in.number(1));
  indexes.index(count);
  const TopDict top = read_top_dict(indexes.index(count));
  CffCharset out;
  out.cid_keyed = top.ros;
  if (!top.ros) return out;
  std::uint32_t glyphs = 0;
  Reader(cff, top.char_strings).index(glyphs);
  out.cids.push_back(0);
  // 0 to 2 are predefined charsets, which a CID-keyed font doesn't have: CIDs are glyphs then.
  if (top.charset <= 2) {
    for (std::uint32_t i = 1; i < glyphs; ++i) out.cids.push_back(static_cast<std::uint16_t>(i));
    return out;
  }
  Reader charset(cff, top.charset);
  const std::uint32_t format = charset.number(1);
  if (format > 2) return std::nullopt;
  while (out.cids.size() < glyphs) {
    const std::uint32_t first = charset.number(2);
    const std::uint32_t more = format == 0 ? 0 : charset.number(static_cast<int>(format));
    for (std::uint32_t i = 0; i <= more && out.cids.size() < glyphs; ++i)
      out.cids.push_back(static_cast<std::uint16_t>(first + i));
  }
  return out;
} catch (const std::out_of_range&) {
  return std::nullopt;
}

}  // namespace epitome::pdf
