using Parley.Core.Accounts;
using Parley.Core.Events;

namespace Parley.Core.Rooms;

/// <summary>An invitation that an operator has given, and that has not been used yet.</summary>
/// <param name="Guest">Who was asked in, as it was then, by which a ban finds it; without an id where an older node has not told.</param>
/// <param name="Host">Who asked, as it was then; without an id likewise.</param>
/// <param name="Time">When it was given, UTC; <c>default</c> where another node has told.</param>
internal readonly record struct RoomInvitation(Actor Guest, Actor Host, DateTimeOffset Time)
{
    /// <summary>True if it was given by a user, and not by the rights of an operator of the server.</summary>
    public bool IsBy(in Actor user)
        => Host.UserId != 0 && !Host.Profile.May(ServerRights.Rooms) && (Host.UserId == user.UserId || (Host.Profile.Login is { } login && login.Id == user.Profile.Login?.Id));
}
