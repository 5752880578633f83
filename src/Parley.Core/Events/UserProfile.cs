using Parley.Core.Accounts;
using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>Details that others may know of a user beside the name; immutable: a change gives the user another profile.</summary>
public sealed record UserProfile
{
    /// <summary>Of somebody of whom nothing is known.</summary>
    public static UserProfile Unknown { get; } = new();

    /// <summary>Name that the client gives its user, without spaces, <c>@</c> or <c>!</c>.</summary>
    public string Ident { get; init; } = "user";

    /// <summary>Where it is, or what is shown in place of that.</summary>
    public string Host { get; init; } = "parley";

    /// <summary>Full name that the user states; empty if none.</summary>
    public string RealName { get; init; } = "";

    /// <summary>The account it has proven to be its own; null for a guest.</summary>
    public ProvenAccount? Login { get; init; }

    /// <summary>The name of that account; empty for a guest.</summary>
    public UserName Account => Login?.Name ?? default;

    /// <summary>Why it does not answer; null while it is here.</summary>
    public string? Away { get; init; }

    /// <summary>True if it says that it is a program.</summary>
    public bool IsBot { get; init; }

    /// <summary>True if it is a program that only posts, over no connection of its own: it rules no room.</summary>
    public bool IsPoster { get; init; }

    /// <summary>True if only those who share a room with it are told of it in lists.</summary>
    public bool IsInvisible { get; init; }

    /// <summary>Rights of those who run the server, as far as it has them.</summary>
    public ServerRights Rights { get; init; }

    /// <summary>The host that it has again without those rights, if they came with another; null if they did not.</summary>
    public string? OwnHost { get; init; }

    /// <summary>The same without the rights of those who run the server, and what came with them.</summary>
    public UserProfile WithoutRights() => this with { Rights = ServerRights.None, Host = OwnHost ?? Host, OwnHost = null };

    /// <summary>The same with what differs between two others.</summary>
    /// <param name="seen">The one that was to be changed.</param>
    /// <param name="wanted">What it was to be.</param>
    public UserProfile With(UserProfile seen, UserProfile wanted) => ReferenceEquals(this, seen) ? wanted : new()
    {
        Ident = Choose(Ident, seen.Ident, wanted.Ident),
        Host = Choose(Host, seen.Host, wanted.Host),
        RealName = Choose(RealName, seen.RealName, wanted.RealName),
        Login = Choose(Login, seen.Login, wanted.Login),
        Away = Choose(Away, seen.Away, wanted.Away),
        IsBot = Choose(IsBot, seen.IsBot, wanted.IsBot),
        IsPoster = Choose(IsPoster, seen.IsPoster, wanted.IsPoster),
        IsInvisible = Choose(IsInvisible, seen.IsInvisible, wanted.IsInvisible),
        Rights = Choose(Rights, seen.Rights, wanted.Rights),
        OwnHost = Choose(OwnHost, seen.OwnHost, wanted.OwnHost),
    };

    /// <summary>True if it helps to run the server.</summary>
    public bool IsOperator => Rights != ServerRights.None;

    /// <summary>True if it has all of some rights.</summary>
    public bool May(ServerRights rights) => (Rights & rights) == rights;

    private static T Choose<T>(T own, T seen, T wanted) => EqualityComparer<T>.Default.Equals(seen, wanted) ? own : wanted;
}
