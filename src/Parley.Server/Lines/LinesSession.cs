using System.Buffers;
using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.History;
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

    /// <summary>What was said before; null if the server keeps none.</summary>
    public RoomHistory? History => context.History;

    /// <summary>Where its last search goes on; null if it does not.</summary>
    public HistorySearch? NextSearch { get; set; }

    /// <summary>The room it is in, as the one who made it spelled it; empty if it is in none: it was put out, or not let in.</summary>
    public RoomName Room => Session.LastJoined;

    public async ValueTask<bool> StartAsync(CancellationToken cancellationToken)
    {
        Session.Reply(LinesCommandTable.Help);
        Verdict verdict;
        UserName name;
        do
        {
            name = context.Names.Next();
            verdict = await Broker.SignInAsync(Session, name, context.Profile, cancellationToken);
        }
        while (verdict == Verdict.NameTaken);

        if (verdict != Verdict.Accepted)
        {
            return false;
        }

        Reply(output => LinesWriter.YouAre(output, name.Value));
        return await EnterAsync(LinesContext.Lobby, key: null, cancellationToken);
    }

    public ValueTask<bool> ReceiveAsync(FrameResult frame, ReadOnlySequence<byte> line, CancellationToken cancellationToken)
    {
        if (frame == FrameResult.Line)
        {
            return line.IsSingleSegment ? HandleAsync(line.FirstSpan, cancellationToken) : HandleAsync(line.ToArray(), cancellationToken);
        }

        return frame == FrameResult.Interrupt ? new(false) : RejectAsync(output => LinesWriter.LineTooLong(output, context.MaxLineBytes));
    }

    public void Notify(string text) => Reply(output => LinesWriter.Notice(output, text));

    /// <summary>Answers this session alone, in its place among what its room has said.</summary>
    public void Reply(Action<IBufferWriter<byte>> write) => Session.Reply(write);

    /// <summary>Goes to a room, and is shown what was last said there; stays where it is if it is not let in, and is told why.</summary>
    public async ValueTask<bool> EnterAsync(RoomName room, string? key, CancellationToken cancellationToken)
    {
        var verdict = await Broker.MoveAsync(Session, Room, room, context.Replay, key, cancellationToken);
        if (verdict != Verdict.Accepted && GoesOn(verdict))
        {
            Reply(output => LinesRefusals.Write(output, verdict, room.Value));
            if (Room.IsEmpty)
            {
                Reply(LinesWriter.InNoRoom);
            }
        }

        return GoesOn(verdict);
    }

    /// <summary>Says something in the room it is in.</summary>
    public ValueTask<bool> PostAsync(MessageKind kind, ReadOnlySpan<byte> text, CancellationToken cancellationToken)
    {
        var posting = Broker.PostAsync(Session, Room, kind, text.ToArray(), echo: true, cancellationToken);
        if (posting.IsCompletedSuccessfully)
        {
            return PostedAsync(posting.Result, Room);
        }

        return PostedAsync(posting, Room);
    }

    /// <summary>Shows what comes from rooms with or without times, on this connection only.</summary>
    public void ShowTimes(bool shown) => Session.SetFlavor(shown ? context.Timed : context.Plain);

    private static bool GoesOn(Verdict verdict) => verdict is not (Verdict.Stopping or Verdict.SignedOut);

    /// <summary>Waits until the room can take more, and says why if it took nothing.</summary>
    private async ValueTask<bool> PostedAsync(ValueTask<Verdict> posting, RoomName room) => await PostedAsync(await posting, room);

    private ValueTask<bool> PostedAsync(Verdict verdict, RoomName room) => verdict switch
    {
        Verdict.Accepted => new(true),
        Verdict.Stopping or Verdict.SignedOut => new(false),
        _ => RejectAsync(output => LinesRefusals.Write(output, verdict, room.Value)),
    };

    private ValueTask<bool> HandleAsync(ReadOnlySpan<byte> line, CancellationToken cancellationToken)
    {
        if (line.IsEmpty)
        {
            return new(true);
        }

        if (!Utf8Text.IsValid(line))
        {
            return RejectAsync(LinesWriter.NotUtf8);
        }

        var request = LinesParser.Parse(line);
        if (!request.IsCommand)
        {
            return PostAsync(MessageKind.Text, line, cancellationToken);
        }

        // An answer comes behind what the session has said before.
        var settling = Broker.SettleAsync(Session);
        return settling.IsCompletedSuccessfully
            ? RunAsync(request.Command, request.Argument, cancellationToken)
            : RunAfterAsync(settling, request.Command.ToArray(), request.Argument.ToArray(), cancellationToken);
    }

    private async ValueTask<bool> RunAfterAsync(ValueTask settling, byte[] word, byte[] argument, CancellationToken cancellationToken)
    {
        await settling;
        return await RunAsync(word, argument, cancellationToken);
    }

    private ValueTask<bool> RunAsync(ReadOnlySpan<byte> word, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        if (LinesCommandTable.Find(word) is { } command)
        {
            return command.RunAsync(this, argument, cancellationToken);
        }

        var unknown = word.ToArray();
        return RejectAsync(output => LinesWriter.Unrecognized(output, unknown));
    }

    private async ValueTask<bool> RejectAsync(Action<IBufferWriter<byte>> write)
    {
        await Broker.SettleAsync(Session);
        Reply(write);
        return true;
    }
}
