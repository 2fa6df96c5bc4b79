// The pieces of a batch; tests/suite/batch.py runs whole ones.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/batch_names.hpp"
#include "app/batch_sources.hpp"
#include "app/fingerprint.hpp"
#include "app/manifest.hpp"
#include "app/progress.hpp"

namespace epitome::app {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(BatchNames, PatternsStandForWhatTheDocumentIs) {
  const BatchSource in_tree{"books/fiction/new/push.xml", 6}, alone{"a/push.v2.xml", 0}, top{"books/push.xml", 6};
  const Heading heading{"the-push", "en-GB"};
  const auto path = [&](const BatchSource& source, const std::string& pattern, const std::string& folder = "out/") {
    return path_of_files(folder, pattern, source, heading).value_or("out of the folder");
  };
  EXPECT_EQ(path(in_tree, ""), "out/fiction/new/the-push");
  EXPECT_EQ(path(top, ""), "out/the-push");
  EXPECT_EQ(path(alone, ""), "out/the-push");
  EXPECT_EQ(path(alone, "", ""), "the-push");
  EXPECT_EQ(path(in_tree, "{title}-{lang}"), "out/the-push-en-GB");
  EXPECT_EQ(path(alone, "{folder}/{source}"), "out/a/push.v2");
  EXPECT_EQ(path(top, "{lang}/{folder}/{source}"), "out/en-GB/push");
  EXPECT_EQ(path({"/abs/push.xml", 0}, "{folder}/{source}"), "out/abs/push");
  EXPECT_EQ(path({"-", 0}, "{source}"), "out/stdin");
  for (const char* const wrong : {"../{title}", "{title}/", "/{title}", "a//{title}", "."}) {
    EXPECT_EQ(path(alone, wrong), "out of the folder") << wrong;
  }
  EXPECT_EQ(path({"../push.xml", 0}, "{folder}/{title}"), "out of the folder");
}

TEST(BatchNames, WrongPatternsAreToldWithWhatThereIs) {
  for (const char* const right : {"", "{title}", "a{lang}b{folder}/{source}"}) EXPECT_EQ(pattern_fault(right), "");
  for (const char* const wrong : {"{", "}", "{}", "{Title}", "{title", "title}", "{{title}}"})
    EXPECT_THAT(pattern_fault(wrong), HasSubstr("title, lang, source, folder")) << wrong;
  EXPECT_TRUE(needs_heading(""));
  EXPECT_TRUE(needs_heading("{source}-{lang}"));
  EXPECT_FALSE(needs_heading("{folder}/{source}"));
}

TEST(BatchSources, APartIsTheSameWhereverTheFolderStands) {
  std::size_t in_first = 0;
  for (int number = 0; number < 3000; ++number) {
    const std::string name = "deep/summary-" + std::to_string(number) + ".xml";
    const BatchSource here{"src/" + name, 4}, there{"/mnt/store/src/" + name, 15};
    std::size_t parts = 0;
    for (std::uint64_t shard = 1; shard <= 3; ++shard) {
      EXPECT_EQ(in_shard(here, shard, 3), in_shard(there, shard, 3));
      parts += in_shard(here, shard, 3) ? 1U : 0U;
    }
    EXPECT_EQ(parts, 1U);
    in_first += in_shard(here, 1, 3) ? 1U : 0U;
    EXPECT_TRUE(in_shard(here, 1, 1));
  }
  EXPECT_NEAR(static_cast<double>(in_first), 1000, 100);
  // For ever: FNV-1a of "a" is af63dc4c8601ec8c.
  EXPECT_TRUE(in_shard({"a", 0}, 0xaf63dc4c8601ec8cU % 1000 + 1, 1000));
}

TEST(Manifests, ALineSaysWhatWasPutIntoIt) {
  ManifestRecord record{"a \"b\".xml", "written", {{"out/é.pdf", 12, "ab"}}, 3, 4, 5, "f",
                        "s",           {"x.png"}, {R"({"code":"W1"})"},      {}};
  const std::string line = manifest_line(record);
  EXPECT_EQ(
      line,
      R"({"source":"a \"b\".xml","status":"written","files":[{"path":"out/é.pdf","bytes":12,"sha256":"ab"}],)"
      R"("pages":3,"words":4,"ms":5,"fingerprint":"f","settings":"s","images":["x.png"],"diagnostics":[{"code":"W1"}]})"
      "\n");
  const std::optional<ManifestRecord> read = read_manifest_line(line);
  ASSERT_TRUE(read);
  EXPECT_EQ(manifest_line(*read), line);
  for (std::size_t cut = 0; cut + 2 < line.size(); ++cut) EXPECT_FALSE(read_manifest_line(line.substr(0, cut))) << cut;
  EXPECT_FALSE(read_manifest_line("[]\n"));
  EXPECT_FALSE(read_manifest_line("{\"source\":1,\"status\":\"written\"}\n"));
}

