using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/in {room} {line}</c>: says something, or does something else, in a room of one's own choice.</summary>
/// <remarks>The dispatcher takes it apart, as what follows the room is a line; here is what becomes of one without.</remarks>
internal sealed class InCommand() : LinesCommand("/in {room} {text}", "say something in one of several rooms")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        session.Reply(output => LinesWriter.Usage(output, Usage));
        return new(true);
    }
}
