using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>What others may know of a user beside its name. Never changed: a user is given another one.</summary>
public sealed record UserProfile
{
    /// <summary>Of somebody of whom nothing is known.</summary>
    public static UserProfile Unknown { get; } = new();

    /// <summary>What its client calls its user: no spaces, <c>@</c> or <c>!</c>.</summary>
    public string Ident { get; init; } = "user";

    /// <summary>Where it is, or what is shown in place of that.</summary>
    public string Host { get; init; } = "parley";

    /// <summary>What it says its full name is; empty if it says nothing.</summary>
    public string RealName { get; init; } = "";

    /// <summary>The account it has proven to be its own; empty if none.</summary>
    public UserName Account { get; init; }

    /// <summary>Why it does not answer; null while it is here.</summary>
    public string? Away { get; init; }

    /// <summary>Whether it says that it is a program.</summary>
    public bool IsBot { get; init; }

    /// <summary>Whether it is a program that only posts, over no connection of its own: it rules no room.</summary>
    public bool IsPoster { get; init; }

    /// <summary>Whether only those who share a room with it are told of it in lists.</summary>
    public bool IsInvisible { get; init; }

    /// <summary>Whether it may do what only those who run the server may.</summary>
    public bool IsOperator { get; init; }
}
