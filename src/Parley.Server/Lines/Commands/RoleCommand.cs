using System.Text;
using Parley.Core.Intentions;
using Parley.Core.Queries;
using Parley.Protocol.Lines;
using Parley.Server.Accounts;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/role</c>: who has a role in the room. With an account and a role: gives it that role.</summary>
internal sealed class RoleCommand() : LinesCommand("/role [account operator|half-operator|voice|none]", "show or give roles in the room")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        if (argument.IsEmpty)
        {
            return ShowAsync(session, cancellationToken);
        }

        var account = Encoding.UTF8.GetString(LinesParser.TakeWord(ref argument));
        var word = Encoding.UTF8.GetString(LinesParser.TakeWord(ref argument));
        if (argument.IsEmpty && RoomRoles.TryParse(word, out var rank))
        {
            return GiveAsync(session, account, rank, cancellationToken);
        }

        session.Reply(output => LinesWriter.Usage(output, Usage));
        return new(true);
    }

    private static async ValueTask<bool> ShowAsync(LinesSession session, CancellationToken cancellationToken)
    {
        if (session.Room.IsEmpty)
        {
            session.Reply(LinesWriter.InNoRoom);
        }
        else if (await session.LookAsync(new FindRegistration(session.Room), cancellationToken) is not { Registration: var registration })
        {
            session.Notify($"{session.Room} is not registered");
        }
        else
        {
            session.Notify($"{registration.Founder.Name} - founder");
            foreach (var role in registration.Roles)
            {
                session.Notify($"{role.Account.Name} - {RoomRoles.Word(role.Rank)}");
            }
        }

        return true;
    }

    private static async ValueTask<bool> GiveAsync(LinesSession session, string account, Core.Events.MemberRank rank, CancellationToken cancellationToken)
        => await session.FindAccountAsync(account, cancellationToken) is not { } known
            || await session.ChangeRoomAsync(new SetRole(session.Room, known, rank), session.Room, cancellationToken, $"{known.Name} - {RoomRoles.Word(rank)}");
}
