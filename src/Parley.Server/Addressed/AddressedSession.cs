using System.Buffers;
using System.Text;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Protocol.Addressed;
using Parley.Protocol.Framing;
using Parley.Server.Accounts;
using Parley.Server.Connections;

namespace Parley.Server.Addressed;

/// <summary>One person on the addressed protocol: the first line is its login, every further one a message to some others.</summary>
internal sealed class AddressedSession(AddressedContext context, ClientPeer peer) : ILineSession
{
    /// <summary>Advice on logging in, with <c>{0}</c> for the account.</summary>
    private const string Remedy = "connect again with /login {0} as the first line and the password as the second";

    private const string NeedsAccount =
        "This server is for people with an account, connect again with /login {name} as the first line and the password as the second";

    string ILineSession.LoginLacks => AwaitsPassword ? "password" : "name";

    string ILineSession.LoginHint => AwaitsPassword || context.Accounts is { IsRequired: true }
        ? "send /login {name} as the first line and the password as the second"
        : "send a name as the first line";

    private bool AwaitsPassword => _login is { AwaitsPassword: true } || _account is { AwaitsPassword: true };

    public Session Session { get; } = new(context.Flavor, context.Outbox);

    private TypedLogin? _login;
    private TypedAccount? _account;

    /// <summary>Its log-in to an account. Most never log in, and have none.</summary>
    private TypedLogin Login => _login ??= new(context.Accounts, peer);

    /// <summary>Its steps about an account.</summary>
    private TypedAccount Account => _account ??= new(context.Accounts, peer);

    public ValueTask<bool> StartAsync(CancellationToken cancellationToken) => new(true);

    public ValueTask<bool> ReceiveAsync(FrameResult frame, ReadOnlySequence<byte> line, CancellationToken cancellationToken)
    {
        var isLogin = Session.User is null;
        if (frame == FrameResult.TooLong)
        {
            Reply(output => AddressedWriter.LineTooLong(output, context.MaxLineBytes));
            return new(!isLogin);
        }

        var bytes = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        if (!Utf8Text.IsValid(bytes))
        {
            Reply(AddressedWriter.NotUtf8);
            return new(!isLogin);
        }

        if (_login is { AwaitsPassword: true })
        {
            return TakePasswordAsync(bytes.ToArray(), cancellationToken);
        }

        if (_account is { AwaitsPassword: true })
        {
            return AnswerAsync(Account.TakeAsync(bytes.ToArray(), cancellationToken), cancellationToken);
        }

        if (isLogin && bytes.Trim((byte)' ').StartsWith("/account"u8))
        {
            var what = Encoding.UTF8.GetString(bytes.Trim((byte)' ')["/account".Length..]);
            return AnswerAsync(Account.RunAsync(what, Session, cancellationToken), cancellationToken);
        }

        if (isLogin && bytes.Trim((byte)' ') is [(byte)'/', (byte)'l', (byte)'o', (byte)'g', (byte)'i', (byte)'n', (byte)' ', .. var account])
        {
            Notify(Login.Begin(account.Trim((byte)' ')));
            return new(Login.AwaitsPassword);
        }

        if (isLogin)
        {
            return LogInAsync(bytes, cancellationToken);
        }

        bytes = EnteredText.Clean(bytes);
        return bytes.IsEmpty ? new(true) : SendAsync(bytes, cancellationToken);
    }

    public HandedSession? HandOver() => AwaitsPassword ? null : new HandedSession("addressed", "");

    public void GoOn(string state)
    {
        // All that it is, is its user.
    }

    public void Notify(string text) => Reply(output => AddressedWriter.Notice(output, text));

    private ValueTask<bool> LogInAsync(ReadOnlySpan<byte> login, CancellationToken cancellationToken)
    {
        if (UserName.TryParse(login.Trim((byte)' '), out var name))
        {
            return LogInAsync(name, cancellationToken);
        }

        var text = Encoding.UTF8.GetString(login.Trim((byte)' '));
        if (UserName.FaultOf(text) is not NameFault.Form)
        {
            Notify($"{NameWords.Rule(text, "Names")}, connect again with such a name as the first line");
            return new(false);
        }

        Reply(AddressedWriter.BadLogin);
        return new(false);
    }

