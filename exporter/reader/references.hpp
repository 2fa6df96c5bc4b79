// The ids of a document and the references to them.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.hpp"
#include "reader/faults.hpp"
#include "reader/names.hpp"
#include "reader/tree.hpp"
#include "reader/vocabulary.hpp"

namespace epitome::reader {

class References {
 public:
  References(const diag::SourceText& source, Faults& faults) : source_(source), faults_(faults) {}
  References(const References&) = delete;

  // A part without an id is called by its kind.
  void name_part(Node part, Type type);
  // An id as it is written; E0209 if it is taken.
  void declare(Node node, std::string_view raw, Type type);
  // A <ref>; `after_article`: an article stands before it.
  void refer(Node reference, bool after_article) { references_.push_back({reference, after_article}); }
  // When all ids are known: E0210, E0207, E0108, E0109, W0401.
  void resolve();

 private:
  struct Target {
    Type type;
    Node node;
  };
  struct Reference {
    Node node;
    bool after_article;
  };

  void resolve(const Reference& reference);
  void check_length(const std::string& id, Node name, diag::Span span);
  Node named(std::string_view id) const;

  const diag::SourceText& source_;
  Faults& faults_;
  std::map<std::string, Target, std::less<>> ids_;
  std::vector<Reference> references_;
  Names names_{[this](std::string_view id) { return named(id); }};
  std::size_t put_in_ = 0;
};

}  // namespace epitome::reader
