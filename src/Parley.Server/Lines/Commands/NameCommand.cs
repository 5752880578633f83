using System.Text;
using Parley.Core.Names;
using Parley.Protocol.Lines;
using Parley.Server.Accounts;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/name {name}</c>: takes another name; the room, oneself included, is told.</summary>
internal sealed class NameCommand() : LinesCommand("/name {name}", "change name")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        var word = LinesParser.TakeWord(ref argument);
        if (UserName.TryParse(word, out var name) && argument.IsEmpty)
        {
            return session.RenameAsync(name, cancellationToken);
        }

        var text = Encoding.UTF8.GetString(word);
        if (argument.IsEmpty && UserName.FaultOf(text) is not NameFault.Form)
        {
            session.Notify(NameWords.Rule(text, "Names"));
            return new(true);
        }

        session.Reply(LinesWriter.BadName);
        return new(true);
    }
}
