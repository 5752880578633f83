namespace Parley.Cli.Serve;

/// <summary>How the log is written.</summary>
internal enum LogFormat
{
    Text,
    Json,
}
