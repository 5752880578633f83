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

        session.AnswersFollow();
        foreach (var channel in IrcTexts.List(request[0]))
        {
            var view = IrcChannel.TryParse(channel, out var room) ? await session.Broker.FindRoomAsync(room, cancellationToken) : null;
            var isMember = view?.Members.Any(member => member.Actor.UserId == session.Self.UserId) ?? false;
            if (view is null || (!isMember && view.Flags.Any(flag => flag is RoomMode.Secret or RoomMode.Private)))
            {
                session.Numeric(IrcNumeric.RPL_ENDOFNAMES, $"{channel} :End of /NAMES list");
            }
            else
            {
                session.Session.Reply(output => IrcWelcome.WriteNames(session, view, session.Context.Time.GetUtcNow(), session.ResponseTag, output));
            }

            session.AnswersFollow();
        }

        return true;
    }
}
