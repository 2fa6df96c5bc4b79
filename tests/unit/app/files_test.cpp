#include "app/files.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/memory.hpp"
#include "app/output_files.hpp"

namespace epitome::app {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  Files() {
    std::string name = (fs::temp_directory_path() / "epitome-files-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~Files() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return folder_ + "/" + name; }
  void put(const std::string& name, const std::string& text) const { std::ofstream(path(name)) << text; }
  std::string get(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(path(name)).rdbuf();
    return text.str();
  }
  std::size_t count() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  std::string folder_;
};

// Writes and commits one file; what that says of faults.
std::string write_file(const std::string& path, const std::string& text) {
  OutputFiles files;
  std::string why = files.write(path, text);
  for (const OutputFiles::Fault& fault : files.commit()) why += fault.why;
  return why;
}

TEST_F(Files, FilesAppearWithTheirCommit) {
  put("a", "old");
  OutputFiles files;
  EXPECT_EQ(files.write(path("a"), "new"), "");
  EXPECT_EQ(files.write(path("b"), "new"), "");
  EXPECT_EQ(get("a"), "old");
  EXPECT_THAT(files.commit(), testing::IsEmpty());
  EXPECT_EQ(get("a"), "new");
  EXPECT_EQ(get("b"), "new");
  EXPECT_EQ(count(), 2U);
}

TEST_F(Files, WhatIsNotCommittedGoes) {
  put("a", "old");
  {
    OutputFiles files;
    EXPECT_EQ(files.write(path("a"), "new"), "");
    EXPECT_EQ(count(), 2U);
  }
  EXPECT_EQ(get("a"), "old");
  EXPECT_EQ(count(), 1U);
}

TEST_F(Files, WhereOneCannotGetItsNameNoneDoes) {
  for (const bool old : {true, false}) {
    if (old) put("a", "old");
    {
      OutputFiles files;
      for (const char* const name : {"a", "b", "c"}) EXPECT_EQ(files.write(path(name), "new"), "");
      // No file takes a folder's name.
      fs::create_directories(path("c/deep"));
      const std::vector<OutputFiles::Fault> faults = files.commit();
      ASSERT_EQ(faults.size(), 1U);
      EXPECT_EQ(faults[0].path, path("c"));
      EXPECT_EQ(faults[0].why, "Is a directory");
    }
    EXPECT_EQ(get("a"), old ? "old" : "");
    EXPECT_EQ(count(), old ? 2U : 1U);
    fs::remove_all(path("a"));
    fs::remove_all(path("c"));
  }
}

TEST_F(Files, ALinkStaysALink) {
  fs::create_directory(path("deep"));
  put("deep/a", "old");
  fs::create_symlink("deep/a", path("link"));
  EXPECT_EQ(write_file(path("link"), "new"), "");
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(get("deep/a"), "new");
}

TEST_F(Files, ALinkToNothingIsFollowed) {
  fs::create_directory(path("deep"));
  fs::create_symlink("deep", path("folder"));
  fs::create_symlink("other", path("folder/link"));
  fs::create_symlink("folder/link", path("link"));
  EXPECT_EQ(target_of(path("link")), fs::canonical(path("deep")).string() + "/other");
  EXPECT_EQ(write_file(path("link"), "new"), "");
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(get("deep/other"), "new");
  fs::create_symlink("none/a", path("astray"));
  EXPECT_EQ(write_file(path("astray"), "new"), "No such file or directory");
  fs::create_symlink("round", path("round"));
  EXPECT_EQ(write_file(path("round"), "new"), "Too many levels of symbolic links");
}

TEST_F(Files, RightsAreTheOldFilesOrTheUsualOnes) {
  put("a", "old");
  chmod(path("a").c_str(), 06755);  // runs as its owner: the new bytes must not
  put("c", "old");
  chmod(path("c").c_str(), 0640);
  const mode_t mask = umask(022);
  for (const char* const name : {"a", "b", "c"}) EXPECT_EQ(write_file(path(name), "new"), "");
  umask(mask);
  const auto rights = [&](const char* name) {
    struct stat status {};
    stat(path(name).c_str(), &status);
    return status.st_mode & 07777;
  };
  EXPECT_EQ(rights("a"), 0755U);
  EXPECT_EQ(rights("b"), 0644U);
  EXPECT_EQ(rights("c"), 0640U);
}

TEST_F(Files, FaultsAreToldInEnglish) {
  EXPECT_EQ(write_file(path("none/a"), "new"), "No such file or directory");
  EXPECT_EQ(write_file(folder_, "new"), "Is a directory");
}

TEST_F(Files, OnlyOrdinaryFilesAreWrittenTo) {
  const std::string refused = "it is a device, a pipe or a socket; -o - writes to standard output";
  mkfifo(path("pipe").c_str(), 0600);
  EXPECT_EQ(write_file(path("pipe"), "new"), refused);
  const int reader = open(path("pipe").c_str(), O_RDONLY | O_NONBLOCK);
  EXPECT_EQ(write_file(path("pipe"), "new"), refused);
  close(reader);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path("socket").copy(address.sun_path, sizeof address.sun_path - 1);
  const int socket_ = socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(write_file(path("socket"), "new"), refused);
  close(socket_);
  EXPECT_EQ(write_file("/dev/full", "new"), refused);
  EXPECT_EQ(write_file("/dev/null", "new"), "");
}

TEST_F(Files, ASignalRemovesWhatIsUnfinished) {
  put("a", "old");
  const std::string target = path("a");
  EXPECT_EXIT(
      {
        prepare_signals();
        OutputFiles files;
        if (files.write(target, "new").empty()) raise(SIGTERM);
        std::exit(0);
      },
      testing::KilledBySignal(SIGTERM), "");
  EXPECT_EQ(count(), 1U);
  EXPECT_EQ(get("a"), "old");
}

TEST_F(Files, WantOfMemoryRemovesWhatIsUnfinished) {
  put("a", "old");
  const std::string target = path("a");
  EXPECT_EXIT(
      {
        tell_memory_fault("told before\n");
        OutputFiles files;
        if (files.write(target, "new").empty()) end_without_memory();
        std::exit(0);
      },
      testing::ExitedWithCode(70), "told before");
  EXPECT_EQ(count(), 1U);
  EXPECT_EQ(get("a"), "old");
}

TEST_F(Files, SourcesAreReadToTheBound) {
  put("a", "12345");
  std::string why;
  EXPECT_EQ(read_source(path("a"), 10, why), "12345");
  EXPECT_EQ(read_source(path("a"), 3, why), "1234");
  EXPECT_EQ(read_source(path("b"), 3, why), std::nullopt);
  EXPECT_EQ(why, "No such file or directory");
  EXPECT_EQ(read_source(folder_, 3, why), std::nullopt);
  EXPECT_EQ(why, "Is a directory");
}

TEST_F(Files, AMissingImageIsNotAnUnreadableOne) {
  put("a.png", "x");
  fs::create_directory(path("b.png"));
  const FileReader read = reader_in(folder_ + "/");
  std::string why;
  EXPECT_EQ(read("a.png", why), "x");
  EXPECT_EQ(read("c.png", why), std::nullopt);
  EXPECT_EQ(why, "");
  EXPECT_EQ(read("a.png/d.png", why), std::nullopt);
  EXPECT_EQ(why, "");
  EXPECT_EQ(read("b.png", why), std::nullopt);
  EXPECT_EQ(why, "Is a directory");
}

TEST_F(Files, NoLinkLeadsOutOfTheDocumentsFolder) {
  fs::create_directories(path("home/fig"));
  put("home/fig/a.png", "x");
  put("out.png", "secret");
  fs::create_symlink("../out.png", path("home/link.png"));
  fs::create_symlink("../..", path("home/fig/up"));
  fs::create_symlink(path("out.png"), path("home/absolute.png"));
  fs::create_symlink("fig/a.png", path("home/inside.png"));
  fs::create_symlink(path("home/fig"), path("home/figures"));
  fs::create_symlink("home", path("house"));
  put("home2", "secret");
  fs::create_symlink("../home2", path("home/neighbour"));
  for (const char* const folder : {"home/", "house/", "home/../home/"}) {
    const FileReader read = reader_in(path(folder));
    for (const char* const name : {"link.png", "fig/up/out.png", "absolute.png", "neighbour"}) {
      std::string why;
      EXPECT_EQ(read(name, why), std::nullopt) << name;
      EXPECT_EQ(why, leads_outside) << name;
    }
    for (const char* const name : {"fig/a.png", "inside.png", "figures/a.png"}) {
      std::string why;
      EXPECT_EQ(read(name, why), "x") << name << ' ' << why;
    }
  }
  // Of a document that comes from standard input, or has its name alone.
  fs::current_path(path("home"));
  std::string why;
  EXPECT_EQ(reader_in("")("fig/a.png", why), "x");
  EXPECT_EQ(reader_in("")("link.png", why), std::nullopt);
  EXPECT_EQ(why, leads_outside);
  fs::current_path("/");
}

TEST(Folders, OfPaths) {
  EXPECT_EQ(folder_of("a/b.xml"), "a/");
  EXPECT_EQ(folder_of("/b.xml"), "/");
  EXPECT_EQ(folder_of("b.xml"), "");
  EXPECT_EQ(find_data_folder("/somewhere"), "/somewhere");
}

}  // namespace
}  // namespace epitome::app
