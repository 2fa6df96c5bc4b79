// site --watch: the folder follows its sources.
#pragma once

#include <string>

#include "app/command_line.hpp"

namespace epitome::app {

// Makes the site, and again whenever a source, an image, a layout or a language changes, until a signal; with --preview
// it is shown meanwhile, and pages reload. Returns only if the site can't be made for another reason than its sources,
// or if the preview ends.
int watch_site(const CommandLine& line, const std::string& data_folder);

}  // namespace epitome::app
