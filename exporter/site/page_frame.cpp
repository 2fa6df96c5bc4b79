#include "site/pages.hpp"

namespace epitome::site {

void begin_page(MarkupWriter& out, const Site& site, const PageHead& head) {
  const auto to = [&](std::string_view path) { return Addresses::relative(head.path, path); };
  out.raw("<!DOCTYPE html>\n");
  out.open("html", {{"lang", head.lang}, {"dir", head.dir}});
  out.raw("\n");
  out.open("head");
  out.raw("\n");
  out.empty("meta", {{"charset", "utf-8"}});
  out.empty("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", content_security_policy}});
  out.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  out.empty("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  out.element("title", {}, head.title);
  if (!head.description.empty()) out.empty("meta", {{"name", "description"}, {"content", head.description}});
  out.empty("link", {{"rel", "stylesheet"}, {"href", to(site.style_path())}});
  out.empty("link", {{"rel", "icon"}, {"type", "image/svg+xml"}, {"href", to(site.icon_path())}});
  if (site.addresses().are_whole()) {
    out.empty("link", {{"rel", "canonical"}, {"href", site.addresses().whole(head.path, head.path)}});
    out.empty("link", {{"rel", "alternate"}, {"type", "application/rss+xml"}, {"href", to("rss.xml")}});
  }
  out.empty("link", {{"rel", "alternate"},
                     {"type", "application/atom+xml;profile=opds-catalog;kind=navigation"},
                     {"href", to("opds.xml")}});
  out.raw(head.more);
  out.close("head");
  out.open("body");
  out.raw("\n");
  out.element("a", {{"class", "skip"}, {"href", "#main~"}, {"lang", "en"}, {"dir", "ltr"}}, "Skip to the text");
  if (head.path != "index.html") {  // where the heading is the site's name
    out.open("header", {{"class", "site"}});
    out.element("a", {{"href", to("index.html")}, {"dir", "auto"}}, site.settings().title);
    out.close("header");
  }
  out.open("main", {{"id", "main~"}});
  out.raw("\n");
}

void end_page(MarkupWriter& out, const Site& site, const PageHead& head) {
  const auto to = [&](std::string_view path) { return Addresses::relative(head.path, path); };
  out.close("main");
  out.open("footer", {{"class", "site"}, {"lang", "en"}, {"dir", "ltr"}});
  out.open("p");
  out.text("For reading apps: ");
  out.element("a", {{"href", to("opds.xml")}}, "catalogue (OPDS)");
  if (site.addresses().are_whole()) {
    out.text(" · For feed readers: ");
    out.element("a", {{"href", to("rss.xml")}}, "newest summaries (RSS)");
  }
  out.close("p");
  out.close("footer");
  out.close("body");
  out.close("html");
}

}  // namespace epitome::site
