# fish completion for epitome
set -l commands export check dump compare help
complete -c epitome -n "not __fish_seen_subcommand_from $commands" -f -a export -d 'Write the PDF and the EPUB'
complete -c epitome -n "not __fish_seen_subcommand_from $commands" -f -a check -d 'Print every diagnostic, write nothing'
complete -c epitome -n "not __fish_seen_subcommand_from $commands" -f -a dump -d 'Print one stage as text'
complete -c epitome -n "not __fish_seen_subcommand_from $commands" -f -a compare -d 'Whether both files hold the same text'
complete -c epitome -n "not __fish_seen_subcommand_from $commands" -f -a help -d 'Explain the command line'
complete -c epitome -n "not __fish_seen_subcommand_from $commands" -f -l version -d 'Versions of the program, its libraries and fonts'

complete -c epitome -n '__fish_seen_subcommand_from export check dump' -l layout -x -a 'book a4 letter large (__fish_complete_directories)' -d 'How it should look'
complete -c epitome -n '__fish_seen_subcommand_from export check dump compare' -l format -x -a 'full short json' -d 'Diagnostics for editors and programs'
complete -c epitome -n '__fish_seen_subcommand_from export check' -l werror -d 'Warnings are errors'
complete -c epitome -n '__fish_seen_subcommand_from export' -s o -l output -r -d 'Where to write'
complete -c epitome -n '__fish_seen_subcommand_from export' -l report -r -d 'What lines and pages are like (.json, .html)'
complete -c epitome -n '__fish_seen_subcommand_from export' -s q -l quiet -d 'No summary'
complete -c epitome -n '__fish_seen_subcommand_from export' -l to -x -a 'pdf epub pdf,epub' -d 'Formats'
complete -c epitome -n '__fish_seen_subcommand_from export check dump' -l date -x -d 'Date of the edition (YYYY-MM-DD)'
for stage in document pages package words
    complete -c epitome -n '__fish_seen_subcommand_from dump' -l $stage -d "Print the $stage"
end
