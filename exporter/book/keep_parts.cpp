#include "book/keep_parts.hpp"

#include <utility>

#include "book/sections.hpp"
#include "model/kinds.hpp"
#include "model/uuid.hpp"
#include "model/walk.hpp"

namespace epitome::book {

namespace {

// Makes names of references to what isn't there.
class References {
 public:
  References(const ReferenceNames& all, const ReferenceNames& kept) : all_(all), kept_(kept) {}

  void operator()(model::Inline& item) {
    model::walk_inside(item, *this);
    auto* const reference = std::get_if<model::CrossReference>(&item);
    if (reference == nullptr || kept_.knows(reference->target)) return;
    model::Phrase name;
    name.attributes = std::move(reference->attributes);
    name.content = std::move(reference->content);
    if (name.content.empty()) {
      if (all_.gives_away(reference->target)) name.meaning = model::Meaning::spoiler;
      name.content.push_back(model::Text{all_.name(reference->target), name.attributes.span});
    }
    item = {std::move(name)};
  }

 private:
  const ReferenceNames &all_, &kept_;
};

}  // namespace

void keep_parts(model::Document& document, const std::set<model::PartKind>& kinds, const Language& language,
                const LanguageOf& language_of) {
  model::Document whole = document;
  apply_language(whole, language, language_of);
  const std::vector<Section> whole_sections = order_sections(whole, language);
  const ReferenceNames all(whole, language, whole_sections);
  std::erase_if(document.parts, [&](const model::Part& part) { return !kinds.contains(part.kind()); });
  const std::vector<Section> sections = order_sections(document, language);
  const ReferenceNames kept(document, language, sections);
  References references(all, kept);
  model::walk(document, references);
  std::string name = document.edition.identifier + "\nparts";
  for (const model::PartKind kind : kinds) name += " " + std::string(model::row(kind).element);
  document.edition.identifier = "urn:uuid:" + model::uuid_v5(document.edition.work_uuid, name);
}

}  // namespace epitome::book
