#include "audio/track.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "audio/mp3.hpp"

namespace epitome::audio {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::string number(std::size_t value, int bytes) {
  std::string out;
  for (; bytes-- > 0; value >>= 8) out += static_cast<char>(value & 0xFF);
  return out;
}

// Silence. `said`: how long its header says that the data are.
std::string wav(std::size_t samples, std::size_t rate = 16000, std::size_t channels = 1, std::size_t bits = 16,
                std::size_t said = 0xFFFFFFFF) {
  const std::string data(samples * channels * bits / 8, '\0');
  return "RIFF" + number(36 + data.size(), 4) + "WAVEfmt " + number(16, 4) + number(1, 2) + number(channels, 2) +
         number(rate, 4) + number(rate * channels * bits / 8, 4) + number(channels * bits / 8, 2) + number(bits, 2) +
         "LIST" + number(3, 4) + std::string("abc\0", 4) + "data" + number(said, 4) + data;
}

std::string mp3(std::size_t samples, std::size_t rate = 16000, std::size_t channels = 1) {
  Track track;
  EXPECT_EQ(track.add(wav(samples, rate, channels)), "");
  return track.finish().mp3;
}

std::int64_t frames_in(const std::string& file) {
  std::int64_t count = 0;
  std::size_t at = 0;
  for (std::optional<FrameHead> head; (head = frame_at(file, at)); at += head->bytes) ++count;
  EXPECT_EQ(at, file.size());
  return count;
}

TEST(Track, PiecesOfWavFollowEachOther) {
  Track track;
  EXPECT_EQ(track.add(wav(16000)), "");
  EXPECT_EQ(track.add(wav(8000, 16000, 1, 16, 16000)), "");
  const Track::Finished done = track.finish();
  ASSERT_EQ(done.pieces.size(), 2U);
  EXPECT_EQ(done.pieces[0].end - done.pieces[0].begin, 1000);
  EXPECT_EQ(done.pieces[1].begin, done.pieces[0].end);
  EXPECT_EQ(done.pieces[1].end - done.pieces[1].begin, 500);
  // 576 samples a frame; one more holds none.
  EXPECT_GE((frames_in(done.mp3) - 1) * 576 * 1000 / 16000, done.pieces[1].end);
  EXPECT_TRUE(is_information(done.mp3, 0, *frame_at(done.mp3, 0)));
}

TEST(Track, SameSoundSameBytes) { EXPECT_EQ(mp3(5000, 44100, 2), mp3(5000, 44100, 2)); }

TEST(Track, RatesAreTakenAsTheyAre) {
  for (const std::size_t rate :
       std::initializer_list<std::size_t>{8000, 11025, 22050, 24000, 32000, 44100, 48000, 96000}) {
    Track track;
    EXPECT_EQ(track.add(wav(rate, rate)), "") << rate;
    const Track::Finished done = track.finish();
    EXPECT_EQ(done.pieces[0].end - done.pieces[0].begin, 1000) << rate;
    EXPECT_GT(frames_in(done.mp3), 10) << rate;
  }
}

TEST(Track, Mp3StaysAsItIs) {
  const std::string one = mp3(16000), two = mp3(4000);
  Track track;
  EXPECT_EQ(track.add("ID3\4" + std::string("\0\0\0\0\0\5_____", 11) + one), "");
  EXPECT_EQ(track.add(two + "TAG" + std::string(125, ' ')), "");
  const Track::Finished done = track.finish();
  const std::size_t first = frame_at(one, 0)->bytes;
  EXPECT_THAT(done.mp3, HasSubstr(one.substr(first) + two.substr(frame_at(two, 0)->bytes)));
  EXPECT_EQ(done.pieces[0].begin, 0);
  EXPECT_EQ(done.pieces[0].end, (frames_in(one) - 1) * 576 * 1000 / 16000);
  EXPECT_EQ(done.pieces[1].begin, done.pieces[0].end);
  EXPECT_EQ(frames_in(done.mp3), frames_in(one) + frames_in(two) - 1);
}

TEST(Track, WhatIsNoSound) {
  const auto why = [](const std::string& file) { return Track().add(file); };
  EXPECT_EQ(why(""), "there is no sound");
  EXPECT_EQ(why("Hello"), "it is neither WAV nor MP3");
  EXPECT_EQ(why("RIFF"), "it is neither WAV nor MP3");
  EXPECT_EQ(why("RIFF____WAVE"), "its samples are not PCM of 16 bits");
  EXPECT_EQ(why(wav(100, 16000, 1, 8)), "its samples are not PCM of 16 bits");
  EXPECT_EQ(why(wav(100, 16000, 6)), "it has 6 channels; one or two are taken");
  EXPECT_EQ(why(wav(100, 1000)), "it has 1000 samples a second");
  EXPECT_EQ(why(wav(0)), "it holds no sound");
  EXPECT_EQ(why("ID3"), "it holds no sound");
  EXPECT_THAT(why(mp3(16000).insert(500, "xyz")), HasSubstr("it is damaged at byte"));
}

TEST(Track, PiecesMustBeAlike) {
  const auto why = [](const std::string& one, const std::string& two) {
    Track track;
    EXPECT_EQ(track.add(one), "");
    return track.add(two);
  };
  EXPECT_EQ(why(wav(100), mp3(100)), "it is MP3, and the sound before it WAV");
  EXPECT_EQ(why(mp3(100), wav(100)), "it is WAV, and the sound before it MP3");
  EXPECT_EQ(why(wav(100), wav(100, 8000)), "the sound before it has another rate or number of channels");
  EXPECT_EQ(why(wav(100), wav(100, 16000, 2)), "the sound before it has another rate or number of channels");
  EXPECT_EQ(why(mp3(100), mp3(100, 22050)), "the sound before it has another rate or number of channels");
}

// A file that ends anywhere is taken up to there or refused.
TEST(Track, EveryBeginningOfAFile) {
  const std::string sound = wav(3000), coded = mp3(3000);
  for (const std::string& file : {sound, coded}) {
    for (std::size_t size = 0; size < file.size(); size += size < 100 ? 1 : 37) {
      Track track;
      const bool is_taken = track.add(std::string_view(file).substr(0, size)).empty();
      if (is_taken) {
        EXPECT_EQ(track.finish().pieces.size(), 1U);
      }
    }
  }
}

}  // namespace
}  // namespace epitome::audio
