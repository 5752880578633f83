namespace Parley.Cli.Serve;

/// <summary>The least severe entries that are logged.</summary>
internal enum LogDetail
{
    Debug,
    Info,
    Warning,
    Error,
}
