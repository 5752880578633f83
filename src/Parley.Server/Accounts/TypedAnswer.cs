
namespace Parley.Server.Accounts;

/// <summary>Answer to something that was typed about an account.</summary>
/// <param name="Lines">Lines for the person, without a full stop.</param>
internal sealed record TypedAnswer(params string[] Lines)
{
    /// <summary>The account that the person has proven by it; null for none.</summary>
    public AccountProof? Login { get; init; }
}
