// What the bytes of a document's files depend on, as one number.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/command_line.hpp"

// libmd's header uses types that it doesn't include.
#include <sha2.h>
#include <sys/types.h>

namespace epitome::app {

// SHA-256 (FIPS 180-4). What is added in two pieces is not what is added in one.
class Fingerprint {
 public:
  Fingerprint() { SHA256Init(&state_); }
  void add(std::string_view bytes);
  std::string hex();  // 64 digits; once

 private:
  SHA2_CTX state_{};
};

// As sha256sum prints it.
std::string sha256(std::string_view bytes);

// Of the program, its libraries and fonts, layouts, languages, patterns.
std::string installation_fingerprint(const std::string& data_folder);

// Of all that documents share: that of the installation, and the options.
std::string settings_fingerprint(const CommandLine& line, const std::string& installation);

// Of a document: those settings, its source and the images that it names. `images` names them; what can't be read
// counts too.
std::string document_fingerprint(const std::string& settings, std::string_view source,
                                 const std::vector<std::string>& images, const FileReader& reader);

}  // namespace epitome::app
