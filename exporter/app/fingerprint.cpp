#include "app/fingerprint.hpp"

#include <dirent.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>

#include "app/files.hpp"

namespace epitome::app {

namespace {

void add_file(Fingerprint& all, const std::string& path) {
  std::string why_not;
  const std::optional<std::string> bytes = read_source(path, std::size_t{1} << 30, why_not);
  all.add(path.substr(folder_of(path).size()));
  all.add(bytes ? *bytes : why_not);
}

// All files of a folder and its folders, in the order of their names.
void add_folder(Fingerprint& all, const std::string& folder) {
  std::vector<std::string> names;
  DIR* const opened = opendir(folder.c_str());
  if (opened == nullptr) return;
  while (const dirent* const entry = readdir(opened)) {
    if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
  }
  closedir(opened);
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    std::string path = folder;
    path += '/';
    path += name;
    struct stat there {};
    if (lstat(path.c_str(), &there) == 0 && S_ISDIR(there.st_mode)) {
      all.add(name);
      all.add("/");
      add_folder(all, path);
    } else if (is_ordinary_file(path)) {
      add_file(all, path);
    }
  }
}

}  // namespace

void Fingerprint::add(std::string_view bytes) {
  const std::string length = std::to_string(bytes.size()) + '\n';
  SHA256Update(&state_, reinterpret_cast<const std::uint8_t*>(length.data()), length.size());
  SHA256Update(&state_, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

std::string Fingerprint::hex() {
  std::array<char, SHA256_DIGEST_STRING_LENGTH> digits{};
  return SHA256End(&state_, digits.data());
}

std::string sha256(std::string_view bytes) {
  std::array<char, SHA256_DIGEST_STRING_LENGTH> digits{};
  return SHA256Data(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), digits.data());
}

std::string installation_fingerprint(const std::string& data_folder) {
  Fingerprint all;
  // Two builds of one version need not write the same.
  std::string why_not;
  all.add(read_source("/proc/self/exe", std::size_t{1} << 30, why_not).value_or(why_not));
  all.add(build_information(data_folder));
  for (const char* const part : {"layouts", "fonts", "names"}) add_folder(all, data_folder + '/' + part);
  return all.hex();
}

std::string settings_fingerprint(const CommandLine& line, const std::string& installation) {
  Fingerprint all;
  all.add(installation);
  all.add(line.options.layout);
  all.add(line.options.brief_layout);
  if (is_folder(line.options.layout)) add_folder(all, line.options.layout);
  if (!line.languages.empty()) add_folder(all, line.languages);
  all.add(line.options.date);
  all.add(line.options.on_missing_glyph == OnMissingGlyph::replace ? "replace" : "error");
  const BookletOptions& booklet = line.options.booklet;
  const CardOptions& cards = line.options.cards;
  all.add(fmt::format("{} {} {} {} {} {} {} {} {}", line.options.black, booklet.signature, booklet.paper_weight,
                      booklet.marks, static_cast<int>(cards.size), cards.duplex, cards.back_right, cards.back_down,
                      cards.registration));
  all.add(line.options.embed_fonts ? "embed-fonts" : "");
  all.add(line.options.check_epub ? "check-epub" : "");
  all.add(line.voice.command);
  all.add(line.options.read_aloud.narrator);
  if (!line.voice.narration.empty()) add_folder(all, line.voice.narration);
  all.add(line.warnings_are_errors ? "werror" : "");
  for (const std::string& format : line.options.formats) all.add(format);
  for (const std::string& file : line.site.files) all.add(file);
  for (const std::string& part : line.options.parts) all.add("part " + part);
  return all.hex();
}

std::string document_fingerprint(const std::string& settings, std::string_view source,
                                 const std::vector<std::string>& images, const FileReader& reader) {
  Fingerprint all;
  all.add(settings);
  all.add(source);
  for (const std::string& image : images) {
    std::string why_not;
    const std::optional<std::string> bytes = reader(image, why_not);
    all.add(image);
    all.add(bytes ? *bytes : std::string_view());
    all.add(why_not);
  }
  return all.hex();
}

}  // namespace epitome::app
