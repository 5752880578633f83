using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc;

/// <summary>Finds those whom WHO is about, as far as whoever asks may see them.</summary>
internal sealed class IrcWhoSearch(IrcSession session)
{
    /// <summary>Users that a mask finds; who is looking for more is to ask more narrowly.</summary>
    public const int MaxFound = 1000;

    private bool IsOperator => session.Self.Profile.IsOperator;

    public ValueTask<List<IrcWhoRow>> FindAsync(string mask, CancellationToken cancellationToken)
    {
        if (mask is ['#', ..])
        {
            return IrcChannel.TryParse(mask, out var room) ? FindRoomAsync(room, cancellationToken) : new([]);
        }

        return !mask.AsSpan().ContainsAny('*', '?') && UserName.TryParse(mask, out var name)
            ? FindUserAsync(name, cancellationToken)
            : FindMaskAsync(string.Equals(mask, "0", StringComparison.Ordinal) ? "*" : mask, cancellationToken);
    }

    private async ValueTask<List<IrcWhoRow>> FindRoomAsync(RoomName room, CancellationToken cancellationToken)
    {
        if (await session.Broker.FindRoomAsync(room, cancellationToken) is not { } view)
        {
            return [];
        }

        var isMember = view.Members.Any(member => member.Actor.UserId == session.Self.UserId);
        if (!isMember && !IsOperator && view.Flags.Any(flag => flag is RoomMode.Secret or RoomMode.Private))
        {
            return [];
        }

        return
        [
            .. from member in view.Members
               where isMember || IsOperator || !member.Actor.Profile.IsInvisible
               select new IrcWhoRow(member.Actor, view.Name, member.Rank),
        ];
    }

    /// <summary>Who knows a name exactly may ask about it, invisible or not.</summary>
    private async ValueTask<List<IrcWhoRow>> FindUserAsync(UserName name, CancellationToken cancellationToken)
    {
        if (await session.Broker.FindUserAsync(name, cancellationToken) is not { } user)
        {
            return [];
        }

        var own = session.Session.Rooms.ToHashSet();
        var place = user.Rooms
            .Where(place => own.Contains(place.Room) || !(place.IsSecret || user.Actor.Profile.IsInvisible))
            .OrderBy(place => own.Contains(place.Room) ? 0 : 1)
            .FirstOrDefault();
        return [new IrcWhoRow(user.Actor, place.Room, place.Rank)];
    }

    private async ValueTask<List<IrcWhoRow>> FindMaskAsync(string mask, CancellationToken cancellationToken)
    {
        var near = await FindNeighboursAsync(cancellationToken);
        var found = new List<IrcWhoRow>();
        foreach (var user in await session.Broker.ListUsersAsync(cancellationToken))
        {
            var isNear = near.TryGetValue(user.UserId, out var row);
            row = isNear ? row : new IrcWhoRow(user);
            if ((isNear || IsOperator || !user.Profile.IsInvisible || user.UserId == session.Self.UserId) && Matches(mask, row))
            {
                found.Add(row);
            }
        }

        return found;
    }

    /// <summary>Those who share a room with whoever asks, in one of these.</summary>
    private async ValueTask<Dictionary<long, IrcWhoRow>> FindNeighboursAsync(CancellationToken cancellationToken)
    {
        var near = new Dictionary<long, IrcWhoRow>();
        foreach (var room in session.Session.Rooms.ToArray())
        {
            foreach (var member in (await session.Broker.FindRoomAsync(room, cancellationToken))?.Members ?? [])
            {
                near.TryAdd(member.Actor.UserId, new IrcWhoRow(member.Actor, room, member.Rank));
            }
        }

        return near;
    }

    private static bool Matches(string mask, in IrcWhoRow row)
    {
        var (user, profile) = (row.User, row.User.Profile);
        return mask.AsSpan().ContainsAny('!', '@')
            ? Glob.Matches(IrcMask.Normalize(mask), IrcEvents.Source(user))
            : Glob.Matches(mask, user.Name.Value)
                || Glob.Matches(mask, profile.Host)
                || Glob.Matches(mask, profile.Ident)
                || Glob.Matches(mask, profile.RealName)
                || (!profile.Account.IsEmpty && Glob.Matches(mask, profile.Account.Value));
    }
}
