# Completion for bash: the program itself knows its verbs and options.
_parley() {
    local word=${COMP_WORDS[COMP_CWORD]} line
    COMPREPLY=()
    # "NAME=VALUE" is three words to bash.
    [[ $word != = ]] || word=
    while IFS= read -r line; do
        [[ -n $line && ${line,,} == "${word,,}"* && $line != /* && $line != -\? ]] && COMPREPLY+=("$line")
    done < <({
        "${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE"
        _parley_words "${COMP_WORDS[0]}" "${COMP_WORDS[@]:1:COMP_CWORD-1}"
    } 2>/dev/null | sort -uf)
    [[ ${COMPREPLY[*]} != *= ]] || compopt -o nospace 2>/dev/null
}

# What it does not say by itself: the words that an option takes, which its help lists as <one|other|PLACEHOLDER>, and names of settings.
_parley_words() {
    local program=$1 verbs=() option
    shift
    if [[ "$*" == "config explain" ]]; then
        _parley_settings "$program"
        return
    elif [[ "$*" == "config template"*" --set" ]]; then
        _parley_settings "$program" | sed 's/$/=/'
        return
    elif [[ "$*" == "config template"*" --set "*([a-z-])?( =) && "$*" != *" --set" ]]; then
        # A value, behind "NAME" or "NAME =".
        option=${*: -1}
        [[ $option != = ]] || option=${*: -2:1}
        verbs=(serve) option=--$option
    else
        option=${*: -1}
        while [[ $# -gt 0 && $1 != -* ]]; do
            verbs+=("$1")
            shift
        done
    fi
    [[ $option =~ ^--[a-z-]+$ ]] || return
    "$program" "${verbs[@]}" --help | sed -n "s/^  $option <\([^>]*|[^>]*\)>.*/\1/p" | tr '|' '\n' | grep '[a-z]'
}

_parley_settings() {
    "$1" serve --help | sed -n 's/^  --\([a-z-]*\) <.*/\1/p' | grep -vxE 'config|log-format|log-level'
}

complete -o default -F _parley parley
