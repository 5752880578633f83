namespace Parley.TestKit;

/// <summary>A server did not say what a test expected; the message has what it did say.</summary>
public sealed class UnexpectedTalkException(string message) : Exception(message);
