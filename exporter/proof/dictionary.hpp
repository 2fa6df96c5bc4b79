// One of Hunspell's dictionaries, whatever its encoding. Internal to proof.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

class Hunspell;
struct UConverter;

namespace epitome::proof {

class Dictionary {
 public:
  // NAME.aff and NAME.dic; null if its encoding isn't known.
  static std::unique_ptr<Dictionary> open(const std::string& name);
  ~Dictionary();
  // Words are UTF-8, with any apostrophe.
  bool has(std::string_view word) const;
  // Those that its author would try in place of others, the most usual first.
  const std::vector<std::string>& letters() const { return letters_; }

 private:
  explicit Dictionary(const std::string& name);
  std::optional<std::string> encoded(std::string_view word) const;
  std::string decoded(const std::string& word) const;
  void read_letters(const std::string& aff);
  std::unique_ptr<Hunspell> words_;
  UConverter* converter_ = nullptr;  // null: UTF-8
  std::vector<std::string> letters_;
};

}  // namespace epitome::proof
