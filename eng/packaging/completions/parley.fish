# Completion for fish: the program itself knows its verbs and options.
function __parley_complete
    set -l line (commandline -cp | string collect)
    begin
        parley "[suggest:"(string length -- $line)"]" $line
        __parley_words (commandline -opc)[2..]
    end 2>/dev/null | string match -v -r '^/|^-\?$' | sort -uf
end

# What it does not say by itself: the words that an option takes, which its help lists as <one|other|PLACEHOLDER>, and names of settings.
function __parley_words
    switch "$argv"
        case 'config explain'
            __parley_settings
        case 'config template* --set'
            __parley_settings | string replace -r '$' =
        case '* --*'
            set -l option $argv[-1]
            string match -q -r '^--[a-z-]+$' -- $option; or return
            set -l verbs
            for word in $argv
                string match -q -- '-*' $word; and break
                set -a verbs $word
            end
            parley $verbs --help | string replace -f -r "^  $option <([^>]*\|[^>]*)>.*" '$1' | string split '|' | string match -r '.*[a-z].*'
    end
end

function __parley_settings
    parley serve --help | string replace -f -r '^  --([a-z-]*) <.*' '$1' | string match -v -r '^(config|log-format|log-level)$'
end

complete -c parley -a '(__parley_complete)'
