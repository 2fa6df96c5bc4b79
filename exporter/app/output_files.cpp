#include "app/output_files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <mutex>
#include <string_view>
#include <utility>

#include "app/child.hpp"
#include "app/files.hpp"
#include "app/signals.hpp"

namespace epitome::app {

// Never freed: a handler may be reading the list at any moment. A node that is free is used again.
struct Unfinished {
  enum State : int { free, changing, used };
  std::atomic<int> state{changing};
  std::string name;
  Unfinished* next = nullptr;
};

namespace {

std::atomic<Unfinished*> unfinished{nullptr};
static_assert(std::atomic<Unfinished*>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

// A place to remember a file in, taken before the file is made: memory may run out here, but not when the file is
// there. `name` is as long as the file's will be.
Unfinished* place_for(const std::string& name) {
  Unfinished* node = unfinished.load();
  for (; node != nullptr; node = node->next) {
    int expected = Unfinished::free;
    if (node->state.compare_exchange_strong(expected, Unfinished::changing)) break;
  }
  if (node == nullptr) {
    node = new Unfinished;
    node->next = unfinished.load();
    while (!unfinished.compare_exchange_weak(node->next, node)) {
    }
  }
  try {
    node->name.assign(name.size(), '\0');
  } catch (...) {
    node->state.store(Unfinished::free);
    throw;
  }
  return node;
}

void remember(Unfinished& place, std::string_view name) {
  place.name.replace(0, place.name.size(), name);
  place.state.store(Unfinished::used);
}

void forget(Unfinished* node) {
  if (node != nullptr) node->state.store(Unfinished::free);
}

volatile std::sig_atomic_t came = 0;
volatile std::sig_atomic_t finishes = 0;

std::atomic<bool> ending{false};
std::atomic<int> steps{0};
thread_local int own_steps = 0;

// One step on files that is done whole or not begun: the program's end, by a signal or for want of memory in any
// thread, waits for those that are begun, and none begins after that.
class WholeStep {
 public:
  WholeStep() {
    ++steps;
    ++own_steps;
    if (!ending) return;
    --steps;
    for (;;) pause();
  }
  ~WholeStep() {
    --own_steps;
    --steps;
  }
  WholeStep(const WholeStep&) = delete;
  WholeStep& operator=(const WholeStep&) = delete;

 private:
  SignalsWait signals_;
};

// A thread that is inside of a step may wait for memory's lock, which the thread that ends may hold: not for ever.
void wait_for_steps() {
  ending = true;
  constexpr timespec a_millisecond{0, 1'000'000};
  for (int waited = 0; steps > own_steps && waited < 1000; ++waited) nanosleep(&a_millisecond, nullptr);
}

extern "C" void on_signal(int signal) {
  const bool first = came == 0;
  came = signal;
  if (finishes != 0 && first) return;
  end_children(signal);
  remove_unfinished();
  end_by(signal);
}

// Whatever is there but is no ordinary file. A pipe could wait for ever for a reader, and no device is a place for a
// book.
std::string write_directly(const struct stat& there, std::string_view bytes) {
  struct stat output {};
  const bool to_output =
      fstat(STDOUT_FILENO, &output) == 0 && output.st_dev == there.st_dev && output.st_ino == there.st_ino;
  if (to_output) return write_all(STDOUT_FILENO, bytes);
  if (S_ISCHR(there.st_mode) && there.st_rdev == makedev(1, 3)) return {};  // /dev/null
  return S_ISDIR(there.st_mode) ? reason(EISDIR) : "it is a device, a pipe or a socket; -o - writes to standard output";
}

// umask() can only be asked by changing it: what is made meanwhile by another thread would get other rights.
std::mutex mask_is_asked;

mode_t usual_mask() {
  const std::lock_guard lock(mask_is_asked);
  const mode_t mask = umask(0);
  umask(mask);
  return mask;
}

constexpr std::string_view temporary_name = ".epitome-XXXXXX", temporary_start = ".epitome-";

// No name of a file is longer.
constexpr std::size_t longest_name = NAME_MAX;

}  // namespace

void remove_unfinished() {
  wait_for_steps();
  for (const Unfinished* node = unfinished.load(); node != nullptr; node = node->next) {
    if (node->state.load() == Unfinished::used) unlink(node->name.c_str());
  }
}

void finish_at_signals() { finishes = 1; }

int signal_that_came() { return came; }

void end_by(int signal) {
  struct sigaction action {};
  action.sa_handler = SIG_DFL;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, signal);
  pthread_sigmask(SIG_UNBLOCK, &only, nullptr);
  raise(signal);
  _exit(128 + signal);
}

void prepare_signals() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before {};
    // What the caller has the program ignore (nohup) stays ignored.
    if (sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_DFL) sigaction(signal, &action, nullptr);
  }
  for (const int fails_by_its_call : {SIGPIPE, SIGXFSZ}) signal(fails_by_its_call, SIG_IGN);
}

