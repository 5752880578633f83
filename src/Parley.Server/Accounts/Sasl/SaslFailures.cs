namespace Parley.Server.Accounts.Sasl;

/// <summary>Ways to fail that mechanisms share. An unknown name MUST fail as a wrong password does.</summary>
internal static class SaslFailures
{
    public static readonly SaslStep Wrong = new SaslStep.Failed("The name or the password is wrong");

    public static readonly SaslStep NobodyElse = new SaslStep.Failed("Nobody can log in as somebody else: leave the authorization identity empty");
}
