// What the commands worker and submit have. The program epitome-worker (exporter/worker) does what they say.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace epitome::app {

struct WorkerOptions {
  std::string nats = "nats://127.0.0.1:4222";  // --nats: the broker's address; several with commas between
  std::string credentials;                     // --creds: a file; empty: none
  std::string stream;                          // --stream: JetStream's name of the stream of jobs
  std::string store;                           // --store: a folder; empty: the current one
  unsigned ack_wait = 30;                      // --ack-wait: seconds
  unsigned max_deliver = 5;                    // --max-deliver
  bool until_empty = false;                    // --until-empty
  bool by_value = false;                       // --by-value
  std::string options;                         // --options: a JSON object; empty: none
};

// Adds the options of one of the two commands; their values go to `options` when the command line is read.
void add_worker_options(CLI::App& command, WorkerOptions& options);
void add_submit_options(CLI::App& command, WorkerOptions& options);

// What is wrong with them; empty if nothing is.
std::string worker_fault(const WorkerOptions& options);

}  // namespace epitome::app
