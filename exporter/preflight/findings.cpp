#include "preflight/findings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "preflight/rules.hpp"

namespace epitome::preflight {

std::vector<diag::Diagnostic>& Findings::of_file(const std::string& path) {
  const auto [at, first] = index_.try_emplace(path, files_.size());
  if (first) files_.push_back({path, {}});
  return files_[at->second].found;
}

void Findings::report(diag::Code code, const std::string& path, diag::Span span, std::string_view what) {
  if (++counts_[code] > limits::told) return;
  const Rule& rule = rule_of(code);
  of_file(path).push_back({diag::severity_of(code),
                           code,
                           span,
                           fmt::format("{}: {}", diag::summary_of(code), what),
                           {std::string(rule.hint), fmt::format("{}: {}", rule.readers, rule.source)}});
}

void Findings::unreadable(const std::string& path, std::string message) {
  of_file(path).push_back({diag::Severity::error,
                           diag::Code::E0802,
                           {},
                           std::move(message),
                           {"make the file anew, or unpack it and look"}});
}

std::vector<Findings::OfFile> Findings::finish() {
  for (const auto& [code, count] : counts_) {
    if (count <= limits::told) continue;
    of_file({}).push_back(
        {diag::severity_of(code), code, {}, fmt::format("… and {} more of this kind", count - limits::told), {}});
  }
  for (OfFile& file : files_) {
    std::stable_sort(file.found.begin(), file.found.end(), [](const diag::Diagnostic& a, const diag::Diagnostic& b) {
      return a.span.offset < b.span.offset;
    });
  }
  return std::move(files_);
}

}  // namespace epitome::preflight
