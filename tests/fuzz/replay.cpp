// Feeds files to a fuzz target without libFuzzer: the corpus is part of the normal test run.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

// Arguments: the files' ending (empty for all), then folders, searched in depth. Fails if one of them has none.
int main(int count, char** arguments) {
  for (int i = 2; i < count; ++i) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(arguments[i])) {
      const bool wanted = arguments[1][0] == '\0' || entry.path().extension() == arguments[1];
      if (wanted && entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const auto& path : files) {
      std::ifstream file(path, std::ios::binary);
      const std::string bytes(std::istreambuf_iterator<char>(file), {});
      std::printf("%s\n", path.c_str());
      std::fflush(stdout);  // the last one named is the one at fault
      LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    }
    if (files.empty()) {
      std::printf("no files in %s\n", arguments[i]);
      return 1;
    }
  }
  return count > 2 ? 0 : 1;
}
