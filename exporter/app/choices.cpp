#include "app/choices.hpp"

#include <fmt/format.h>

#include "diag/nearest.hpp"

namespace epitome::app {

std::string listed(const std::vector<std::string>& names, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i != 0) out += i + 1 == names.size() ? fmt::format(" {} ", last) : ", ";
    out += names[i];
  }
  return out;
}

std::string meant(std::string_view name, const std::vector<std::string>& known) {
  const std::vector<std::string_view> names(known.begin(), known.end());
  const std::string_view near = diag::nearest(name, names);
  return near.empty() ? std::string() : fmt::format("; did you mean {}?", near);
}

std::vector<const Format*> formats_of(Format::Use use) {
  std::vector<const Format*> out;
  for (const Format& format : formats()) {
    if (format.use == use) out.push_back(&format);
  }
  return out;
}

std::vector<std::string> names_of(Format::Use use) {
  std::vector<std::string> out;
  for (const Format* const format : formats_of(use)) out.emplace_back(format->name);
  return out;
}

std::vector<std::string> endings_of(Format::Use use) {
  std::vector<std::string> out;
  for (const Format* const format : formats_of(use)) out.emplace_back(format->ending);
  return out;
}

}  // namespace epitome::app
