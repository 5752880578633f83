using Parley.Core.Broker.History;
using Parley.Core.Broker.Rooms;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Rooms;

namespace Parley.Core.Broker;

/// <summary>
/// Answers questions about what was said: a session may read the rooms that it follows, as far as they were shown and in the life
/// that it is in, and the conversations of its user.
/// </summary>
/// <param name="history">The history; null where none is kept.</param>
/// <param name="directs">Knows how far direct messages were shown.</param>
internal sealed class HistoryDesk(KeptHistory? history, DirectDelivery directs)
{
    private readonly HistorySearches? _searches = history is null ? null : new HistorySearches(history.Store);

    public async ValueTask<IReadOnlyList<HistoryEntry>?> ReadAsync(Session? viewer, ReadRoom what, CancellationToken cancellationToken)
    {
        if (history is null || viewer is null)
        {
            return null;
        }

        await viewer.ShownAsync();
        if (RoomOf(viewer, what.Which.Room) is not { } room)
        {
            return null;
        }

        var last = await UpToAsync(room.Name, room.LastNumber, cancellationToken);
        return await history.ReadAsync(room, what.Which with { Before = Math.Min(what.Which.Before, last + 1) }, cancellationToken);
    }

    public async ValueTask<SearchPage?> SearchAsync(Session? viewer, SearchRoom what, CancellationToken cancellationToken)
    {
        if (_searches is null || viewer is null)
        {
            return null;
        }

        await viewer.ShownAsync();
        if (RoomOf(viewer, what.Which.Room) is not { } room)
        {
            return null;
        }

        var last = await UpToAsync(room.Name, room.LastNumber, cancellationToken);
        var search = what.Which with { Life = room.Life, Before = Math.Min(what.Which.Before, last + 1) };
        return await history!.SearchAsync(
            room, name => _searches.FindAsync(viewer, search with { Room = name }, cancellationToken), cancellationToken);
    }

    /// <summary>Names that a room had, for those who follow it, and for the server itself.</summary>
    public async ValueTask<IReadOnlyList<FormerName>> FormerNamesAsync(Viewer viewer, Session? session, FindFormerNames what, CancellationToken cancellationToken)
        => viewer == Viewer.Server && history is not null ? (await history.NumbersAsync(what.Room, cancellationToken))?.FormerNames ?? []
            : session?.Find(what.Room) is { } place ? Room.Of(place).Naming.FormerNames : [];

    /// <summary>True if a message is kept, under whatever name its room has now. Whatever is shown was kept before.</summary>
    public async ValueTask<bool> HasAsync(Viewer viewer, HasMessage what, CancellationToken cancellationToken)
    {
        if (history is null || viewer != Viewer.Server)
        {
            return false;
        }

        foreach (var name in (IEnumerable<RoomName>)[what.SaidIn, .. await history.Store.LaterNamesAsync(what.SaidIn, DateTimeOffset.MinValue, cancellationToken)])
        {
            var found = await history.Store.ReadAsync(HistoryQuery.One(name, what.Number), cancellationToken);
            if (found is [{ Kind: not MessageKind.Redacted }] && (await history.Store.FormerNamesAsync(name, cancellationToken)).Mark(found)[0].SaidIn == what.SaidIn)
            {
                return true;
            }
        }

        return false;
    }

    public async ValueTask<IReadOnlyList<HistoryEntry>> ReadAsync(Session? viewer, ReadConversation what, CancellationToken cancellationToken)
    {
        if (history is null || viewer is null)
        {
            return [];
        }

        await viewer.ShownAsync();
        if (viewer.User is not { } user)
        {
            return [];
        }

        var last = await UpToAsync(room: default, directs.LastNumber, cancellationToken);
        return await history.Store.ReadDirectAsync(
            user.Reader, what.With, what.Which with { Before = Math.Min(what.Which.Before, last + 1) }, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<Conversation>> ListAsync(Session? viewer, ListConversations what, CancellationToken cancellationToken)
        => history is not null && viewer?.User is { } user ? await history.Store.ListConversationsAsync(user.Reader, what.Which, cancellationToken) : [];

    /// <summary>The room that a viewer follows; also by a name that it had, as it may be renamed in the middle of several questions.</summary>
    private static Room? RoomOf(Session viewer, RoomName name)
        => (viewer.Find(name) ?? viewer.Followed.FirstOrDefault(place => Room.Of(place).Naming.FormerNames.Any(former => former.Name == name))) is { } found
            ? Room.Of(found) : null;

    /// <summary>
    /// Returns the highest number up to which history may be read so that nothing in it is shown again: messages with a higher
    /// number still reach the sessions, behind any answer that they get now.
    /// </summary>
    /// <param name="room">The room; empty for direct messages.</param>
    /// <param name="shown">The last number that was shown there since the server came up; 0 for none.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<long> UpToAsync(RoomName room, long shown, CancellationToken cancellationToken)
        => shown > 0 || history is null ? shown : (await history.NumbersAsync(room, cancellationToken))?.Earlier ?? 0;
}
