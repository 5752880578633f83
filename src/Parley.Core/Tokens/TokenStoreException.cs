namespace Parley.Core.Tokens;

/// <summary>Tokens or hooks cannot be read or written; the message says why, and what to do.</summary>
/// <param name="message">For people.</param>
/// <param name="cause">What the store said.</param>
public sealed class TokenStoreException(string message, Exception? cause = null) : Exception(message, cause);
