using Parley.Core.Accounts;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.History;

/// <summary>A room that a client is in, or a conversation that its user has with another: what it may read the history of.</summary>
/// <remarks>
/// Only what the client has been shown, or would have been, is read: what is behind that comes as it is said, so nothing is
/// missing at the border, and nothing comes a second time after it was read.
/// </remarks>
internal sealed class HistoryTarget
{
    private readonly IrcSession _session;
    private readonly Correspondent _other;
    private readonly IReadOnlyList<FormerName> _formerNames;

    private HistoryTarget(IrcSession session, string name, RoomName room, IReadOnlyList<FormerName> formerNames, Correspondent other)
        => (_session, Name, Room, _formerNames, _other) = (session, name, room, formerNames, other);

    /// <summary>As IRC names it: a channel or a nick.</summary>
    public string Name { get; }

    /// <summary>The room; empty for a conversation.</summary>
    public RoomName Room { get; }

    /// <summary>The name that the room had when a message of that number was said there; empty for a conversation.</summary>
    public RoomName NameAt(long number) => _formerNames.At(number) is { IsEmpty: false } former ? former : Room;

    /// <summary>Null if there is no such target for the client.</summary>
    public static async ValueTask<HistoryTarget?> FindAsync(IrcSession session, string target, CancellationToken cancellationToken)
    {
        await session.Session.ShownAsync();
        if (IrcChannel.TryParse(target, out var wanted))
        {
            var room = session.Session.Rooms.FirstOrDefault(room => room == wanted);
            return room.IsEmpty ? null
                : new HistoryTarget(session, $"#{room.Value}", room, await session.LookAsync(new FindFormerNames(room), cancellationToken), default);
        }

        if (!UserName.TryParse(target, out var other))
        {
            return null;
        }

        var correspondent = await CorrespondentAsync(session, other, cancellationToken);
        return new HistoryTarget(session, correspondent.Name.Value, default, [], correspondent);
    }

    /// <summary>Returns the user who wears the name, or else the owner of the account of that name, or else the name alone.</summary>
    private static async ValueTask<Correspondent> CorrespondentAsync(IrcSession session, UserName name, CancellationToken cancellationToken)
    {
        if (await session.LookAsync(new FindUser(name), cancellationToken) is { Actor: var wearer })
        {
            return new Correspondent(wearer.Name, wearer.Identity);
        }

        return await session.Context.Accounts.FindAsync(name, cancellationToken) is { } account
            ? new Correspondent(account.Name, Identity.Of(account.Id))
            : new Correspondent(name);
    }

    /// <summary>Entries of it, oldest first; whatever room the query is of. None if the client has left it meanwhile.</summary>
    /// <exception cref="HistoryException">The store fails.</exception>
    public async ValueTask<IReadOnlyList<HistoryEntry>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken)
        => Room.IsEmpty
            ? await _session.LookAsync(new ReadConversation(_other, query), cancellationToken)
            : await _session.LookAsync(new ReadRoom(query with { Room = Room }), cancellationToken) ?? [];

    /// <summary>Finds words in it, if it is a room.</summary>
    /// <exception cref="HistoryException">The store fails.</exception>
    public async ValueTask<SearchPage> SearchAsync(HistorySearch search, CancellationToken cancellationToken)
        => await _session.LookAsync(new SearchRoom(search), cancellationToken) ?? SearchPage.Empty;
}
