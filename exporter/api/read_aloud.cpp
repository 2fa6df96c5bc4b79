#include "api/read_aloud.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "api/labels.hpp"
#include "api/message.hpp"
#include "audio/track.hpp"
#include "epub/read_aloud.hpp"
#include "model/walk.hpp"

namespace epitome::api {

namespace {

// Where the source has what the EPUB calls by an id.
struct Places {
  std::map<std::string, diag::Span, std::less<>> known;

  void operator()(const model::Part& part) { add(part.id, part); }
  void operator()(const model::Item auto& item) { add(item.id, item); }
  void operator()(const model::Block& block) { add(block.id, block); }
  void operator()(const model::ListItem& item) { add(item.id, item); }
  void operator()(const model::Cell& cell) { add(cell.id, cell); }

 private:
  template <class Piece>
  void add(const std::string& id, const Piece& piece) {
    known.emplace(id, piece.attributes.span);
    model::walk_inside(piece, *this);
  }
};

// "'story--s-1b2c3d' (“The first words …”)".
std::string called(const epub::Utterance& utterance) {
  constexpr std::size_t most = 60;
  std::string text = utterance.text;
  if (text.size() > most) {
    std::size_t end = text.rfind(' ', most);
    if (end == std::string::npos) end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text = text.substr(0, end) + " …";
  }
  return fmt::format("'{}' (“{}”)", utterance.id, text);
}

class Reading {
 public:
  Reading(epub::Package& package, const book::Book& book, const ReadAloud& asked, diag::Sink& sink,
          std::vector<Message>& messages)
      : package_(package), book_(book), asked_(asked), sink_(sink), messages_(messages) {}

  bool add() {
    utterances_ = epub::mark_sentences(package_, book_);
    for (const epub::Utterance& utterance : utterances_) {
      if (!utterance.is_page) narration_.expected.insert(utterance.id);
    }
    narration_.narrator = asked_.narrator;
    if (!(asked_.voice ? speak() : find_all())) return false;
    const epub::Said said = epub::add_overlays(package_, narration_);
    for (const std::string& id : said.twice) {
      const auto& [file, span] = labelled_.at(id);
      refuse(file, span, fmt::format("'{}' stands in a piece of the text that another label names", id),
             "name the whole or its sentences");
    }
    if (!said.missing.empty()) tell_missing(said.missing);
    finish_labels();
    return !failed_;
  }

 private:
  // A track for each document.
  bool speak() {
    for (std::size_t first = 0; first < utterances_.size();) {
      const std::size_t document = utterances_[first].document;
      audio::Track track;
      std::size_t end = first;
      for (; end < utterances_.size() && utterances_[end].document == document; ++end) {
        if (!speak_one(utterances_[end], track)) return false;
      }
      std::string path = package_.resources[document].path;
      path = path.substr(path.rfind('/') + 1);
      path = "audio/" + path.substr(0, path.rfind('.')) + ".mp3";
      audio::Track::Finished finished = track.finish();
      for (std::size_t i = first; i < end; ++i) {
        const audio::Stretch& piece = finished.pieces[i - first];
        narration_.clips[utterances_[i].id] = {path, piece.begin, piece.end};
      }
      narration_.files[path] = std::move(finished.mp3);
      first = end;
    }
    return true;
  }

  bool speak_one(const epub::Utterance& utterance, audio::Track& track) {
    std::string why;
    const std::optional<std::string> sound = asked_.voice({utterance.id, utterance.text, utterance.language}, why);
    if (sound) why = track.add(*sound);
    if (sound && why.empty()) return true;
    sink_.report(diag::Code::E0704, place_of(utterance),
                 fmt::format("the voice didn't say {}: {}", called(utterance), why),
                 {"the voice's program gets the text by standard input and writes WAV or MP3 to standard output"});
    return false;
  }

  diag::Span place_of(const epub::Utterance& utterance) {
    if (places_.known.empty()) model::walk(book_.document, places_);
    const auto found = places_.known.find(utterance.around);
    return found == places_.known.end() ? diag::Span{} : found->second;
  }

