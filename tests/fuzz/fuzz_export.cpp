// Whatever the source says: an export ends, makes both files or tells why not, has no fault of the program's own, and
// both files hold the same text.
#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>

#include "api/epitome.hpp"
#include "compare/report.hpp"
#include "require.hpp"

using namespace epitome;

namespace {

std::string data_folder() { return EPITOME_BUILD_DATA; }

// The pictures of images/, whatever folder the source names.
std::optional<std::string> picture(const std::string& path, std::string& /*why_not*/) {
  const std::string name = path.substr(path.rfind('/') + 1);
  for (const char* const known : {"tall.png", "wide.png", "small.png"}) {
    if (name != known) continue;
    std::ifstream file(EPITOME_SOURCE_DIR "/tests/fuzz/images/" + name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }
  return std::nullopt;
}

// The same input is always tried in the same way.
std::uint32_t hash(const std::string& bytes) {
  std::uint32_t value = 2166136261U;
  for (const char c : bytes) value = (value ^ static_cast<std::uint8_t>(c)) * 16777619U;
  return value;
}

void require_same_text(const Result& result, Session& session, const std::string& source, const Options& options) {
  Options words = options;
  words.formats = {"words"};
  const Result said = session.run("fuzz.xml", source, picture, words);
  const compare::Report report = compare::report({"a.pdf", result.bytes("pdf")}, {"a.epub", result.bytes("epub")},
                                                 compare::Input{"fuzz.xml", said.bytes("words")}, diag::Format::full);
  require(report.same, "both files hold the same text: " + report.summary + report.messages);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Session session(data_folder());
  static int runs = 0;
  // What a session keeps between documents must not depend on how many there were; a new one now and then.
  if (++runs % 5000 == 0) session = Session(data_folder());
  const std::string source(reinterpret_cast<const char*>(data), size);
  const std::uint32_t way = hash(source);
  Options options;
  options.layout = std::array{"book", "a4", "letter", "large"}[way % 4];
  if (way % 16 == 4) options.formats.emplace_back("report-html");
  const Result result = session.run("fuzz.xml", source, picture, options);
  require((result.errors == 0) == (!result.bytes("pdf").empty() && !result.bytes("epub").empty()),
          "both files are made exactly if no error is told");
  for (const Message& message : result.messages) {
    require(!message.code().starts_with("E09"),
            "no fault of the program's own: " + message.render(MessageFormat::full));
    require(message.code() != "W0607" && message.code() != "E0607",
            "every box has its place: " + message.render(MessageFormat::full));
    require(message.render(MessageFormat::full).ends_with('\n') && message.render(MessageFormat::json).ends_with('\n'),
            "a diagnostic is whole lines");
  }
  if (result.errors == 0 && way % 8 == 0) require_same_text(result, session, source, options);
  return 0;
}
