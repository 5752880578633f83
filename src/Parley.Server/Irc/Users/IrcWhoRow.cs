using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Users;

/// <summary>Somebody whom WHO has found.</summary>
/// <param name="User">Who it is.</param>
/// <param name="Room">A room that it is in, and that whoever asks may know of; empty if there is none.</param>
/// <param name="Rank">What it is there.</param>
internal readonly record struct IrcWhoRow(Actor User, RoomName Room = default, MemberRank Rank = MemberRank.None)
{
    public string Channel => Room.IsEmpty ? "*" : $"#{Room.Value}";

    /// <summary>Here or gone, operator, rank, bot.</summary>
    public string Flags(bool allRanks)
        => (User.Profile.Away is null ? "H" : "G")
            + (User.Profile.IsOperator ? "*" : "")
            + IrcRoomModes.Prefix(Rank, allRanks)
            + (User.Profile.IsBot ? "B" : "");
}
