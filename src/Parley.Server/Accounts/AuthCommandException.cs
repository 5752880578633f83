namespace Parley.Server.Accounts;

/// <summary>The program that decides on passwords has not decided: it took too long, or failed.</summary>
internal sealed class AuthCommandException(string message) : Exception(message)
{
    /// <summary>Words for the client.</summary>
    public const string Refusal = "Passwords cannot be checked now, try again later";
}
