// Writes a hyphenation dictionary of libhyphen, or patterns of hyph-utf8 with their exceptions, as a file that the
// program maps: loading German's takes libhyphen two seconds. Runs when the program is built.
//
//   compile_patterns DICTIONARY OUTPUT
//   compile_patterns PATTERNS EXCEPTIONS OUTPUT
#include <fmt/format.h>
#include <hyphen.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "text/patterns/tex_patterns.hpp"
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
    begin_level();
    for (int i = 0; i < dict.num_states; ++i) {
      const HyphenState& from = dict.states[i];
      format::State to;
      to.fallback = from.fallback_state < 0 ? format::none : static_cast<std::uint32_t>(from.fallback_state);
      if (from.match != nullptr) {
        const std::string replacement = from.repl != nullptr ? from.repl : "";
        to.match = match(from.match, replacement, from.replindex, from.replcut);
      }
      std::vector<format::Transition> next;
      for (int k = 0; k < from.num_trans; ++k)
        next.push_back((static_cast<std::uint32_t>(from.trans[k].new_state) << 8) |
                       static_cast<unsigned char>(from.trans[k].ch));
      add_state(to, std::move(next));
    }
  }

  void add(const std::vector<epitome::text::TexPatterns::State>& states) {
    begin_level();
    for (std::size_t i = 0; i < states.size(); ++i) {
      format::State to;
      if (i != 0) to.fallback = states[i].fallback;
      if (!states[i].digits.empty()) to.match = match(states[i].digits, "", 0, 0);
      std::vector<format::Transition> next;
      for (const auto& [byte, state] : states[i].next) next.push_back((state << 8) | byte);
      add_state(to, std::move(next));
    }
  }

  void limits(const HyphenDict& dict) {
    const auto limit = [](char value) { return static_cast<std::uint8_t>(std::max<int>(value, 0)); };
    header_.start_min = limit(dict.lhmin);
    header_.end_min = limit(dict.rhmin);
    header_.compound_start_min = limit(dict.clhmin);
    header_.compound_end_min = limit(dict.crhmin);
  }

  std::string finish() {
    std::uint32_t at = sizeof(format::Header);
    for (std::uint32_t i = 0; i < header_.level_count; ++i) {
      format::Level& level = header_.levels[i];
      level.state_count = static_cast<std::uint32_t>(states_[i].size());
      level.transition_count = static_cast<std::uint32_t>(transitions_[i].size());
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
  void begin_level() {
    ++header_.level_count;
    states_.emplace_back();
    transitions_.emplace_back();
  }

  void add_state(format::State state, std::vector<format::Transition> next) {
    std::sort(next.begin(), next.end(),
              [](format::Transition a, format::Transition b) { return (a & 0xFF) < (b & 0xFF); });
    state.first_transition = static_cast<std::uint32_t>(transitions_.back().size());
    state.transition_count = static_cast<std::uint32_t>(next.size());
    transitions_.back().insert(transitions_.back().end(), next.begin(), next.end());
    states_.back().push_back(state);
  }

  // Equal matches are written once: there are a few hundred kinds.
  std::uint32_t match(const std::string& digits, const std::string& replacement, int index, int cut) {
    std::string bytes;
    bytes.push_back(static_cast<char>(digits.size()));
    bytes += digits;
    bytes.push_back(static_cast<char>(replacement.size()));
    if (!replacement.empty()) {
      bytes.push_back(static_cast<char>(index));
      bytes.push_back(static_cast<char>(cut));
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

// Calls `add` for each line that isn't empty.
template <class Add>
void lines(std::string_view text, const Add& add) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    if (!line.empty()) add(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 && argc != 4) return fail("needs a dictionary, or patterns and exceptions, and an output file");
  Compiler compiler;
  std::string first;
  if (!read_all(argv[1], first)) return fail(fmt::format("can't read '{}'", argv[1]));
  if (argc == 4) {
    std::string exceptions;
    if (!read_all(argv[2], exceptions)) return fail(fmt::format("can't read '{}'", argv[2]));
    epitome::text::TexPatterns patterns;
    lines(first, [&](std::string_view line) { patterns.add_pattern(line); });
    lines(exceptions, [&](std::string_view line) { patterns.add_exception(line); });
    compiler.add(patterns.finish());
  } else {
    if (!to_utf8(first)) return fail(fmt::format("'{}' names an encoding that ICU does not know", argv[1]));
    const File memory(fmemopen(first.data(), first.size(), "r"));
    HyphenDict* dict = memory ? hnj_hyphen_load_file(memory.get()) : nullptr;
    if (dict == nullptr) return fail(fmt::format("libhyphen can't load '{}'", argv[1]));
    compiler.add(*dict);
    if (dict->nextlevel != nullptr) compiler.add(*dict->nextlevel);
    compiler.limits(*dict);
    hnj_hyphen_free(dict);
  }
  const std::string bytes = compiler.finish();
  const char* const path = argv[argc - 1];
  const File out(std::fopen(path, "wb"));
  if (!out || std::fwrite(bytes.data(), 1, bytes.size(), out.get()) != bytes.size() || std::fflush(out.get()) != 0)
    return fail(fmt::format("can't write '{}'", path));
  return 0;
}
