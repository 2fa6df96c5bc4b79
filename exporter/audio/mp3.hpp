// The frames of an MP3 file (ISO 11172-3, 2.4.1 and 2.4.2; ISO 13818-3 for half the rates, and half of those again).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace epitome::audio {

struct FrameHead {
  std::uint32_t bits = 0;
  std::size_t bytes = 0;  // of the whole frame
  std::int64_t rate = 0;  // samples a second
  std::int64_t samples = 0;
  std::size_t side = 0;  // bytes of side information, behind head and checksum
  // What does not change within a track: version, layer, rate, whether there is one channel.
  std::uint32_t shape() const;
};

// Of the four bytes at `at`; nothing if they are no frame's of Layer III with a bit rate of its own.
std::optional<FrameHead> frame_at(std::string_view file, std::size_t at);

// Where the first frame may begin: behind an ID3v2 tag.
std::size_t sound_begin(std::string_view file);

// Whether a frame holds no sound but what encoders say of a file (Xing, Info or VBRI).
bool is_information(std::string_view file, std::size_t at, const FrameHead& head);

// Such a frame (Xing) for `frames`, so that readers find places in a track of changing bit rates, and its end.
std::string information_frame(std::string_view frames);

}  // namespace epitome::audio
