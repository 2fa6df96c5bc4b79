# bash completion for epitome
_epitome() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W 'export check dump compare help --version --help' -- "$current")
    return
  fi
  case $previous in
    --to) mapfile -t COMPREPLY < <(compgen -W 'pdf epub pdf,epub' -- "$current"); return ;;
    --layout) mapfile -t COMPREPLY < <(compgen -W 'book a4 letter large' -- "$current"; compgen -d -- "$current"); return ;;
    --format) mapfile -t COMPREPLY < <(compgen -W 'full short json' -- "$current"); return ;;
    --on-missing-glyph) mapfile -t COMPREPLY < <(compgen -W 'error replace' -- "$current"); return ;;
    --date) return ;;
    -o | --output | --report) mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
  esac
  if [[ $current == -* ]]; then
    local options='--format --layout --date --on-missing-glyph --help'
    case $command in
      export) options+=' -o --output --to --report --quiet --werror' ;;
      check) options+=' --werror' ;;
      compare) options='--format --help' ;;
      dump) options+=' --document --pages --package --words' ;;
      *) options='' ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
  elif [[ $command == compare ]]; then
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  elif [[ $command != help ]]; then
    mapfile -t COMPREPLY < <(compgen -f -X '!*.xml' -- "$current"; compgen -d -S / -- "$current")
  fi
}
complete -o filenames -F _epitome epitome
