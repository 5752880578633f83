using Parley.Protocol.Irc;
using Parley.Server.Irc.Multiline;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Messages;

/// <summary>
/// <c>BATCH +reference draft/multiline target</c> and <c>BATCH -reference</c>: the client begins and ends a message of several
/// lines (https://ircv3.net/specs/extensions/multiline, https://ircv3.net/specs/extensions/client-batch).
/// </summary>
internal sealed class BatchCommand() : IrcCommand("BATCH", "+reference type [parameters] | -reference", "begins and ends a message of several lines")
{
    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (!session.Has(IrcCapabilities.Multiline))
        {
            session.Numeric(IrcNumeric.ERR_UNKNOWNCOMMAND, $"{Word} :Unknown command");
            return new(true);
        }

        switch (request[0])
        {
            case ['+', .. var reference]:
                session.Multiline.Open(reference, request);
                return new(true);
            case ['-', .. var reference]:
                return session.Multiline.Close(reference) is { } batch ? SayAsync(session, batch, cancellationToken) : new(true);
            case "":
                session.Numeric(IrcNumeric.ERR_NEEDMOREPARAMS, $"{Word} :Not enough parameters");
                return new(true);
            default:
                session.Fail(Word, "MULTILINE_INVALID", "A reference begins with + or -");
                return new(true);
        }
    }

    private static ValueTask<bool> SayAsync(IrcSession session, MultilineBatch batch, CancellationToken cancellationToken)
    {
        var draft = IrcSpeech.Draft(session, batch.Kind!.Value, batch.Text, batch.Tags);
        if (draft.Kind == batch.Kind)
        {
            // Otherwise it is CTCP, of which the text is a part.
            draft = draft with { Joints = [.. batch.Joints] };
        }

        return IrcSpeech.SayAsync(session, batch.Target, draft, cancellationToken);
    }
}
