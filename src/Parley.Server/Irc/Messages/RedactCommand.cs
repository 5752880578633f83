using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Protocol.Irc;
using Parley.Server.Connections;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Messages;

/// <summary><c>REDACT target msgid [:reason]</c>: takes a message away (https://ircv3.net/specs/extensions/message-redaction).</summary>
internal sealed class RedactCommand() : IrcCommand("REDACT", "target msgid [reason]", "takes back a message")
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (!session.Has(IrcCapabilities.MessageRedaction))
        {
            session.Numeric(IrcNumeric.ERR_UNKNOWNCOMMAND, $"{Word} :Unknown command");
            return true;
        }

        if (request.Count < 2)
        {
            session.Numeric(IrcNumeric.ERR_NEEDMOREPARAMS, $"{Word} :Not enough parameters");
            return true;
        }

        var (target, id) = (IrcTexts.Word(request[0]), IrcTexts.Word(request[1]));
        var reason = IrcTexts.Cut(request[2], IrcLimits.Kick);
        var isKept = MessageId.TryParse(request[1], out var saidIn, out var number);
        Verdict verdict;
        if (IrcChannel.TryParse(target, out var channel))
        {
            verdict = await RedactAsync(session, new Redact(channel, isKept && !saidIn.IsEmpty ? number : 0, reason) { SaidIn = saidIn }, cancellationToken);
        }
        else if (UserName.TryParse(target, out var other))
        {
            verdict = await session.AskAsync(new RedactDirect(other, isKept && saidIn.IsEmpty ? number : 0, reason), cancellationToken);
        }
        else
        {
            verdict = Verdict.NotHere;
        }

        Answer(session, verdict, target, id);
        return verdict is not (Verdict.Stopping or Verdict.SignedOut);
    }

    private static async ValueTask<Verdict> RedactAsync(IrcSession session, Redact what, CancellationToken cancellationToken)
    {
        var verdict = await session.AskAsync(what, cancellationToken);
        if (verdict == Verdict.Accepted && !session.Session.Rooms.Contains(what.Room))
        {
            // An operator of the server, who is not among those who are told.
            var redacted = new MessageRedacted(what.Room, 0, session.Context.Time.GetUtcNow(), session.Self, what.Number, what.Reason) { SaidIn = what.SaidIn };
            session.Session.Reply(output => session.Show(output, (response, lines) => session.Events.Write(redacted, lines, response)));
        }

        return verdict;
    }

    private static void Answer(IrcSession session, Verdict verdict, string target, string id)
    {
        switch (verdict)
        {
            case Verdict.NotInRoom or Verdict.NoSuchRoom or Verdict.NotHere:
                session.Fail("REDACT", "INVALID_TARGET", $"You cannot delete messages from {target}", target);
                break;
            case Verdict.NotAuthor:
                session.Fail("REDACT", "REDACT_FORBIDDEN", "You are not authorised to delete this message", $"{target} {id}");
                break;
            case Verdict.TooLate:
                var seconds = (long)session.Context.Options.RedactTime.TotalSeconds;
                session.Fail("REDACT", "REDACT_WINDOW_EXPIRED", "You can no longer delete this message", $"{target} {id} {seconds}");
                break;
            case Verdict.NoSuchMessage:
                session.Fail("REDACT", "UNKNOWN_MSGID", "This message does not exist or is too old", $"{target} {id}");
                break;
            case Verdict.HistoryFails:
                session.Fail("REDACT", "REDACT_FORBIDDEN", "Messages cannot be deleted at the moment", $"{target} {id}");
                break;
        }
    }
}
