namespace Parley.Server.Lines.Commands;

/// <summary><c>/login {name}</c>: logs in to an account; the next line is its password.</summary>
internal sealed class LoginCommand() : LinesCommand("/login {name}", "log in to your account", isBeforeLogin: true)
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        session.Notify(session.Login.Begin(argument.Trim((byte)' ')));
        return new(true);
    }
}
