using System.Runtime.InteropServices;
using Parley.Cli.Terminal;
using Parley.Cli.Verbs;

// It tells a server to read its settings again, and never ends one, however early it comes: also before the verb is known.
using var hangUp = args.Contains("serve") ? PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => signal.Cancel = true) : null;
StandardWriter.Install();
return await RootVerb.RunAsync(args);
