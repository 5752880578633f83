using Microsoft.Extensions.Logging;

namespace Parley.TestKit;

/// <summary>One entry of a <see cref="CollectedLog"/>.</summary>
public sealed record LogEntry(string Category, LogLevel Level, int Id, string Message, Exception? Exception);
