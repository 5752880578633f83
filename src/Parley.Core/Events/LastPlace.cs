using System.Globalization;
using Parley.Core.Accounts;
using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>Where an account's owner was when its last session ended: under which name, from where, in which rooms.</summary>
/// <param name="Name">The name that was worn.</param>
/// <param name="Ident">The ident.</param>
/// <param name="Host">The host that others were shown.</param>
/// <param name="Rooms">The lives of the rooms: a room that was made later under the same name is another.</param>
public sealed record LastPlace(UserName Name, string Ident, string Host, IReadOnlyList<RoomLife> Rooms)
{
    /// <summary>The person as bans know it.</summary>
    public Actor As(ProvenAccount account) => new(0, Name, new UserProfile { Ident = Ident, Host = Host, Login = account });

    /// <summary>The form that <see cref="TryParse"/> reads: <c>name!ident@host life life</c>.</summary>
    public override string ToString()
        => string.Join(' ', Rooms.Select(room => room.Value.ToString(CultureInfo.InvariantCulture)).Prepend($"{Name}!{Ident}@{Host}"));

    /// <summary>Reads a place as it was kept; null for anything else.</summary>
    public static LastPlace? TryParse(string text)
    {
        if (text.Split(' ') is not [var mask, .. var lives]
            || mask.IndexOf('!', StringComparison.Ordinal) is var ident && ident < 0
            || mask.IndexOf('@', ident + 1) is var host && host < 0
            || !UserName.TryParse(mask[..ident], out var name))
        {
            return null;
        }

        var rooms = new List<RoomLife>(lives.Length);
        foreach (var life in lives)
        {
            if (!long.TryParse(life, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                return null;
            }

            rooms.Add(new RoomLife(value));
        }

        return new LastPlace(name, mask[(ident + 1)..host], mask[(host + 1)..], rooms);
    }
}
