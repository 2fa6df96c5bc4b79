#include <fmt/format.h>

#include <algorithm>

#include "epub/publication.hpp"

namespace epitome::epub {

namespace {

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// Windows reserves these, whatever ending they have.
bool is_reserved(std::string_view stem) {
  if (stem == "con" || stem == "prn" || stem == "aux" || stem == "nul") return true;
  return stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && stem[3] >= '0' && stem[3] <= '9';
}

// A name that every ZIP, system and reader can hold: ASCII letters (small), digits, "-" and "_", a letter or digit
// at both ends. Empty for a path that has none of these, as in another script.
std::string safe_name(std::string_view path) {
  constexpr std::size_t longest = 100;
  std::string out;
  for (char c : path) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (is_letter_or_digit(c) || (!out.empty() && c == '_')) {
      out += c;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  out.resize(std::min(out.size(), longest));
  while (!out.empty() && !is_letter_or_digit(out.back())) out.pop_back();
  return is_reserved(out) ? "image-" + out : out;
}

}  // namespace

std::string image_path(Publication& publication, const std::string& source) {
  const auto known = publication.image_paths.find(source);
  if (known != publication.image_paths.end()) return known->second;
  const auto image = publication.inputs.book.images.find(source);
  if (image == publication.inputs.book.images.end()) return {};
  const std::string stem = safe_name(std::string_view(source).substr(0, source.rfind('.')));
  const std::string name = "images/" + (stem.empty() ? "image" : stem);
  const char* extension = image->second.kind == image::Kind::jpeg ? ".jpg" : ".png";
  const auto taken = [&](const std::string& path) {
    return path == publication.cover_path() ||
           std::any_of(publication.image_paths.begin(), publication.image_paths.end(),
                       [&](const auto& entry) { return entry.second == path; });
  };
  std::string path = name + (stem.empty() ? "-1" : "") + extension;
  for (int n = 2; taken(path); ++n) path = fmt::format("{}-{}{}", name, n, extension);
  return publication.image_paths.emplace(source, path).first->second;
}

}  // namespace epitome::epub
