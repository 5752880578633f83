# Completion for fish: the program itself knows its verbs and options.
complete -c parley -a '(parley "[suggest:"(commandline -C)"]" (commandline -p | string collect) 2>/dev/null | string match -v -r "^/|^-\?\$" | sort -u)'
