using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Channels;

/// <summary><c>UNINVITE nick #room</c>: takes an invitation back that has not been used (https://docs.inspircd.org/4/modules/uninvite/).</summary>
internal sealed class UninviteCommand() : IrcCommand("UNINVITE", "nick #room", "takes an invitation into a room back", minParameters: 2)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var (nick, channel) = (request[0], request[1]);
        _ = UserName.TryParse(nick, out var name);
        var verdict = IrcChannel.TryParse(channel, out var room)
            ? await session.AskAsync(new WithdrawInvitation(room, name), cancellationToken)
            : Verdict.NoSuchRoom;
        switch (verdict)
        {
            case Verdict.Accepted:
                session.Numeric(IrcNumeric.ERR_INVITEREMOVED, $"{nick} {channel} :The invitation is taken back");
                break;
            case Verdict.NotInvited:
                session.Numeric(IrcNumeric.ERR_NOTINVITED, $"{nick} {channel} :Is not invited to the channel");
                break;
            case var refusal:
                session.Accepted(refusal, channel);
                break;
        }

        return true;
    }
}
