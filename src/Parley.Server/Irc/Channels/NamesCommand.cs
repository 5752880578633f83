using Parley.Core.Rooms;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Channels;

/// <summary><c>NAMES [#room{,#room}]</c>: who is there (https://modern.ircdocs.horse/#names-message).</summary>
internal sealed class NamesCommand() : IrcCommand("NAMES", "[#room{,#room}]", "lists who is in rooms")
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var channels = IrcTexts.List(request[0]);
        if (channels.Length == 0)
        {
            session.Numeric(IrcNumeric.RPL_ENDOFNAMES, "* :End of /NAMES list");
            return true;
        }

        foreach (var channel in channels.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var view = await session.FindRoomAsync(channel, cancellationToken);
            if (view is null or { Sight: < RoomSight.Members })
            {
                session.Numeric(IrcNumeric.RPL_ENDOFNAMES, $"{channel} :End of /NAMES list");
            }
            else
            {
                await IrcWelcome.AnswerNamesAsync(session, view, cancellationToken);
            }
        }

        return true;
    }
}
