using Parley.Core.Names;

namespace Parley.Server.Accounts;

/// <summary>An account that somebody wants to have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Password">Its password.</param>
internal sealed record RegistrationWish(UserName Name, string Password)
{
    /// <summary>Where its owner can be reached; null for nowhere.</summary>
    public string? Email { get; init; }

    /// <summary>Code of an invitation; empty for none.</summary>
    public string Invitation { get; init; } = "";

    /// <summary>Number of the user who asks, who may wear the name already; 0 for nobody who is in.</summary>
    public long UserId { get; init; }
}
