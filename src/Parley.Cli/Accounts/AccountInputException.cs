namespace Parley.Cli.Accounts;

/// <summary>What is needed to change an account cannot be read; the message says why.</summary>
internal sealed class AccountInputException(string message, Exception? inner = null) : Exception(message, inner);
