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
            session.Batch($"metadata {session.Nick}", (values ?? session.Metadata.Early).Select(each => MetadataLines.Of(session.Nick, each.Key, each.Value)));
        }
    }

    /// <summary>The session has joined a room. Of a large one it is told to ask later, so that nobody waits for its joins.</summary>
    public static async ValueTask JoinedAsync(IrcSession session, RoomName room, CancellationToken cancellationToken)
    {
        var keys = session.Metadata.Subscriptions;
        if (keys.Count == 0 || !session.Has(IrcCapabilities.AnyMetadata)
            || await session.LookAsync(new FindRoom(room), cancellationToken) is not { } view)
        {
            return;
        }

        if (view.Members.Count > MetadataLimits.MaxMembersAtOnce)
        {
            Later(session, view);
            return;
        }

        await TellAsync(session, $"#{view.Name.Value}", await MetadataLines.OfRoomAsync(session, view, keys, [], cancellationToken));
    }

    /// <summary>The session is told of more keys than before.</summary>
    public static async ValueTask SubscribedAsync(IrcSession session, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        var told = new HashSet<UserName>();
        foreach (var room in session.Session.Rooms.ToArray())
        {
            if (await session.LookAsync(new FindRoom(room), cancellationToken) is not { } view)
            {
                continue;
            }

            if (view.Members.Count > MetadataLimits.MaxMembersAtOnce)
            {
                Later(session, view);
                continue;
            }

            lines.AddRange(await MetadataLines.OfRoomAsync(session, view, keys, told, cancellationToken));
        }

        foreach (var name in session.Monitored.Where(told.Add))
        {
            await MetadataLines.AddUserAsync(session, lines, name, keys, cancellationToken);
        }

        await TellAsync(session, session.Nick, lines);
    }

    /// <summary>The session is told who of some users comes and goes. Of those who come later it is told as they set their values.</summary>
    public static async ValueTask MonitoredAsync(IrcSession session, IEnumerable<UserName> users, CancellationToken cancellationToken)
    {
        var keys = session.Metadata.Subscriptions;
        if (keys.Count == 0 || !session.Has(IrcCapabilities.AnyMetadata))
        {
            return;
        }

        foreach (var user in users)
        {
            var lines = new List<string>();
            await MetadataLines.AddUserAsync(session, lines, user, keys, cancellationToken);
            await TellAsync(session, user.Value, lines);
        }
    }

    private static void Later(IrcSession session, RoomView room)
        => session.Numeric(IrcNumeric.ERR_METADATASYNCLATER, string.Create(CultureInfo.InvariantCulture, $"#{room.Name.Value} 0 :Ask for it with SYNC"));

    private static ValueTask TellAsync(IrcSession session, string target, List<string> lines)
    {
        if (lines.Count > 0)
        {
            session.Batch($"metadata {target}", lines);
        }

        return default;
    }
}
