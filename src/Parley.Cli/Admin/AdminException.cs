namespace Parley.Cli.Admin;

/// <summary>An administrator cannot be served; the message says in a line why, and what to do.</summary>
/// <param name="message">For the administrator.</param>
internal sealed class AdminException(string message) : Exception(message);
