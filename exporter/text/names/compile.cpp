// Writes the short names that CLDR gives to characters as one compressed text: a line each, sorted, its characters
// without variation selectors, a tab, the name. Runs when the program is built.
//
//   compile_names ANNOTATIONS… OUTPUT
//
// The annotations of one language (UTS #35, part 2, 14); what an earlier file says goes before what a later one says.
#include <fmt/format.h>
#include <libdeflate.h>

#include <cstdio>
#include <map>
#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "text/replacements.hpp"

namespace {

int fail(const std::string& message) {
  fmt::print(stderr, "compile_names: {}\n", message);
  return 1;
}

bool read(const char* path, std::map<std::string, std::string>& names) {
  pugi::xml_document document;
  if (!document.load_file(path)) return false;
  for (const pugi::xml_node annotation : document.child("ldml").child("annotations").children("annotation")) {
    const std::string_view name = annotation.child_value();
    // The others are words to find a character by; arrows mean that the next file's name holds.
    if (std::string_view(annotation.attribute("type").value()) != "tts" || name == "↑↑↑") continue;
    names.try_emplace(epitome::text::without_selectors(annotation.attribute("cp").value()), name);
  }
  return true;
}

bool write(const char* path, const std::string& text) {
  const std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor*)> compressor(
      libdeflate_alloc_compressor(12), libdeflate_free_compressor);
  if (!compressor) return false;
  std::string bytes(libdeflate_gzip_compress_bound(compressor.get(), text.size()), '\0');
  bytes.resize(libdeflate_gzip_compress(compressor.get(), text.data(), text.size(), bytes.data(), bytes.size()));
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path, "wb"), std::fclose);
  return file && std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size() && std::fflush(file.get()) == 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return fail("needs annotations and an output file");
  std::map<std::string, std::string> names;
  for (int i = 1; i + 1 < argc; ++i)
    if (!read(argv[i], names)) return fail(fmt::format("can't read '{}'", argv[i]));
  std::string text;
  for (const auto& [characters, name] : names) text += fmt::format("{}\t{}\n", characters, name);
  return write(argv[argc - 1], text) ? 0 : fail(fmt::format("can't write '{}'", argv[argc - 1]));
}
