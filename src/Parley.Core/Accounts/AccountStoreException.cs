namespace Parley.Core.Accounts;

/// <summary>Accounts cannot be kept or read at the moment; the message says why, and what to do, in one line.</summary>
public sealed class AccountStoreException : Exception
{
    /// <summary>Wraps what the store ran into.</summary>
    public AccountStoreException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
