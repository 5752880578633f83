namespace Parley.Storage.Sqlite.Admin;

/// <summary>A backup cannot be written or put back; the message says in a line why, and what to do.</summary>
/// <param name="message">For the operator.</param>
/// <param name="cause">What the system said.</param>
public sealed class BackupException(string message, Exception? cause = null) : Exception(message, cause);
