// The documents of a batch, found.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "api/epitome.hpp"

namespace epitome::app {

struct BatchSource {
  std::string path;  // as it was given or found; "-": standard input
  // Where in `path` the part begins that is below the folder that was given; 0: a file was given, not a folder.
  std::size_t below = 0;
};

struct FoundSources {
  std::vector<BatchSource> sources;  // in the order given; those of a folder in the order of their paths' bytes
  std::vector<Message> faults;
};

// Does the shell's pattern stand for files, and is no file called so?
bool is_pattern(const std::string& path);

// `given`: files, folders (whose files with a syntax's ending are taken, those of their folders too; nothing hidden, no
// links to folders) and patterns of glob(7). `list`: a file, or "-", with a path a line, or behind each a NUL if it
// holds one; empty: none.
FoundSources find_sources(const std::vector<std::string>& given, const std::string& list);

// Is the source in the part `shard` of `shards`? By a hash (FNV-1a, 64 bits) of its path below the folder given, else
// of the path as given: the others' parts stay when one is added.
bool in_shard(const BatchSource& source, std::uint64_t shard, std::uint64_t shards);

}  // namespace epitome::app
