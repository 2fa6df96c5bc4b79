// site --watch: the folder follows its sources.
#pragma once

#include <string>

#include "app/command_line.hpp"

namespace epitome::app {

// Makes the site, and again whenever a source, an image, a layout, a language or epitome.toml changes, until a signal;
// with --preview it is shown meanwhile, at one address, and pages reload. Returns only if the site can't be made for
// another reason than its sources, or if the preview ends.
int watch_site(const CommandLine& given, const std::string& data_folder);

}  // namespace epitome::app
