namespace Parley.Server.Accounts.Sasl;

/// <summary>Ways to fail that mechanisms share. An unknown name MUST fail as a wrong password does.</summary>
internal static class SaslFailures
{
    public const string WrongText = "The name or the password is wrong";

    public static readonly SaslStep Wrong = new SaslStep.Failed(WrongText);

    public static readonly SaslStep.Failed NobodyElse = new SaslStep.Failed("Nobody can log in as somebody else: leave the authorization identity empty");
}
