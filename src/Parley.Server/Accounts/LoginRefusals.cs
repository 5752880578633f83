namespace Parley.Server.Accounts;

/// <summary>Refusals that all ways to log in share, without a full stop.</summary>
internal static class LoginRefusals
{
    /// <summary>Answer to a wrong password. An unknown name MUST be answered the same.</summary>
    public const string Wrong = "The name or the password is wrong";

    /// <summary>Answer to whoever proves to be one account and asks to act for another.</summary>
    public const string NobodyElse = "Nobody can log in as somebody else: leave the authorization identity empty";
}
