using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Protocol.Irc;
using Parley.Server.Connections;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Channels;

/// <summary>
/// <c>INVITE nick #room</c>: asks somebody in. <c>INVITE</c> alone: the rooms that one has been asked into
/// (https://modern.ircdocs.horse/#invite-message). <c>INVITE #room</c>, to its operators: whom they have asked in and who has not come yet.
/// </summary>
internal sealed class InviteCommand() : IrcCommand("INVITE", "[nick] [#room]", "asks somebody into a room, or lists invitations")
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        switch (request.Count)
        {
            case 0:
                await ListAsync(session, cancellationToken);
                break;
            case 1 when IrcChannel.TryParse(request[0], out var room):
                await ListGuestsAsync(session, room, request[0], cancellationToken);
                break;
            case 1:
                session.Numeric(IrcNumeric.ERR_NEEDMOREPARAMS, "INVITE :Not enough parameters");
                break;
            default:
                await InviteAsync(session, nick: request[0], channel: request[1], cancellationToken);
                break;
        }

        return true;
    }

    private static async ValueTask ListAsync(IrcSession session, CancellationToken cancellationToken)
    {
        var last = default(RoomName);
        await session.AnswerInSlicesAsync(
            async token =>
            {
                var page = await session.LookAsync(new ListInvitations(last, AnswerTurns.SliceSize), token);
                foreach (var room in page.Items)
                {
                    session.Numeric(IrcNumeric.RPL_INVITELIST, $"#{room.Value}");
                }

                last = page.Next;
                return !last.IsEmpty;
            },
            cancellationToken);
        session.Numeric(IrcNumeric.RPL_ENDOFINVITELIST, ":End of /INVITE list");
    }

    private static async ValueTask ListGuestsAsync(IrcSession session, RoomName room, string channel, CancellationToken cancellationToken)
    {
        if (await session.LookAsync(new ListGuests(room), cancellationToken) is not { } guests)
        {
            var isThere = await session.LookAsync(new FindRoom(room), cancellationToken) is not null;
            session.Accepted(isThere ? Verdict.NotOperator : Verdict.NoSuchRoom, channel);
            return;
        }

        foreach (var guest in guests)
        {
            session.Line($"NOTE INVITE INVITED {channel} {guest.Guest.Value} :Asked in{(guest.Host.IsEmpty ? "" : $" by {guest.Host.Value}")}");
        }

        session.Line($"NOTE INVITE END_OF_INVITED {channel} :{(guests.Count == 0 ? "Nobody is asked in" : "End of those who are asked in")}");
    }

    private static async ValueTask InviteAsync(IrcSession session, string nick, string channel, CancellationToken cancellationToken)
    {
        _ = UserName.TryParse(nick, out var name);
        var verdict = IrcChannel.TryParse(channel, out var room)
            ? await session.AskAsync(new Invite(room, name), cancellationToken)
            : Verdict.NoSuchRoom;
        switch (verdict)
        {
            case Verdict.Accepted:
                session.Numeric(IrcNumeric.RPL_INVITING, $"{nick} {channel}");
                if (await session.LookAsync(new FindUser(name), cancellationToken) is { Actor.Profile.Away: { } away } view)
                {
                    session.Numeric(IrcNumeric.RPL_AWAY, $"{view.Actor.Name.Value} :{away}");
                }

                break;
            case Verdict.AlreadyInRoom:
                session.Numeric(IrcNumeric.ERR_USERONCHANNEL, $"{nick} {channel} :is already on channel");
                break;
            case var refusal:
                session.Accepted(refusal, refusal == Verdict.NotHere ? nick : channel);
                break;
        }
    }
}
