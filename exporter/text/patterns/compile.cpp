// Writes a hyphenation dictionary of libhyphen as a file that the program maps: loading German's takes libhyphen two
// seconds. Runs when the program is built.
//
//   compile_patterns DICTIONARY OUTPUT
#include <fmt/format.h>
#include <hyphen.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "text/patterns_format.hpp"

// libhyphen 2.8.8 leaks the first of two equal patterns as it loads; the leak sanitizer is to pass over it.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libhyphen"; }

namespace {

namespace format = epitome::text::patterns_format;

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

bool read_all(const char* path, std::string& out) {
  const File file(std::fopen(path, "rb"));
  if (!file) return false;
  char block[65536];
  for (std::size_t n; (n = std::fread(block, 1, sizeof block, file.get())) > 0;) out.append(block, n);
  return std::ferror(file.get()) == 0;
}

// The first line names the encoding; the rest is converted to UTF-8, so that the automaton works on UTF-8 bytes.
bool to_utf8(std::string& dictionary) {
  const std::size_t line = dictionary.find('\n');
  if (line == std::string::npos) return false;
  std::string encoding = dictionary.substr(0, line);
  while (!encoding.empty() && (encoding.back() == '\r' || encoding.back() == ' ')) encoding.pop_back();
  if (encoding == "UTF-8") return true;
  if (encoding.starts_with("microsoft-cp")) encoding.replace(0, 12, "windows-");
  const std::string body = dictionary.substr(line);
  UErrorCode status = U_ZERO_ERROR;
  std::string utf8(body.size() * 4, '\0');
  const std::int32_t size = ucnv_convert("UTF-8", encoding.c_str(), utf8.data(), static_cast<std::int32_t>(utf8.size()),
                                         body.data(), static_cast<std::int32_t>(body.size()), &status);
  if (U_FAILURE(status)) return false;
  utf8.resize(static_cast<std::size_t>(size));
  dictionary = "UTF-8" + utf8;
  return true;
}

class Compiler {
 public:
  void add(const HyphenDict& dict) {
    format::Level& level = header_.levels[header_.level_count++];
    states_.emplace_back();
    transitions_.emplace_back();
    std::vector<format::State>& states = states_.back();
    std::vector<format::Transition>& transitions = transitions_.back();
    for (int i = 0; i < dict.num_states; ++i) {
      const HyphenState& from = dict.states[i];
      format::State to;
      to.first_transition = static_cast<std::uint32_t>(transitions.size());
      to.transition_count = static_cast<std::uint32_t>(from.num_trans);
      to.fallback = from.fallback_state < 0 ? format::none : static_cast<std::uint32_t>(from.fallback_state);
      if (from.match != nullptr) to.match = match(from);
      for (int k = 0; k < from.num_trans; ++k)
        transitions.push_back((static_cast<std::uint32_t>(from.trans[k].new_state) << 8) |
                              static_cast<unsigned char>(from.trans[k].ch));
      std::sort(transitions.begin() + to.first_transition, transitions.end(),
                [](format::Transition a, format::Transition b) { return (a & 0xFF) < (b & 0xFF); });
      states.push_back(to);
    }
    level.state_count = static_cast<std::uint32_t>(states.size());
    level.transition_count = static_cast<std::uint32_t>(transitions.size());
  }

  std::string finish(const HyphenDict& first) {
    const auto limit = [](char value) { return static_cast<std::uint8_t>(std::max<int>(value, 0)); };
    header_.start_min = limit(first.lhmin);
    header_.end_min = limit(first.rhmin);
    header_.compound_start_min = limit(first.clhmin);
    header_.compound_end_min = limit(first.crhmin);
    std::uint32_t at = sizeof(format::Header);
    for (std::uint32_t i = 0; i < header_.level_count; ++i) {
      format::Level& level = header_.levels[i];
      level.states = at;
      at += static_cast<std::uint32_t>(states_[i].size() * sizeof(format::State));
      level.transitions = at;
      at += static_cast<std::uint32_t>(transitions_[i].size() * sizeof(format::Transition));
    }
    header_.matches = at;
    header_.matches_size = static_cast<std::uint32_t>(matches_.size());
    header_.size = at + header_.matches_size;
    std::string out;
    const auto put = [&](const void* data, std::size_t size) { out.append(static_cast<const char*>(data), size); };
    put(&header_, sizeof header_);
    for (std::uint32_t i = 0; i < header_.level_count; ++i) {
      put(states_[i].data(), states_[i].size() * sizeof(format::State));
      put(transitions_[i].data(), transitions_[i].size() * sizeof(format::Transition));
    }
    return out + matches_;
  }

 private:
  // Equal matches are written once: there are a few hundred kinds.
  std::uint32_t match(const HyphenState& state) {
    std::string bytes;
    bytes.push_back(static_cast<char>(std::strlen(state.match)));
    bytes += state.match;
    const std::string replacement = state.repl != nullptr ? state.repl : "";
    bytes.push_back(static_cast<char>(replacement.size()));
    if (!replacement.empty()) {
      bytes.push_back(static_cast<char>(state.replindex));
      bytes.push_back(static_cast<char>(state.replcut));
      bytes += replacement;
    }
    const auto [found, is_new] = known_.try_emplace(bytes, static_cast<std::uint32_t>(matches_.size()));
    if (is_new) matches_ += bytes;
    return found->second;
  }

  format::Header header_;
  std::vector<std::vector<format::State>> states_;
  std::vector<std::vector<format::Transition>> transitions_;
  std::string matches_;
  std::map<std::string, std::uint32_t> known_;
};

int fail(const std::string& message) {
  fmt::print(stderr, "compile_patterns: {}\n", message);
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return fail("needs a dictionary and an output file");
  std::string dictionary;
  if (!read_all(argv[1], dictionary)) return fail(fmt::format("can't read '{}'", argv[1]));
  if (!to_utf8(dictionary)) return fail(fmt::format("'{}' names an encoding that ICU does not know", argv[1]));
  const File memory(fmemopen(dictionary.data(), dictionary.size(), "r"));
  HyphenDict* dict = memory ? hnj_hyphen_load_file(memory.get()) : nullptr;
  if (dict == nullptr) return fail(fmt::format("libhyphen can't load '{}'", argv[1]));
  Compiler compiler;
  compiler.add(*dict);
  if (dict->nextlevel != nullptr) compiler.add(*dict->nextlevel);
  const std::string bytes = compiler.finish(*dict);
  hnj_hyphen_free(dict);
  const File out(std::fopen(argv[2], "wb"));
  if (!out || std::fwrite(bytes.data(), 1, bytes.size(), out.get()) != bytes.size() || std::fflush(out.get()) != 0)
    return fail(fmt::format("can't write '{}'", argv[2]));
  return 0;
}
