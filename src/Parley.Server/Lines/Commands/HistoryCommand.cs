using Parley.Core.History;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/history</c>: what was said in the room before, a page at a time.</summary>
internal sealed class HistoryCommand() : LinesCommand("/history [n | since 10:30 | before 10:30]", "show what was said before")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        if (session.History is not { } history)
        {
            session.Reply(LinesWriter.HistoryOff);
            return new(true);
        }

        if (session.Room.IsEmpty)
        {
            session.Reply(LinesWriter.InNoRoom);
            return new(true);
        }

        if (history.ParseQuery(argument, session.Room) is { } query)
        {
            return ShowAsync(session, history, query, cancellationToken);
        }

        session.Reply(output => LinesWriter.Usage(output, Usage));
        return new(true);
    }

    private static async ValueTask<bool> ShowAsync(LinesSession session, RoomHistory history, HistoryQuery query, CancellationToken cancellationToken)
    {
        if (!await session.TakesMoreAsync(cancellationToken))
        {
            return true;
        }

        if (await session.TryReadAsync(query, cancellationToken) is not { } entries)
        {
            session.Reply(LinesWriter.HistoryFailed);
            return true;
        }

        session.Reply(output =>
        {
            if (entries.Count == 0)
            {
                LinesWriter.HistoryNone(output);
                return;
            }

            LinesWriter.HistoryStart(output, query.Room.Value);
            history.LinesOf(session.HasTags).Write(entries, output);
            if (entries.Count < query.Limit)
            {
                LinesWriter.HistoryEnd(output);
            }
            else
            {
                LinesWriter.HistoryEnd(output, query.Oldest ? $"/history after #{entries[^1].Number}" : $"/history before #{entries[0].Number}");
            }
        });
        return true;
    }
}
