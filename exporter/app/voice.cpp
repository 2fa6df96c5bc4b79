#include "app/voice.hpp"

#include <dirent.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/child.hpp"
#include "app/files.hpp"
#include "app/fingerprint.hpp"
#include "app/output_files.hpp"

namespace epitome::app {

namespace {

// An hour of WAV of the best kind; a sentence is a megabyte.
constexpr std::size_t most_audio = std::size_t{1} << 30, most_said = std::size_t{1} << 26;
constexpr std::size_t most_labels = std::size_t{1} << 24;

constexpr std::string_view language_place = "{lang}";

class ProgramVoice {
 public:
  ProgramVoice(VoiceOptions options, std::vector<std::string> words)
      : options_(std::move(options)), words_(std::move(words)) {}

  std::optional<std::string> operator()(const Utterance& utterance, std::string& why_not) const {
    const std::string kept = options_.cache.empty() ? std::string() : kept_as(utterance);
    std::string nothing_kept;
    if (!kept.empty()) {
      std::optional<std::string> said = read_source(kept, most_said, nothing_kept);
      if (said && !said->empty()) return said;
    }
    Child child;
    child.words = words_;
    for (std::string& word : child.words) {
      for (std::size_t at = 0; (at = word.find(language_place, at)) != std::string::npos;) {
        word.replace(at, language_place.size(), utterance.language);
        at += utterance.language.size();
      }
    }
    child.environment = {fmt::format("EPITOME_LANGUAGE={}", utterance.language),
                         fmt::format("EPITOME_ID={}", utterance.id)};
    child.limit = std::chrono::seconds(options_.seconds);
    child.most = most_said;
    std::optional<std::string> said = output_of(child, std::string(utterance.text) + '\n', why_not);
    if (!said) return std::nullopt;
    if (!kept.empty() && !said->empty()) {
      OutputFiles file;
      if (why_not = file.write(kept, *said); !why_not.empty()) return std::nullopt;
      if (const auto faults = file.commit(); !faults.empty()) {
        why_not = faults.front().why;
        return std::nullopt;
      }
    }
    return said;
  }

 private:
  std::string kept_as(const Utterance& utterance) const {
    Fingerprint all;
    all.add(options_.command);
    all.add(utterance.language);
    all.add(utterance.text);
    return options_.cache + '/' + all.hex() + ".audio";
  }

  VoiceOptions options_;
  std::vector<std::string> words_;
};

std::optional<Message> unreadable(const std::string& path, const std::string& why) { return input_fault(path, why); }

}  // namespace

std::vector<std::string> words_of_command(const std::string& command) {
  std::vector<std::string> words;
  bool inside = false;
  char mark = 0;
  for (const char c : command) {
    if (mark != 0) {
      if (c == mark) {
        mark = 0;
      } else {
        words.back() += c;
      }
      continue;
    }
    if (c == ' ' || c == '\t') {
      inside = false;
      continue;
    }
    if (!std::exchange(inside, true)) words.emplace_back();
    if (c == '\'' || c == '"') {
      mark = c;
    } else {
      words.back() += c;
    }
  }
  if (mark != 0) words.clear();
  return words;
}

Voice program_voice(const VoiceOptions& options, std::optional<Message>& fault) {
  if (!options.cache.empty()) {
    if (const std::string why = make_folder(options.cache); !why.empty()) {
      fault = output_fault(options.cache, why);
      return {};
    }
  }
  return ProgramVoice(options, words_of_command(options.command));
}

std::vector<Recording> recordings_in(const std::string& folder, std::optional<Message>& fault) {
  std::vector<Recording> out;
  DIR* const opened = opendir(folder.c_str());
  if (opened == nullptr) {
    fault = unreadable(folder, no_folder);
    return out;
  }
  constexpr std::string_view ending = ".txt";
  std::vector<std::string> names;
  while (const dirent* const entry = readdir(opened)) {
    const std::string_view name = entry->d_name;
    if (name.ends_with(ending) && !name.starts_with('.'))
      names.emplace_back(name.substr(0, name.size() - ending.size()));
  }
  closedir(opened);
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    const std::string path = fmt::format("{}/{}", folder, name);
    Recording recording;
    recording.labels_name = fmt::format("{}{}", path, ending);
    recording.name = fmt::format("{}{}", path, is_file(path + ".mp3") ? ".mp3" : ".wav");
    for (const auto& [file, bytes, most] : {std::tuple(&recording.labels_name, &recording.labels, most_labels),
                                            std::tuple(&recording.name, &recording.audio, most_audio)}) {
      std::string why_not = "it is too large";
      std::optional<std::string> read = read_source(*file, most, why_not);
      if (!read || read->size() > most) {
        fault = unreadable(*file, why_not);
        return out;
      }
      *bytes = std::move(*read);
    }
    out.push_back(std::move(recording));
  }
  if (out.empty()) fault = unreadable(folder, "it holds no label file: NAME.txt beside NAME.mp3 or NAME.wav");
  return out;
}

}  // namespace epitome::app
