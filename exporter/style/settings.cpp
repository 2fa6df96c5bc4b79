#include "style/settings.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <climits>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <pugixml.hpp>

#include "diag/limits.hpp"

namespace epitome::style {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// The offset of an attribute's name in a start tag whose name begins at `at`: pugixml keeps none.
std::size_t attribute_offset(std::string_view bytes, std::size_t at, std::string_view name) {
  const std::size_t start = at;
  char quote = 0;
  for (; at < bytes.size(); ++at) {
    const char c = bytes[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      break;
    } else if (is_space(c) && bytes.substr(at + 1).starts_with(name)) {
      const std::size_t end = at + 1 + name.size();
      if (end < bytes.size() && (bytes[end] == '=' || is_space(bytes[end]))) return at + 1;
    }
  }
  return start;
}

std::size_t offset_of(pugi::xml_node node) { return static_cast<std::size_t>(node.offset_debug()); }

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// A decimal number or a fraction of whole numbers, exactly; what stands after it is left in `rest`.
struct Number {
  std::int64_t numerator = 0, denominator = 1;
};
std::optional<Number> parse_number(std::string_view text, std::string_view& rest) {
  Number number;
  std::size_t at = 0;
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) ++at;
  int digits = 0;
  bool point = false;
  for (; at < text.size(); ++at) {
    if (text[at] == '.' && !point) {
      point = true;
    } else if (text[at] >= '0' && text[at] <= '9') {
      if (++digits > 9) return std::nullopt;
      number.numerator = number.numerator * 10 + (text[at] - '0');
      if (point) number.denominator *= 10;
    } else {
      break;
    }
  }
  if (digits == 0) return std::nullopt;
  if (at < text.size() && text[at] == '/' && !point) {
    std::int64_t divisor = 0;
    const char* const from = text.data() + at + 1;
    const auto [end, error] = std::from_chars(from, text.data() + text.size(), divisor);
    if (error != std::errc() || divisor <= 0 || divisor > 1000000) return std::nullopt;
    number.denominator = divisor;
    at = static_cast<std::size_t>(end - text.data());
  }
  if (negative) number.numerator = -number.numerator;
  rest = text.substr(at);
  return number;
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
}

// Without "." and "..".
std::string plain(const std::string& path) { return std::filesystem::path(path).lexically_normal().string(); }

// Without links, a folder with a "/" at its end; empty if nothing is there.
std::string resolved(const std::string& path) {
  std::array<char, PATH_MAX> found{};
  if (realpath(path.empty() ? "." : path.c_str(), found.data()) == nullptr) return {};
  std::string out = found.data();
  if (path.empty() || path.ends_with('/')) out += '/';
  return out;
}

constexpr std::string_view stands_elsewhere = "leads outside the layout's folder";
constexpr const char* stay_inside =
    "paths stay in the layout's folder or in the program's layouts folder, through symbolic links too";

bool is_in(const std::string& path, const std::string& folder) { return !folder.empty() && path.starts_with(folder); }

}  // namespace

std::optional<std::string> read_file(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // a pipe is refused below, not waited for
  if (fd < 0) return std::nullopt;
  std::string bytes;
  struct stat status {};
  bool good = fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
              static_cast<std::size_t>(status.st_size) <= limits::layout_file_bytes;
  if (good) bytes.resize(static_cast<std::size_t>(status.st_size));
  std::size_t done = 0;
  while (good && done < bytes.size()) {
    const ssize_t n = ::read(fd, bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) good = false;
    if (n > 0) done += static_cast<std::size_t>(n);
  }
  close(fd);
  if (!good) return std::nullopt;
  return bytes;
}

bool Settings::read(const std::string& path, const std::string& shown, std::string_view root, const std::string& shared,
                    const std::string& shared_shown) {
  own_ = folder_of(path);
  ours_ = shared;
  return read_one(path, shown, root, shared, shared_shown, 0) && sound_;
}

// By the way that leads there, too: a link in another's folder, and ".." behind it, end elsewhere than they are
// written.
bool Settings::is_ours(const std::string& path) const {
  return path.starts_with(ours_) && is_in(plain(path), plain(ours_));
}

// What the program's own folder holds is trusted, links and all: it was installed so. From another's folder no link
// leads away. What isn't there is not refused: it is reported where it is opened.
bool Settings::may_be_read(const std::string& path) const {
  const std::string place = resolved(path);
  return is_ours(path) || place.empty() || is_in(place, resolved(own_)) || is_in(place, resolved(ours_));
}

