using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Rooms;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Metadata;

/// <summary>Owner of metadata values: a room, a user, or a session that has not registered yet.</summary>
/// <param name="Name">As it is named in answers.</param>
/// <param name="Values">Its values at the moment.</param>
/// <param name="Room">The room, if it is one.</param>
/// <param name="IsSelf">Whether it is whoever asks.</param>
internal sealed record MetadataTarget(string Name, IReadOnlyDictionary<string, string> Values, RoomView? Room, bool IsSelf)
{
    /// <summary>True if the target is whoever asks: <c>*</c>, or its name once it has one.</summary>
    public static bool IsOwn(IrcSession session, string target) => target is "*"
        || (session.Session.User is not null && UserName.TryParse(target, out var user) && user == session.Self.Name);

    /// <summary>Returns the target that a client names; null if there is none of that name, or none that it may know of.</summary>
    public static async ValueTask<MetadataTarget?> FindAsync(IrcSession session, string target, CancellationToken cancellationToken)
    {
        var isSelf = string.Equals(target, "*", StringComparison.Ordinal);
        if (session.Session.User is null)
        {
            return isSelf ? new MetadataTarget("*", session.Metadata.Early, Room: null, IsSelf: true) : null;
        }

        if (IrcChannel.TryParse(target, out var name))
        {
            return await session.LookAsync(new FindRoom(name), cancellationToken) is { Sight: RoomSight.Inside } room
                ? new MetadataTarget($"#{room.Name.Value}", room.Values, room, IsSelf: false) : null;
        }

        return UserName.TryParse(isSelf ? session.Nick : target, out var user)
            && await session.LookAsync(new FindUser(user), cancellationToken) is { } view
            ? new MetadataTarget(view.Actor.Name.Value, view.Values, Room: null, view.Actor.UserId == session.Self.UserId) : null;
    }

    /// <summary>Sets a value; null takes it away.</summary>
    public async ValueTask<Verdict> SetAsync(IrcSession session, string key, string? value, CancellationToken cancellationToken)
    {
        if (session.Session.User is null)
        {
            return session.Metadata.TrySetEarly(key, value) ? Verdict.Accepted : value is null ? Verdict.NoSuchValue : Verdict.TooManyValues;
        }

        return Room is not null ? await session.AskAsync(new SetRoomValue(Room.Name, key, value), cancellationToken)
            : IsSelf ? await session.AskAsync(new SetValue(key, value), cancellationToken)
            : Verdict.NotOperator;
    }

    /// <summary>True if whoever asks may set values, as far as can be told.</summary>
    public bool MayBeSet(IrcSession session) => IsSelf
        || (Room is not null && (session.Self.Profile.May(ServerRights.Rooms) || Room.RankOf(session.Self.UserId) >= MemberRank.Operator));
}