std::string target_of(const std::string& path) {
  if (std::string there = resolved(path); !there.empty()) return there;
  std::string target = path;
  std::array<char, PATH_MAX> link{};
  for (int links = 0; links < 40; ++links) {  // as many as Linux follows
    const ssize_t length = readlink(target.c_str(), link.data(), link.size());
    if (length < 0) break;
    target.resize(link.front() == '/' ? 0 : folder_of(target).size());
    target.append(link.data(), static_cast<std::size_t>(length));
  }
  const std::string folder = folder_of(target);
  std::string place = resolved(folder.empty() ? "." : folder);
  if (place.empty()) return target;
  if (place != "/") place += '/';
  return place + target.substr(folder.size());
}

std::string make_folder(const std::string& folder) {
  if (folder.empty() || is_folder(folder)) return {};
  const std::lock_guard lock(mask_is_asked);
  return mkdir(folder.c_str(), 0777) == 0 || errno == EEXIST ? std::string() : reason(errno);
}

std::string make_folders(const std::string& above, const std::string& folder) {
  if (is_folder(folder)) return {};
  for (std::size_t end = folder.find('/', above.size()); end != std::string::npos; end = folder.find('/', end + 1)) {
    if (std::string why = make_folder(folder.substr(0, end)); !why.empty()) return why;
  }
  return make_folder(folder);
}

bool holds(const std::string& path, std::string_view bytes) {
  struct stat there {};
  if (lstat(path.c_str(), &there) != 0 || !S_ISREG(there.st_mode) ||
      static_cast<std::uint64_t>(there.st_size) != bytes.size())
    return false;
  std::string why_not;
  return read_source(path, bytes.size(), why_not) == bytes;
}

OutputFiles::~OutputFiles() {
  for (const File& file : files_) {
    if (file.remembered != nullptr) unlink(file.temporary.c_str());
    forget(file.remembered);
  }
}

// The temporary file, open and locked; the reason if it can't be made.
std::string OutputFiles::make_temporary(File& file) {
  for (int tries = 0; tries < 100; ++tries) {
    file.temporary = file.folder + std::string(temporary_name);
    {
      Unfinished* const place = place_for(file.temporary);
      const WholeStep step;
      file.opened = Descriptor(mkostemp(file.temporary.data(), O_CLOEXEC));
      if (file.opened.get() < 0) {
        const int why = errno;
        forget(place);
        return reason(why);
      }
      remember(*place, file.temporary);
      file.remembered = place;
    }
    // Where files can't be locked, none is taken for one that was left.
    (void)flock(file.opened.get(), LOCK_EX | LOCK_NB);
    struct stat made {};
    if (fstat(file.opened.get(), &made) == 0 && made.st_nlink != 0) return {};
    // Another program found it before it was locked.
    forget(std::exchange(file.remembered, nullptr));
  }
  return reason(EEXIST);
}

