using System.Text;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/account {what}</c>: makes accounts, sets forgotten passwords, and says what is logged in.</summary>
internal sealed class AccountCommand() : LinesCommand("/account {what}", "make an account, or look after yours", isBeforeLogin: true)
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        var user = session.Session.User;
        return session.AnswerAsync(session.Account.RunAsync(Encoding.UTF8.GetString(argument), user?.Profile.Login, user?.Id ?? 0, cancellationToken), cancellationToken);
    }
}
