// JSON written member by member: entries, JSON-LD, OPDS 2.0 and the index for searching.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "diag/diagnostic.hpp"

namespace epitome::site {

class Json {
 public:
  void begin() {
    separate();
    out_ += '{';
    first_ = true;
  }
  void begin(std::string_view key) {
    name(key);
    begin();
  }
  void end() {
    out_ += '}';
    first_ = false;
  }
  void begin_list() {
    separate();
    out_ += '[';
    first_ = true;
  }
  void begin_list(std::string_view key) {
    name(key);
    begin_list();
  }
  void end_list() {
    out_ += ']';
    first_ = false;
  }
  void item(std::string_view text) {
    separate();
    out_ += diag::json_string(text);
  }
  void item(std::uint64_t number) {
    separate();
    out_ += std::to_string(number);
  }
  // Nothing if the text is empty.
  void put(std::string_view key, std::string_view text) {
    if (text.empty()) return;
    name(key);
    item(text);
  }
  void put(std::string_view key, std::uint64_t number) {
    name(key);
    item(number);
  }
  // The member's name; its value follows.
  void name(std::string_view key) {
    separate();
    out_ += diag::json_string(key);
    out_ += ':';
    first_ = true;
  }
  std::string take() { return std::move(out_); }

 private:
  void separate() {
    if (!first_) out_ += ',';
    first_ = false;
  }
  std::string out_;
  bool first_ = true;  // nothing stands before in the object or list
};

}  // namespace epitome::site
