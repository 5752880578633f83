using Parley.Core.Rooms;
using Parley.Protocol.Irc;
using Parley.Server.Connections;

namespace Parley.Server.Irc.Commands;

/// <summary><c>NAMES [#room{,#room}]</c>: who is there (https://modern.ircdocs.horse/#names-message).</summary>
internal sealed class NamesCommand() : IrcCommand("NAMES", minParameters: 0)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (request.Count == 0)
        {
            session.Numeric(IrcNumeric.RPL_ENDOFNAMES, "* :End of /NAMES list");
            return true;
        }

        foreach (var channel in IrcTexts.List(request[0]).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            session.AnswersFollow();
            var view = await IrcChannel.FindAsync(session, channel, cancellationToken);
            var isMember = view is not null && IrcChannel.IsIn(session, view);
            var now = session.Context.Time.GetUtcNow();
            if (view is null || (!isMember && view.Flags.Contains(RoomMode.Private)))
            {
                session.Numeric(IrcNumeric.RPL_ENDOFNAMES, $"{channel} :End of /NAMES list");
            }
            else
            {
                session.Session.Reply(output => session.Show(
                    output, (response, lines) => IrcWelcome.WriteNames(session, view, isMember, now, response, lines)));
            }
        }

        return true;
    }
}
