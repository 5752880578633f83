using Parley.Cli.Verbs;

return await RootVerb.RunAsync(args);
