// Links and what they lead to, as lines of text and destinations are placed.
#pragma once

#include <map>
#include <vector>

#include "diag/diagnostic.hpp"
#include "style/language.hpp"
#include "typeset/flow/flow.hpp"

namespace epitome::typeset {

class Links {
 public:
  Links(const Flow& flow, page::Pages& pages) : flow_(flow), pages_(pages), landings_(flow.destinations.size()) {}

  // A part of a link's text on the last page; parts that stand on one line of text (`box`) have one box together.
  void add(const TextBox& box, std::uint32_t link, const model::Rect& rect);
  // The link's last box, if it is on the last page, reaches over that text, too.
  void widen(std::uint32_t link, Length from, Length width);
  // The destination is there on the last page; the first place holds.
  void lands(std::uint32_t destination, Length top);
  // When all pages are placed: destinations, and what each link says of its own. Reports E0901.
  void finish(const style::Language& language, diag::Sink& sink);

 private:
  struct OpenLink {
    std::uint32_t page = none, index = none;
    const TextBox* box = nullptr;  // the line that the last rectangle belongs to
  };
  struct Landing {
    std::uint32_t page = none;
    Length top;
  };
  std::uint32_t page_number() const { return static_cast<std::uint32_t>(pages_.pages.size() - 1); }

  const Flow& flow_;
  page::Pages& pages_;
  std::map<std::uint32_t, OpenLink> open_;
  std::vector<Landing> landings_;  // by destination
};

}  // namespace epitome::typeset
