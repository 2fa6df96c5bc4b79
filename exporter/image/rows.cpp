#include "image/rows.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <new>
#include <vector>

#include "image/formats.hpp"

namespace epitome::image {
namespace {

class Deflater {
 public:
  explicit Deflater(std::string& out) : out_(out) {
    if (deflateInit(&stream_, Z_DEFAULT_COMPRESSION) != Z_OK) throw std::bad_alloc();
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  void add(const std::string& bytes, int flush = Z_NO_FLUSH) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    do {
      stream_.next_out = buffer_.data();
      stream_.avail_out = static_cast<uInt>(buffer_.size());
      deflate(&stream_, flush);
      out_.append(reinterpret_cast<const char*>(buffer_.data()), buffer_.size() - stream_.avail_out);
    } while (stream_.avail_out == 0);
  }
  void finish() { add({}, Z_FINISH); }

 private:
  std::string& out_;
  z_stream stream_{};
  std::array<Bytef, 1 << 14> buffer_;
};

void report(const std::string& fault, diag::Span place, diag::Sink& sink) {
  sink.report(diag::Code::E0302, place, fmt::format("an image can't be read: {}", fault),
              {"the file is damaged: save it again from its source"});
}

// A row's alpha moved from its colours.
void part(const std::vector<unsigned char>& row, std::size_t channels, std::string& colour, std::string& alpha) {
  const std::size_t colours = channels <= 2 ? 1 : 3, count = row.size() / channels;
  colour.resize(count * colours);
  alpha.resize(channels == colours ? 0 : count);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t c = 0; c < colours; ++c) colour[i * colours + c] = static_cast<char>(row[i * channels + c]);
    if (!alpha.empty()) alpha[i] = static_cast<char>(row[i * channels + colours]);
  }
}

}  // namespace

std::unique_ptr<Rows> open_rows(const Image& image, unsigned part) {
  return image.kind == Kind::png ? png_rows(image) : jpeg_rows(image, part);
}

std::optional<Separated> separate(const Image& image, diag::Span place, diag::Sink& sink) {
  Separated out;
  Deflater colours(out.colour), alphas(out.alpha);
  const std::unique_ptr<Rows> rows = open_rows(image);
  std::vector<unsigned char> row(rows->stride());
  std::string colour, alpha;
  for (std::uint32_t y = 0; y < image.height; ++y) {
    if (!rows->next(row.data())) {
      report(rows->fault(), place, sink);
      return std::nullopt;
    }
    part(row, static_cast<std::size_t>(rows->channels()), colour, alpha);
    colours.add(colour);
    if (!alpha.empty()) alphas.add(alpha);
  }
  colours.finish();
  if (image.has_alpha) alphas.finish();
  return out;
}

}  // namespace epitome::image
