namespace Parley.Cli.Accounts;

/// <summary>The exception thrown when the input for an account change is unreadable or unsuitable; its message says why.</summary>
internal sealed class AccountInputException(string message, Exception? inner = null) : Exception(message, inner);
