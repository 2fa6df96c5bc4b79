// Whatever a layout says: it is refused with its place, or a document that has one of everything is set by it without a
// fault of the program's own.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "api/epitome.hpp"
#include "require.hpp"

using namespace epitome;

namespace {

// A layout's folder of this run, removed at its end.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "epitome-fuzz-XXXXXX").string();
    require(mkdtemp(name.data()) != nullptr, "a folder can be made");
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string with(const std::string& layout) const {
    std::ofstream(path_ + "/layout.xml", std::ios::binary) << layout;
    return path_;
  }

 private:
  std::string path_;
};

constexpr const char* document = R"(<summary version="1" xml:lang="en"><work><title>Lamp</title>
<contributor role="author">Ann Example</contributor></work><edition><date>2024-05-31</date></edition>
<takeaways><takeaway><headline>Oil runs out first</headline><p>He counts the barrels<note>All of them.</note>.</p></takeaway></takeaways>
<cues><cue><prompt>The barrels</prompt><answer>Eleven, then ten, then none.</answer></cue></cues>
<story><chapter><title>The storm</title><p>On the fourth night the glass breaks, and nobody is there to hear it.</p>
<ol start="9"><li>One</li><li>Two</li></ol><dl><dt>Skerry</dt><dd>a rock</dd></dl>
<table><thead><tr><th>Month</th><th>Barrels</th></tr></thead><tbody><tr><th>May</th><td>4</td></tr></tbody></table>
<blockquote><p>Nobody came.</p><attribution><speaker>He</speaker></attribution></blockquote><separator/>
<verse><stanza><line>A light</line></stanza></verse><aside><title>Oil</title><p>It was whale oil.</p></aside></chapter></story>
<people><person><name>The keeper</name><description>He has no other name.</description></person></people>
<discussion><question>Would you have lit it?</question></discussion></summary>)";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Folder folder;
  // A session keeps its layouts by their folders: each input needs a new one.
  Session session(EPITOME_BUILD_DATA);
  Options options;
  options.layout = folder.with(std::string(reinterpret_cast<const char*>(data), size));
  const Result result = session.run(
      "fuzz.xml", document, [](const std::string&, std::string&) { return std::nullopt; }, options);
  require((result.errors == 0) == (!result.bytes("pdf").empty() && !result.bytes("epub").empty()),
          "both files are made exactly if no error is told");
  for (const Message& message : result.messages)
    require(!message.code().starts_with("E09"),
            "no fault of the program's own: " + message.render(MessageFormat::full));
  return 0;
}
