using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc;

/// <summary>Finds those whom WHO is about, as far as whoever asks may see them.</summary>
internal sealed class IrcWhoSearch(IrcSession session)
{
    /// <summary>Users that a mask finds; who is looking for more is to ask more narrowly.</summary>
    public const int MaxFound = 1000;

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
        if (await session.LookAsync(new FindRoom(room), cancellationToken) is not { } view)
        {
            return [];
        }

        return [.. view.Members.Select(member => new IrcWhoRow(member.Actor, view.Name, member.Rank))];
    }

    /// <summary>Finds the user of an exact name, invisible or not: whoever knows the name may ask about it.</summary>
    private async ValueTask<List<IrcWhoRow>> FindUserAsync(UserName name, CancellationToken cancellationToken)
    {
        if (await session.LookAsync(new FindUser(name), cancellationToken) is not { } user)
        {
            return [];
        }

        var place = user.Rooms.OrderBy(place => place.IsShared ? 0 : 1).FirstOrDefault();
        return [new IrcWhoRow(user.Actor, place.Room, place.Rank)];
    }

    private async ValueTask<List<IrcWhoRow>> FindMaskAsync(string mask, CancellationToken cancellationToken)
    {
        var near = await FindNeighboursAsync(cancellationToken);
        var found = new List<IrcWhoRow>();
        foreach (var user in await session.LookAsync(new ListUsers(), cancellationToken))
        {
            var row = near.TryGetValue(user.UserId, out var shared) ? shared : new IrcWhoRow(user);
            if (Matches(mask, row))
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
            foreach (var member in (await session.LookAsync(new FindRoom(room), cancellationToken))?.Members ?? [])
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
                || Glob.Matches(mask, IrcEvents.RealName(user))
                || (!profile.Account.IsEmpty && Glob.Matches(mask, profile.Account.Value));
    }
}