    private async ValueTask<bool> LogInAsync(UserName name, CancellationToken cancellationToken, AccountProof? proof = null)
    {
        var login = proof?.Account;
        Session.Proof = proof?.Proof;
        if (login is null && context.Accounts is { IsRequired: true })
        {
            Notify(NeedsAccount);
            return false;
        }

        var verdict = (await context.Broker.AskAsync(Session.Id, new SignIn(name, context.ProfileOf(peer) with { Login = login }), cancellationToken)).Verdict;
        if (verdict == Verdict.NameTaken)
        {
            Reply(output => AddressedWriter.LoginTaken(output, name.Value));
        }
        else if (verdict == Verdict.TooManySessions)
        {
            Notify(context.Accounts!.TooManySessions(login!));
        }
        else if (verdict != Verdict.BannedFromServer && context.Accounts is { Names: var owned }
            && (verdict == Verdict.Accepted
                ? await owned.WarningAsync(name, login, Remedy, cancellationToken)
                : await owned.RefusalAsync(verdict, name, Remedy, cancellationToken)) is { } words)
        {
            Notify(words);
        }

        if (verdict == Verdict.Accepted && context.Accounts is { } accounts)
        {
            await accounts.ArrivedAsync(context.Broker, Session, cancellationToken);
        }

        return verdict == Verdict.Accepted;
    }

    private async ValueTask<bool> TakePasswordAsync(byte[] password, CancellationToken cancellationToken)
    {
        var (login, words) = await Login.TakeAsync(password, Session.User?.Id ?? 0, cancellationToken);
        if (login is { } proof)
        {
            return await LogInAsync(proof.Account.Name, cancellationToken, proof);
        }

        Notify($"{words}, connect again to try once more");
        return false;
    }

    /// <summary>Says what has come of something that was typed about an account; whoever has proven one is in.</summary>
    private async ValueTask<bool> AnswerAsync(ValueTask<TypedAnswer> answering, CancellationToken cancellationToken)
    {
        var answer = await answering;
        foreach (var line in answer.Lines)
        {
            Notify(line);
        }

        return answer.Login is not { } login || await LogInAsync(login.Account.Name, cancellationToken, login);
    }

    private ValueTask<bool> SendAsync(ReadOnlySpan<byte> line, CancellationToken cancellationToken)
    {
        switch (AddressedParser.TryParse(line, context.MaxRecipients, out var message))
        {
            case AddressedError.NoColon:
                Reply(AddressedWriter.NoColon);
                return new(true);
            case AddressedError.NoRecipient:
                Reply(AddressedWriter.NoRecipient);
                return new(true);
            case AddressedError.TooManyRecipients:
                Reply(output => AddressedWriter.TooManyRecipients(output, context.MaxRecipients));
                return new(true);
        }

        var recipients = new List<UserName>();
        List<string>? missing = null;
        foreach (var recipient in message.Recipients)
        {
            if (UserName.TryParse(recipient, out var name))
            {
                recipients.Add(name);
            }
            else
            {
                (missing ??= []).Add(Encoding.UTF8.GetString(recipient));
            }
        }

        return SendAsync(recipients, missing, message.Text.ToArray(), cancellationToken);
    }

    private async ValueTask<bool> SendAsync(List<UserName> recipients, List<string>? missing, byte[] text, CancellationToken cancellationToken)
    {
        // What is echoed all the same was said on another session.
        var sending = new SendDirect(recipients, new MessageDraft(MessageKind.Text, text) { Echo = false });
        foreach (var recipient in (await context.Broker.AskAsync(Session.Id, sending, cancellationToken)).Missing ?? [])
        {
            (missing ??= []).Add(recipient.Value);
        }

        foreach (var name in missing ?? [])
        {
            Reply(output => AddressedWriter.NotHere(output, name));
        }

        return true;
    }

    private void Reply(Action<IBufferWriter<byte>> write) => Session.Reply(write);
}
