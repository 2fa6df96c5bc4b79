#include "app/parser.hpp"

#include <fmt/format.h>

#include <utility>

#include "app/choices.hpp"

namespace epitome::app {

Parser::Parser(std::vector<std::string> known_layouts) : layouts(std::move(known_layouts)) {
  app.require_subcommand(0, 1);
  app.set_help_flag("-h,--help", "Explain the command line");
  app.add_flag("--version", version, "The version, and those of the libraries and fonts that the files depend on");
  app.footer(
      "A SOURCE of - is standard input. Exit status: 0 done, 1 errors in the input, 2 wrong usage,\n"
      "3 a file could not be written, 70 a fault of the program or its installation.");
  exporting = app.add_subcommand("export", "Write the files, whole or not at all");
  add_export();
  check = app.add_subcommand("check", "Print every diagnostic, and what an editor would mark, and write nothing");
  add_sources(*check);
  check->add_flag("--epub", line.epub, "The files are EPUBs of any origin: hold them against the rules for readers");
  check->add_flag("--diff", line.diff, "Show what can be mended without a second look, and mend nothing");
  check->add_flag("--fix", line.fix, "Mend that in the sources, and show it");
  check->add_option("--ignores", line.ignores, "What is meant so: a file of lines CODE | TEXT | REASON")
      ->type_name("FILE");
  choices[check->add_option("--against", line.against, "The work: look for the quotations in it")
              ->type_name("EPUB|TXT")] = {{}, {".epub", ".txt"}};
  check->add_flag("--spelling", line.spelling, "Also words that the dictionaries of hunspell don't have");
  check
      ->add_option("--dictionaries", line.dictionaries,
                   "Spelling: a folder of dictionaries (de_DE.aff, de_DE.dic), which go before the system's")
      ->type_name("DIR");
  add_layout(*check);
  add_config(*check);
  dump = app.add_subcommand("dump", "Print one stage as readable text");
  choices[dump->add_option("SOURCE", line.sources, "The summary, or -")->type_name("")->required()->expected(1)] =
      sources();
  add_from(*dump);
  for (const Format* const stage : formats_of(Format::Use::stage)) {
    dump->add_flag_callback(
        fmt::format("--{}", stage->name), [this, stage] { stages.emplace_back(stage->name); },
        std::string(stage->about));
  }
  add_layout(*dump);
  compare = app.add_subcommand("compare", "Say whether a PDF and an EPUB hold the same text, part by part");
  add_compare();
  convert = app.add_subcommand("convert", "Write a summary in another syntax");
  add_convert();
  init = app.add_subcommand("init", "Write a small summary to begin with, with comments");
  add_init();
  schema = app.add_subcommand("schema", "Print the JSON Schema of a summary in JSON, for strict structured output");
  add_schema();
  site = app.add_subcommand("site", "Write a folder for any web server: pages, files, catalogues");
  add_site();
  worker = app.add_subcommand("worker", "Do jobs that NATS JetStream hands out");
  submit = app.add_subcommand("submit", "Give jobs to NATS JetStream, one a document");
  add_jobs();
  help = app.add_subcommand("help", "Explain the command line");
  help->set_help_flag("-h,--help", "Explain this command");
  choices[help->add_option("COMMAND", help_about, "The command to explain")->type_name("")] = {
      {"export", "check", "dump", "compare", "convert", "init", "schema", "site", "worker", "submit", "help"}, {}};
}

Parser::Choice Parser::sources() {
  Choice choice;
  for (const SyntaxName& syntax : syntaxes()) choice.endings.emplace_back(syntax.ending);
  return choice;
}

void Parser::add_from(CLI::App& command) {
  const std::vector<std::string> names = names_in(syntaxes());
  choices[command
              .add_option("--from", from,
                          fmt::format("What the source is written in: {}. Default: what its name ends in, else xml",
                                      listed(names, "or")))
              ->type_name("SYNTAX")] = {names, {}};
}

void Parser::add_convert() {
  convert->set_help_flag("-h,--help", "Explain this command");
  choices[convert->add_option("SOURCE", line.sources, "The summary, or -")->type_name("")->required()->expected(1)] =
      sources();
  convert->add_flag("--werror", line.warnings_are_errors, "Warnings are errors");
  add_from(*convert);
  const std::vector<std::string> names = names_in(syntaxes());
  choices[convert->add_option("--to", to, fmt::format("{}. Default: what the file's name ends in", listed(names, "or")))
              ->type_name("SYNTAX")] = {names, {}};
  choices[convert->add_option("-o,--output", line.output, "The file; - or nothing is standard output")
              ->type_name("FILE")] = sources();
  add_message_format(*convert);
}

void Parser::add_init() {
  init->set_help_flag("-h,--help", "Explain this command");
  choices[init->add_option("FILE", line.output, "Where it is written; a file that is there stays. Default: summary.xml")
              ->type_name("")] = sources();
  const std::vector<std::string> names = names_in(syntaxes());
  choices[init->add_option(
                  "--from", from,
                  fmt::format("What it is written in: {}. Default: what FILE ends in, else xml", listed(names, "or")))
              ->type_name("SYNTAX")] = {names, {}};
  add_message_format(*init);
}

void Parser::add_schema() {
  schema->set_help_flag("-h,--help", "Explain this command");
  choices[schema
              ->add_option("--for", dialect,
                           fmt::format("Whose structured output it is for, or relaxng for XML: {}. Default: {}",
                                       listed(schema_dialects(), "or"), dialect))
              ->type_name("DIALECT")] = {schema_dialects(), {}};
}

void Parser::add_export() {
  add_sources(*exporting);
  exporting
      ->add_option("-o,--output", line.output,
                   "A folder; or a file, with one source and one format; or - for standard output. "
                   "Default: the current folder")
      ->type_name("DIR|FILE");
  const std::vector<std::string> names = names_of(Format::Use::file);
  std::vector<std::string> values = names;
  const std::string usual = fmt::format("{}", fmt::join(line.options.formats, ","));
  values.push_back(usual);
  choices[exporting
              ->add_option("--to", formats,
                           fmt::format("{}, with commas between. Default: {}", listed(names, "or"), usual))
              ->type_name("FORMATS")] = {values, {}};
  add_layout(*exporting);
  const std::vector<std::string> endings = endings_of(Format::Use::report);
  choices[exporting
              ->add_option("--report", line.report,
                           fmt::format("Also say what lines and pages are like, in a file that ends in {}",
                                       listed(endings, "or")))
              ->type_name("FILE")] = {{}, endings};
  exporting->add_flag("--embed-fonts", line.options.embed_fonts,
                      "EPUBs hold the fonts of the pages, cut to the characters that are used");
  exporting->add_flag("--check-epub", line.options.check_epub,
                      "Hold the EPUBs against the rules of check --epub; nothing is written if one has an error");
  exporting->add_flag("-q,--quiet", line.quiet, "No summary of what was written");
  exporting
      ->add_option("--deps", line.deps,
                   "Also a file that says what the files depend on, for Make and Ninja: the source, its images, the "
                   "layout, the languages")
      ->type_name("FILE");
  exporting->add_flag("--watch", line.watch, "Export again whenever one of these changes, until Ctrl-C");
  add_read_aloud();
  add_print();
  add_batch();
  add_config(*exporting);
}

void Parser::add_config(CLI::App& command) {
  command
      .add_option("--config", config,
                  "A file of options, instead of the epitome.toml beside the first source or else in the current "
                  "folder; none: no such file")
      ->type_name("FILE");
  command.add_flag("--verbose", line.verbose, "Also say which epitome.toml holds");
}

void Parser::add_read_aloud() {
  VoiceOptions& voice = line.voice;
  exporting
      ->add_option("--voice", voice.command,
                   "The EPUB is also read aloud: a program that is run, without a shell, for each sentence, gets it by "
                   "standard input and writes WAV or MP3 to standard output; {lang} stands for the language's tag")
      ->type_name("COMMAND");
  exporting->add_option("--voice-cache", voice.cache, "Voice: a folder that keeps what was said")->type_name("DIR");
  exporting->add_option("--voice-timeout", voice_timeout, "Voice: for how long a sentence may take. Default: 60")
      ->type_name("SECONDS");
  exporting
      ->add_option(
          "--narration", voice.narration,
          "The EPUB is also read aloud: recordings, NAME.mp3 or NAME.wav, with labels in NAME.txt: begin, end, "
          "id, as Audacity exports them")
      ->type_name("DIR");
  exporting->add_option("--narrator", line.options.read_aloud.narrator, "Whose voice is heard")->type_name("NAME");
}

void Parser::add_print() {
  BookletOptions& booklet = line.options.booklet;
  CardOptions& cards = line.options.cards;
  exporting->add_flag("--black", line.options.black, "PDFs in black and greys alone: no page counts as a colour page");
  exporting
      ->add_option("--signature", booklet.signature,
                   "Booklet: pages that are folded together, a multiple of 4. Default: all up to 64, else about 32")
      ->type_name("PAGES");
  exporting
      ->add_option("--paper-weight", booklet.paper_weight,
                   "Booklet: the paper's weight in g/m2, for the shift of inner pages to the fold. Default: 80")
      ->type_name("WEIGHT");
  exporting->add_flag("--marks", booklet.marks, "Booklet: marks where to fold and where to cut");
  choices[exporting->add_option("--card-size", card_size, "Cards: a7 on A4 (the default), or 3x5 inches on Letter")
              ->type_name("SIZE")] = {names_in(card_sizes), {}};
  exporting->add_flag(
      "--duplex", cards.duplex,
      "Cards: answers on the backs of the sheets, eight cards a sheet, instead of beside the prompts, to "
      "be folded over");
  exporting
      ->add_option("--back-offset", back_offset,
                   "Cards with --duplex: by how many millimetres backs are moved to the right and down: 0.5,-1")
      ->type_name("X,Y");
  exporting->add_flag("--registration", cards.registration,
                      "Cards with --duplex: also a sheet that shows by how much to move the backs");
}

void Parser::add_batch() {
  BatchOptions& batch = line.batch;
  CLI::App& command = *exporting;
  command.get_option("SOURCE")->required(false)->description(
      "Summaries, folders of them, patterns, or - for "
      "standard input");
  command.add_option("--list", batch.list, "Also the sources that a file names, or - for standard input: a line each")
      ->type_name("FILE");
  command
      .add_option("--name", batch.name,
                  "How files are called: {title}, {lang}, {folder}, {source} stand for the "
                  "document's own. Default: {title}, in the folders of the tree given")
      ->type_name("PATTERN");
  command.add_option("-j,--jobs", jobs, "How many documents at a time. Default: one a core")->type_name("N");
  command.add_option("--shard", shard, "The part I of N of the documents, by a hash of their paths")->type_name("I/N");
  command.add_flag("-k,--keep-going", batch.keep_going, "A document with errors doesn't stop those behind it");
  command.add_option("--manifest", batch.manifest, "Also a file that says of each document what was made: JSON Lines")
      ->type_name("FILE");
  command.add_flag("--skip-unchanged", batch.skip_unchanged,
                   "Only documents that aren't as the manifest has them: source, images, layout, fonts, program");
  command.add_flag("--resume", batch.resume, "Go on where a run with the same manifest ended; what it lists is done");
}

void Parser::add_jobs() {
  add_worker_options(*worker, line.worker);
  worker->add_option("-o,--output", line.output, "The folder of the files. Default: the current folder")
      ->type_name("DIR");
  worker->add_option("-j,--jobs", jobs, "How many documents at a time. Default: one a core")->type_name("N");
  worker->add_flag("-q,--quiet", line.quiet, "Nothing is said of what is written");
  add_submit_options(*submit, line.worker);
  submit->add_flag("-q,--quiet", line.quiet, "Nothing is said of what is published");
  choices[submit->add_option("SOURCE", line.sources, "Summaries, folders of them, or patterns")->type_name("")] =
      sources();
  submit->add_option("--list", line.batch.list, "Also the sources that a file names, or - for standard input")
      ->type_name("FILE");
}

void Parser::add_site() {
  site->set_help_flag("-h,--help", "Explain this command");
  choices[site->add_option("SOURCE", line.sources,
                           "Summaries, folders of them, patterns, or - for standard input; none, with --preview: the "
                           "folder as it is")
              ->type_name("")] = sources();
  add_from(*site);
  site->add_flag("--werror", line.warnings_are_errors, "Warnings are errors");
  for (const CLI::Option* const option : add_site_options(*site, line, site_arguments))
    choices[option] = {site_file_names(), {}};
  add_common(*site);
  site->add_option("--list", line.batch.list,
                   "Also the sources that a file names, or - for standard input: a line each")
      ->type_name("FILE");
  site->add_option("-j,--jobs", jobs, "How many documents at a time. Default: one a core")->type_name("N");
  site->add_flag("-k,--keep-going", line.batch.keep_going,
                 "Summaries with errors are left out of the site, and don't stop those behind them");
  site->add_flag("-q,--quiet", line.quiet, "No summary of what was written");
  add_config(*site);
}

void Parser::add_compare() {
  compare->set_help_flag("-h,--help", "Explain this command");
  choices[compare->add_option("PDF", compared[0], "The two files")->type_name("")->required()] = {{}, {".pdf"}};
  choices[compare->add_option("EPUB", compared[1])->type_name("")->required()] = {{}, {".epub"}};
  choices[compare->add_option("SOURCE", compared[2], "The summary whose words both must hold")->type_name("")] =
      sources();
  add_message_format(*compare);
}

void Parser::add_sources(CLI::App& command) {
  choices[command.add_option("SOURCE", line.sources, "Summaries, or - for standard input")->type_name("")->required()] =
      sources();
  add_from(command);
  command.add_flag("--werror", line.warnings_are_errors, "Warnings are errors");
}

void Parser::add_layout(CLI::App& command) {
  command.set_help_flag("-h,--help", "Explain this command");
  std::vector<std::string> named = layouts;
  named.emplace_back("a folder of your own");
  choices[command
              .add_option("--layout", line.options.layout,
                          fmt::format("{}. Default: {}; of brief {}", listed(named, "or"), line.options.layout,
                                      line.options.brief_layout))
              ->type_name("NAME|DIR")] = {layouts, {}};
  add_common(command);
}

void Parser::add_common(CLI::App& command) {
  choices[command
              .add_option("--on-missing-glyph", on_missing_glyph,
                          "What becomes of a character that no font has: error (the default), or replace: the PDF "
                          "shows a sign much like it or its name in brackets, with a warning")
              ->type_name("ACTION")] = {names_in(glyph_actions), {}};
  command
      .add_option("--languages", line.languages,
                  "A folder of language files of your own, which go before the program's")
      ->type_name("DIR");
  choices[command
              .add_option("--parts", parts,
                          fmt::format("Only these parts, with commas between: {}", listed(part_names(), "or")))
              ->type_name("PARTS")] = {part_names(), {}};
  command.add_option("--date", line.options.date, "The edition's date, instead of the document's own")
      ->type_name("YYYY-MM-DD");
  add_message_format(command);
}

void Parser::add_message_format(CLI::App& command) {
  const std::vector<std::string> names = names_in(message_formats);
  choices[command
              .add_option("--format", message_format,
                          fmt::format("How diagnostics are printed: {}", listed(names, "or")))
              ->type_name("FORMAT")] = {names, {}};
}

}  // namespace epitome::app
