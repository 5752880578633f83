namespace Parley.Cli.History;

/// <summary>What is to be imported cannot be read; the message says where and why.</summary>
internal sealed class HistoryInputException(string message, Exception? inner = null) : Exception(message, inner);
