using Parley.Core.Names;

namespace Parley.Core.Tokens;

/// <summary>Owner and rights of a token that a program shows; the token itself is stored nowhere: only its hash is kept.</summary>
/// <param name="Name">Whose token it is: the program is here under this name. Of tokens that are not revoked, one at most has it.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Created">When it was made, UTC.</param>
public sealed record AccessToken(UserName Name, TokenScopes Scopes, DateTimeOffset Created)
{
    /// <summary>Given by the store, never twice.</summary>
    public long Id { get; init; }

    /// <summary>From when on it is good for nothing, UTC; null: never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>When it was last shown, UTC, give or take a minute; null: not yet.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>When it was revoked, UTC; null: it was not.</summary>
    public DateTimeOffset? Revoked { get; init; }

    /// <summary>True if it is good for anything at a time.</summary>
    public bool IsValidAt(DateTimeOffset time) => Revoked is null && !(Expires <= time);
}