std::string OutputFiles::write(const std::string& path, std::string_view bytes) {
  struct stat old {};
  const bool exists = stat(path.c_str(), &old) == 0;
  if (!exists && errno != ENOENT) return reason(errno);
  if (exists && !S_ISREG(old.st_mode)) return write_directly(old, bytes);

  File& file = files_.emplace_back();
  file.path = path;
  file.target = target_of(path);
  file.folder = folder_of(file.target);
  if (std::string why = make_temporary(file); !why.empty()) {
    files_.pop_back();
    return why;
  }
  file.old = file.temporary + '.' + file.target.substr(file.folder.size());
  if (file.old.size() - file.folder.size() > longest_name) file.old = file.temporary + ".old";

  if (std::string why = write_all(file.opened.get(), bytes); !why.empty()) return why;
  // The rights of the old file, but not what lets it run as another user; or those that an ordinary new one gets.
  if (fchmod(file.opened.get(), exists ? old.st_mode & 0777 : 0666 & ~usual_mask()) != 0) return reason(errno);
  // Only a beginning: take_names() waits for the end and tells what fails.
  (void)sync_file_range(file.opened.get(), 0, 0, SYNC_FILE_RANGE_WRITE);
  return {};
}

// An error's number, or 0. What can't be synced (EINVAL, EROFS) tells when it is closed.
int OutputFiles::sync(File& file) {
  if (fsync(file.opened.get()) == 0) return 0;
  if (errno != EINVAL && errno != EROFS) return errno;
  return file.opened.close_now() == 0 ? 0 : errno;
}

