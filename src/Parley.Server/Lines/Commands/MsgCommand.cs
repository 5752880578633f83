using System.Text;
using Parley.Core.Names;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/msg {name} {text}</c>: says something to one user alone, on whatever protocol that user is.</summary>
internal sealed class MsgCommand() : LinesCommand("/msg {name} {text}", "message one user only")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        var word = LinesParser.TakeWord(ref argument);
        if (word.IsEmpty || argument.IsEmpty)
        {
            session.Reply(output => LinesWriter.Usage(output, Usage));
            return new(true);
        }

        if (UserName.TryParse(word, out var name))
        {
            return SendAsync(session, name, argument.ToArray(), cancellationToken);
        }

        var nobody = Encoding.UTF8.GetString(word);
        session.Reply(output => LinesWriter.NotHere(output, nobody));
        return new(true);
    }

    private static async ValueTask<bool> SendAsync(LinesSession session, UserName name, byte[] text, CancellationToken cancellationToken)
    {
        if (!await session.TrySendAsync(name, text, cancellationToken))
        {
            session.Reply(output => LinesWriter.NotHere(output, name.Value));
        }

        return true;
    }
}
