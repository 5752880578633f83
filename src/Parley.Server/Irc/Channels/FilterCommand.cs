using Parley.Core.Intentions;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;
using Parley.Server.Moderation;

namespace Parley.Server.Irc.Channels;

/// <summary><c>FILTER #channel pattern</c>: tries a pattern of mode <c>g</c>, the word filter, on what was said in the channel. It changes nothing.</summary>
internal sealed class FilterCommand() : IrcCommand(
    "FILTER", "#channel pattern", "says what the word filter (mode g) would have refused with a pattern", minParameters: 2)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (!IrcChannel.TryParse(request[0], out var room))
        {
            session.Accepted(Verdict.NoSuchRoom, request[0]);
        }
        else if (await session.TakesMoreAsync(cancellationToken))
        {
            foreach (var line in await FilterTrial.RunAsync(session.Broker, session.Session.Id, session.Self, room, request[1], cancellationToken))
            {
                IrcBanLists.Notice(session, line);
            }
        }

        return true;
    }
}