// Gives what stands at the target a second name; an error's number if it can't. File systems without hard links have it
// moved there instead.
int OutputFiles::keep_old(File& file) {
  file.opened_old = Descriptor(open(file.target.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.opened_old.get() >= 0) (void)flock(file.opened_old.get(), LOCK_SH | LOCK_NB);
  file.keeps_old = link(file.target.c_str(), file.old.c_str()) == 0 ||
                   (errno != ENOENT && rename(file.target.c_str(), file.old.c_str()) == 0);
  return file.keeps_old || errno == ENOENT ? 0 : errno;
}

void OutputFiles::put_back(File& file) {
  const int returned = file.keeps_old ? rename(file.old.c_str(), file.target.c_str()) : unlink(file.target.c_str());
  file.error = returned == 0 ? 0 : errno;
  // Renaming one of two names of the same file to the other leaves both.
  if (file.error == 0 && file.keeps_old) unlink(file.old.c_str());
}

void OutputFiles::sync_together(std::span<const OutputFiles* const> all) {
  constexpr std::size_t few = 8;
  std::size_t count = 0;
  const File* any = nullptr;
  for (const OutputFiles* const one : all) {
    count += one->files_.size();
    if (!one->files_.empty()) any = &one->files_.front();
  }
  if (count <= few) return;
  const Descriptor folder(open(any->folder.empty() ? "." : any->folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() >= 0) (void)syncfs(folder.get());
}

std::vector<OutputFiles::Fault> OutputFiles::take_names() {
  for (File& file : files_) {
    if (const int error = sync(file); error != 0) return {{file.path, reason(error)}};
  }
  const WholeStep step;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    File& file = files_[i];
    // Nothing is renamed behind the last one, so it needs no way back.
    file.error = i + 1 < files_.size() ? keep_old(file) : 0;
    if (file.error == 0 && rename(file.temporary.c_str(), file.target.c_str()) != 0) file.error = errno;
    if (file.error != 0) return undo(i);
  }
  for (File& file : files_) {
    if (file.keeps_old) unlink(file.old.c_str());
    forget(std::exchange(file.remembered, nullptr));
    file.opened = Descriptor(-1);
    file.opened_old = Descriptor(-1);
  }
  return {};
}

std::vector<OutputFiles::Fault> OutputFiles::commit() {
  const OutputFiles* const all[] = {this};
  sync_together(all);
  std::vector<Fault> faults = take_names();
  return faults.empty() ? sync_folders(all) : faults;
}

std::vector<OutputFiles::Fault> OutputFiles::undo(std::size_t failed) {
  // First the files, then the words: memory for those may lack.
  const int why = files_[failed].error;
  if (files_[failed].keeps_old) put_back(files_[failed]);
  for (std::size_t i = failed; i-- > 0;) put_back(files_[i]);
  std::vector<Fault> faults = {{files_[failed].path, reason(why)}};
  for (const File& file : std::span(files_).first(failed + 1)) {
    if (file.error == 0 || (&file == &files_[failed] && !file.keeps_old)) continue;
    const std::string old = file.keeps_old ? "; the old one is " + file.old : std::string();
    faults.push_back({file.path, fmt::format("the new file could not be taken back{}: {}", old, reason(file.error))});
  }
  return faults;
}

// Where folders can't be synced, there is nothing more to do. Few documents: those before are looked through.
std::vector<OutputFiles::Fault> OutputFiles::sync_folders(std::span<const OutputFiles* const> all) {
  sync_together(all);
  std::vector<Fault> faults;
  const auto is_synced = [&](std::size_t document, const File& file) {
    const auto same = [&](const File& other) { return &other != &file && other.folder == file.folder; };
    const std::vector<File>& own = all[document]->files_;
    if (std::any_of(own.data(), &file, same)) return true;
    return std::any_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(document), [&](const OutputFiles* other) {
      return std::any_of(other->files_.begin(), other->files_.end(), same);
    });
  };
  for (std::size_t document = 0; document < all.size(); ++document) {
    for (const File& file : all[document]->files_) {
      if (is_synced(document, file)) continue;
      const Descriptor opened(open(file.folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
      if (opened.get() < 0 || fsync(opened.get()) == 0 || errno != EIO) continue;
      faults.push_back({file.path,
                        "it is written, but its folder could not be synced to the disk: a power cut may bring "
                        "the old file back"});
    }
  }
  return faults;
}

namespace {

// The file, locked, if its name is one of ours and no program has it locked.
Descriptor left_over(const std::string& folder, const std::string& name) {
  const bool ours = name.size() == temporary_name.size() ||
                    (name.size() > temporary_name.size() && name[temporary_name.size()] == '.');
  Descriptor opened(ours ? open((folder + name).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW) : -1);
  return opened.get() >= 0 && flock(opened.get(), LOCK_EX | LOCK_NB) == 0 ? std::move(opened) : Descriptor(-1);
}

}  // namespace

std::size_t remove_left_over(const std::string& folder) {
  std::size_t removed = 0;
  DIR* const opened = opendir(folder.empty() ? "." : folder.c_str());
  if (opened == nullptr) return 0;
  std::vector<std::string> names;
  while (const dirent* const entry = readdir(opened)) {
    if (std::string_view(entry->d_name).starts_with(temporary_start)) names.emplace_back(entry->d_name);
  }
  closedir(opened);
  const std::string place = folder.empty() || folder.ends_with('/') ? folder : folder + '/';
  for (const std::string& name : names) {
    const Descriptor locked = left_over(place, name);
    if (locked.get() < 0) continue;
    const std::string path = place + name;
    // A second name of an old file, which is called after it: where hard links are wanting, that may be its only one.
    const std::string old =
        name.size() > temporary_name.size() ? name.substr(temporary_name.size() + 1) : std::string();
    if (old == "old") continue;  // the file's own name was too long
    if (!old.empty() && access((place + old).c_str(), F_OK) != 0) {
      removed += rename(path.c_str(), (place + old).c_str()) == 0 ? 1U : 0U;
    } else {
      removed += unlink(path.c_str()) == 0 ? 1U : 0U;
    }
  }
  return removed;
}

}  // namespace epitome::app
