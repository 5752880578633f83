using System.Text;
using Parley.Core.History;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/search</c>: messages of the room that have all the words, the newest first; without words, the ones before them.</summary>
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
            ? NextOf(session)
            : new HistorySearch(session.Room, Encoding.UTF8.GetString(argument))
            {
                Limit = history.PageMessages,
                Life = session.Session.LifeOf(session.Room),
            };
        if (search is not null)
        {
            return ShowAsync(session, history, search, cancellationToken);
        }

        session.Reply(output => LinesWriter.Usage(output, Usage));
        return new(true);
    }

    /// <summary>Where the last search goes on, in the room that the session is in still, whatever it is called by now; in another, or in another life of it, it does not.</summary>
    private static HistorySearch? NextOf(LinesSession session)
        => session.NextSearch is { } next && next.Life == session.Session.LifeOf(session.Room) ? next with { Room = session.Room } : null;

    private static async ValueTask<bool> ShowAsync(LinesSession session, RoomHistory history, HistorySearch search, CancellationToken cancellationToken)
    {
        if (!await session.TakesMoreAsync(cancellationToken))
        {
            return true;
        }

        if (await session.TrySearchAsync(search, cancellationToken) is not { } page)
        {
            session.Reply(LinesWriter.HistoryFailed);
            return true;
        }

        var found = page.Entries;
        session.NextSearch = page.StoppedAt is { } number ? search.Behind(number)
            : found.Count < search.Limit ? null
            : search.Behind(found[^1].Number);
        session.Reply(output =>
        {
            if (found.Count == 0 && session.NextSearch is null)
            {
                LinesWriter.HistoryNone(output);
                return;
            }

            LinesWriter.SearchStart(output, search.Room.Value);
            history.LinesOf(session.HasTags).Write(found, output);
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
