using Parley.Core.Broker;
using Parley.Core.Names;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/name {name}</c>: takes another name; the room, oneself included, is told.</summary>
internal sealed class NameCommand() : LinesCommand("/name {name}", "change name")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        if (UserName.TryParse(LinesParser.TakeWord(ref argument), out var name))
        {
            return RenameAsync(session, name, cancellationToken);
        }

        session.Reply(LinesWriter.BadName);
        return new(true);
    }

    private static async ValueTask<bool> RenameAsync(LinesSession session, UserName name, CancellationToken cancellationToken)
    {
        if (await session.Broker.RenameAsync(session.Session, name, cancellationToken) == Verdict.NameTaken)
        {
            session.Reply(output => LinesWriter.NameTaken(output, name.Value));
        }

        return true;
    }
}
