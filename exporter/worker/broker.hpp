// NATS JetStream as workers and those who submit need it.
#pragma once

#include <nats/nats.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/worker_options.hpp"

namespace epitome::worker {

template <auto Destroy>
struct Destroyer {
  template <typename T>
  void operator()(T* object) const {
    Destroy(object);
  }
};
using Received = std::unique_ptr<natsMsg, Destroyer<natsMsg_Destroy>>;
using Subscription = std::unique_ptr<natsSubscription, Destroyer<natsSubscription_Destroy>>;

// A connection, with a stream of jobs NAME (subject NAME.job, each job kept until it is acknowledged) and one of what
// became of them, NAME-results (subjects NAME.done.ID and NAME.dead.ID: see id_of). Both
// are made if they aren't there; those that are stay as they are. For many threads. Where the broker goes away, the
// connection waits for it without end; calls fail meanwhile.
class Broker {
 public:
  explicit Broker(const app::WorkerOptions& options) : options_(options), stream_(options.stream) {}
  ~Broker();
  Broker(const Broker&) = delete;
  Broker& operator=(const Broker&) = delete;

  // The reason if there is no connection within some seconds or the streams can't be made, else empty.
  std::string connect();
  // The consumer that all workers share. The reason if it can't be made.
  std::string make_consumer();

  // The most bytes that a message may have.
  std::size_t largest_message() const;

  // Publishes a job, `id` being told to the broker, which drops what it has. The reason if that fails. `is_known`:
  // dropped.
  std::string submit(const std::string& job, const std::string& id, bool& is_known);
  // What became of a job. The reason if that can't be told.
  std::string tell_done(const std::string& id, const std::string& line, const std::string& fingerprint);
  std::string tell_dead(const std::string& id, const std::string& letter);
  // What was told last; nothing if nothing was, or nobody can be asked.
  std::optional<std::string> done(const std::string& id);

  // Each thread has its own. The reason if that fails.
  std::string subscribe(Subscription& subscription);
  // The next job, after a while at most. Null: there is none, or no broker.
  static Received next(natsSubscription& subscription);
  // Is no job left, and is none worked at? False if nobody can be asked.
  bool is_empty();

 private:
  std::string publish(const std::string& subject, std::string_view bytes, const std::string& id, bool* is_known);
  std::string make_stream(const std::string& name, const char** subjects, int count, jsRetentionPolicy retention);

  const app::WorkerOptions& options_;
  const std::string stream_;
  std::unique_ptr<natsConnection, Destroyer<natsConnection_Destroy>> connection_;
  std::unique_ptr<jsCtx, Destroyer<jsCtx_Destroy>> context_;
};

}  // namespace epitome::worker
