using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/users</c>: who is in the room, by name.</summary>
internal sealed class UsersCommand() : LinesCommand("/users", "list users in room")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
        => ListAsync(session, cancellationToken);

    private static async ValueTask<bool> ListAsync(LinesSession session, CancellationToken cancellationToken)
    {
        var members = await session.Broker.ListMembersAsync(session.Room, cancellationToken);
        session.Reply(output => LinesWriter.Users(output, members.Order().Select(member => member.Value)));
        return true;
    }
}
