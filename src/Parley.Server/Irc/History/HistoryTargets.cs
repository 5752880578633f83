using Parley.Core.History;
using Parley.Core.Queries;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.History;

/// <summary>The rooms that a client is in, and those its user has exchanged direct messages with, by their last message.</summary>
/// <param name="session">The client.</param>
/// <param name="limit">At most so many.</param>
internal sealed class HistoryTargets(IrcSession session, int limit)
{
    private const string Command = "CHATHISTORY";
    private const string Subcommand = "TARGETS";

    /// <summary>Answers those whose last message is between two times, counted from the first, be that the earlier one or the later.</summary>
    public async ValueTask AnswerAsync(string first, string second, CancellationToken cancellationToken)
    {
        foreach (var text in new[] { first, second })
        {
            if (!HistoryReference.TryParseTime(text, out _))
            {
                session.Fail(Command, "INVALID_PARAMS", "Invalid timestamp, it has to be timestamp=YYYY-MM-DDThh:mm:ss.sssZ", $"{Subcommand} {IrcTexts.Word(text)}");
                return;
            }
        }

        HistoryReference.Parse(first, static _ => default, out var one);
        HistoryReference.Parse(second, static _ => default, out var other);
        var isForward = one.Time <= other.Time;
        var (earlier, later) = isForward ? (one, other) : (other, one);
        var query = new HistoryQuery(default) { Since = earlier.BehindTime, Until = later.Time, Limit = limit, Oldest = isForward };
        try
        {
            var found = query.Choose(await FindAsync(query, cancellationToken), target => target.Time);
            session.Batch(
                "draft/chathistory-targets",
                (batch, output) =>
                {
                    foreach (var (name, time) in found)
                    {
                        session.Events.Begin(session.Context.Time.GetUtcNow(), default, output, batch);
                        output.WriteIrc($":{session.Context.ServerName} {Command} {Subcommand} {name} {IrcServerTime.ToText(time)}");
                    }
                },
                new HistoryPage([], IsEnd: found.Count < limit).Tag);
        }
        catch (HistoryException)
        {
            session.Fail(Command, "MESSAGE_ERROR", "Messages could not be retrieved", Subcommand);
        }
    }

    /// <summary>The rooms, and those conversations that a query asks for, with the time of the last message.</summary>
    public async ValueTask<List<(string Name, DateTimeOffset Time)>> FindAsync(HistoryQuery query, CancellationToken cancellationToken)
    {
        var found = new List<(string, DateTimeOffset)>();
        foreach (var room in session.Session.Rooms)
        {
            if (await HistoryTarget.FindAsync(session, $"#{room.Value}", cancellationToken) is { } target
                && await target.ReadAsync(new HistoryQuery(room) { Limit = 1 }, cancellationToken) is [var last])
            {
                found.Add((target.Name, last.Time));
            }
        }

        var conversations = await session.LookAsync(new ListConversations(query), cancellationToken);
        found.AddRange(conversations.Select(conversation => (conversation.With.Value, conversation.LastTime)));
        return found;
    }
}
