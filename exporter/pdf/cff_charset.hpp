// Which CID each glyph of a CFF font program has (Adobe technical note 5176, 13).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace epitome::pdf {

struct CffCharset {
  bool cid_keyed = false;           // the Top DICT begins with ROS; else `cids` is empty
  std::vector<std::uint16_t> cids;  // by glyph
};

// Nothing if the table is damaged.
std::optional<CffCharset> read_cff_charset(std::string_view cff);

}  // namespace epitome::pdf
