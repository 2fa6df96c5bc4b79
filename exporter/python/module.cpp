// The module epitome._epitome: the library as Python calls it. What users see is in epitome/__init__.py.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/epitome.hpp"
#include "app/files.hpp"

namespace {

using namespace epitome;

// Each thread its own, for each folder of data; they end with the thread.
Session& session_of_this_thread(const std::string& data_folder) {
  thread_local std::map<std::string, Session> sessions;
  return sessions.try_emplace(data_folder, data_folder).first->second;
}

pybind11::tuple diagnostic(const Message& message) {
  return pybind11::make_tuple(diag::severity_name(message.severity()), message.code(), message.text(), message.line(),
                              message.column(), message.hints(), message.render(MessageFormat::full));
}

pybind11::tuple file(const File& written) {
  return pybind11::make_tuple(written.format->name, written.name, written.format->media_type,
                              pybind11::bytes(written.bytes));
}

// `images`: bytes by path. `folder`: where the images are instead, as a path with a slash at its end or "".
pybind11::tuple run(const std::string& data_folder, const std::string& name, std::string source,
                    const std::map<std::string, std::string>& images, const std::optional<std::string>& folder,
                    const Options& options) {
  Result result;
  {
    const pybind11::gil_scoped_release others_go_on;
    const FileReader given = [&](const std::string& path, std::string&) -> std::optional<std::string> {
      const auto found = images.find(path);
      return found == images.end() ? std::nullopt : std::optional(found->second);
    };
    const std::optional<Message> fault = data_fault(data_folder);
    if (fault) {
      result.messages.push_back(*fault);
    } else {
      result = session_of_this_thread(data_folder)
                   .run(name, std::move(source), folder ? app::reader_in(*folder) : given, options);
    }
  }
  pybind11::list diagnostics, files;
  for (const Message& message : result.messages) diagnostics.append(diagnostic(message));
  for (const File& written : result.files) files.append(file(written));
  return pybind11::make_tuple(diagnostics, files, result.figures.pages, result.figures.words);
}

std::vector<std::string> file_formats() {
  std::vector<std::string> names;
  for (const Format& format : formats()) {
    if (format.use == Format::Use::file) names.emplace_back(format.name);
  }
  return names;
}

}  // namespace

PYBIND11_MODULE(_epitome, module) {
  module.def("version", &epitome::version);
  module.def("formats", &file_formats);
  module.def("syntaxes", [] {
    std::vector<std::string> names;
    for (const epitome::SyntaxName& syntax : epitome::syntaxes()) names.emplace_back(syntax.name);
    return names;
  });
  module.def("is_date", [](const std::string& text) { return epitome::is_date(text); });
  module.def("run", [](const std::string& data_folder, const std::string& name, const pybind11::bytes& source,
                       const std::map<std::string, pybind11::bytes>& images, const std::optional<std::string>& folder,
                       const std::string& syntax, const std::vector<std::string>& to, const std::string& layout,
                       const std::string& date, const std::vector<std::string>& parts, bool replaces_missing_glyphs) {
    std::map<std::string, std::string> bytes;
    for (const auto& [path, image] : images) bytes.emplace(path, std::string(image));
    epitome::Options options;
    options.formats = to;
    options.layout = layout;
    options.date = date;
    options.parts = parts;
    for (const epitome::SyntaxName& known : epitome::syntaxes())
      if (known.name == syntax) options.from = known.syntax;
    options.on_missing_glyph =
        replaces_missing_glyphs ? epitome::OnMissingGlyph::replace : epitome::OnMissingGlyph::error;
    return run(data_folder, name, std::string(source), bytes, folder, options);
  });
}