bool Settings::read_one(const std::string& path, const std::string& shown, std::string_view root,
                        const std::string& shared, const std::string& shared_shown, int depth) {
  std::optional<std::string> bytes = read_file(path);
  if (!bytes) {
    sound_ = false;
    sink_.report(is_ours(path) ? diag::Code::E0902 : code_, {}, fmt::format("{}: the file can't be read", shown), {});
    return false;
  }
  const auto file = static_cast<std::uint32_t>(files_.size());
  files_.push_back({path, diag::SourceText(shown, std::move(*bytes))});
  const std::string text = files_[file].source.bytes();

  pugi::xml_document xml;
  const pugi::xml_parse_result parsed =
      xml.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!parsed) {
    fault_at(file, static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0)),
             fmt::format("not well-formed XML: {}", parsed.description()), "");
    return false;
  }
  const pugi::xml_node top = xml.document_element();
  if (top.name() != root) {
    fault_at(file, offset_of(top), fmt::format("the outermost element is <{}>, not <{}>", top.name(), root), "");
    return false;
  }
  for (const pugi::xml_node element : top.children()) {
    if (element.type() == pugi::node_element) {
      read_element(element, file);
    } else {
      fault_at(file, offset_of(element), "text is not allowed here", "");
    }
  }
  for (const pugi::xml_attribute attribute : top.attributes()) {
    const std::string_view name = attribute.name();
    if (name == "base") continue;
    put(fmt::format("{}/{}", root, name), attribute.value(), file, attribute_offset(text, offset_of(top), name));
  }
  const std::string base = top.attribute("base").value();
  if (base.empty()) return sound_;
  const std::size_t at = attribute_offset(text, offset_of(top), "base");
  if (depth == 8) {
    fault_at(file, at, "files build on each other too deeply", "a file must not build on itself");
    return false;
  }
  const std::string own = folder_of(path) + base;
  if (!may_be_read(own)) {
    fault_at(file, at, fmt::format("base '{}' {}", base, stands_elsewhere), stay_inside);
    return false;
  }
  if (access(own.c_str(), F_OK) == 0) {
    return read_one(own, folder_of(shown) + base, root, shared, shared_shown, depth + 1);
  }
  if (is_ours(shared + base) && access((shared + base).c_str(), F_OK) == 0) {
    return read_one(shared + base, shared_shown + base, root, shared, shared_shown, depth + 1);
  }
  fault_at(file, at, fmt::format("'{}' is not found", base),
           "a base is a path from the file's own folder, or from the program's layouts folder");
  return false;
}

void Settings::read_element(pugi::xml_node element, std::uint32_t file) {
  const std::string_view name = element.attribute("name").value();
  std::string key = element.name();
  if (!name.empty()) {
    names_.emplace_back(key, name);
    key.append(".").append(name);
  }
  for (const pugi::xml_attribute attribute : element.attributes()) {
    const std::string_view attribute_name = attribute.name();
    if (attribute_name == "name") continue;
    put(fmt::format("{}/{}", key, attribute_name), attribute.value(), file,
        attribute_offset(files_[file].source.bytes(), offset_of(element), attribute_name));
  }
  const pugi::xml_node inside = element.first_child();
  if (inside.type() == pugi::node_element) {
    fault_at(file, offset_of(inside), fmt::format("no element is allowed in <{}>", element.name()), "");
  } else if (inside) {
    put(key, std::string(trim(element.text().get())), file, offset_of(element));
  }
}

void Settings::put(std::string key, std::string value, std::uint32_t file, std::size_t offset) {
  const auto [at, added] =
      values_.try_emplace(std::move(key), Setting{std::move(value), file, static_cast<std::uint32_t>(offset), false});
  // Bases are read after the files that build on them: the first to speak is heard.
  if (!added && at->second.file == file) {
    fault_at(file, offset, fmt::format("'{}' is given twice", at->first), "");
  }
}

const Setting* Settings::find(std::string_view key) {
  const auto at = values_.find(key);
  if (at == values_.end()) return nullptr;
  at->second.used = true;
  return &at->second;
}

const Setting* Settings::require(std::string_view key) {
  const Setting* const setting = find(key);
  if (setting != nullptr) return setting;
  const std::size_t slash = key.find('/');
  const std::size_t dot = key.find('.');
  std::string where;
  if (slash == std::string_view::npos) {
    where =
        fmt::format("<{} name=\"{}\">", key.substr(0, dot), dot == std::string_view::npos ? "" : key.substr(dot + 1));
  } else if (dot < slash) {
    where = fmt::format("<{} name=\"{}\" {}=…/>", key.substr(0, dot), key.substr(dot + 1, slash - dot - 1),
                        key.substr(slash + 1));
  } else {
    where = fmt::format("<{} {}=…/>", key.substr(0, slash), key.substr(slash + 1));
  }
  fault(fmt::format("{} is missing", where), "give it in the file, or build on a file that gives it (base=…)");
  return nullptr;
}

std::vector<std::string> Settings::names(std::string_view element) const {
  std::vector<std::string> found;
  for (const auto& [of, name] : names_) {
    if (of == element && std::find(found.begin(), found.end(), name) == found.end()) found.push_back(name);
  }
  return found;
}

