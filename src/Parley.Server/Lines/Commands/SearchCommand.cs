using System.Text;
using Parley.Core.History;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/search</c>: messages of the room that have all the words, the best first; without words, the next ones of the last search.</summary>
internal sealed class SearchCommand() : LinesCommand("/search {words}", "find what was said in the room")
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

        var search = argument.IsEmpty
            ? session.NextSearch
            : new HistorySearch(session.Room, Encoding.UTF8.GetString(argument)) { Limit = history.PageMessages };
        if (search is not null)
        {
            return ShowAsync(session, history, search, cancellationToken);
        }

        session.Reply(output => LinesWriter.Usage(output, Usage));
        return new(true);
    }

    private static async ValueTask<bool> ShowAsync(LinesSession session, RoomHistory history, HistorySearch search, CancellationToken cancellationToken)
    {
        if (await history.TrySearchAsync(search, cancellationToken) is not { } found)
        {
            session.Reply(LinesWriter.HistoryFailed);
            return true;
        }

        session.NextSearch = found.Count < search.Limit ? null : search with { Skip = search.Skip + found.Count };
        session.Reply(output =>
        {
            if (found.Count == 0)
            {
                LinesWriter.HistoryNone(output);
                return;
            }

            LinesWriter.SearchStart(output, search.Room.Value);
            history.Lines.Write(found, output);
            if (session.NextSearch is null)
            {
                LinesWriter.HistoryEnd(output);
            }
            else
            {
                LinesWriter.HistoryEnd(output, "/search");
            }
        });
        return true;
    }
}
