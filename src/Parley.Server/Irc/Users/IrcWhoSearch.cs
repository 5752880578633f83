using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Rooms;
using Parley.Protocol.Irc;
using Parley.Server.Connections;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Users;

/// <summary>Finds those whom WHO is about, as far as whoever asks may see them, some at a time.</summary>
internal sealed class IrcWhoSearch(IrcSession session, string mask)
{
    /// <summary>Users that a mask finds; who is looking for more is to ask more narrowly.</summary>
    public const int MaxFound = 1000;

    private readonly string _mask = string.Equals(mask, "0", StringComparison.Ordinal) ? "*" : mask;
    private RoomView? _room;
    private IEnumerator<RoomMember>? _members;
    private UserName _last;

    /// <summary>True if nobody else is found.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Looks at the next <see cref="AnswerTurns.SliceSize"/> users, of whom it may find none.</summary>
    public ValueTask<IReadOnlyList<IrcWhoRow>> NextAsync(CancellationToken cancellationToken)
    {
        if (_mask is ['#', ..])
        {
            return FindRoomAsync(cancellationToken);
        }

        return !_mask.AsSpan().ContainsAny('*', '?') && UserName.TryParse(_mask, out var name)
            ? FindUserAsync(name, cancellationToken)
            : FindMaskAsync(cancellationToken);
    }

    private async ValueTask<IReadOnlyList<IrcWhoRow>> FindRoomAsync(CancellationToken cancellationToken)
    {
        _room ??= IrcChannel.TryParse(_mask, out var room) ? await session.LookAsync(new FindRoom(room), cancellationToken) : null;
        if (_room is null)
        {
            IsAtEnd = true;
            return [];
        }

        _members ??= _room.Members.GetEnumerator();
        var rows = new List<IrcWhoRow>();
        while (!IsAtEnd && rows.Count < AnswerTurns.SliceSize)
        {
            IsAtEnd = !_members.MoveNext();
            if (!IsAtEnd)
            {
                rows.Add(new IrcWhoRow(_members.Current.Actor, _room.Name, _members.Current.Rank));
            }
        }

        return rows;
    }

    /// <summary>Finds the user of an exact name, invisible or not: whoever knows the name may ask about it.</summary>
    private async ValueTask<IReadOnlyList<IrcWhoRow>> FindUserAsync(UserName name, CancellationToken cancellationToken)
    {
        IsAtEnd = true;
        if (await session.LookAsync(new FindUser(name), cancellationToken) is not { } user)
        {
            return [];
        }

        var place = user.Rooms.OrderBy(place => place.IsShared ? 0 : 1).FirstOrDefault();
        return [new IrcWhoRow(user.Actor, place.Room, place.Rank)];
    }

    private async ValueTask<IReadOnlyList<IrcWhoRow>> FindMaskAsync(CancellationToken cancellationToken)
    {
        var found = new List<IrcWhoRow>();
        var page = await session.LookAsync(new ListUsers(_last, AnswerTurns.SliceSize), cancellationToken);
        foreach (var user in page.Items.Where(user => Matches(_mask, user)))
        {
            // In one of the rooms that both are in, if there is one.
            var place = (await session.LookAsync(new FindUser(user.Name), cancellationToken))?.Rooms.FirstOrDefault(place => place.IsShared) ?? default;
            found.Add(new IrcWhoRow(user, place.Room, place.Rank));
        }

        _last = page.Next;
        IsAtEnd = _last.IsEmpty;
        return found;
    }

    private static bool Matches(string mask, in Actor user)
    {
        var profile = user.Profile;
        return mask.AsSpan().ContainsAny('!', '@')
            ? Glob.Matches(IrcMask.Normalize(mask), IrcEvents.Source(user))
            : Glob.Matches(mask, user.Name.Value)
                || Glob.Matches(mask, profile.Host)
                || Glob.Matches(mask, profile.Ident)
                || Glob.Matches(mask, IrcEvents.RealName(user))
                || (!profile.Account.IsEmpty && Glob.Matches(mask, profile.Account.Value));
    }
}
