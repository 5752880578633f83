using Parley.Core.Events;
using Parley.Core.Queries;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/users</c>: who is in the room, by name, and who of them is logged in.</summary>
internal sealed class UsersCommand() : LinesCommand("/users", "list users in room")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
        => ListAsync(session, cancellationToken);

    private static async ValueTask<bool> ListAsync(LinesSession session, CancellationToken cancellationToken)
    {
        Actor[] members = [];
        await session.AnswerInSlicesAsync(
            async token =>
            {
                members = (await session.LookAsync(new FindRoom(session.Room), token))?.Members.Select(member => member.Actor).OrderBy(member => member.Name).ToArray() ?? [];
                return false;
            },
            cancellationToken);
        session.Reply(output => LinesWriter.Users(output, members.Select(member => member.Name.Value)));
        var proven = members.Where(member => member.Profile.Login is not null).ToArray();
        if (proven.Length > 0)
        {
            session.Reply(output => LinesWriter.LoggedIn(output, proven.Select(member => member.Name.Value)));
        }

        return true;
    }
}
