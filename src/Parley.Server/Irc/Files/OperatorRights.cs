using Parley.Core.Events;

namespace Parley.Server.Irc.Files;

/// <summary>Words for the rights of operators of the server.</summary>
internal static class OperatorRights
{
    private static readonly (string Word, ServerRights Right)[] Words =
    [
        ("kill", ServerRights.Kill),
        ("ban", ServerRights.Ban),
        ("see-hidden", ServerRights.SeeHidden),
        ("see-addresses", ServerRights.SeeAddresses),
        ("rooms", ServerRights.Rooms),
        ("announce", ServerRights.Announce),
        ("rehash", ServerRights.Rehash),
        ("audit", ServerRights.Audit),
        ("invite", ServerRights.Invite),
    ];

    /// <summary>All words, for people.</summary>
    public static string All { get; } = string.Join(", ", Words.Select(each => each.Word));

    /// <summary>Returns the right of a word; nobody rules rooms without seeing them. None for any other word.</summary>
    public static ServerRights Of(string word)
        => Words.FirstOrDefault(each => string.Equals(each.Word, word, StringComparison.Ordinal)).Right is var right && right == ServerRights.Rooms
            ? right | ServerRights.SeeHidden
            : right;

    /// <summary>The words for some rights.</summary>
    public static string Text(ServerRights rights) => string.Join(", ", Words.Where(each => rights.HasFlag(each.Right)).Select(each => each.Word));

    /// <summary>Words behind the name of an operator who has not all rights: those that it has. Empty for all.</summary>
    public static string Suffix(ServerRights rights) => rights == ServerRights.All ? "" : $" ({Text(rights)})";
}
