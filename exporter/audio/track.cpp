#include "audio/track.hpp"

#include <fmt/format.h>
#include <lame/lame.h>

#include <algorithm>
#include <stdexcept>

#include "audio/mp3.hpp"

namespace epitome::audio {

namespace {

std::uint32_t little_endian(std::string_view text, std::size_t at, std::size_t bytes) {
  std::uint32_t out = 0;
  for (std::size_t i = bytes; i-- > 0;) out = out << 8 | static_cast<unsigned char>(text[at + i]);
  return out;
}

// Samples of 16 bits, the channels side by side.
struct Wav {
  std::uint32_t channels = 0, rate = 0;
  std::string_view samples;
};

// RIFF WAVE (Microsoft, "Multiple Channel Audio Data and WAVE Files"). Programs that write to a pipe don't know how
// much there will be: what is said to go beyond the file's end ends there. Why not, if it can't be read.
std::string read_wav(std::string_view file, Wav& wav) {
  constexpr std::uint32_t pcm = 1, extensible = 0xFFFE;
  constexpr std::size_t format_bytes = 16, extended_bytes = 26;
  std::uint32_t kind = 0, bits = 0;
  for (std::size_t at = 12; at + 8 <= file.size();) {
    const std::string_view name = file.substr(at, 4), rest = file.substr(at + 8);
    const std::size_t size = std::min<std::size_t>(little_endian(file, at + 4, 4), rest.size());
    if (name == "fmt " && size >= format_bytes) {
      kind = little_endian(rest, 0, 2);
      if (kind == extensible && size >= extended_bytes) kind = little_endian(rest, 24, 2);
      wav.channels = little_endian(rest, 2, 2);
      wav.rate = little_endian(rest, 4, 4);
      bits = little_endian(rest, 14, 2);
    } else if (name == "data") {
      wav.samples = rest.substr(0, size);
      break;
    }
    at += 8 + size + size % 2;
  }
  if (kind != pcm || bits != 16) return "its samples are not PCM of 16 bits";
  if (wav.channels != 1 && wav.channels != 2)
    return fmt::format("it has {} channels; one or two are taken", wav.channels);
  if (wav.rate < 8000 || wav.rate > 192000) return fmt::format("it has {} samples a second", wav.rate);
  if (wav.samples.size() < 2 * std::size_t{wav.channels}) return "it holds no sound";
  return {};
}

}  // namespace

class Track::Encoder {
 public:
  explicit Encoder(const Wav& shape) : channels(shape.channels), rate(shape.rate), lame_(lame_init()) {
    constexpr int middling = 5;
    const int kilobits = rate <= 24000 ? 32 : 48;
    lame_global_flags* const lame = lame_.get();
    if (lame != nullptr) {
      lame_set_num_channels(lame, static_cast<int>(channels));
      lame_set_in_samplerate(lame, static_cast<int>(rate));
      lame_set_mode(lame, MONO);
      lame_set_brate(lame, kilobits);
      lame_set_quality(lame, middling);
      lame_set_bWriteVbrTag(lame, 0);
      lame_set_write_id3tag_automatic(lame, 0);
    }
    if (lame == nullptr || lame_init_params(lame) < 0) throw std::runtime_error("LAME refuses its settings");
  }

  // Whole samples of all channels.
  void add(std::string_view bytes, std::string& mp3) {
    constexpr std::size_t step = 1152 * 16;
    std::vector<short> left, right;
    const std::size_t frame = 2 * channels;
    for (std::size_t at = 0; at + frame <= bytes.size();) {
      left.clear();
      right.clear();
      for (; left.size() < step && at + frame <= bytes.size(); at += frame) {
        left.push_back(static_cast<short>(little_endian(bytes, at, 2)));
        right.push_back(channels == 2 ? static_cast<short>(little_endian(bytes, at + 2, 2)) : left.back());
      }
      const int samples = static_cast<int>(left.size());
      put(mp3, [&](unsigned char* to, int size) {
        return lame_encode_buffer(lame_.get(), left.data(), right.data(), samples, to, size);
      });
    }
  }
  void flush(std::string& mp3) {
    put(mp3, [&](unsigned char* to, int size) { return lame_encode_flush(lame_.get(), to, size); });
  }
  // By which sound comes later than it was put in: the encoder's own, and the decoder's 529 samples (LAME's manual).
  std::int64_t delay_ms() const {
    constexpr int decoder = 529;
    return (lame_get_encoder_delay(lame_.get()) + decoder) * std::int64_t{1000} / lame_get_out_samplerate(lame_.get());
  }

