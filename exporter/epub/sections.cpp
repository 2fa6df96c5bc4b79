#include "epub/markup.hpp"
#include "model/kinds.hpp"
#include "model/title.hpp"

namespace epitome::epub {

namespace {

// Structural semantics (EPUB 3 SSV 1.1) and the role of DPUB-ARIA 1.1 that goes with them.
struct Semantics {
  const char* style_class;
  const char* type = nullptr;
  const char* role = nullptr;
};

Semantics semantics(const book::Section& section) {
  switch (section.kind) {
    case book::SectionKind::cover:
      return {"cover", "cover"};
    case book::SectionKind::title_page:
      return {"title-page", "titlepage"};
    case book::SectionKind::imprint:
      return {"imprint", "copyright-page"};
    case book::SectionKind::contents:
      return {"contents", "toc", "doc-toc"};
    case book::SectionKind::part:
      break;
  }
  const model::PartKindRow& kind = model::row(section.part ? section.part->kind() : model::PartKind::brand);
  return {kind.epub_class, kind.epub_type, kind.epub_role};
}

class SectionWriter {
 public:
  SectionWriter(Publication& publication, ContentDocument& file)
      : publication_(publication), file_(file), markup_(publication, file) {}

  void write() {
    const book::Section& section = *file_.section;
    const Semantics meaning = semantics(section);
    // The file is what a link to the section opens.
    publication_.anchors.insert_or_assign(section.id, Anchor{&file_, {}, file_.order, {}, {}});
    node_ = append_line(file_.body, "section");
    set_attribute(node_, "id", section.id);
    set_attribute(node_, "class", meaning.style_class);
    if (meaning.type) set_attribute(node_, "epub:type", meaning.type);
    if (meaning.role) set_attribute(node_, "role", meaning.role);
    if (section.title.empty() && meaning.role) set_attribute(node_, "aria-label", publication_.name(section));
    markup_.start(section.id);
    switch (section.kind) {
      case book::SectionKind::cover:
        cover();
        break;
      case book::SectionKind::title_page:
        title_page();
        break;
      case book::SectionKind::imprint:
        imprint();
        break;
      case book::SectionKind::contents:
        contents(section);
        break;
      case book::SectionKind::part:
        part(section);
        break;
    }
    markup_.finish(node_);
  }

 private:
  void line(pugi::xml_node parent, const char* name, const char* style_class, std::string_view text) {
    if (text.empty()) return;
    pugi::xml_node node = append_line(parent, name);
    if (style_class) set_attribute(node, "class", style_class);
    markup_.flush(node);
    append_text(node, text);
  }

  void cover() {
    const model::Work& work = publication_.inputs.book.document.work;
    markup_.flush(node_);
    pugi::xml_node image = append_line(node_, "img");
    set_attribute(image, "src", publication_.cover_path());
    set_attribute(image, "alt", work.cover ? work.cover->alternative : publication_.sentence("cover.alternative"));
    set_attribute(image, "role", "doc-cover");
  }

  void title_page() {
    const book::GeneratedText& text = publication_.inputs.book.generated;
    const model::Title& title = publication_.inputs.book.document.work.title;
    line(node_, "p", "author", text.author);
    line(node_, "h1", nullptr, text.title);
    if (!title.lang.empty() && title.lang != publication_.inputs.book.document.edition.lang) {
      set_attribute(node_.last_child(), "lang", language_tag(title.lang));
      set_attribute(node_.last_child(), "xml:lang", language_tag(title.lang));
    }
    line(node_, "p", "subtitle", text.subtitle);
    line(node_, "p", "kind", text.kind);
    line(node_, "p", "contains", text.contains);
    line(node_, "p", "maker sc", text.brand);
  }

  // Its list is write_contents'. A list of links has no room for page breaks: all stand in its title.
  void contents(const book::Section& section) { line(node_, "h1", nullptr, publication_.name(section)); }

