# Completion for bash: the program itself knows its verbs and options.
_parley() {
    local word=${COMP_WORDS[COMP_CWORD]} line
    COMPREPLY=()
    while IFS= read -r line; do
        [[ -n $line && ${line,,} == "${word,,}"* && $line != /* && $line != -\? ]] && COMPREPLY+=("$line")
    done < <("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null | sort -u)
}
complete -o default -F _parley parley
