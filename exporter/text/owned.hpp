// Objects of C libraries that are let go by a function of theirs.
#pragma once

#include <memory>

namespace epitome::text {

template <class T, void (*destroy)(T*)>
struct Destroy {
  void operator()(T* p) const { destroy(p); }
};
template <class T, void (*destroy)(T*)>
using Owned = std::unique_ptr<T, Destroy<T, destroy>>;

}  // namespace epitome::text
