// The program's own malloc, calloc …: the system's (or those of a library that is loaded before it), but they never
// return without memory. C libraries pass over failed allocations in silence (HarfBuzz shapes without a table that it
// could not load), and an exception can't be thrown through their frames: so the program ends where memory runs out,
// inside any library and before main() too. Not in the rooms: in the program of another the decision is not ours.
#include <dlfcn.h>

#include <atomic>
#include <cerrno>
#include <cstddef>

#include "app/memory.hpp"

// A sanitizer brings an allocator of its own, and says itself where it ends.
#if defined(__SANITIZE_ADDRESS__)
#define EPITOME_OWN_ALLOCATION 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
#define EPITOME_OWN_ALLOCATION 0
#endif
#endif
#ifndef EPITOME_OWN_ALLOCATION
#define EPITOME_OWN_ALLOCATION 1
#endif

#if EPITOME_OWN_ALLOCATION

namespace {

// No document needs so much at once. A damaged number in a file asks for it, and the library that reads the file then
// refuses it with better words.
constexpr std::size_t beyond_reason = std::size_t{1} << 32;

// The next function of that name behind this program's. Old C libraries allocate in dlsym() itself and can do without.
template <class Function>
Function* next(std::atomic<Function*>& known, const char* name) {
  static thread_local bool looking = false;
  Function* found = known.load(std::memory_order_relaxed);
  if (found == nullptr && !looking) {
    looking = true;
    found = reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
    known.store(found, std::memory_order_relaxed);
    looking = false;
  }
  return found;
}

void* kept(void* memory, std::size_t size) {
  if (memory == nullptr && size != 0 && size <= beyond_reason) epitome::app::end_without_memory();
  return memory;
}

std::atomic<void* (*)(std::size_t)> next_malloc{nullptr};
std::atomic<void*(*)(std::size_t, std::size_t)> next_calloc{nullptr}, next_aligned_alloc{nullptr};
std::atomic<void* (*)(void*, std::size_t)> next_realloc{nullptr};
std::atomic<int (*)(void**, std::size_t, std::size_t)> next_posix_memalign{nullptr};

}  // namespace

extern "C" {

void* malloc(std::size_t size) noexcept {
  auto* const system = next(next_malloc, "malloc");
  return system == nullptr ? nullptr : kept(system(size), size);
}

void* calloc(std::size_t count, std::size_t size) noexcept {
  auto* const system = next(next_calloc, "calloc");
  std::size_t all = 0;
  if (__builtin_mul_overflow(count, size, &all)) all = beyond_reason + 1;
  return system == nullptr ? nullptr : kept(system(count, size), all);
}

void* realloc(void* memory, std::size_t size) noexcept {
  auto* const system = next(next_realloc, "realloc");
  return system == nullptr ? nullptr : kept(system(memory, size), size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  auto* const system = next(next_aligned_alloc, "aligned_alloc");
  return system == nullptr ? nullptr : kept(system(alignment, size), size);
}

int posix_memalign(void** memory, std::size_t alignment, std::size_t size) noexcept {
  auto* const system = next(next_posix_memalign, "posix_memalign");
  const int error = system == nullptr ? ENOMEM : system(memory, alignment, size);
  if (system != nullptr && error == ENOMEM) kept(nullptr, size);
  return error;
}

}  // extern "C"

#endif
