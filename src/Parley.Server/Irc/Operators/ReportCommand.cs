using System.Text;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Server.Irc.Channels;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Operators;

/// <summary><c>REPORT nick|msgid text</c>: tells the moderators of the server about somebody, or about a message in a room.</summary>
internal sealed class ReportCommand() : IrcCommand(
    "REPORT", "nick|msgid text", "tells the moderators of the server about somebody, or a message", minParameters: 2)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var text = string.Join(' ', request.Parameters[1..]);
        var (room, subject, quote) = (default(RoomName), "", "");
        if (MessageId.TryParse(request[0], out var said, out var number) && !said.IsEmpty)
        {
            if (await FindAsync(session, said, number, cancellationToken) is not { } message)
            {
                session.Fail(Word, "UNKNOWN_MSGID", "There is no such message that you may see", request[0]);
                return true;
            }

            (room, subject, quote) = (said, message.Author.Value, Encoding.UTF8.GetString(message.Text.Span));
        }
        else if (UserName.TryParse(request[0], out var name)
            && (await session.LookAsync(new FindUser(name), cancellationToken) is not null || await session.LookAsync(new FindPastUsers(name), cancellationToken) is { Count: > 0 }))
        {
            subject = name.Value;
        }
        else
        {
            session.Fail(Word, "INVALID_TARGET", "Nobody of that name is here, or was lately, and there is no such message", request[0]);
            return true;
        }

        if (await session.Context.Reports.ReportAsync(session.Self, session.Peer.Address, room.IsEmpty ? "" : room.Value, subject, text, quote) is { } refusal)
        {
            session.Fail(Word, "CANNOT_REPORT", refusal, request[0]);
        }
        else
        {
            IrcBanLists.Notice(session, "Your report has reached the moderators");
        }

        return true;
    }

    /// <summary>A message as the client may see it.</summary>
    private static async ValueTask<HistoryEntry?> FindAsync(IrcSession session, RoomName room, long number, CancellationToken cancellationToken)
    {
        try
        {
            return await session.LookAsync(new ReadRoom(HistoryQuery.One(room, number)), cancellationToken) is [var message]
                && message.Kind is MessageKind.Text or MessageKind.Notice or MessageKind.Action ? message : null;
        }
        catch (HistoryException)
        {
            return null;
        }
    }
}
