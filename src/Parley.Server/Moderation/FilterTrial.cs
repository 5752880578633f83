using System.Globalization;
using System.Text;
using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Text;

namespace Parley.Server.Moderation;

/// <summary>A pattern of a word filter, tried on what was last said in a room. Nothing changes by it.</summary>
internal static class FilterTrial
{
    /// <summary>Messages that it is tried on.</summary>
    public const int MaxMessages = 1000;

    private const int PageMessages = 200;
    private const int Examples = 3;
    private const int ExampleLength = 100;

    /// <summary>Returns what it comes to, in lines for people.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="viewer">The session that asks; it has to be one that may change the filter, and that follows the room.</param>
    /// <param name="asking">Its user.</param>
    /// <param name="room">The room.</param>
    /// <param name="text">The pattern.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async ValueTask<IReadOnlyList<string>> RunAsync(
        IBroker broker, SessionId viewer, Actor asking, RoomName room, string text, CancellationToken cancellationToken)
    {
        if (!WordPattern.TryParse(text, out var pattern))
        {
            return [WordPattern.Form];
        }

        var view = await broker.LookAsync(viewer, new FindRoom(room), cancellationToken);
        if (view?.Members.FirstOrDefault(member => member.Actor.UserId == asking.UserId) is not { Rank: var rank, Actor.UserId: not 0 })
        {
            return ["Only who is in the room may try a pattern there"];
        }

        if (rank < MemberRank.HalfOperator && !asking.Profile.May(ServerRights.Rooms))
        {
            return [$"Only operators of {room} may do that"];
        }

        if (!broker.KeepsHistory)
        {
            return ["This server keeps no history to try it on"];
        }

        try
        {
            return await TryAsync(broker, viewer, room, pattern, cancellationToken);
        }
        catch (HistoryException)
        {
            return ["History cannot be read now, try again later"];
        }
    }

    private static async ValueTask<IReadOnlyList<string>> TryAsync(IBroker broker, SessionId viewer, RoomName room, WordPattern pattern, CancellationToken cancellationToken)
    {
        WordFilter filter = new([pattern]);
        List<HistoryEntry> refused = [];
        var (looked, before) = (0, long.MaxValue);
        while (looked < MaxMessages
            && await broker.LookAsync(viewer, new ReadRoom(new HistoryQuery(room) { Before = before, Limit = PageMessages }), cancellationToken) is { Count: > 0 } page)
        {
            looked += page.Count;
            before = page[0].Number;
            refused.AddRange(page.Where(entry => filter.Find(entry.Text.Span) is not null).Reverse());
        }

        return
        [
            string.Create(CultureInfo.InvariantCulture, $"{pattern.Text} would have refused {refused.Count} of the last {looked} messages in {room}"),
            .. refused.Take(Examples).Select(Example),
        ];
    }

    private static string Example(HistoryEntry entry)
    {
        var text = Encoding.UTF8.GetString(entry.Text.Span).ReplaceLineEndings(" ");
        var shown = text.Length > ExampleLength ? string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[ExampleLength - 1]) ? ExampleLength - 1 : ExampleLength), "...") : text;
        return string.Create(CultureInfo.InvariantCulture, $"- {entry.Author} at {entry.Time.UtcDateTime:yyyy-MM-dd HH:mm} UTC - {shown}");
    }
}
