// A value that stands apart, in an allocation of its own, and takes a pointer's room: most often it is empty, and then
// there is none.
#pragma once

#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

namespace epitome::model {

template <typename T>
class Apart {
 public:
  Apart() = default;
  Apart(T value) {
    if constexpr (requires { value.empty(); }) {
      if (value.empty()) return;
    }
    value_ = std::make_unique<T>(std::move(value));
  }
  Apart(const char* text)
    requires std::is_constructible_v<T, const char*>
      : Apart(T(text)) {}
  Apart(const Apart& other) : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
  Apart(Apart&&) noexcept = default;
  Apart& operator=(const Apart& other) { return *this = Apart(other); }
  Apart& operator=(Apart&&) noexcept = default;
  ~Apart() = default;

  const T& operator*() const { return value_ ? *value_ : none; }
  const T* operator->() const { return &**this; }
  operator const T&() const { return **this; }
  operator std::string_view() const
    requires std::is_convertible_v<T, std::string_view>
  {
    return **this;
  }
  // To be changed: from now on it takes its room.
  T& edit() {
    if (!value_) value_ = std::make_unique<T>();
    return *value_;
  }

  bool empty() const { return value_ == nullptr; }
  void clear() { value_ = nullptr; }

  friend bool operator==(const Apart& a, const Apart& b) { return *a == *b; }
  template <class Text>
    requires(std::is_convertible_v<T, std::string_view> && std::is_convertible_v<const Text&, std::string_view> &&
             !std::is_same_v<Text, Apart>)
  friend bool operator==(const Apart& a, const Text& b) {
    return std::string_view(*a) == std::string_view(b);
  }

 private:
  static inline const T none{};
  std::unique_ptr<T> value_;
};

}  // namespace epitome::model
