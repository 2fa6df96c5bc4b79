#include "worker/broker.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace epitome::worker {

namespace {

constexpr std::int64_t connect_ms = 5000, reconnect_ms = 200, wait_ms = 5000, fetch_ms = 500;
constexpr std::int64_t nanoseconds = 1'000'000'000;
// How long the broker knows the ids of what was published, to drop a second one.
constexpr std::int64_t remembered = 600 * nanoseconds;
constexpr char consumer[] = "workers";

std::string why(natsStatus status) {
  if (status == NATS_OK) return {};
  natsStatus last = NATS_OK;
  const char* const text = nats_GetLastError(&last);
  return last == status && text != nullptr && *text != '\0' ? fmt::format("{}: {}", natsStatus_GetText(status), text)
                                                            : std::string(natsStatus_GetText(status));
}

}  // namespace

Broker::~Broker() {
  context_.reset();
  connection_.reset();
  nats_CloseAndWait(connect_ms);
}

std::string Broker::connect() {
  natsOptions* made = nullptr;
  natsStatus status = natsOptions_Create(&made);
  const std::unique_ptr<natsOptions, Destroyer<natsOptions_Destroy>> options(made);
  if (status == NATS_OK) status = natsOptions_SetURL(made, options_.nats.c_str());
  if (status == NATS_OK) status = natsOptions_SetTimeout(made, connect_ms);
  if (status == NATS_OK) status = natsOptions_SetAllowReconnect(made, true);
  if (status == NATS_OK) status = natsOptions_SetMaxReconnect(made, -1);
  if (status == NATS_OK) status = natsOptions_SetReconnectWait(made, reconnect_ms);
  if (status == NATS_OK && !options_.credentials.empty())
    status = natsOptions_SetUserCredentialsFromFiles(made, options_.credentials.c_str(), nullptr);
  natsConnection* connection = nullptr;
  if (status == NATS_OK) status = natsConnection_Connect(&connection, made);
  connection_.reset(connection);
  jsOptions with;
  jsOptions_Init(&with);
  with.Wait = wait_ms;
  jsCtx* context = nullptr;
  if (status == NATS_OK) status = natsConnection_JetStream(&context, connection, &with);
  context_.reset(context);
  if (status != NATS_OK) return why(status);
  const std::string jobs = stream_ + ".job", done = stream_ + ".done.*", dead = stream_ + ".dead.*";
  std::array<const char*, 1> of_jobs = {jobs.c_str()};
  std::array<const char*, 2> of_results = {done.c_str(), dead.c_str()};
  std::string fault = make_stream(stream_, of_jobs.data(), 1, js_WorkQueuePolicy);
  if (fault.empty()) fault = make_stream(stream_ + "-results", of_results.data(), 2, js_LimitsPolicy);
  return fault;
}

std::string Broker::make_stream(const std::string& name, const char** subjects, int count,
                                jsRetentionPolicy retention) {
  jsStreamConfig config;
  jsStreamConfig_Init(&config);
  config.Name = name.c_str();
  config.Subjects = subjects;
  config.SubjectsLen = count;
  config.Retention = retention;
  config.Storage = js_FileStorage;
  config.Duplicates = remembered;
  jsErrCode code{};
  const natsStatus status = js_AddStream(nullptr, context_.get(), &config, nullptr, &code);
  return code == JSStreamNameExistErr ? std::string() : why(status);
}

std::string Broker::make_consumer() {
  const std::string subject = stream_ + ".job";
  jsConsumerConfig config;
  jsConsumerConfig_Init(&config);
  config.Durable = consumer;
  config.FilterSubject = subject.c_str();
  config.AckPolicy = js_AckExplicit;
  config.AckWait = options_.ack_wait * nanoseconds;
  config.MaxDeliver = -1;  // the worker counts: what the broker gave up would be no dead letter
  jsErrCode code{};
  return why(js_AddConsumer(nullptr, context_.get(), stream_.c_str(), &config, nullptr, &code));
}

std::size_t Broker::largest_message() const {
  return static_cast<std::size_t>(natsConnection_GetMaxPayload(connection_.get()));
}

std::string Broker::publish(const std::string& subject, std::string_view bytes, const std::string& id, bool* is_known) {
  jsPubOptions with;
  jsPubOptions_Init(&with);
  with.MsgId = id.c_str();
  jsPubAck* given = nullptr;
  jsErrCode code{};
  const natsStatus status =
      js_Publish(&given, context_.get(), subject.c_str(), bytes.data(), static_cast<int>(bytes.size()), &with, &code);
  if (is_known != nullptr) *is_known = given != nullptr && given->Duplicate;
  jsPubAck_Destroy(given);
  return why(status);
}

std::string Broker::submit(const std::string& job, const std::string& id, bool& is_known) {
  return publish(stream_ + ".job", job, id, &is_known);
}

std::string Broker::tell_done(const std::string& id, const std::string& line, const std::string& fingerprint) {
  return publish(stream_ + ".done." + id, line, id + fingerprint, nullptr);
}

std::string Broker::tell_dead(const std::string& id, const std::string& letter) {
  return publish(stream_ + ".dead." + id, letter, "dead" + id, nullptr);
}

std::optional<std::string> Broker::done(const std::string& id) {
  const std::string results = stream_ + "-results", subject = stream_ + ".done." + id;
  natsMsg* found = nullptr;
  jsErrCode code{};
  if (js_GetLastMsg(&found, context_.get(), results.c_str(), subject.c_str(), nullptr, &code) != NATS_OK)
    return std::nullopt;
  const Received message(found);
  return std::string(natsMsg_GetData(found), static_cast<std::size_t>(natsMsg_GetDataLength(found)));
}

std::string Broker::subscribe(Subscription& subscription) {
  const std::string subject = stream_ + ".job";
  jsSubOptions with;
  jsSubOptions_Init(&with);
  with.Stream = stream_.c_str();
  with.Consumer = consumer;
  natsSubscription* made = nullptr;
  jsErrCode code{};
  const natsStatus status = js_PullSubscribe(&made, context_.get(), subject.c_str(), consumer, nullptr, &with, &code);
  subscription.reset(made);
  return why(status);
}

Received Broker::next(natsSubscription& subscription) {
  natsMsgList list{};
  jsErrCode code{};
  const natsStatus status = natsSubscription_Fetch(&list, &subscription, 1, fetch_ms, &code);
  Received message;
  if (list.Count > 0) message.reset(std::exchange(list.Msgs[0], nullptr));
  natsMsgList_Destroy(&list);
  // Without a broker it fails at once.
  if (status != NATS_OK && status != NATS_TIMEOUT) nats_Sleep(reconnect_ms);
  return message;
}

bool Broker::is_empty() {
  jsConsumerInfo* about = nullptr;
  jsErrCode code{};
  if (js_GetConsumerInfo(&about, context_.get(), stream_.c_str(), consumer, nullptr, &code) != NATS_OK) return false;
  const bool none = about->NumPending == 0 && about->NumAckPending == 0;
  jsConsumerInfo_Destroy(about);
  return none;
}

}  // namespace epitome::worker
