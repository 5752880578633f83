using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Ports;
using Parley.Server.Options;

namespace Parley.Server.Lines;

/// <summary>What the commands of the lines protocol read from history, page by page.</summary>
internal sealed class RoomHistory(IHistoryStore store, ParleyOptions options, TimeProvider time)
{
    /// <summary>The longest page, in messages.</summary>
    public int PageMessages { get; } = options.HistoryPage;

    public HistoryLines Lines { get; } = new(time);

    /// <summary>What follows <c>/history</c>; null if it makes no sense.</summary>
    public HistoryQuery? ParseQuery(ReadOnlySpan<byte> argument, RoomName room) => HistoryArgument.Parse(argument, room, PageMessages, time);

    /// <summary>Null: the store cannot be read at the moment.</summary>
    public async ValueTask<IReadOnlyList<HistoryEntry>?> TryReadAsync(HistoryQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ReadAsync(query, cancellationToken);
        }
        catch (HistoryException)
        {
            return null;
        }
    }

    /// <summary>Null: the store cannot be read at the moment.</summary>
    public async ValueTask<IReadOnlyList<HistoryEntry>?> TrySearchAsync(HistorySearch search, CancellationToken cancellationToken)
    {
        try
        {
            return await store.SearchAsync(search, cancellationToken);
        }
        catch (HistoryException)
        {
            return null;
        }
    }
}
