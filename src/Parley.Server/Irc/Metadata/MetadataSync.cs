using System.Collections.Immutable;
using System.Globalization;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Rooms;
using Parley.Protocol.Irc;
using Parley.Server.Connections;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Metadata;

/// <summary>Tells a session the values of keys that it is told of, where it could not have seen them being set.</summary>
internal static class MetadataSync
{
    /// <summary>The session has registered: what it has set is its user's, and it is told so.</summary>
    public static async ValueTask RegisteredAsync(IrcSession session, CancellationToken cancellationToken)
    {
        foreach (var (key, value) in session.Metadata.Early)
        {
            await session.AskAsync(new SetValue(key, value), cancellationToken);
        }

        session.Metadata.ClearEarly();
        if (session.Has(IrcCapabilities.AnyMetadata))
        {
            var values = (await session.LookAsync(new FindUser(session.Self.Name), cancellationToken))?.Values;
            session.Batch($"metadata {session.Nick}", (values ?? session.Metadata.Early).Select(each => MetadataLines.Of(session, session.Nick, each.Key, each.Value)));
        }
    }

    /// <summary>The session has joined a room. Of a large one it is told to ask later, so that nobody waits for its joins.</summary>
    public static async ValueTask JoinedAsync(IrcSession session, RoomName room, CancellationToken cancellationToken)
    {
        if (Wanted(session) is not { } keys || await session.LookAsync(new FindRoom(room), cancellationToken) is not { } view)
        {
            return;
        }

        if (IsLarge(view))
        {
            session.Line(Later(session, $"#{view.Name.Value}"));
            return;
        }

        await TellAsync(session, $"#{view.Name.Value}", OwnersIn([view], []), keys, mayBeEmpty: session.Has(IrcCapabilities.Metadata3), cancellationToken);
    }

    /// <summary>The session is told of more keys than before. Where that is much, it is told to ask later.</summary>
    public static async ValueTask SubscribedAsync(IrcSession session, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
        {
            return;
        }

        var rooms = await RoomsAsync(session, cancellationToken);
        if (!session.Has(IrcCapabilities.Metadata3))
        {
            foreach (var room in rooms.Where(IsLarge))
            {
                session.Line(Later(session, $"#{room.Name.Value}"));
            }

            await TellAsync(session, session.Nick, OwnersIn(rooms.Where(room => !IsLarge(room)), session.Monitored), keys, mayBeEmpty: false, cancellationToken);
        }
        else if (rooms.Exists(IsLarge))
        {
            session.Line(Later(session, MetadataLines.Everything));
        }
        else
        {
            await TellAsync(session, MetadataLines.Everything, OwnersIn(rooms, session.Monitored), keys, mayBeEmpty: true, cancellationToken);
        }
    }

    /// <summary>The session is told who of some users comes and goes. Of those who come later it is told to ask (613), or told as they set their values.</summary>
    public static async ValueTask MonitoredAsync(IrcSession session, IEnumerable<UserName> users, CancellationToken cancellationToken)
    {
        if (Wanted(session) is not { } keys)
        {
            return;
        }

        foreach (var user in users)
        {
            var lines = new List<string>();
            if (await MetadataLines.AddUserAsync(session, lines, user, keys, cancellationToken) && (lines.Count > 0 || session.Has(IrcCapabilities.Metadata3)))
            {
                session.Batch($"metadata {user.Value}", lines);
            }
        }
    }

    /// <summary>Tells a session what a room and its members have set under the keys that it is told of.</summary>
    public static ValueTask SyncAsync(IrcSession session, RoomView room, CancellationToken cancellationToken)
        => TellAsync(session, $"#{room.Name.Value}", OwnersIn([room], []), session.Metadata.Subscriptions, mayBeEmpty: true, cancellationToken);

    /// <summary>Tells a session what its rooms, their members and those whom it monitors have set under the keys that it is told of.</summary>
    public static async ValueTask SyncAllAsync(IrcSession session, CancellationToken cancellationToken)
    {
        var owners = OwnersIn(await RoomsAsync(session, cancellationToken), session.Monitored);
        await TellAsync(session, MetadataLines.Everything, owners, session.Metadata.Subscriptions, mayBeEmpty: true, cancellationToken);
    }

    /// <summary>Returns the rooms that the session is in.</summary>
    private static async ValueTask<List<RoomView>> RoomsAsync(IrcSession session, CancellationToken cancellationToken)
    {
        var rooms = new List<RoomView>();
        foreach (var room in session.Session.Rooms.ToArray())
        {
            if (await session.LookAsync(new FindRoom(room), cancellationToken) is { } view)
            {
                rooms.Add(view);
            }
        }

        return rooms;
    }

    /// <summary>Rooms, each ahead of its members, and behind them others, each once.</summary>
    private static IEnumerable<(RoomView? Room, UserName User)> OwnersIn(IEnumerable<RoomView> rooms, IEnumerable<UserName> others)
    {
        var told = new HashSet<UserName>();
        foreach (var room in rooms)
        {
            yield return (room, default);
            foreach (var member in room.Members.Where(member => told.Add(member.Actor.Name)))
            {
                yield return (null, member.Actor.Name);
            }
        }

        foreach (var other in others.Where(told.Add))
        {
            yield return (null, other);
        }
    }

    /// <summary>Returns the line that tells a session to ask for a target's values itself.</summary>
    public static string Later(IrcSession session, string target)
        => string.Create(CultureInfo.InvariantCulture, $":{session.Context.ServerName} {(int)IrcNumeric.ERR_METADATASYNCLATER} {session.Nick} {target} 0 :Ask for it with SYNC");

    private static bool IsLarge(RoomView room) => room.Members.Count > MetadataLimits.MaxMembersAtOnce;

    /// <summary>The keys that the session is told of; null if it is told nothing. With proposal 613 it is told that there is nothing, too.</summary>
    private static ImmutableList<string>? Wanted(IrcSession session)
    {
        var keys = session.Metadata.Subscriptions;
        return session.Has(IrcCapabilities.Metadata3) || (keys.Count > 0 && session.Has(IrcCapabilities.Metadata)) ? keys : null;
    }

    /// <summary>Tells what some have set under the keys, some of them at a time: there may be thousands.</summary>
    private static async ValueTask TellAsync(
        IrcSession session,
        string target,
        IEnumerable<(RoomView? Room, UserName User)> owners,
        IReadOnlyCollection<string> keys,
        bool mayBeEmpty,
        CancellationToken cancellationToken)
    {
        using var each = owners.GetEnumerator();
        await session.BatchInSlicesAsync(
            $"metadata {target}",
            mayBeEmpty,
            async (lines, token) =>
            {
                for (var looked = 0; looked < AnswerTurns.SliceSize && lines.Count < AnswerTurns.SliceSize; looked++)
                {
                    if (!each.MoveNext())
                    {
                        return false;
                    }

                    if (each.Current.Room is { } room)
                    {
                        MetadataLines.AddRoom(session, lines, room, keys);
                    }
                    else
                    {
                        await MetadataLines.AddUserAsync(session, lines, each.Current.User, keys, token);
                    }
                }

                return true;
            },
            cancellationToken);
    }
}
