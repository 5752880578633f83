using Parley.Core.History;
using Parley.Core.Names;
using Parley.Server.Options;

namespace Parley.Server.Lines;

/// <summary>Pages of history, as the commands of the lines protocol ask for them and show them.</summary>
internal sealed class RoomHistory(ParleyOptions options, TimeProvider time)
{
    /// <summary>The longest page, in messages.</summary>
    public int PageMessages => options.HistoryPage;

    public HistoryLines Lines { get; } = new(time);

    /// <summary>Parses the argument of <c>/history</c>; null if it makes no sense.</summary>
    public HistoryQuery? ParseQuery(ReadOnlySpan<byte> argument, RoomName room) => HistoryArgument.Parse(argument, room, PageMessages, time);
}
