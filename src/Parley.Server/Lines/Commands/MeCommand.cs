using Parley.Core.Events;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/me {action}</c>: does something in the room.</summary>
internal sealed class MeCommand() : LinesCommand("/me {action}", "do something, such as /me waves")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        if (!argument.IsEmpty)
        {
            return session.PostAsync(MessageKind.Action, argument, cancellationToken);
        }

        session.Reply(output => LinesWriter.Usage(output, Usage));
        return new(true);
    }
}
