// reader SOURCE FOLDER: the files that the library makes of a summary in the current folder, made in two threads at
// once.
#include <epitome/epitome.hpp>
#include <fstream>
#include <iostream>
#include <iterator>
#include <thread>

static std::optional<std::string> bytes_of(const std::string& path, std::string& /*why_not*/) {
  std::ifstream file(path, std::ios::binary);
  return file ? std::optional(std::string(std::istreambuf_iterator<char>(file), {})) : std::nullopt;
}

int main(int, char** argv) {
  std::string why_not;
  const std::string source = bytes_of(argv[1], why_not).value_or("");
  epitome::Result results[2];
  const auto run = [&](int i) { results[i] = epitome::Session(DATA).run(argv[1], source, bytes_of, {}); };
  std::thread other(run, 1);
  run(0);
  other.join();
  for (const epitome::Message& message : results[0].messages)
    std::cerr << message.render(epitome::MessageFormat::brief);
  for (const epitome::File& file : results[0].files) {
    if (file.bytes != results[1].bytes(file.format->name)) return 2;
    std::ofstream(std::string(argv[2]) + "/" + file.name, std::ios::binary) << file.bytes;
  }
  return results[0].errors == 0 ? 0 : 1;
}
