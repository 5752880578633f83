using System.Globalization;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Rooms;
using Parley.Protocol.Irc;
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

        Tell(session, $"#{view.Name.Value}", await MetadataLines.OfRoomAsync(session, view, keys, [], cancellationToken));
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

            Tell(session, session.Nick, await AllAsync(session, rooms.Where(room => !IsLarge(room)), keys, cancellationToken));
        }
        else if (rooms.Exists(IsLarge))
        {
            session.Line(Later(session, MetadataLines.Everything));
        }
        else
        {
            Tell(session, MetadataLines.Everything, await AllAsync(session, rooms, keys, cancellationToken));
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
            if (await MetadataLines.AddUserAsync(session, lines, user, keys, cancellationToken))
            {
                Tell(session, user.Value, lines);
            }
        }
    }

    /// <summary>Returns the rooms that the session is in.</summary>
    public static async ValueTask<List<RoomView>> RoomsAsync(IrcSession session, CancellationToken cancellationToken)
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

    /// <summary>Returns the lines for what rooms, their members and those whom the session monitors have set under the keys, each told once.</summary>
    public static async ValueTask<List<string>> AllAsync(
        IrcSession session, IEnumerable<RoomView> rooms, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        var told = new HashSet<UserName>();
        foreach (var room in rooms)
        {
            lines.AddRange(await MetadataLines.OfRoomAsync(session, room, keys, told, cancellationToken));
        }

        foreach (var name in session.Monitored.Where(told.Add))
        {
            await MetadataLines.AddUserAsync(session, lines, name, keys, cancellationToken);
        }

        return lines;
    }

    /// <summary>Returns the line that tells a session to ask for a target's values itself.</summary>
    public static string Later(IrcSession session, string target)
        => string.Create(CultureInfo.InvariantCulture, $":{session.Context.ServerName} {(int)IrcNumeric.ERR_METADATASYNCLATER} {session.Nick} {target} 0 :Ask for it with SYNC");

    private static bool IsLarge(RoomView room) => room.Members.Count > MetadataLimits.MaxMembersAtOnce;

    /// <summary>The keys that the session is told of; null if it is told nothing. With proposal 613 it is told that there is nothing, too.</summary>
    private static IReadOnlyCollection<string>? Wanted(IrcSession session)
    {
        var keys = session.Metadata.Subscriptions;
        return session.Has(IrcCapabilities.Metadata3) || (keys.Count > 0 && session.Has(IrcCapabilities.Metadata)) ? keys : null;
    }

    private static void Tell(IrcSession session, string target, List<string> lines)
    {
        if (lines.Count > 0 || session.Has(IrcCapabilities.Metadata3))
        {
            session.Batch($"metadata {target}", lines);
        }
    }
}
