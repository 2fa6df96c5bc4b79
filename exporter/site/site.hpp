// A site: what stands in the folder that a server gives out, all but the files of the summaries themselves.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "site/addresses.hpp"
#include "site/entry.hpp"
#include "site/lists.hpp"

namespace epitome::site {

struct Settings {
  std::string title;                // of the site
  std::string base;                 // where it will be, with a slash at its end; empty: nobody says
  std::string style, script, icon;  // bytes: site.css, site.js, icon.svg
};

// Takes a file: its path in the site and its bytes.
using Put = std::function<void(const std::string& path, std::string bytes)>;

class Site {
 public:
  // `entries`: of all summaries; their fragments and questions are not looked at, and may be left out.
  Site(Settings settings, std::vector<Entry> entries);

  // The page of one of the entries, this time with all that it holds: entry.page + "index.html".
  std::string page(const Entry& entry) const;
  // All other files but robots.txt, _headers and the sheets: index.html and lists, catalogues, the index for searching,
  // feeds. Those that others lead to come first.
  void write_lists(const Put& put) const;
  // What all pages lean on: style sheet, script, icon.
  void write_parts(const Put& put) const;

  // ---- for those who write pages

  const Settings& settings() const { return settings_; }
  const Addresses& addresses() const { return addresses_; }
  const std::vector<Entry>& entries() const { return entries_; }
  const Lists& lists() const { return lists_; }
  // The editions of the entry's work, itself included, by language: those that share a work or a key with it, and those
  // that share one with these.
  std::vector<const Entry*> editions(const Entry& entry) const;
  const std::string& style_path() const { return style_path_; }
  const std::string& script_path() const { return script_path_; }
  const std::string& icon_path() const { return icon_path_; }
  // The last day on which a summary changed.
  const std::string& updated() const { return updated_; }

 private:
  Settings settings_;
  Addresses addresses_;
  std::map<std::string, std::string> joined_;  // each work's UUID: the least of those that are one work
  std::vector<Entry> entries_;                 // by work; there each work is the joined one
  Lists lists_;
  std::string style_path_, script_path_, icon_path_, updated_;
};

}  // namespace epitome::site
