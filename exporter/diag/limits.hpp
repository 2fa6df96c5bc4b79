// One place for all limits.
#pragma once

#include <cstddef>
#include <cstdint>

namespace epitome::limits {

// ---- image ----------------------------------------------------------------------------------------------

// Pixels of a picture, and its bytes when unpacked: what is read row by row costs time only.
inline constexpr std::uint64_t image_pixels = 64'000'000;
inline constexpr std::uint64_t image_unpacked = 256u << 20;
// libpng reads no longer side.
inline constexpr std::uint32_t image_side = 1'000'000;
// Bytes of a picture that must be whole in memory: one that is interlaced or to be set upright. A photo of 24
// megapixels taken on its side has room.
inline constexpr std::uint64_t image_whole = 96u << 20;
// Bytes of a progressive JPEG's coefficients: only with all of them is it known whether the file is damaged, and what
// is refused shall not take 64 MB.
inline constexpr std::uint64_t image_coefficients = 48u << 20;
// An unpacked colour profile: sRGB's have a few kilobytes, printers' two or three megabytes.
inline constexpr std::size_t image_profile = 1u << 20;
// Passes of a progressive JPEG: a file may ask for any number, none needs so many.
inline constexpr int image_scans = 200;

}  // namespace epitome::limits
