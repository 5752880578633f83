namespace Parley.Cli.Serve;

/// <summary>Format of the log.</summary>
internal enum LogFormat
{
    Text,
    Json,
}
