using Parley.Fuzz;

// usage: parley-fuzz list | run TARGET|all [--seconds N] [--seed S] | try TARGET FILE | write TARGET FOLDER | afl TARGET
return args switch
{
    ["list"] => FuzzCommands.List(),
    ["run", var name, .. var rest] => FuzzCommands.Run(name, rest),
    ["write", var name, var folder] => FuzzCommands.Write(name, folder),
    ["try", var name, var file] => FuzzCommands.Try(name, file),
    ["afl", var name] => FuzzCommands.Afl(name),
    _ => FuzzCommands.Usage(),
};