  // Its paragraphs differ from print (no font is named): all its page breaks stand at its start.
  void imprint() {
    for (const model::Inlines& paragraph : publication_.inputs.book.imprint({})) {
      markup_.uncounted(append_line(node_, "p"), paragraph);
    }
  }

  void part(const book::Section& section) {
    static const model::Attributes nothing;
    const Markup::Scope scope(markup_, node_, section.part ? section.part->attributes : nothing);
    const bool brand = !section.part || section.part->kind() == model::PartKind::brand;
    if (!section.title.empty() && !brand) markup_.text(append_line(node_, "h1"), section.id, section.title);
    if (section.part) {
      std::visit(*this, section.part->value);
    } else {
      brand_lines({});
    }
  }

  // An item's element, and the language in force inside.
  pugi::xml_node element(pugi::xml_node parent, const char* name, const char* style_class, std::string_view id) {
    pugi::xml_node node = append_line(parent, name);
    if (style_class) set_attribute(node, "class", style_class);
    markup_.set_id(node, id);
    return node;
  }

 public:
  void operator()(const model::Hook& hook) {
    markup_.blocks(append_line(node_, "blockquote"), hook.content);
    if (hook.source.empty()) return;
    pugi::xml_node source = append_line(node_, "p");
    set_attribute(source, "class", "source");
    markup_.text(source, model::closing_place(file_.section->id), hook.source);
  }
  void operator()(const model::About& about) { markup_.blocks(node_, about.content); }
  void operator()(const model::Overview& overview) { markup_.blocks(node_, overview.content); }

  void operator()(const model::Takeaways& takeaways) {
    markup_.blocks(node_, takeaways.introduction);
    pugi::xml_node list = append_line(node_, "ol");
    set_attribute(list, "class", "takeaways");
    for (const model::Takeaway& item : takeaways.items) {
      pugi::xml_node li = element(list, "li", nullptr, item.id);
      const Markup::Scope scope(markup_, li, item.attributes);
      pugi::xml_node headline = append_line(li, "h2");
      set_attribute(headline, "class", "headline");
      markup_.text(headline, item.id, item.headline);
      markup_.blocks(li, item.content);
    }
  }

  void operator()(const model::Cues& cues) {
    markup_.blocks(node_, cues.introduction);
    pugi::xml_node list = append_line(node_, "ul");
    set_attribute(list, "class", "cards");
    for (const model::Cue& cue : cues.items) {
      pugi::xml_node li = element(list, "li", "card", cue.id);
      const Markup::Scope scope(markup_, li, cue.attributes);
      Markup::OwnText own(markup_, cue.id, 1);
      pugi::xml_node prompt = append_line(li, "p");
      set_attribute(prompt, "class", "prompt");
      own.write(prompt, cue.prompt);
      pugi::xml_node answer = append_line(li, "p");
      set_attribute(answer, "class", "answer");
      own.write(answer, cue.answer);
    }
  }

  void operator()(const model::Story& story) {
    markup_.blocks(node_, story.introduction);
    for (const model::Chapter& chapter : story.chapters) {
      pugi::xml_node section = element(node_, "section", "chapter", chapter.id);
      set_attribute(section, "epub:type", "chapter");
      set_attribute(section, "role", "doc-chapter");
      const Markup::Scope scope(markup_, section, chapter.attributes);
      markup_.start(chapter.id);
      markup_.text(append_line(section, "h2"), chapter.id, chapter.title);
      markup_.blocks(section, chapter.content);
    }
  }

  void operator()(const model::Questions& questions) {
    markup_.blocks(node_, questions.introduction);
    for (const model::Question& item : questions.items) {
      pugi::xml_node group = element(node_, "div", "qa", item.id);
      const Markup::Scope scope(markup_, group, item.attributes);
      markup_.start(item.id);
      pugi::xml_node headline = append_line(group, "h2");
      set_attribute(headline, "class", "headline");
      markup_.text(headline, item.id, item.question);
      markup_.blocks(group, item.answer);
    }
  }

