#include "app/files.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

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

TEST_F(Files, AFileAppearsWithItsCommit) {
  put("a", "old");
  PendingFile file;
  EXPECT_EQ(file.write(path("a"), "new"), "");
  EXPECT_EQ(get("a"), "old");
  EXPECT_EQ(file.commit(), "");
  EXPECT_EQ(get("a"), "new");
  EXPECT_EQ(count(), 1U);
}

TEST_F(Files, WhatIsNotCommittedGoes) {
  put("a", "old");
  {
    PendingFile file;
    EXPECT_EQ(file.write(path("a"), "new"), "");
    EXPECT_EQ(count(), 2U);
  }
  EXPECT_EQ(get("a"), "old");
  EXPECT_EQ(count(), 1U);
}

TEST_F(Files, ALinkStaysALink) {
  fs::create_directory(path("deep"));
  put("deep/a", "old");
  fs::create_symlink("deep/a", path("link"));
  PendingFile file;
  EXPECT_EQ(file.write(path("link"), "new"), "");
  EXPECT_EQ(file.commit(), "");
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(get("deep/a"), "new");
}

TEST_F(Files, RightsAreTheOldFilesOrTheUsualOnes) {
  put("a", "old");
  chmod(path("a").c_str(), 0640);
  const mode_t mask = umask(022);
  for (const char* const name : {"a", "b"}) {
    PendingFile file;
    EXPECT_EQ(file.write(path(name), "new"), "");
    EXPECT_EQ(file.commit(), "");
  }
  umask(mask);
  struct stat status {};
  stat(path("a").c_str(), &status);
  EXPECT_EQ(status.st_mode & 07777, 0640U);
  stat(path("b").c_str(), &status);
  EXPECT_EQ(status.st_mode & 07777, 0644U);
}

TEST_F(Files, FaultsAreToldInEnglish) {
  PendingFile file;
  EXPECT_EQ(file.write(path("none/a"), "new"), "No such file or directory");
  PendingFile device;
  EXPECT_EQ(device.write("/dev/full", "new"), "No space left on device");
  EXPECT_EQ(device.commit(), "");
  PendingFile null;
  EXPECT_EQ(null.write("/dev/null", "new"), "");
}

TEST_F(Files, ASignalRemovesWhatIsUnfinished) {
  put("a", "old");
  const std::string target = path("a");
  EXPECT_EXIT(
      {
        remove_unfinished_on_signals();
        PendingFile file;
        if (file.write(target, "new").empty()) raise(SIGTERM);
        std::exit(0);
      },
      testing::KilledBySignal(SIGTERM), "");
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

TEST(Folders, OfPaths) {
  EXPECT_EQ(folder_of("a/b.xml"), "a/");
  EXPECT_EQ(folder_of("/b.xml"), "/");
  EXPECT_EQ(folder_of("b.xml"), "");
  EXPECT_EQ(find_data_folder("/somewhere"), "/somewhere");
}

}  // namespace
}  // namespace epitome::app
