using Parley.Core.History;
using Parley.Core.Names;
using Parley.Server.Options;

namespace Parley.Server.Lines;

/// <summary>Pages of history, as the commands of the lines protocol ask for them and show them.</summary>
internal sealed class RoomHistory(ParleyOptions options, TimeProvider time)
{
    private readonly HistoryLines _plain = new(time);
    private readonly HistoryLines _tagged = new(time, showsTags: true);

    /// <summary>The longest page, in messages.</summary>
    public int PageMessages => options.HistoryPage;

    /// <summary>Words of a page, with or without the ids of its messages.</summary>
    public HistoryLines LinesOf(bool hasTags) => hasTags ? _tagged : _plain;

    /// <summary>Parses the argument of <c>/history</c>; null if it makes no sense.</summary>
    public HistoryQuery? ParseQuery(ReadOnlySpan<byte> argument, RoomName room) => HistoryArgument.Parse(argument, room, PageMessages, time);
}
