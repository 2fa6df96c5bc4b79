// What `epitome site --preview` runs behind the making of the site: epitome-preview FOLDER PORT [reload]. Shows a
// folder to this machine's own browser, with the headers that a real server should send. For looking: it is no server
// for others. With `reload` pages hold a script that asks whether they are still the same.
#include <fmt/format.h>
#include <httplib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <exception>
#include <string>

#include "app/files.hpp"
#include "app/fingerprint.hpp"
#include "app/run.hpp"
#include "site/pages.hpp"

namespace {

using namespace epitome;
using namespace epitome::app;

constexpr const char* loopback = "127.0.0.1";
constexpr std::size_t largest_file = std::size_t{1} << 30;
constexpr std::size_t most_threads = 4;

struct Type {
  const char* ending;
  const char* type;
};
// The longest endings first where one ends in another.
constexpr std::array<Type, 11> types = {{{".html", "text/html; charset=utf-8"},
                                         {".css", "text/css; charset=utf-8"},
                                         {".js", "text/javascript; charset=utf-8"},
                                         {".svg", "image/svg+xml"},
                                         {".png", "image/png"},
                                         {".jpg", "image/jpeg"},
                                         {".pdf", "application/pdf"},
                                         {".epub", "application/epub+zip"},
                                         {".xml", "application/xml"},
                                         {".json", "application/json"},
                                         {".txt", "text/plain; charset=utf-8"}}};

// Where no site has a file.
constexpr std::string_view script_path = "/~reload.js";
// A page's tag is its bytes': a change of its own text, of the style sheet (whose address says its bytes) or of a list
// is another tag. A site that is being made or isn't there for a moment is asked again.
constexpr const char* reload_script = R"('use strict';
(() => {
  const tag = document.currentScript.dataset.tag;
  const ask = async () => {
    try {
      const answer = await fetch(location.href, { method: 'HEAD', cache: 'no-store' });
      if (answer.ok && answer.headers.get('ETag') !== tag) return location.reload();
    } catch (error) { /* the preview has ended, or begins again */ }
    setTimeout(ask, 500);
  };
  setTimeout(ask, 500);
})();
)";

class Preview {
 public:
  Preview(const std::string& folder, bool reloads) : folder_(resolved(folder) + '/'), reloads_(reloads) {
    server_.new_task_queue = [] { return new httplib::ThreadPool(most_threads); };  // the server frees it
    server_.set_default_headers(
        {{"Content-Security-Policy", std::string(site::content_security_policy) + "; frame-ancestors 'none'"},
         {"X-Content-Type-Options", "nosniff"},
         {"Referrer-Policy", "no-referrer"}});
    server_.set_pre_routing_handler([](const httplib::Request& request, httplib::Response& response) {
      return refuse(request, response) ? httplib::Server::HandlerResponse::Handled
                                       : httplib::Server::HandlerResponse::Unhandled;
    });
    server_.Get(".*",
                [this](const httplib::Request& request, httplib::Response& response) { answer(request, response); });
  }

  int run(int port) {
    const int bound = port == 0 ? server_.bind_to_any_port(loopback) : server_.bind_to_port(loopback, port) ? port : -1;
    if (bound < 0) {
      (void)write_all(STDERR_FILENO, fmt::format("epitome: the port {} can't be had on {}\n", port, loopback));
      return could_not_write;
    }
    (void)write_all(STDOUT_FILENO,
                    fmt::format("http://{}:{}/ shows the site to this machine alone, until Ctrl-C. It is "
                                "for looking: let a web server give the folder out.\n",
                                loopback, bound));
    return server_.listen_after_bind() ? done : our_own_fault;
  }

 private:
  // Nobody else's page may ask by a name that leads here, and nothing is changed.
  static bool refuse(const httplib::Request& request, httplib::Response& response) {
    const std::string host = request.get_header_value("Host");
    const std::string name = host.substr(0, host.find(':'));
    if (name != loopback && name != "localhost") {
      response.status = 421;
    } else if (request.method != "GET" && request.method != "HEAD") {
      response.status = 405;
      response.set_header("Allow", "GET, HEAD");
    } else {
      return false;
    }
    return true;
  }

  // The file's place; empty if there is none in the folder.
  std::string place_of(const std::string& path) const {
    const std::string place = resolved(folder_ + path);
    return place.starts_with(folder_) && is_ordinary_file(place) ? place : std::string();
  }

  void answer(const httplib::Request& request, httplib::Response& response) const {
    std::string path = request.path;
    if (path.find('\0') != std::string::npos) return missing(response);
    if (reloads_ && path == script_path) {
      response.set_header("Cache-Control", "no-cache");
      return response.set_content(reload_script, "text/javascript; charset=utf-8");
    }
    if (path.ends_with('/')) {
      path += "index.html";
    } else if (is_folder(folder_ + path)) {
      const std::string inside = place_of(path + "/index.html");
      if (inside.empty()) return missing(response);
      // From the file system's name, so that no other host can stand in it.
      response.set_redirect(site::encoded("/" + inside.substr(folder_.size(), inside.rfind('/') + 1 - folder_.size())));
      return;
    }
    const std::string place = place_of(path);
    std::string why_not;
    std::optional<std::string> bytes = place.empty() ? std::nullopt : read_source(place, largest_file, why_not);
    if (!bytes) return missing(response);
    std::string digits = sha256(*bytes).substr(0, 32);
    if (reloads_ && path.ends_with(".html")) {
      digits += "-reload";  // not what a browser kept of a preview that didn't reload
      *bytes += fmt::format("<script src=\"{}\" data-tag='\"{}\"'></script>\n", script_path, digits);
    }
    const std::string tag = '"' + digits + '"';
    response.set_header("ETag", tag);
    response.set_header("Cache-Control", path.starts_with("/f/") ? "public, max-age=31536000, immutable" : "no-cache");
    if (names(request.get_header_value("If-None-Match"), tag)) {
      response.status = 304;
      return;
    }
    const auto* const type =
        std::find_if(types.begin(), types.end(), [&](const Type& one) { return path.ends_with(one.ending); });
    response.set_content(*bytes, type == types.end() ? "application/octet-stream" : type->type);
  }

  static bool names(const std::string& tags, const std::string& tag) {
    return tags == "*" || tags.find(tag) != std::string::npos;
  }

  static void missing(httplib::Response& response) {
    response.status = 404;
    response.set_content("There is no such file.\n", "text/plain; charset=utf-8");
  }

  const std::string folder_;
  const bool reloads_;
  httplib::Server server_;
};

}  // namespace

int main(int argc, char** argv) {
  try {
    const bool reloads = argc == 4 && std::string_view(argv[3]) == "reload";
    if ((argc != 3 && !reloads) || !is_folder(argv[1])) {
      (void)write_all(STDERR_FILENO, "epitome-preview: give a folder and a port; epitome site --preview does\n");
      return wrong_usage;
    }
    return Preview(argv[1], reloads).run(std::atoi(argv[2]));
  } catch (const std::exception& error) {
    (void)write_all(STDERR_FILENO, fmt::format("epitome-preview: {}\n", error.what()));
    return our_own_fault;
  }
}
