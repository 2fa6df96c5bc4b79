#include <fmt/format.h>

#include "site/pages.hpp"

namespace epitome::site {

namespace {

class ListPage {
 public:
  ListPage(const Site& site, std::string path) : site_(site), path_(std::move(path)) {}

  std::string list(const List& list, std::size_t number) {
    const bool is_index = path_ == "index.html";
    const std::string& site_title = site_.settings().title;
    std::string title = list.key == "newest" ? site_title : list.title + " – " + site_title;
    if (number != 1) title += fmt::format(" – {}", number);
    const PageHead head{
        path_, std::move(title), is_index ? "Summaries of books, free as PDF and EPUB" : "", "en", "ltr", {}};
    begin_page(out_, site_, head);
    if (list.key == "newest") {
      out_.element("h1", {{"dir", "auto"}}, site_title);
    } else {
      out_.element("h1", {{"lang", list.lang}, {"dir", "auto"}}, list.title);
    }
    if (is_index) search();
    out_.open("div", {{"class", "shelf"}});
    out_.open("ul", {{"class", "summaries"}, {"id", is_index ? "list~" : ""}});
    for (const std::size_t entry : list.page(number)) item(site_.entries()[entry]);
    out_.close("ul");
    pager(list, number);
    facets(list);
    out_.close("div");
    end_page(out_, site_, head);
    return out_.take();
  }

  std::string facet(const Facet& facet) {
    const PageHead head{path_, facet.title + " – " + site_.settings().title, {}, "en", "ltr", {}};
    begin_page(out_, site_, head);
    out_.element("h1", {}, facet.title);
    out_.open("ul", {{"class", "facet"}});
    for (const List& list : facet.lists) link(list, {});
    out_.close("ul");
    end_page(out_, site_, head);
    return out_.take();
  }

 private:
  std::string to(std::string_view path) const { return Addresses::relative(path_, path); }

  // Shown by the script: without it there is nothing that could search. The script stands right behind it and is waited
  // for, so that what follows is drawn where it stays.
  void search() {
    out_.open("form", {{"class", "search"},
                       {"id", "search~"},
                       {"role", "search"},
                       {"data-index", to("search.json")},
                       {"hidden", ""}});
    const auto field = [&](const char* id, const char* name, const char* markup) {
      out_.open("p");
      out_.element("label", {{"for", id}}, name);
      out_.raw(markup);
      out_.close("p");
    };
    field("words~", "Title, author, subject", R"(<input type="search" id="words~" autocomplete="off">)");
    field("language~", "Language", R"(<select id="language~"><option value="">All</option></select>)");
    field("subject~", "Subject", R"(<select id="subject~"><option value="">All</option></select>)");
    field("length~", "Length",
          R"(<select id="length~"><option value="">All</option><option value="0-20">Up to 20 pages</option>)"
          R"(<option value="21-40">21 to 40 pages</option><option value="41-">More than 40 pages</option></select>)");
    out_.open("p", {{"id", "found~"}, {"role", "status"}});
    out_.close("p");
    out_.close("form");
    out_.raw("<script src=\"");
    out_.text(to(site_.script_path()));
    out_.raw("\"></script>\n");
  }

  // The largest of each facet, by their names. Behind the books: on a phone nothing stands before these.
  void facets(const List& current) {
    out_.open("nav", {{"class", "facets"}, {"aria-label", "Lists"}});
    for (const Facet& facet : site_.lists().facets) {
      if (facet.lists.size() < 2) continue;
      out_.element("h2", {}, facet.title);
      out_.open("ul", {{"class", "facet"}});
      for (const std::size_t list : facet.named) link(facet.lists[list], current.key);
      if (facet.named.size() != facet.lists.size()) {
        out_.open("li");
        out_.element("a", {{"href", to(facet_path(facet))}}, fmt::format("All {}", facet.lists.size()));
        out_.close("li");
      }
      out_.close("ul");
    }
    out_.close("nav");
  }

  void link(const List& list, std::string_view current) {
    out_.open("li");
    out_.open("a", {{"href", to(html_path(list, 1))},
                    {"lang", list.lang},
                    {"dir", list.lang.empty() ? "" : "auto"},
                    {"aria-current", list.key == current ? "true" : ""}});
    out_.text(list.title);
    out_.close("a");
    out_.text(fmt::format(" {}", list.entries.size()));
    out_.close("li");
  }

  void item(const Entry& entry) {
    out_.open("li", {{"lang", entry.lang}, {"dir", entry.rtl ? "rtl" : "ltr"}});
    out_.open("a", {{"href", to(entry.page)}});
    if (const Download* const cover = entry.download("thumbnail")) {
      out_.empty("img", {{"src", to(cover->path)},
                         {"alt", ""},
                         {"loading", "lazy"},
                         {"width", std::to_string(cover->width)},
                         {"height", std::to_string(cover->height)}});
    }
    out_.element("b", {{"lang", entry.title_lang}, {"dir", entry.title_lang.empty() ? "" : "auto"}}, entry.title);
    out_.close("a");
    out_.element("span", {}, entry.author_line);
    out_.open("span", {{"class", "facts"}});
    out_.text(entry.language_name);
    if (!entry.variant.empty()) out_.text(" (" + entry.variant + ")");
    if (const std::uint64_t pages = page_count(entry); pages != 0) {
      out_.text(" · ");
      out_.element("span", {{"lang", "en"}, {"dir", "ltr"}}, fmt::format("{} page{}", pages, pages == 1 ? "" : "s"));
    }
    out_.close("span");
    out_.close("li");
  }

  void pager(const List& list, std::size_t number) {
    const std::size_t count = list.page_count();
    if (count == 1) return;
    out_.open("nav", {{"class", "pager"}, {"id", path_ == "index.html" ? "pager~" : ""}, {"aria-label", "Pages"}});
    out_.open("ul");
    const auto step = [&](bool is_there, std::size_t page, const char* name, const char* rel) {
      if (!is_there) return;
      out_.open("li");
      out_.element("a", {{"href", to(html_path(list, page))}, {"rel", rel}}, name);
      out_.close("li");
    };
    step(number > 1, number - 1, "Back", "prev");
    out_.element("li", {}, fmt::format("{} of {}", number, count));
    step(number < count, number + 1, "Next", "next");
    out_.close("ul");
    out_.close("nav");
  }

  const Site& site_;
  const std::string path_;
  MarkupWriter out_;
};

}  // namespace

std::string facet_path(const Facet& facet) { return fmt::format("lists/{}.html", facet.key); }

std::string list_page(const Site& site, const List& list, std::size_t number) {
  return ListPage(site, html_path(list, number)).list(list, number);
}

std::string facet_page(const Site& site, const Facet& facet) { return ListPage(site, facet_path(facet)).facet(facet); }

}  // namespace epitome::site
