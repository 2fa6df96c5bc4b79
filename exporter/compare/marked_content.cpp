#include "compare/marked_content.hpp"

#include <algorithm>
#include <vector>

#include "compare/said.hpp"

namespace epitome::compare {

std::u32string text_string(QPDFObjectHandle string) { return to_utf32(string.getUTF8Value()); }

const ToUnicode* MarkedContent::to_unicode(QPDFObjectHandle font) {
  if (!font.isDictionary()) return nullptr;
  QPDFObjectHandle cmap = font.getKey("/ToUnicode");
  if (!cmap.isStream()) return nullptr;
  const auto known = fonts_.find(cmap.getObjGen());
  if (known != fonts_.end()) return &known->second;
  const std::shared_ptr<Buffer> data = cmap.getStreamData(qpdf_dl_generalized);
  const std::string_view bytes(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
  return &fonts_.emplace(cmap.getObjGen(), ToUnicode(bytes, room_)).first->second;
}

class ContentReader : public QPDFObjectHandle::ParserCallbacks {
 public:
  ContentReader(MarkedContent& owner, const QPDFObjectHandle& resources) : owner_(owner), resources_(resources) {}

  void handleObject(QPDFObjectHandle object) override {
    if (!object.isOperator()) {
      // An operator has few operands; a damaged stream may have any number.
      if (operands_.size() < 64) operands_.push_back(object);
      return;
    }
    operate(object.getOperatorValue());
    operands_.clear();
  }
  void handleEOF() override {}

  MarkedText result;

 private:
  struct Sequence {
    int mcid = -1;
    bool artifact = false;
    bool replaced = false;  // by an ActualText
  };

  QPDFObjectHandle resource(const char* kind, QPDFObjectHandle& name) {
    QPDFObjectHandle of_kind = resources_.isDictionary() ? resources_.getKey(kind) : QPDFObjectHandle::newNull();
    return of_kind.isDictionary() && name.isName() ? of_kind.getKey(name.getName()) : QPDFObjectHandle::newNull();
  }

  void operate(const std::string& name) {
    if (name == "BDC" || name == "BMC") {
      begin();
    } else if (name == "EMC") {
      if (!open_.empty()) open_.pop_back();
    } else if (name == "q") {
      saved_.push_back(font_);
    } else if (name == "Q") {
      if (!saved_.empty()) font_ = saved_.back(), saved_.pop_back();
    } else if (name == "Tf" && operands_.size() == 2) {
      font_name_ = operands_[0].isName() ? operands_[0].getName() : std::string();
      font_ = owner_.to_unicode(resource("/Font", operands_[0]));
    } else if ((name == "Tj" || name == "'" || name == "\"" || name == "TJ") && !operands_.empty()) {
      if (operands_.back().isArray()) {
        for (QPDFObjectHandle& item : operands_.back().getArrayAsVector()) show(item);
      } else {
        show(operands_.back());
      }
    }
  }

  void begin() {
    Sequence sequence = open_.empty() ? Sequence() : open_.back();
    if (!operands_.empty() && operands_[0].isNameAndEquals("/Artifact")) sequence.artifact = true;
    QPDFObjectHandle properties = operands_.size() > 1 ? operands_[1] : QPDFObjectHandle::newNull();
    if (properties.isName()) properties = resource("/Properties", properties);
    if (properties.isDictionary()) {
      if (properties.getKey("/MCID").isInteger()) sequence.mcid = properties.getKey("/MCID").getIntValueAsInt();
      if (!sequence.replaced && properties.getKey("/ActualText").isString()) {
        put(sequence, text_string(properties.getKey("/ActualText")));
        sequence.replaced = true;
      }
    }
    open_.push_back(sequence);
  }

  void show(QPDFObjectHandle& string) {
    if (!string.isString()) return;
    const Sequence sequence = open_.empty() ? Sequence() : open_.back();
    if (sequence.artifact || sequence.replaced) return;
    if (font_ == nullptr) {
      result.unreadable_font = font_name_.empty() ? "(none)" : font_name_;
    } else {
      put(sequence, font_->text(string.getStringValue()));
    }
  }

  void put(const Sequence& sequence, const std::u32string& text) {
    if (sequence.artifact) return;
    if (sequence.mcid >= 0) {
      result.marks[sequence.mcid] += text;
    } else if (text.find_first_not_of(U' ') != std::u32string::npos) {
      result.has_unmarked = true;
    }
  }

  MarkedContent& owner_;
  QPDFObjectHandle resources_;
  std::vector<QPDFObjectHandle> operands_;
  std::vector<Sequence> open_;
  const ToUnicode* font_ = nullptr;
  std::string font_name_;
  std::vector<const ToUnicode*> saved_;
};

MarkedText MarkedContent::read(QPDFPageObjectHelper page) {
  ContentReader reader(*this, page.getAttribute("/Resources", false));
  page.parseContents(&reader);
  return std::move(reader.result);
}

}  // namespace epitome::compare
