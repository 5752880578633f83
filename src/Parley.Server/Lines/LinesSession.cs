using System.Buffers;
using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Sessions;
using Parley.Protocol.Framing;
using Parley.Protocol.Lines;
using Parley.Server.Connections;
using Parley.Server.Lines.Commands;

namespace Parley.Server.Lines;

/// <summary>One person on the lines protocol: in one room at a time, under a name of its own from the first moment.</summary>
internal sealed class LinesSession(LinesContext context) : ILineSession
{
    public Session Session { get; } = new(context.Plain, context.Outbox);

    public IBroker Broker => context.Broker;

    /// <summary>The room it is in, as the one who made it spelled it.</summary>
    public RoomName Room => Session.LastJoined;

    public async ValueTask<bool> StartAsync(CancellationToken cancellationToken)
    {
        Session.Reply(LinesCommandTable.Help);
        Verdict verdict;
        UserName name;
        do
        {
            name = context.Names.Next();
            verdict = await Broker.SignInAsync(Session, name, cancellationToken);
        }
        while (verdict == Verdict.NameTaken);

        if (verdict != Verdict.Accepted)
        {
            return false;
        }

        Reply(output => LinesWriter.YouAre(output, name.Value));
        await Broker.JoinAsync(Session, LinesContext.Lobby, cancellationToken);
        return true;
    }

    public ValueTask<bool> ReceiveAsync(FrameResult frame, ReadOnlySequence<byte> line, CancellationToken cancellationToken)
    {
        switch (frame)
        {
            case FrameResult.Interrupt:
                return new(false);
            case FrameResult.TooLong:
                Reply(output => LinesWriter.LineTooLong(output, context.MaxLineBytes));
                return new(true);
        }

        return line.IsSingleSegment ? HandleAsync(line.FirstSpan, cancellationToken) : HandleAsync(line.ToArray(), cancellationToken);
    }

    public void Notify(string text) => Reply(output => LinesWriter.Notice(output, text));

    /// <summary>Answers this session alone, in its place among what its room has said.</summary>
    public void Reply(Action<IBufferWriter<byte>> write) => Session.Reply(write);

    /// <summary>Says something in the room it is in.</summary>
    public ValueTask<bool> PostAsync(MessageKind kind, ReadOnlySpan<byte> text, CancellationToken cancellationToken)
    {
        var posting = Broker.PostAsync(Session, Room, kind, text.ToArray(), echo: true, cancellationToken);
        if (posting.IsCompletedSuccessfully)
        {
            return new(GoesOn(posting.Result));
        }

        return GoesOnAsync(posting);
    }

    /// <summary>Shows what comes from rooms with or without times, on this connection only.</summary>
    public void ShowTimes(bool shown) => Session.SetFlavor(shown ? context.Timed : context.Plain);

    private static bool GoesOn(Verdict verdict) => verdict is not (Verdict.Stopping or Verdict.SignedOut);

    private static async ValueTask<bool> GoesOnAsync(ValueTask<Verdict> posting) => GoesOn(await posting);

    private ValueTask<bool> HandleAsync(ReadOnlySpan<byte> line, CancellationToken cancellationToken)
    {
        if (line.IsEmpty)
        {
            return new(true);
        }

        if (!Utf8Text.IsValid(line))
        {
            Reply(LinesWriter.NotUtf8);
            return new(true);
        }

        var request = LinesParser.Parse(line);
        if (!request.IsCommand)
        {
            return PostAsync(MessageKind.Text, line, cancellationToken);
        }

        return LinesCommandTable.Find(request.Command) is { } command
            ? command.RunAsync(this, request.Argument, cancellationToken)
            : RejectAsync(request.Command);
    }

    private ValueTask<bool> RejectAsync(ReadOnlySpan<byte> command)
    {
        var word = command.ToArray();
        Reply(output => LinesWriter.Unrecognized(output, word));
        return new(true);
    }
}
