// Speech as one MP3 file: the kind of sound that all readers of EPUB play (EPUB 3.3, 3.2 has AAC and Opus too).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace epitome::audio {

// A stretch of a track, in milliseconds from its start.
struct Stretch {
  std::int64_t begin = 0, end = 0;
};

// Pieces of speech, one behind the other. MP3 (ISO 11172-3 and 13818-3, Layer III) stays as it is, frame by frame; WAV
// (PCM of 16 bits, one channel or two) is coded by LAME as one channel at 32 kbit/s, or 48 for
// more than 24,000 samples a second. All pieces are of one kind, rate and
// number of channels. Same pieces, same bytes.
class Track {
 public:
  Track();
  ~Track();
  Track(Track&&) noexcept;
  Track& operator=(Track&&) noexcept;

  // Adds a file's sound. If it can't be, why not ("it is neither WAV nor MP3"), and the track is to be given up; else
  // empty.
  std::string add(std::string_view file);

  struct Finished {
    std::string mp3;
    std::vector<Stretch> pieces;  // in the order in which they were added
  };
  // Once, behind at least one piece.
  Finished finish();

 private:
  class Encoder;
  std::string add_wav(std::string_view file);
  std::string add_mp3(std::string_view file);

  std::unique_ptr<Encoder> encoder_;  // of WAV
  std::string frames_;                // of MP3
  std::uint32_t shape_ = 0;           // what all frames' heads have in common
  std::vector<std::int64_t> ends_;    // of the pieces, in samples
};

}  // namespace epitome::audio
