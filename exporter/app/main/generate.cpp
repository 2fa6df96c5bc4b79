// Writes the manual page and the shells' completions while the program is built:
//     epitome-generate PAGE DATA FOLDER
// PAGE is the manual's text, DATA the folder of data, whose layouts are named; the files go to FOLDER, and with them
// the page of the rules for EPUBs, from which source/epub-rules.md comes.
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iterator>

#include "app/completions.hpp"
#include "app/run.hpp"
#include "preflight/rules.hpp"

namespace {

bool write(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  return file.flush().good();
}

}  // namespace

int main(int argc, char** argv) {
  using namespace epitome::app;
  if (argc != 4) return wrong_usage;
  std::ifstream page(argv[1], std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(page), {});
  const std::vector<CommandRow> commands = command_table(argv[2]);
  const std::string folder = std::string(argv[3]) + "/";
  const bool written = !text.empty() && write(folder + "epitome.1", manual_page(text, commands)) &&
                       write(folder + "epitome.bash", bash_completion(commands)) &&
                       write(folder + "_epitome", zsh_completion(commands)) &&
                       write(folder + "epitome.fish", fish_completion(commands)) &&
                       write(folder + "epub-rules.md", epitome::preflight::rules_page());
  if (!written) fmt::print(stderr, "epitome-generate: the files can't be written to {}\n", folder);
  return written ? 0 : could_not_write;
}
