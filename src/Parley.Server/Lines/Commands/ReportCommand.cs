using System.Text;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/report {name} {text}</c>: tells the moderators of the server about somebody.</summary>
internal sealed class ReportCommand() : LinesCommand("/report {name} {text}", "tell the server's moderators about somebody")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        var word = Encoding.UTF8.GetString(LinesParser.TakeWord(ref argument));
        if (word.Length == 0 || argument.IsEmpty)
        {
            session.Reply(output => LinesWriter.Usage(output, Usage));
            return new(true);
        }

        return RunAsync(session, word, Encoding.UTF8.GetString(argument), cancellationToken);
    }

    private static async ValueTask<bool> RunAsync(LinesSession session, string word, string text, CancellationToken cancellationToken)
    {
        if (!UserName.TryParse(word, out var name)
            || (await session.LookAsync(new FindUser(name), cancellationToken) is null && await session.LookAsync(new FindPastUsers(name), cancellationToken) is { Count: 0 }))
        {
            session.Reply(output => LinesWriter.NotHere(output, word));
            return true;
        }

        session.Notify(await session.ReportAsync(name, text) ?? "Your report has reached the moderators");
        return true;
    }
}
