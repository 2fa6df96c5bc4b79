// What the flow means: structure elements, tags, links, destinations and places of the document, as they are met.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "typeset/flow/flow.hpp"

namespace epitome::typeset {

// A destination's name: ASCII letters, digits, "-" and "." as they are, the rest as _XXXX.
std::string destination_name(std::string_view id);

// Each function that adds gives the index in its list of the Flow.
class Structure {
 public:
  explicit Structure(Flow& flow);
  std::uint32_t element(page::Role role, std::uint32_t parent, std::string_view lang_around = {},
                        const model::Attributes* attributes = nullptr);
  std::uint32_t place(std::string_view id);
  std::uint32_t tag(Tag tag);
  std::uint32_t link(LinkTarget link);
  std::uint32_t destination(std::string_view id);
  // Adds a destination, though another one may have the same id.
  std::uint32_t destination(DestinationTarget target);
  // A file that was loaded; the same index for the same path.
  std::uint32_t image(const std::string& path, const image::Image& file);
  void outline(int level, std::string title, std::uint32_t destination);

  // How long the lists are. To go back there undoes what was added for a block that is then set in another way.
  struct Mark {
    std::size_t elements, notes, tags, links, destinations;
  };
  Mark mark() const;
  void roll_back(const Mark& to);

 private:
  Flow& flow_;
  std::map<std::string_view, std::uint32_t> places_;  // by Flow::places
  std::map<std::string, std::uint32_t, std::less<>> destinations_, images_;
};

}  // namespace epitome::typeset
