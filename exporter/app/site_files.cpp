#include "app/site_files.hpp"

#include <algorithm>
#include <optional>

#include "site/addresses.hpp"
#include "site/entry.hpp"

namespace epitome::app {

namespace {

using site::Product;

Options options_for(Options options, const Product& product) {
  options.cards.size = product.name == "cards-3x5" ? CardSize::three_by_five : CardSize::a7;
  return options;
}

// What one run told before isn't told again by the next.
void add_messages(Result& all, const Result& more) {
  for (const Message& message : more.messages) {
    const std::string text = message.render(MessageFormat::json);
    const bool again = std::any_of(all.messages.begin(), all.messages.end(),
                                   [&](const Message& told) { return told.render(MessageFormat::json) == text; });
    if (again) continue;
    all.messages.push_back(message);
    all.errors += message.severity() == Severity::error ? 1 : 0;
    all.warnings += message.severity() == Severity::warning ? 1 : 0;
  }
}

const Product* product_of(const SiteRun& run, const Format& format) {
  const auto at = std::find_if(run.products.begin(), run.products.end(),
                               [&](const Product* product) { return product->format == format.name; });
  return at == run.products.end() ? nullptr : *at;
}

}  // namespace

std::vector<SiteRun> site_runs(const CommandLine& line) {
  std::vector<SiteRun> runs;
  for (const Product& product : site::products) {
    if (std::find(line.site.files.begin(), line.site.files.end(), product.name) == line.site.files.end()) continue;
    auto run = std::find_if(runs.begin(), runs.end(), [&](const SiteRun& known) {
      return !product.own_sheets && !known.products.front()->own_sheets && known.options.layout == product.layout;
    });
    if (run == runs.end()) {
      run = runs.insert(runs.end(), {options_for(line.options, product), {}});
      run->options.layout = product.layout;
      run->options.formats.clear();
    }
    run->options.formats.emplace_back(product.format);
    run->products.push_back(&product);
  }
  runs.front().options.describe = true;
  return runs;
}

SiteFiles make_site_files(Session& session, const std::vector<SiteRun>& runs, const std::string& name,
                          const std::string& source, const FileReader& files) {
  SiteFiles out;
  std::optional<site::Entry> entry;
  for (const SiteRun& run : runs) {
    if (entry && !entry->has_cues && run.products.front()->needs_cues) continue;
    Result result = session.run(name, source, files, run.options);
    add_messages(out.result, result);
    if (result.errors != 0) {
      out.result.errors = std::max(out.result.errors, result.errors);
      return out;
    }
    if (!entry) {
      entry = site::read_entry(result.description->entry);
      out.result.figures = result.figures;
      for (Description::Picture& picture : result.description->pictures)
        out.files.push_back({std::move(picture.path), std::move(picture.bytes), std::move(picture.sha256)});
    }
    for (File& file : result.files) {
      const Product* const product = product_of(run, *file.format);
      if (product == nullptr) continue;
      site::FileAddress address = site::file_address(entry->stem + std::string(product->ending), file.bytes);
      entry->downloads.push_back(
          {std::string(product->name), address.path, file.bytes.size(), result.figures.pages, 0, 0});
      out.files.push_back({std::move(address.path), std::move(file.bytes), std::move(address.sha256)});
    }
  }
  if (entry) out.entry = site::write_entry(*entry);
  return out;
}

}  // namespace epitome::app
