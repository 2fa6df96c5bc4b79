#include "app/site_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <set>

#include "app/files.hpp"
#include "site/products.hpp"

namespace epitome::app {

namespace {

constexpr unsigned most_port = 65535;

std::string set_files(const std::string& list, std::vector<std::string>& files) {
  const std::vector<std::string> known = site_file_names();
  std::set<std::string> wanted;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    const std::string name = list.substr(at, end - at);
    if (std::find(known.begin(), known.end(), name) == known.end())
      return fmt::format("--files: there is no '{}'; there are {}", name, fmt::join(known, ", "));
    wanted.insert(name);
    at = end + 1;
  }
  if (!wanted.contains("pdf") && !wanted.contains("epub")) return "--files: pdf or epub must be among them";
  files.clear();
  std::copy_if(known.begin(), known.end(), std::back_inserter(files),
               [&](const std::string& name) { return wanted.contains(name); });
  return {};
}

// RFC 3986: letters, figures and marks that an address can have, without a query or a fragment.
std::string set_base(std::string& base) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~:/[]@!$&'()*+,;=%").find(c) != std::string_view::npos;
  };
  const std::string_view text = base;
  const std::size_t host = text.starts_with("https://") ? 8 : text.starts_with("http://") ? 7 : 0;
  if (host == 0 || text.size() == host || text[host] == '/' || !std::all_of(text.begin(), text.end(), is_plain))
    return fmt::format("--base-url: '{}' is no address that begins with https:// or http://, without ? and #", base);
  if (!base.ends_with('/')) base += '/';
  return {};
}

}  // namespace

std::vector<std::string> site_file_names() {
  std::vector<std::string> out;
  for (const site::Product& product : site::products) out.emplace_back(product.name);
  return out;
}

std::vector<const CLI::Option*> add_site_options(CLI::App& command, CommandLine& line, SiteArguments& arguments) {
  SiteOptions& options = line.site;
  command.add_option("-o,--output", line.output, "The folder, which is the site's alone; made if it isn't there")
      ->type_name("DIR")
      ->required();
  command
      .add_option("--base-url", options.base,
                  "Where the site will be: catalogues, feeds and the site map then have whole addresses")
      ->type_name("URL");
  command.add_option("--title", options.title, "The site's name. Default: Book summaries")->type_name("TEXT");
  const CLI::Option* const files =
      command
          .add_option("--files", arguments.files,
                      fmt::format("What is offered of each summary, with commas between: {}. Default: all",
                                  fmt::join(site_file_names(), ", ")))
          ->type_name("LIST");
  command
      .add_option("--manifest", line.batch.manifest,
                  "What was made of each summary, for the next run. Default: the folder's name and .manifest")
      ->type_name("FILE");
  command.add_flag("--preview", options.preview,
                   "Then show the folder to this machine alone, until Ctrl-C: for looking, not for serving");
  command.add_flag("--watch", line.watch,
                   "Make the site again whenever a source, an image or a layout changes, until Ctrl-C; pages in the "
                   "preview reload");
  command.add_option("--port", arguments.port, "Of the preview. Default: one that is free")->type_name("N");
  return {files};
}

std::string set_site(const CLI::App& command, const SiteArguments& arguments, CommandLine& line) {
  SiteOptions& options = line.site;
  if (line.sources.empty() && line.batch.list.empty() && !options.preview)
    return "SOURCE is required, or --preview; epitome help site explains";
  while (line.output.size() > 1 && line.output.ends_with('/')) line.output.pop_back();
  const std::string name = line.output.substr(folder_of(line.output).size());
  if (name.empty() || name == "." || name == ".." || line.output == "-") return "-o: give the folder by its name";
  if (line.batch.list == "-" && std::count(line.sources.begin(), line.sources.end(), "-") != 0)
    return "standard input can be read once";
  if (line.watch && line.sources.empty() && line.batch.list.empty()) return "--watch: SOURCE is required";
  if (line.watch && (line.batch.list == "-" || std::count(line.sources.begin(), line.sources.end(), "-") != 0))
    return "--watch reads files, not standard input";
  if (options.title.empty()) options.title = "Book summaries";
  if (command.count("--base-url") != 0) {
    if (std::string why = set_base(options.base); !why.empty()) return why;
  }
  options.files = site_file_names();
  if (command.count("--files") != 0) {
    if (std::string why = set_files(arguments.files, options.files); !why.empty()) return why;
  }
  if (line.batch.manifest.empty()) line.batch.manifest = line.output + ".manifest";
  line.batch.skip_unchanged = true;
  if (arguments.port.empty()) return {};
  if (!options.preview) return "--port is for --preview";
  const char* const end = arguments.port.data() + arguments.port.size();
  const auto [at, error] = std::from_chars(arguments.port.data(), end, options.port);
  if (error != std::errc() || at != end || options.port == 0 || options.port > most_port)
    return fmt::format("--port: '{}' is not a number from 1 to {}", arguments.port, most_port);
  return {};
}

}  // namespace epitome::app
