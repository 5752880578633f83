using System.Text;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/account {what}</c>: makes accounts, sets forgotten passwords, and says what is logged in.</summary>
internal sealed class AccountCommand() : LinesCommand("/account {what}", "make an account, or look after yours", isBeforeLogin: true)
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetString(argument);
        return text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["always-on", "on" or "off"] words
            ? session.StayAsync(words[1] == "on", cancellationToken)
            : session.AnswerAsync(session.Account.RunAsync(text, session.Session, cancellationToken), cancellationToken);
    }
}
