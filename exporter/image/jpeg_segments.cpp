// A JPEG's segments (ITU T.81, B.1.1): what they say of the picture, and the picture without the rest.
#include "diag/limits.hpp"
#include "image/bytes.hpp"
#include "image/formats.hpp"
#include "image/upright.hpp"

namespace epitome::image {
namespace {

constexpr std::uint32_t temporary = 0x01, first_restart = 0xD0, start_of_image = 0xD8, end_of_image = 0xD9,
                        start_of_scan = 0xDA, first_application = 0xE0, exif_application = 0xE1, icc_application = 0xE2,
                        adobe_application = 0xEE, last_application = 0xEF, comment = 0xFE;

// One marker and what belongs to it.
struct Segment {
  std::uint32_t marker = 0;
  std::string_view data;   // without the marker and the length
  std::string_view whole;  // a scan's with its coded data
};

// Segment by segment; ends after the end marker or where the bytes make no sense.
class Segments {
 public:
  explicit Segments(std::string_view bytes) : bytes_(bytes) {}

  bool ended() const { return ended_; }
  bool next(Segment& out) {
    while (at_ + 2 <= bytes_.size() && byte_at(bytes_, at_ + 1) == 0xFF) ++at_;  // fill bytes
    if (ended_ || at_ + 2 > bytes_.size() || byte_at(bytes_, at_) != 0xFF) return false;
    out.marker = byte_at(bytes_, at_ + 1);
    const bool alone = out.marker == temporary || (out.marker >= first_restart && out.marker <= end_of_image);
    ended_ = out.marker == end_of_image;
    std::size_t size = 2;
    if (!alone) {
      if (at_ + 4 > bytes_.size()) return false;
      size += read_u16(bytes_, at_ + 2);
      if (size < 4 || size > bytes_.size() - at_) return false;
    }
    out.data = alone ? std::string_view() : bytes_.substr(at_ + 4, size - 4);
    if (out.marker == start_of_scan) size += coded_size(at_ + size);
    out.whole = bytes_.substr(at_, size);
    at_ += size;
    return true;
  }

 private:
  // Up to the next marker that isn't a restart; FF 00 is a byte of data.
  std::size_t coded_size(std::size_t begin) const {
    for (std::size_t at = bytes_.find('\xFF', begin); at < bytes_.size(); at = bytes_.find('\xFF', at + 1)) {
      if (at + 1 == bytes_.size()) break;
      const std::uint32_t next = byte_at(bytes_, at + 1);
      if (next != 0 && next != 0xFF && !(next >= first_restart && next < start_of_image)) return at - begin;
    }
    return bytes_.size() - begin;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  bool ended_ = false;
};

constexpr std::string_view jfif{"JFIF\0", 5}, exif{"Exif\0\0", 6}, icc{"ICC_PROFILE\0", 12}, adobe{"Adobe"};

// JFIF's segment without its thumbnail (14 bytes of 16): that may show what was cut away.
std::string plain_jfif(std::string_view data) {
  std::string out("\xFF\xE0\0\x10", 4);
  return out.append(data.substr(0, 12)).append(2, '\0');
}

}  // namespace

void read_segments(std::string_view bytes, Checked& out) {
  std::string profile;
  Segments segments(bytes);
  for (Segment s; segments.next(s) && s.marker != start_of_scan;) {
    if (s.marker == exif_application && s.data.starts_with(exif)) out.orientation = exif_orientation(s.data.substr(6));
    // Parts come in order, as every writer makes them; two bytes say which of how many.
    if (s.marker == icc_application && s.data.starts_with(icc) && s.data.size() > 14) profile += s.data.substr(14);
  }
  out.colours = foreign_profile(profile);
}

std::string jpeg_picture(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  Segments segments(bytes);
  int scans = 0;
  for (Segment s; segments.next(s);) {
    if (s.marker == start_of_scan && ++scans > limits::image_scans) return {};
    const bool other = (s.marker >= first_application && s.marker <= last_application) || s.marker == comment;
    if (!other) {
      out += s.whole;
    } else if (s.marker == first_application && s.data.starts_with(jfif) && s.data.size() >= 14) {
      out += plain_jfif(s.data);
    } else if (s.marker == adobe_application && s.data.starts_with(adobe) && s.data.size() >= 12) {
      // Says which colours the components are.
      out.append("\xFF\xEE\0\x0E", 4).append(s.data.substr(0, 12));
    }
  }
  return segments.ended() ? out : std::string();
}

}  // namespace epitome::image
