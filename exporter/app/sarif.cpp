#include "app/sarif.hpp"

#include <fmt/format.h>

#include <string_view>

#include "api/epitome.hpp"

namespace epitome::app {

std::string sarif_log(const std::vector<std::string>& results) {
  constexpr std::string_view schema = "https://json.schemastore.org/sarif-2.1.0.json";
  return fmt::format(
      "{{\"$schema\":\"{}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{{\"name\":\"epitome\",\"version\":"
      "\"{}\"}}}},"
      "\"columnKind\":\"unicodeCodePoints\",\"results\":[{}]}}]}}\n",
      schema, version(), fmt::join(results, ",\n"));
}

}  // namespace epitome::app