  const std::uint32_t channels, rate;

 private:
  // lame.h: 1.25 bytes a sample and 7200 are enough.
  template <class Encode>
  static void put(std::string& mp3, const Encode& encode) {
    constexpr std::size_t room = 1152 * 16 * 5 / 4 + 7200;
    std::vector<unsigned char> coded(room);
    const int bytes = encode(coded.data(), static_cast<int>(room));
    if (bytes < 0) throw std::runtime_error(fmt::format("LAME fails ({})", bytes));
    mp3.append(reinterpret_cast<const char*>(coded.data()), static_cast<std::size_t>(bytes));
  }

  struct Close {
    void operator()(lame_global_flags* lame) const { lame_close(lame); }
  };
  std::unique_ptr<lame_global_flags, Close> lame_;
};

Track::Track() = default;
Track::~Track() = default;
Track::Track(Track&&) noexcept = default;
Track& Track::operator=(Track&&) noexcept = default;

std::string Track::add(std::string_view file) {
  if (file.empty()) return "there is no sound";
  if (file.starts_with("RIFF") && file.substr(0, 12).ends_with("WAVE")) return add_wav(file);
  if (file.starts_with("ID3") || frame_at(file, 0)) return add_mp3(file);
  return "it is neither WAV nor MP3";
}

std::string Track::add_wav(std::string_view file) {
  Wav wav;
  if (std::string why = read_wav(file, wav); !why.empty()) return why;
  if (encoder_ == nullptr && !ends_.empty()) return "it is WAV, and the sound before it MP3";
  if (encoder_ == nullptr) encoder_ = std::make_unique<Encoder>(wav);
  if (encoder_->channels != wav.channels || encoder_->rate != wav.rate)
    return "the sound before it has another rate or number of channels";
  encoder_->add(wav.samples, frames_);
  const std::size_t samples = wav.samples.size() / 2 / wav.channels;
  ends_.push_back((ends_.empty() ? 0 : ends_.back()) + static_cast<std::int64_t>(samples));
  return {};
}

std::string Track::add_mp3(std::string_view file) {
  if (encoder_ != nullptr) return "it is MP3, and the sound before it WAV";
  std::int64_t end = ends_.empty() ? 0 : ends_.back();
  std::size_t at = sound_begin(file), frames = 0;
  for (std::optional<FrameHead> head; (head = frame_at(file, at)) && at + head->bytes <= file.size();
       at += head->bytes) {
    if (frames++ == 0 && is_information(file, at, *head)) continue;
    if (shape_ == 0) shape_ = head->shape();
    if (shape_ != head->shape()) return "the sound before it has another rate or number of channels";
    frames_.append(file.substr(at, head->bytes));
    end += head->samples;
  }
  if (end == (ends_.empty() ? 0 : ends_.back())) return "it holds no sound";
  // Behind the last frame nothing follows but tags, or a frame that was cut off.
  if (const std::string_view rest = file.substr(std::min(at, file.size()));
      !rest.empty() && !frame_at(file, at) && !rest.starts_with("TAG") && !rest.starts_with("APETAGEX") &&
      !rest.starts_with("LYRICS"))
    return fmt::format("it is damaged at byte {}", at);
  ends_.push_back(end);
  return {};
}

Track::Finished Track::finish() {
  Finished out;
  std::int64_t rate = 0, delay = 0;
  if (encoder_ != nullptr) {
    encoder_->flush(frames_);
    rate = encoder_->rate;
    delay = encoder_->delay_ms();
  } else {
    rate = frame_at(frames_, 0)->rate;
  }
  std::int64_t begin = 0;
  for (const std::int64_t end : ends_) {
    out.pieces.push_back({begin * 1000 / rate + delay, end * 1000 / rate + delay});
    begin = end;
  }
  out.mp3 = information_frame(frames_) + frames_;
  return out;
}

}  // namespace epitome::audio
