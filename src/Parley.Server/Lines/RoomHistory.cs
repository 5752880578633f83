using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Server.Options;

namespace Parley.Server.Lines;

/// <summary>Reads history, page by page, for the commands of the lines protocol.</summary>
internal sealed class RoomHistory(ParleyOptions options, TimeProvider time)
{
    /// <summary>The longest page, in messages.</summary>
    public int PageMessages => options.HistoryPage;

    public HistoryLines Lines { get; } = new(time);

    /// <summary>Parses the argument of <c>/history</c>; null if it makes no sense.</summary>
    public HistoryQuery? ParseQuery(ReadOnlySpan<byte> argument, RoomName room) => HistoryArgument.Parse(argument, room, PageMessages, time);

    /// <summary>Null: the store cannot be read at the moment.</summary>
    public static async ValueTask<IReadOnlyList<HistoryEntry>?> TryReadAsync(LinesSession session, HistoryQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await session.LookAsync(new ReadRoom(query), cancellationToken) ?? [];
        }
        catch (HistoryException)
        {
            return null;
        }
    }

    /// <summary>Null: the store cannot be read at the moment.</summary>
    public static async ValueTask<SearchPage?> TrySearchAsync(LinesSession session, HistorySearch search, CancellationToken cancellationToken)
    {
        try
        {
            return await session.LookAsync(new SearchRoom(search), cancellationToken) ?? SearchPage.Empty;
        }
        catch (HistoryException)
        {
            return null;
        }
    }
}
