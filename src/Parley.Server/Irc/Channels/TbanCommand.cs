using Parley.Core.Moderation;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Channels;

/// <summary><c>TBAN #room time mask</c>: a ban, or with <c>~q:</c> a mute, that ends by itself (https://docs.inspircd.org/4/modules/timedbans).</summary>
internal sealed class TbanCommand() : IrcCommand(
    "TBAN", "#room time mask", "bans from a room for a time, or silences with ~q:mask (operators of the room)", minParameters: 3)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (!IrcChannel.TryParse(request[0], out var room))
        {
            session.Numeric(IrcNumeric.ERR_NOSUCHCHANNEL, $"{request[0].Split(' ')[0]} :No such channel");
            return true;
        }

        if (!BanTime.TryParse(request[1], out var time))
        {
            session.Fail(Word, "INVALID_PARAMS", $"Give {BanTime.Form}", request[1]);
            return true;
        }

        if (!IrcModeArgument.TryRead(new IrcModeChange(IsAdding: true, 'b', request[2]), out var change, out var problem))
        {
            session.Fail(Word, "INVALID_PARAMS", problem, request[2]);
            return true;
        }

        session.AnswersFollow();
        await IrcChannelModes.ChangeAsync(session, room, [change with { Until = session.Context.Time.GetUtcNow() + time }], cancellationToken);
        return true;
    }
}
