// The voices of EPUBs that are read aloud, as the command line names them: a program, or a folder of recordings.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/epitome.hpp"

namespace epitome::app {

struct VoiceOptions {
  std::string command;    // --voice; empty: none
  std::string cache;      // --voice-cache: a folder; empty: none
  unsigned seconds = 60;  // --voice-timeout: for one sentence
  std::string narration;  // --narration: a folder; empty: none
};

// A command line parted at its spaces, but inside of '…' and "…"; no shell has a part in it. Empty if a mark isn't
// closed or there are no words.
std::vector<std::string> words_of_command(const std::string& command);

// A voice that runs the program for each sentence: text by standard input, its language as EPITOME_LANGUAGE and where
// {lang} stands in the arguments. What was said is kept in the cache by text, language and command. It may be called by
// several threads. `fault`: what can't be used at all.
Voice program_voice(const VoiceOptions& options, std::optional<Message>& fault);

// The recordings in a folder, in the order of their names: NAME.txt beside NAME.mp3 or NAME.wav.
std::vector<Recording> recordings_in(const std::string& folder, std::optional<Message>& fault);

}  // namespace epitome::app