  void operator()(const model::Comparison& comparison) { markup_.blocks(node_, comparison.content); }

  void operator()(const model::People& people) {
    markup_.blocks(node_, people.introduction);
    pugi::xml_node list = append_line(node_, "dl");
    for (const model::Person& person : people.items) {
      pugi::xml_node term = element(list, "dt", nullptr, person.id);
      const Markup::Scope scope(markup_, term, person.attributes);
      markup_.text(term, person.id, person.name);
      pugi::xml_node definition = append_line(list, "dd");
      const Markup::Scope definition_scope(markup_, definition, person.attributes);
      markup_.blocks(definition, person.description);
    }
  }

  void operator()(const model::Discussion& discussion) {
    markup_.blocks(node_, discussion.introduction);
    pugi::xml_node list = append_line(node_, "ol");
    set_attribute(list, "class", "discussion");
    for (const model::DiscussionQuestion& item : discussion.items) {
      pugi::xml_node li = element(list, "li", nullptr, item.id);
      const Markup::Scope scope(markup_, li, item.attributes);
      markup_.text(append_line(li, "p"), item.id, item.question);
    }
  }

  void operator()(const model::Warnings& warnings) {
    markup_.blocks(node_, warnings.introduction);
    bool places = false;
    for (const model::Warning& item : warnings.items) places = places || !item.places.empty();
    // A definition list wants a definition after its terms; without any place it is a plain list.
    pugi::xml_node list = append_line(node_, places ? "dl" : "ul");
    for (const model::Warning& item : warnings.items) {
      pugi::xml_node term = element(list, places ? "dt" : "li", nullptr, item.id);
      const Markup::Scope scope(markup_, term, item.attributes);
      Markup::OwnText own(markup_, item.id, 1);
      own.write(term, item.term);
      if (!places) continue;
      pugi::xml_node definition = append_line(list, "dd");
      const Markup::Scope definition_scope(markup_, definition, item.attributes);
      own.write(definition, item.places);
    }
    markup_.blocks(node_, warnings.closing);
  }

  void operator()(const model::Notes& notes) {
    markup_.blocks(node_, notes.content);
    if (notes.sources.empty()) return;
    pugi::xml_node list = append_line(node_, "ul");
    set_attribute(list, "class", "bibliography");
    Markup::OwnText own(markup_, model::closing_place(file_.section->id), 1);
    for (const model::Inlines& source : notes.sources) {
      own.write(append_line(append_line(list, "li"), "p"), source);
    }
  }

  void operator()(const model::Brand& brand) { brand_lines(brand.content); }

 private:
  void brand_lines(const model::Blocks& content) {
    line(node_, "p", "sc", publication_.inputs.book.generated.brand);
    line(node_, "p", nullptr, publication_.inputs.book.generated.brand_line);
    markup_.blocks(node_, content);
    const std::string& href = publication_.inputs.book.generated.brand_href;
    if (href.empty()) return;
    // The invitation is only for a page that says nothing else.
    const std::string_view place = "{address}", pattern = content.empty() ? publication_.label("brand.more") : place;
    const std::size_t at = pattern.find(place);
    pugi::xml_node paragraph = append_line(node_, "p");
    set_attribute(paragraph, "class", "small");
    append_text(paragraph, pattern.substr(0, at));
    pugi::xml_node link = paragraph.append_child("a");
    set_attribute(link, "href", href);
    if (publication_.inputs.book.language.direction == model::Direction::rtl) set_attribute(link, "dir", "ltr");
    append_text(link, href);
    append_text(paragraph, pattern.substr(at + place.size()));
  }

  Publication& publication_;
  ContentDocument& file_;
  Markup markup_;
  pugi::xml_node node_;
};

}  // namespace

void write_section(Publication& publication, ContentDocument& file) { SectionWriter(publication, file).write(); }

}  // namespace epitome::epub
