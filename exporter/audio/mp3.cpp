#include "audio/mp3.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace epitome::audio {

namespace {

std::uint32_t big_endian(std::string_view text, std::size_t at) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < 4; ++i) out = out << 8 | static_cast<unsigned char>(text[at + i]);
  return out;
}

void put(std::string& text, std::size_t at, std::size_t value) {
  for (std::size_t i = 0; i < 4; ++i) text[at + i] = static_cast<char>(value >> (24 - 8 * i) & 0xFF);
}

constexpr std::uint32_t bit_rate_mask = 0xF000, padding = 0x200, no_checksum = 0x10000;

// As four bytes: version, layer, checksum, bit rate, sampling rate, padding, …, mode of channels.
std::optional<FrameHead> read_head(std::uint32_t bits) {
  constexpr std::array<int, 16> full = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0},
                                half = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0};
  constexpr std::array<int, 4> rates = {44100, 48000, 32000, 0};
  const std::uint32_t version = bits >> 19 & 3, layer = bits >> 17 & 3;  // 3: MPEG-1, 2: MPEG-2, 0: "2.5"
  const int kilobits = (version == 3 ? full : half)[bits >> 12 & 15], rate = rates[bits >> 10 & 3];
  if (bits >> 21 != 0x7FF || version == 1 || layer != 1 || kilobits == 0 || rate == 0) return std::nullopt;
  const bool mono = (bits >> 6 & 3) == 3;
  FrameHead head;
  head.bits = bits;
  head.rate = rate / (version == 3 ? 1 : version == 2 ? 2 : 4);
  head.samples = version == 3 ? 1152 : 576;
  head.bytes =
      static_cast<std::size_t>(head.samples / 8 * kilobits * 1000 / head.rate) + ((bits & padding) != 0 ? 1 : 0);
  head.side = version == 3 ? (mono ? 17 : 32) : (mono ? 9 : 17);
  return head;
}

constexpr std::size_t head_bytes = 4, checksum_bytes = 2, table_bytes = 100;

std::size_t behind_side(const FrameHead& head) {
  return head_bytes + ((head.bits & no_checksum) != 0 ? 0 : checksum_bytes) + head.side;
}

}  // namespace

std::uint32_t FrameHead::shape() const {
  constexpr std::uint32_t kind = 0xFFFE0C00;
  return (bits & kind) | ((bits >> 6 & 3) == 3 ? 1U : 0U);
}

std::optional<FrameHead> frame_at(std::string_view file, std::size_t at) {
  return at + head_bytes <= file.size() ? read_head(big_endian(file, at)) : std::nullopt;
}

std::size_t sound_begin(std::string_view file) {
  constexpr std::size_t tag_head = 10;
  if (!file.starts_with("ID3") || file.size() < tag_head) return 0;
  std::size_t size = 0;  // seven bits a byte (ID3v2.4, 3.1)
  for (std::size_t i = 6; i < tag_head; ++i) size = size << 7 | (static_cast<unsigned char>(file[i]) & 0x7F);
  const bool has_foot = (static_cast<unsigned char>(file[5]) & 0x10) != 0;
  return std::min(file.size(), tag_head + size + (has_foot ? tag_head : 0));
}

bool is_information(std::string_view file, std::size_t at, const FrameHead& head) {
  const std::string_view frame = file.substr(at, head.bytes);
  const auto names = [&](std::size_t place, std::string_view name) {
    return frame.size() >= place + name.size() && frame.substr(place, name.size()) == name;
  };
  const std::size_t place = behind_side(head);
  return names(place, "Xing") || names(place, "Info") || names(head_bytes + 32, "VBRI");
}

std::string information_frame(std::string_view frames) {
  std::vector<std::size_t> begins;
  std::size_t at = 0;
  const std::optional<FrameHead> first = frame_at(frames, 0);
  for (std::optional<FrameHead> head = first; head; head = frame_at(frames, at)) {
    begins.push_back(at);
    at += head->bytes;
  }
  if (!first) return {};
  // The shortest frame of this shape that has room.
  FrameHead head = *first;
  constexpr std::size_t fields = 16;  // name, which of them there are, frames, bytes
  for (std::uint32_t rate = 1; rate < 15; ++rate) {
    const auto tried = read_head((first->bits & ~(bit_rate_mask | padding)) | no_checksum | rate << 12);
    if (!tried) continue;
    head = *tried;
    if (head.bytes >= behind_side(head) + fields + table_bytes) break;
  }
  std::string out(head.bytes, '\0');
  put(out, 0, head.bits);
  const std::size_t place = behind_side(head), size = out.size() + frames.size();
  out.replace(place, 4, "Xing");
  constexpr std::size_t frames_bytes_table = 7;
  put(out, place + 4, frames_bytes_table);
  put(out, place + 8, begins.size());
  put(out, place + 12, size);
  for (std::size_t i = 0; i < table_bytes; ++i) {
    const std::size_t begin = out.size() + begins[i * begins.size() / table_bytes];
    out[place + fields + i] = static_cast<char>(begin * 256 / size);
  }
  return out;
}

}  // namespace epitome::audio