  // The clips of all recordings; false if one can't be used.
  bool find_all() {
    ids_ = epub::ids_in_documents(package_);
    std::size_t number = 0;
    for (const Recording& recording : asked_.recordings) {
      audio::Track track;
      if (const std::string why = track.add(recording.audio); !why.empty()) {
        messages_.push_back(fault(diag::Code::E0705, recording.name, why, "save it as MP3, or as WAV of 16 bits"));
        failed_ = true;
        continue;
      }
      audio::Track::Finished finished = track.finish();
      const std::string path = fmt::format("audio/recording-{}.mp3", ++number);
      const auto file = std::make_shared<const diag::SourceText>(recording.labels_name, recording.labels);
      sinks_.emplace_back(file, diag::Sink());
      for (const Label& label : read_labels(*file, sinks_.back().second))
        add_label(file, label, path, finished.pieces.front());
      narration_.files[path] = std::move(finished.mp3);
    }
    if (narration_.clips.empty() && !failed_ && !has_label_errors()) {
      messages_.push_back(fault(diag::Code::E0705, "narration", "no label names a sentence",
                                "epitome dump --sentences prints the ids of all"));
      failed_ = true;
    }
    if (failed_ || has_label_errors()) finish_labels();
    return !failed_;
  }

  using LabelFile = std::shared_ptr<const diag::SourceText>;

  void add_label(const LabelFile& file, const Label& label, const std::string& path, const audio::Stretch& sound) {
    constexpr std::int64_t rounding = 100;  // what editors of sound round away, and what the last frame is short of
    const std::string id(label.id);
    const std::int64_t length = sound.end - sound.begin;
    if (!ids_.contains(id)) {
      refuse(file, label.span, fmt::format("the text has no '{}'", id),
             "a sentence that was changed has another id; epitome dump --sentences prints all");
    } else if (!labelled_.emplace(id, std::pair(file, label.span)).second) {
      refuse(file, label.span, fmt::format("'{}' is named twice", id), "take the better one");
    } else if (label.begin >= length || label.end > length + rounding) {
      refuse(file, label.span, fmt::format("the recording ends after {}.{:03} s", length / 1000, length % 1000),
             "the labels are of another recording");
    } else {
      narration_.clips[id] = {path, sound.begin + label.begin, sound.begin + std::min(label.end, length)};
    }
  }

  void refuse(const LabelFile& file, diag::Span span, std::string message, std::string hint) {
    const auto at = std::find_if(sinks_.begin(), sinks_.end(), [&](const auto& sink) { return sink.first == file; });
    at->second.report(diag::Code::E0706, span, std::move(message), {std::move(hint)});
  }

  bool has_label_errors() const {
    return std::any_of(sinks_.begin(), sinks_.end(), [](const auto& sink) { return sink.second.has_errors(); });
  }

  // Gives the messages of the labels' files away.
  void finish_labels() {
    failed_ = failed_ || has_label_errors();
    for (const auto& [file, sink] : sinks_) {
      for (const diag::Diagnostic& diagnostic : sink.diagnostics()) messages_.push_back(to_message(diagnostic, file));
    }
    sinks_.clear();
  }

  void tell_missing(const std::vector<std::string>& missing) {
    const auto first = std::find_if(utterances_.begin(), utterances_.end(),
                                    [&](const epub::Utterance& utterance) { return utterance.id == missing.front(); });
    sink_.report(diag::Code::W0707, place_of(*first),
                 fmt::format("no label names {}{}", called(*first),
                             missing.size() == 1 ? "" : fmt::format(" and {} more sentences", missing.size() - 1)),
                 {"epitome dump --sentences prints the ids of all"});
  }

  epub::Package& package_;
  const book::Book& book_;
  const ReadAloud& asked_;
  diag::Sink& sink_;
  std::vector<Message>& messages_;
  std::vector<epub::Utterance> utterances_;
  epub::Narration narration_;
  std::map<std::string, std::size_t> ids_;
  std::vector<std::pair<LabelFile, diag::Sink>> sinks_;
  std::map<std::string, std::pair<LabelFile, diag::Span>> labelled_;
  Places places_;
  bool failed_ = false;
};

}  // namespace

bool read_aloud(epub::Package& package, const book::Book& book, const ReadAloud& asked, diag::Sink& sink,
                std::vector<Message>& messages) {
  return Reading(package, book, asked, sink, messages).add();
}

std::string dump_sentences(epub::Package& package, const book::Book& book) {
  std::string out;
  for (const epub::Utterance& said : epub::mark_sentences(package, book))
    out += fmt::format("{}\t{}\t{}\n", said.id, said.language, said.text);
  return out;
}

}  // namespace epitome::api
