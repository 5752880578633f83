namespace Parley.Cli.History;

/// <summary>The exception thrown when messages to be imported cannot be read; its message says where and why.</summary>
internal sealed class HistoryInputException(string message, Exception? inner = null) : Exception(message, inner);
