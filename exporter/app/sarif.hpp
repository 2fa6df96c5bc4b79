// Diagnostics as a log of SARIF 2.1.0, which code scanners and editors read.
#pragma once

#include <string>
#include <vector>

namespace epitome::app {

// Of the results that Message::render makes; ends in a newline.
std::string sarif_log(const std::vector<std::string>& results);

}  // namespace epitome::app