bool Settings::length(const Setting& setting, Length u, Length g, Length least, Length most, Length& out) {
  std::string_view unit;
  const std::optional<Number> number = parse_number(setting.value, unit);
  std::optional<Length> found;
  if (number) {
    const auto times = [&](Length of, std::int64_t divisor) {
      found = of.scaled(number->numerator, number->denominator * divisor);
    };
    if (setting.value == "0") found = Length();
    if (unit == "u") times(u, 1);
    if (unit == "g") times(g, 1);
    if (unit == "pt") times(Length::pt(1), 1);
    if (unit == "in") times(Length::pt(72), 1);
    if (unit == "mm") times(Length::pt(720), 254);
  }
  if (!found) {
    fault(setting, fmt::format("'{}' is not a length", setting.value),
          "write a number and u (module), g (grid line), pt, mm or in: 0.6u, 1/2g, 148mm");
  } else if (*found < least || *found > most) {
    fault(setting, fmt::format("'{}' is too {}", setting.value, *found < least ? "small" : "large"),
          fmt::format("write a length from {:.6g}pt to {:.6g}pt", least.to_pt(), most.to_pt()));
  } else {
    out = *found;
    return true;
  }
  return false;
}

bool Settings::integer(const Setting& setting, int least, int most, int& out) {
  int found = 0;
  const char* const end = setting.value.data() + setting.value.size();
  const auto [at, error] = std::from_chars(setting.value.data(), end, found);
  if (error == std::errc() && at == end && found >= least && found <= most) {
    out = found;
    return true;
  }
  fault(setting, fmt::format("'{}' is not a whole number from {} to {}", setting.value, least, most),
        "write it in digits");
  return false;
}

bool Settings::per_mille(const Setting& setting, int least, int most, int& out) {
  std::string_view unit;
  const std::optional<Number> number = parse_number(setting.value, unit);
  if (!number || unit != "%" || number->numerator * 10 % number->denominator != 0) {
    fault(setting, fmt::format("'{}' is not a share", setting.value),
          "write per cent with at most one decimal: 60%, -0.8%");
    return false;
  }
  const std::int64_t found = number->numerator * 10 / number->denominator;
  if (found < least || found > most) {
    fault(setting, fmt::format("'{}' is too {}", setting.value, found < least ? "small" : "large"),
          fmt::format("write a share from {:g}% to {:g}%", least / 10.0, most / 10.0));
    return false;
  }
  out = static_cast<int>(found);
  return true;
}

bool Settings::flag(const Setting& setting, bool& out) {
  out = setting.value == "yes";
  if (out || setting.value == "no") return true;
  fault(setting, fmt::format("'{}' is neither 'yes' nor 'no'", setting.value), "");
  return false;
}

void Settings::fault(const Setting& setting, const std::string& message, const std::string& hint) {
  fault_at(setting.file, setting.offset, message, hint);
}

void Settings::fault(std::string message, std::string hint) {
  sound_ = false;
  std::vector<std::string> hints;
  if (!hint.empty()) hints.push_back(std::move(hint));
  sink_.report(code_, {}, fmt::format("{}: {}", files_.front().source.name(), message), std::move(hints));
}

void Settings::fault_at(diag::Code code, const diag::SourceText& file, std::size_t offset, const std::string& message,
                        const std::string& hint) {
  sound_ = false;
  const diag::Place place = file.place(static_cast<std::uint32_t>(offset));
  std::vector<std::string> hints;
  if (!hint.empty()) hints.push_back(hint);
  // The place stands in the message: spans are of the source document, and this is another file.
  sink_.report(code, {}, fmt::format("{}:{}:{}: {}", file.name(), place.line, place.column, message), std::move(hints));
}

void Settings::report_unused() {
  for (const auto& [key, setting] : values_) {
    if (!setting.used) fault(setting, fmt::format("'{}' is not known", key), "");
  }
}

std::optional<std::string> Settings::named_file(const Setting& setting, std::string_view what) {
  const std::string path = folder_of(files_[setting.file].path) + setting.value;
  const auto refuse = [&](diag::Code code, std::string_view why, std::string_view hint) {
    fault_at(code, files_[setting.file].source, setting.offset, fmt::format("{} '{}' {}", what, setting.value, why),
             std::string(hint));
    return std::nullopt;
  };
  if (!may_be_read(path)) return refuse(code_, stands_elsewhere, stay_inside);
  std::optional<std::string> bytes = read_file(path);
  if (!bytes)
    return refuse(is_ours(path) ? diag::Code::E0902 : code_, "can't be read",
                  "paths start at the folder of the file that names them; a file has a megabyte at most");
  return bytes;
}

std::string Settings::shown_path(const Setting& setting) const {
  return folder_of(files_[setting.file].source.name()) + setting.value;
}

}  // namespace epitome::style