class Folder : public testing::Test {
 protected:
  Folder() {
    std::string name = (fs::temp_directory_path() / "epitome-batch-XXXXXX").string();
    folder_ = std::string(mkdtemp(name.data())) + "/";
  }
  ~Folder() override { fs::remove_all(folder_); }
  std::string text(const std::string& name) const {
    std::ostringstream out;
    out << std::ifstream(folder_ + name, std::ios::binary).rdbuf();
    return out.str();
  }
  static std::string line(const std::string& source, const std::string& status) {
    ManifestRecord record;
    record.source = source;
    record.status = status;
    return manifest_line(record);
  }

  std::string folder_;
};

TEST_F(Folder, AManifestIsInTheDocumentsOrderAndWholeAtTheEnd) {
  const std::string path = folder_ + "m";
  {
    Manifest first;
    ASSERT_EQ(first.open(path, 3, false), "");
    EXPECT_EQ(Manifest().open(path, 3, false), "another run is writing it");
    EXPECT_EQ(first.add(0, line("a", "written")), "");
    EXPECT_EQ(first.add(1, line("b", "failed")), "");
    EXPECT_FALSE(fs::exists(path));
  }
  // It ended early, in the middle of a line.
  std::ofstream(path + ".part", std::ios::app) << "{\"source\":\"c";
  Manifest second;
  ASSERT_EQ(second.open(path, 3, true), "");
  EXPECT_EQ(second.known("a").value_or(ManifestRecord()).status, "written");
  EXPECT_FALSE(second.known("c"));
  EXPECT_EQ(second.add(2, line("c", "written")), "");
  EXPECT_EQ(second.add(1, line("b", "written")), "");
  second.keep(0, "a");
  EXPECT_EQ(second.finish(), "");
  EXPECT_EQ(text("m"), line("a", "written") + line("b", "written") + line("c", "written"));
  EXPECT_FALSE(fs::exists(path + ".part"));
  // One that isn't asked for what it knows begins anew.
  Manifest third;
  ASSERT_EQ(third.open(path, 1, false), "");
  EXPECT_FALSE(third.known("a"));
  EXPECT_EQ(third.add(0, line("d", "written")), "");
  EXPECT_EQ(third.finish(), "");
  EXPECT_EQ(text("m"), line("d", "written"));
  EXPECT_NE(Manifest().open(folder_, 1, false), "");
  EXPECT_NE(Manifest().open(folder_ + "none/m", 1, false), "");
}

TEST_F(Folder, AFingerprintTellsWhatIsAddedApart) {
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  const auto of = [](const std::vector<std::string>& pieces) {
    Fingerprint all;
    for (const std::string& piece : pieces) all.add(piece);
    return all.hex();
  };
  EXPECT_NE(of({"ab", "c"}), of({"a", "bc"}));
  EXPECT_NE(of({"abc"}), of({"abc", ""}));
  EXPECT_EQ(of({"ab", "c"}), of({"ab", "c"}));
}

TEST_F(Folder, FoldersAreMadeBelowOneThatIsThere) {
  EXPECT_EQ(make_folders(folder_, folder_ + "a/b/c/"), "");
  EXPECT_TRUE(fs::is_directory(folder_ + "a/b/c"));
  EXPECT_EQ(make_folder(folder_ + "x/y"), "No such file or directory");
  std::ofstream(folder_ + "f") << "x";
  EXPECT_EQ(make_folders(folder_, folder_ + "f/g/"), "Not a directory");
}

TEST(Progressing, TheLineHasTheRateWhatRemainsAndFailures) {
  Tally tally;
  tally.written = 1200;
  EXPECT_EQ(progress_line(tally, 4800, 60, 120),
            "[#######                       ] 1,200 of 4,800, 20.0 a second, 3:00 min left");
  tally.failed = 2;
  EXPECT_THAT(progress_line(tally, 4800, 60, 120), HasSubstr(", 2 failed"));
  EXPECT_EQ(progress_line(tally, 4800, 60, 20).size(), 20U);
  EXPECT_THAT(progress_line(Tally(), 5, 0, 80), testing::EndsWith("] 0 of 5"));
  // What needn't be made says nothing of how long the rest takes.
  tally = {};
  tally.unchanged = 100;
  tally.written = 10;
  EXPECT_THAT(progress_line(tally, 120, 20, 120), HasSubstr("0.5 a second, 20 s left"));
}

TEST(Progressing, TheClosingLineHasPercentiles) {
  Tally tally;
  tally.written = 200;
  tally.failed = 1;
  tally.pages = 2000;
  for (std::uint32_t i = 200; i > 0; --i) tally.milliseconds.push_back(i);
  EXPECT_EQ(
      closing_line(tally, 10),
      "201 documents: 200 written, 1 failed; 2,000 pages in 10.0 s, 20.1 documents a second; p50 100 ms, p99 198 ms\n");
  EXPECT_EQ(closing_line({}, 0), "0 documents: 0 written; 0 pages in 0.0 s, 0.0 documents a second\n");
}

}  // namespace
}  // namespace epitome::app
