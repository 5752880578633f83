namespace Parley.Core.History;

/// <summary>The store is not there any more: what it is given goes nowhere. The message is a sentence for people.</summary>
public sealed class HistoryLostException(string message) : HistoryException(message);
