using System.Buffers;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Protocol.Collect;
using Parley.Protocol.Framing;
using Parley.Server.Connections;
using Parley.Server.Posting;

namespace Parley.Server.Collect;

/// <summary>Somebody who reports: every line goes to the one room, and is answered with <c>ok</c> when it is there.</summary>
internal sealed class CollectSession(CollectContext context) : ILineSession
{
    public Session Session { get; } = new(context.Flavor, context.Outbox);

    public bool AwaitsLogin => false;

    public ValueTask<bool> StartAsync(CancellationToken cancellationToken) => new(true);

    public ValueTask<bool> ReceiveAsync(FrameResult frame, ReadOnlySequence<byte> line, CancellationToken cancellationToken)
    {
        if (frame == FrameResult.TooLong)
        {
            Session.Reply(output => CollectWriter.LineTooLong(output, context.MaxLineBytes));
            return new(true);
        }

        // The room keeps it, and the caller's bytes are the caller's again.
        var text = line.ToArray();
        if (!Utf8Text.IsValid(text))
        {
            Session.Reply(CollectWriter.NotUtf8);
            return new(true);
        }

        text = EnteredText.Clean(text).ToArray();
        if (text.AsSpan().Trim(" \t"u8).IsEmpty)
        {
            Session.Reply(CollectWriter.Empty);
            return new(true);
        }

        return PostAsync(text, cancellationToken);
    }

    public void Notify(string text) => Session.Reply(output => CollectWriter.Error(output, text));

    private async ValueTask<bool> PostAsync(byte[] text, CancellationToken cancellationToken)
    {
        try
        {
            await context.Posters.PostAsync(context.Author, context.Room, new MessageDraft(MessageKind.Text, text), cancellationToken);
            Session.Reply(CollectWriter.Ok);
        }
        catch (PostException e)
        {
            Session.Reply(output => CollectWriter.Error(output, e.Message));
        }

        return true;
    }
}
