namespace Parley.Core.Accounts;

/// <summary>An invitation to make an account, of which the code was shown once.</summary>
/// <param name="Hash">Hash of the code, which is kept in its place.</param>
/// <param name="By">Name of whoever made it.</param>
/// <param name="Made">When it was made, UTC.</param>
/// <param name="Uses">Accounts that can still be made with it.</param>
public sealed record ServerInvitation(string Hash, string By, DateTimeOffset Made, int Uses)
{
    /// <summary>Number by which people refer to it, given by the store; no other one ever has it.</summary>
    public long Id { get; init; }

    /// <summary>Accounts that were made with it.</summary>
    public int Used { get; init; }

    /// <summary>The time from which on it is of no use, UTC; null for none.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Words about whom it is for; may be empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>True if an account can be made with it.</summary>
    public bool IsGood(DateTimeOffset now) => Uses > 0 && !(Expires <= now);
}
