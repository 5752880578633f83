namespace Parley.Server.Accounts.Sasl;

/// <summary>Ways to fail that mechanisms share. An unknown name MUST fail as a wrong password does.</summary>
internal static class SaslFailures
{
    public static readonly SaslStep Wrong = new SaslStep.Failed(LoginRefusals.Wrong);

    public static readonly SaslStep.Failed NobodyElse = new SaslStep.Failed(LoginRefusals.NobodyElse);
}
