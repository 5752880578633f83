using System.Buffers;
using System.Text;
using Parley.Core.Broker;
using Parley.Core.Names;
using Parley.Core.Sessions;
using Parley.Protocol.Addressed;
using Parley.Protocol.Framing;
using Parley.Server.Connections;

namespace Parley.Server.Addressed;

/// <summary>One person on the addressed protocol: the first line is its login, every further one a message to some others.</summary>
internal sealed class AddressedSession(AddressedContext context) : ILineSession
{
    public Session Session { get; } = new(context.Flavor, context.Outbox);

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

        if (isLogin)
        {
            return LogInAsync(bytes, cancellationToken);
        }

        return bytes.IsEmpty ? new(true) : SendAsync(bytes, cancellationToken);
    }

    public void Notify(string text) => Reply(output => AddressedWriter.Notice(output, text));

    private ValueTask<bool> LogInAsync(ReadOnlySpan<byte> login, CancellationToken cancellationToken)
    {
        if (UserName.TryParse(login.Trim((byte)' '), out var name))
        {
            return LogInAsync(name, cancellationToken);
        }

        Reply(AddressedWriter.BadLogin);
        return new(false);
    }

    private async ValueTask<bool> LogInAsync(UserName name, CancellationToken cancellationToken)
    {
        var verdict = await context.Broker.SignInAsync(Session, name, context.Profile, cancellationToken);
        if (verdict == Verdict.NameTaken)
        {
            Reply(output => AddressedWriter.LoginTaken(output, name.Value));
        }

        return verdict == Verdict.Accepted;
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
        foreach (var recipient in await context.Broker.SendDirectAsync(Session, recipients, text, cancellationToken))
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
