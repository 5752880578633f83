using System.Text;
using Parley.Core.Names;

namespace Parley.Server.Accounts;

// place = name SP ident SP host *( SP flag ) LF real-name *( LF room [SP key] [HTAB "operator"] )
// flag  = "bot" / "invisible"

/// <summary>Where an account's member is that stays without a connection, and as whom: kept so that it comes back there.</summary>
/// <param name="Name">The name that it wears.</param>
/// <param name="Ident">Its ident.</param>
/// <param name="Host">The host that others are shown.</param>
/// <param name="RealName">Its full name.</param>
/// <param name="Rooms">The rooms, with the keys of those that have one, and those of them in which it is an operator by no role.</param>
internal sealed record KeptPlace(UserName Name, string Ident, string Host, string RealName, IReadOnlyList<(RoomName Room, string? Key, bool IsOperator)> Rooms)
{
    private const string Operator = "\toperator";
    private const string Bot = "bot";
    private const string Invisible = "invisible";

    /// <summary>True if it says that it is a program.</summary>
    public bool IsBot { get; init; }

    /// <summary>True if only those who share a room with it are told of it in lists.</summary>
    public bool IsInvisible { get; init; }

    /// <summary>The form that <see cref="TryParse"/> reads.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{Name} {Ident} {Host}{(IsBot ? " " + Bot : "")}{(IsInvisible ? " " + Invisible : "")}\n{RealName}");
        foreach (var (room, key, isOperator) in Rooms)
        {
            text.Append('\n').Append(room.Value);
            if (key is not null)
            {
                text.Append(' ').Append(key);
            }

            text.Append(isOperator ? Operator : "");
        }

        return text.ToString();
    }

    /// <summary>Reads a place as it was kept; null for anything else.</summary>
    public static KeptPlace? TryParse(string text)
    {
        if (text.Split('\n') is not [var who, var realName, .. var lines] || who.Split(' ') is not [var nick, var ident, var host, .. var flags] || !UserName.TryParse(nick, out var name))
        {
            return null;
        }

        var rooms = new List<(RoomName, string?, bool)>(lines.Length);
        foreach (var kept in lines)
        {
            var isOperator = kept.EndsWith(Operator, StringComparison.Ordinal);
            var line = isOperator ? kept[..^Operator.Length] : kept;
            var end = line.IndexOf(' ', StringComparison.Ordinal);
            if (!RoomName.TryParse(end < 0 ? line : line[..end], out var room))
            {
                return null;
            }

            rooms.Add((room, end < 0 ? null : line[(end + 1)..], isOperator));
        }

        return new KeptPlace(name, ident, host, realName, rooms) { IsBot = flags.Contains(Bot), IsInvisible = flags.Contains(Invisible) };
    }
}
