#include "pdf/composites.hpp"

#include <hb.h>

#include <algorithm>
#include <limits>
#include <string_view>

#include "text/owned.hpp"

namespace epitome::pdf {
namespace {

using Blob = text::Owned<hb_blob_t, hb_blob_destroy>;
using Face = text::Owned<hb_face_t, hb_face_destroy>;

constexpr hb_tag_t glyf_tag = HB_TAG('g', 'l', 'y', 'f'), loca_tag = HB_TAG('l', 'o', 'c', 'a'),
                   head_tag = HB_TAG('h', 'e', 'a', 'd'), hhea_tag = HB_TAG('h', 'h', 'e', 'a'),
                   hmtx_tag = HB_TAG('h', 'm', 't', 'x'), maxp_tag = HB_TAG('m', 'a', 'x', 'p');

// Big-endian numbers; 0 beyond the end.
std::uint32_t u16(std::string_view data, std::size_t at) {
  if (at + 2 > data.size()) return 0;
  return static_cast<std::uint32_t>(static_cast<unsigned char>(data[at]) << 8 |
                                    static_cast<unsigned char>(data[at + 1]));
}
std::int32_t i16(std::string_view data, std::size_t at) { return static_cast<std::int16_t>(u16(data, at)); }
std::uint32_t u32(std::string_view data, std::size_t at) { return u16(data, at) << 16 | u16(data, at + 2); }
void set16(std::string& data, std::size_t at, std::uint32_t value) {
  data[at] = static_cast<char>(value >> 8 & 0xFF);
  data[at + 1] = static_cast<char>(value & 0xFF);
}
void put16(std::string& data, std::int32_t value) {
  data.push_back(static_cast<char>(value >> 8 & 0xFF));
  data.push_back(static_cast<char>(value & 0xFF));
}
void put32(std::string& data, std::uint32_t value) {
  put16(data, static_cast<std::int32_t>(value >> 16));
  put16(data, static_cast<std::int32_t>(value & 0xFFFF));
}

class Program {
 public:
  explicit Program(const std::string& bytes) {
    const Blob blob(
        hb_blob_create(bytes.data(), static_cast<unsigned>(bytes.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr));
    face_.reset(hb_face_create(blob.get(), 0));
    glyf_ = table(glyf_tag);
    head_ = table(head_tag);
    hhea_ = table(hhea_tag);
    maxp_ = table(maxp_tag);
    const std::string loca = table(loca_tag), hmtx = table(hmtx_tag);
    if (head_.size() < 54 || hhea_.size() < 36 || maxp_.size() < 32) return;
    count_ = u16(maxp_, 4);
    const bool long_loca = u16(head_, 50) != 0;
    for (std::size_t i = 0; i <= count_; ++i) offsets_.push_back(long_loca ? u32(loca, i * 4) : u16(loca, i * 2) * 2);
    // Each glyph has its own advance from here on.
    const std::size_t metrics = std::max(1u, u16(hhea_, 34));
    for (std::size_t i = 0; i < count_; ++i) {
      bearings_.push_back(i16(hmtx, i < metrics ? i * 4 + 2 : metrics * 4 + (i - metrics) * 2));
      put16(hmtx_, i16(hmtx, std::min(i, metrics - 1) * 4));
      put16(hmtx_, bearings_.back());
    }
    sound_ = offsets_.back() <= glyf_.size();
    points_ = std::max(u16(maxp_, 6), u16(maxp_, 10));
    contours_ = std::max(u16(maxp_, 8), u16(maxp_, 12));
  }

  bool add(const Composite& composite) {
    constexpr std::int32_t least = std::numeric_limits<std::int16_t>::min(),
                           most = std::numeric_limits<std::int16_t>::max();
    std::int32_t box[4] = {most, most, least, least};
    std::string body;
    std::size_t last_flags = 0, parts = 0;
    for (const SlotPart& part : composite.parts) {
      if (part.glyph >= count_) return false;
      const std::size_t at = offsets_[part.glyph];
      if (offsets_[part.glyph + 1] < at + 10) continue;  // no outline
      const std::string_view outline = std::string_view(glyf_).substr(at);
      // A glyph by itself is set with its left side bearing, a part of another by its own coordinates.
      const std::int32_t x = part.x + bearings_[part.glyph] - i16(outline, 2), y = part.y;
      if (std::min(x, y) < least || std::max(x, y) > most) return false;
      for (std::size_t i = 0; i < 4; ++i) {
        const std::int32_t edge = i16(outline, 2 + 2 * i) + (i % 2 == 0 ? x : y);
        box[i] = std::clamp(i < 2 ? std::min(box[i], edge) : std::max(box[i], edge), least, most);
      }
      last_flags = body.size();
      put16(body, arguments_are_words | arguments_are_offsets | more_parts);
      put16(body, static_cast<std::int32_t>(part.glyph));
      put16(body, x);
      put16(body, y);
      ++parts;
    }
    if (composite.width < 0 || composite.width > 0xFFFF) return false;
    put16(hmtx_, composite.width);
    put16(hmtx_, parts == 0 ? 0 : box[0]);
    if (parts > 0) {
      set16(body, last_flags, arguments_are_words | arguments_are_offsets);
      glyf_.resize(offsets_.back());
      put16(glyf_, -1);
      for (const std::int32_t edge : box) put16(glyf_, edge);
      glyf_ += body;
      glyf_.resize((glyf_.size() + 3) / 4 * 4);
      most_parts_ = std::max(most_parts_, parts);
    }
    offsets_.push_back(static_cast<std::uint32_t>(glyf_.size()));
    return true;
  }

  std::string save() {
    const std::size_t count = offsets_.size() - 1;
    if (count > 0xFFFF) return {};
    const auto limited = [](std::size_t n) { return static_cast<std::uint32_t>(std::min<std::size_t>(n, 0xFFFF)); };
    set16(maxp_, 4, static_cast<std::uint32_t>(count));
    set16(maxp_, 10, limited(most_parts_ * points_));
    set16(maxp_, 12, limited(most_parts_ * contours_));
    set16(maxp_, 28, std::max(u16(maxp_, 28), limited(most_parts_)));
    set16(maxp_, 30, u16(maxp_, 30) + 1);
    set16(head_, 50, 1);
    set16(hhea_, 34, static_cast<std::uint32_t>(count));
    std::string loca;
    for (const std::uint32_t offset : offsets_) put32(loca, offset);

    const Face builder(hb_face_builder_create());
    const auto set = [&](hb_tag_t tag, const std::string& data) {
      const Blob blob(
          hb_blob_create(data.data(), static_cast<unsigned>(data.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr));
      hb_face_builder_add_table(builder.get(), tag, blob.get());
    };
    unsigned tables = hb_face_get_table_tags(face_.get(), 0, nullptr, nullptr);
    std::vector<hb_tag_t> tags(tables);
    hb_face_get_table_tags(face_.get(), 0, &tables, tags.data());
    for (const hb_tag_t tag : tags) {
      const Blob blob(hb_face_reference_table(face_.get(), tag));
      hb_face_builder_add_table(builder.get(), tag, blob.get());
    }
    set(glyf_tag, glyf_);
    set(loca_tag, loca);
    set(head_tag, head_);
    set(hhea_tag, hhea_);
    set(hmtx_tag, hmtx_);
    set(maxp_tag, maxp_);
    const Blob made(hb_face_reference_blob(builder.get()));
    unsigned length = 0;
    const char* data = hb_blob_get_data(made.get(), &length);
    return length == 0 ? std::string() : std::string(data, length);
  }

  bool sound() const { return sound_; }

 private:
  static constexpr std::int32_t arguments_are_words = 0x1, arguments_are_offsets = 0x2, more_parts = 0x20;

  std::string table(hb_tag_t tag) const {
    const Blob blob(hb_face_reference_table(face_.get(), tag));
    unsigned length = 0;
    const char* data = hb_blob_get_data(blob.get(), &length);
    return length == 0 ? std::string() : std::string(data, length);
  }

  Face face_;
  std::string glyf_, head_, hhea_, hmtx_, maxp_;
  std::vector<std::uint32_t> offsets_;  // into glyf_, one more than glyphs
  std::vector<std::int32_t> bearings_;
  std::uint32_t count_ = 0, points_ = 0, contours_ = 0;
  std::size_t most_parts_ = 0;
  bool sound_ = false;
};

}  // namespace

std::string add_composites(const std::string& program, const std::vector<Composite>& composites) {
  Program made(program);
  if (!made.sound()) return {};
  for (const Composite& composite : composites)
    if (!made.add(composite)) return {};
  return made.save();
}

}  // namespace epitome::pdf
