#include "compare/report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "compare/read_epub.hpp"
#include "compare/read_pdf.hpp"

namespace epitome::compare {

namespace {

using diag::Code;
using diag::Format;

std::size_t width_of(std::u32string_view text) {
  std::size_t width = 0;
  for (const char32_t c : text) width += diag::columns(c);
  return width;
}

// The word that begins or goes on where two texts part.
std::string word_at(const Side& side) {
  if (side.from.empty()) return "nothing more";
  const std::size_t begin = side.before.find_last_of(U' ') + 1;  // npos + 1 is 0
  const std::size_t end = std::min(side.from.find(U' '), side.from.size());
  return fmt::format("“{}”", to_utf8(side.before.substr(begin) + side.from.substr(0, end)));
}

std::string placed(const std::string& place) { return place.empty() ? std::string() : fmt::format(" ({})", place); }

// Both sides above each other, a caret under the first character that differs.
std::string excerpt(const Input& left, const Input& right, const Difference& difference) {
  const std::size_t names = std::max(width_of(to_utf32(left.name)), width_of(to_utf32(right.name)));
  const std::size_t before = std::max(width_of(difference.left.before), width_of(difference.right.before));
  const auto line = [&](const Input& input, const Side& side) {
    return fmt::format(
        "  {}{} | {}{}\n", diag::visible(input.name), std::string(names - width_of(to_utf32(input.name)), ' '),
        std::string(before - width_of(side.before), ' '), diag::visible(to_utf8(side.before + side.from)));
  };
  return line(left, difference.left) + line(right, difference.right) +
         fmt::format("  {} | {}^\n", std::string(names, ' '), std::string(before, ' '));
}

class Printer {
 public:
  Printer(Format format, Report& report) : format_(format), report_(report) {}

  void diagnostics(const diag::Sink& sink, const std::string& name) {
    for (const diag::Diagnostic& diagnostic : sink.diagnostics()) {
      report_.messages += diag::render(diagnostic, diag::SourceText(name, {}), format_);
    }
  }

  void results(const Input& left, const Input& right, const std::vector<PartResult>& results) {
    for (const PartResult& result : results) {
      if (result.difference) different(left, right, result, *result.difference);
    }
  }

 private:
  void different(const Input& left, const Input& right, const PartResult& result, const Difference& difference) {
    diag::Diagnostic diagnostic;
    const bool in_one = result.found == PartResult::Found::in_one;
    diagnostic.code = in_one ? Code::E0805 : Code::E0804;
    if (in_one) {
      const bool in_left = !difference.left.from.empty();
      diagnostic.message = fmt::format("“{}” stands in {}{} only", difference.part, in_left ? left.name : right.name,
                                       placed(in_left ? difference.left.place : difference.right.place));
    } else {
      diagnostic.message = fmt::format("in “{}”: {}{}, but {}{} in {}", difference.part, word_at(difference.left),
                                       placed(difference.left.place), word_at(difference.right),
                                       placed(difference.right.place), right.name);
    }
    if (format_ == Format::json) {
      for (const auto& [input, side] : {std::pair(&left, &difference.left), {&right, &difference.right}}) {
        diagnostic.hints.push_back(fmt::format("{}: {}", input->name, to_utf8(side->before + side->from)));
      }
    }
    report_.messages += diag::render(diagnostic, diag::SourceText(left.name, {}), format_);
    if (format_ == Format::full && !in_one) report_.messages += excerpt(left, right, difference);
  }

  Format format_;
  Report& report_;
};

std::string summary(const std::vector<PartResult>& results, Format format, bool same, const std::string& names) {
  const auto verdict = [](const PartResult& result) {
    return result.found == PartResult::Found::in_one ? "missing" : result.difference ? "different" : "same";
  };
  std::size_t words = 0;
  for (const PartResult& result : results) words += result.words;
  if (format == Format::json) {
    std::string out = fmt::format(R"({{"same":{},"parts":[)", same);
    for (std::size_t i = 0; i < results.size(); ++i) {
      fmt::format_to(std::back_inserter(out), R"({}{{"name":{},"verdict":"{}","words":{}}})", i == 0 ? "" : ",",
                     diag::json_string(results[i].name), verdict(results[i]), results[i].words);
    }
    return out + "]}\n";
  }
  std::string out;
  if (format == Format::full) {
    for (const PartResult& result : results)
      fmt::format_to(std::back_inserter(out), "{:<9}  {}, {} words\n", verdict(result), diag::visible(result.name),
                     result.words);
  }
  return out + fmt::format("{}: {} text, {} words\n", diag::visible(names), same ? "the same" : "not the same", words);
}

}  // namespace

Report report(const Input& pdf, const Input& epub, const std::optional<Input>& words, Format format) {
  Report out;
  Printer printer(format, out);
  diag::Sink of_pdf, of_epub;
  const std::optional<Said> in_pdf = read_pdf(pdf.bytes, of_pdf), in_epub = read_epub(epub.bytes, of_epub);
  printer.diagnostics(of_pdf, pdf.name);
  printer.diagnostics(of_epub, epub.name);
  if (!in_pdf || !in_epub) return out;

  const std::vector<PartResult> files = compare_files(*in_pdf, *in_epub);
  printer.results(pdf, epub, files);
  const auto is_same = [](const PartResult& result) { return !result.difference; };
  out.same = std::all_of(files.begin(), files.end(), is_same);
  std::string names = fmt::format("{}, {}", pdf.name, epub.name);
  if (words) {
    const std::vector<PartResult> source = compare_with_source(*in_epub, read_words(words->bytes));
    printer.results(epub, *words, source);
    out.same = out.same && std::all_of(source.begin(), source.end(), is_same);
    names += ", " + words->name;
  }
  out.summary = summary(files, format, out.same, names);
  return out;
}

}  // namespace epitome::compare
