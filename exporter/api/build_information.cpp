// The versions of all that the bytes depend on: as loaded where a library tells, else as compiled.
#include <dirent.h>
#include <fmt/format.h>
#include <fribidi.h>
#include <ft2build.h>
#include <hb.h>
#include <hpdf.h>
#include <jconfig.h>
#include <libdeflate.h>
#include <png.h>
#include <unicode/uversion.h>
#include <zip.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <pugixml.hpp>
#include <string>
#include <vector>

// libmd's header uses types that it doesn't include.
#include <sha1.h>
#include <sys/types.h>

#include "api/epitome.hpp"
#include "text/fonts.hpp"

#include FT_FREETYPE_H

namespace epitome {

namespace {

std::string freetype_version() {
  FT_Library library = nullptr;
  if (FT_Init_FreeType(&library) != 0) return "?";
  FT_Int major = 0, minor = 0, patch = 0;
  FT_Library_Version(library, &major, &minor, &patch);
  FT_Done_FreeType(library);
  return fmt::format("{}.{}.{}", major, minor, patch);
}

std::string icu_version() {
  UVersionInfo numbers;
  u_getVersion(numbers);
  return fmt::format("{}.{}", numbers[0], numbers[1]);
}

// The first 16 digits of a file's SHA-1.
std::string digest_of(const std::string& path) {
  std::array<char, SHA1_DIGEST_STRING_LENGTH> digits{};
  return SHA1File(path.c_str(), digits.data()) == nullptr ? "?" : std::string(digits.data(), 16);
}

constexpr int jpeg_turbo = LIBJPEG_TURBO_VERSION_NUMBER;

}  // namespace

std::string build_information(const std::string& data_folder) {
  std::string out = fmt::format("Epitome {}\n", version());
  const auto library = [&](std::string_view name, std::string_view number) {
    fmt::format_to(std::back_inserter(out), "library {} {}\n", name, number);
  };
  library("FreeType", freetype_version());
  library("FriBidi", FRIBIDI_VERSION);
  library("HarfBuzz", hb_version_string());
  library("ICU", icu_version());
  library("libdeflate", LIBDEFLATE_VERSION_STRING);
  library("libharu", HPDF_GetVersion());
  library("libjpeg-turbo", fmt::format("{}.{}.{}", jpeg_turbo / 1000000, jpeg_turbo / 1000 % 1000, jpeg_turbo % 1000));
  library("libpng", png_get_libpng_ver(nullptr));
  library("libzip", zip_libzip_version());
  library("pugixml", fmt::format("{}.{}", PUGIXML_VERSION / 1000, PUGIXML_VERSION % 1000 / 10));
  library("zlib", zlibVersion());
  // Compiled from packages that change on their own: the patterns themselves tell best.
  std::vector<std::string> patterns;
  if (DIR* const folder = opendir((data_folder + "/hyphenation").c_str())) {
    while (const dirent* const entry = readdir(folder)) {
      if (std::string_view(entry->d_name).ends_with(".hyp")) patterns.emplace_back(entry->d_name);
    }
    closedir(folder);
  }
  std::sort(patterns.begin(), patterns.end());
  for (const std::string& name : patterns) {
    fmt::format_to(std::back_inserter(out), "hyphenation {} sha1 {}\n", name.substr(0, name.rfind('.')),
                   digest_of(fmt::format("{}/hyphenation/{}", data_folder, name)));
  }
  text::FontSet fonts;
  diag::Sink sink;
  if (!fonts.read_manifest(data_folder + "/fonts/manifest.xml", sink)) {
    return out + sink.diagnostics().front().message + "\n";
  }
  for (const text::FontEntry& font : fonts.entries()) {
    fmt::format_to(std::back_inserter(out), "font {} {} ({} {}) sha256 {:.16}\n", font.family, font.style, font.package,
                   font.version, font.sha256);
  }
  // The checksums above are the manifest's. Told here: files that are missing, of another size or, by a font's own
  // checksum (collections have none), damaged. Hashing them all would take a second.
  for (const text::FontEntry& font : fonts.entries()) fonts.face(font.family, font.style, sink);
  for (const diag::Diagnostic& d : sink.diagnostics())
    fmt::format_to(std::back_inserter(out), "warning {}\n", d.message);
  return out;
}

}  // namespace epitome
