using System.Buffers;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Protocol.Framing;
using Parley.Protocol.Lines;
using Parley.Server.Connections;
using Parley.Server.Lines.Commands;

namespace Parley.Server.Lines.Dispatch;

/// <summary>Hands each line of a client to the command that it names; a line without one is a message to the room.</summary>
internal sealed class LinesDispatcher(LinesContext context, LinesCommandSet commands, ClientPeer peer) : ILineSession
{
    private readonly LinesSession _client = new(context, peer);

    public Session Session => _client.Session;

    public string LoginHint => _client.LoginHint;

    public string QuitReason => _client.QuitReason;

    public HandedSession? HandOver() => _client.HandOver() is { } state ? new HandedSession("lines", state) : null;

    public void GoOn(string state) => _client.GoOn(state);

    public ValueTask<bool> StartAsync(CancellationToken cancellationToken)
    {
        Session.Reply(commands.Help);
        return _client.StartAsync(cancellationToken);
    }

    public void Notify(string text) => _client.Notify(text);

    public ValueTask<bool> ReceiveAsync(FrameResult frame, ReadOnlySequence<byte> line, CancellationToken cancellationToken)
    {
        if (frame == FrameResult.Line)
        {
            if (_client.AwaitsPassword)
            {
                return _client.LogInAsync(line.ToArray(), cancellationToken);
            }

            if (_client.AwaitsAccountPassword)
            {
                return _client.AnswerAsync(_client.Account.TakeAsync(line.ToArray(), cancellationToken), cancellationToken);
            }

            return line.IsSingleSegment ? HandleAsync(line.FirstSpan, cancellationToken) : HandleAsync(line.ToArray(), cancellationToken);
        }

        if (frame == FrameResult.Interrupt)
        {
            _client.Quit();
            return new(false);
        }

        return _client.RejectAsync(output => LinesWriter.LineTooLong(output, context.MaxLineBytes));
    }

    private ValueTask<bool> HandleAsync(ReadOnlySpan<byte> line, CancellationToken cancellationToken)
    {
        if (line.IsEmpty)
        {
            return new(true);
        }

        if (!Utf8Text.IsValid(line))
        {
            return _client.RejectAsync(LinesWriter.NotUtf8);
        }

        line = EnteredText.Clean(line);
        if (line.IsEmpty)
        {
            return new(true);
        }

        var request = LinesParser.Parse(line);
        if (Session.User is null && !commands.IsBeforeLogin(request))
        {
            Notify("Log in first with /login {name}");
            return new(true);
        }

        if (!request.IsCommand)
        {
            return _client.PostAsync(MessageKind.Text, request.Text, cancellationToken);
        }

        if (request.Command.SequenceEqual("in"u8))
        {
            // Blanks behind the one that ends the room's name are the line's own, as in pasted code.
            var end = request.Argument.IndexOf((byte)' ');
            var said = request.Argument[(end + 1)..];

            // A line that goes to a room does not go on to another.
            if (end > 0 && !said.StartsWith("/in "u8))
            {
                return HandleInAsync(request.Argument[..end], said.ToArray(), cancellationToken);
            }
        }

        return RunAsync(request.Command, request.Argument, cancellationToken);
    }

    private ValueTask<bool> HandleInAsync(ReadOnlySpan<byte> word, byte[] line, CancellationToken cancellationToken)
        => RoomName.TryParse(word, out var room)
            ? _client.InAsync(room, () => HandleAsync(line, cancellationToken))
            : _client.RejectAsync(LinesWriter.BadRoom);

    private ValueTask<bool> RunAsync(ReadOnlySpan<byte> word, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        if (commands.Find(word) is { } command)
        {
            if (!argument.IsEmpty && !command.TakesArgument)
            {
                return _client.RejectAsync(output => LinesWriter.Usage(output, command.Usage));
            }

            return command.RunAsync(_client, argument, cancellationToken);
        }

        var unknown = word.ToArray();
        return _client.RejectAsync(output => LinesWriter.Unrecognized(output, unknown));
    }
}
