using System.Buffers;
using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Server.Posting;

/// <summary>
/// Shows a poster nothing, and tells it what became of its own messages: a room that takes one in, once it is kept, shows it
/// to its author, too.
/// </summary>
internal sealed class ReceiptFlavor : SilentFlavor
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(RoomName Room, TaskCompletionSource<PostedMessage> Receipt)> _expected = [];

    /// <summary>What it is told that may not speak in a room.</summary>
    public static string NotAllowedIn(RoomName room) => $"An operator of {room} has to let you speak there";

    /// <summary>Whose messages; 0 until it has signed in.</summary>
    public long UserId { get; set; }

    /// <summary>Whether nothing is on its way.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _expected.Count == 0;
            }
        }
    }

    /// <summary>Completes with what became of the next message to a room.</summary>
    public Task<PostedMessage> ExpectAsync(RoomName room)
    {
        var receipt = new TaskCompletionSource<PostedMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _expected.AddLast((room, receipt));
        }

        return receipt.Task;
    }

    /// <summary>The message that was expected last is not on its way after all.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _expected.RemoveLast();
        }
    }

    public override void Encode(RoomEvent entry, IBufferWriter<byte> output)
    {
        if (entry is MessagePosted message && message.Actor.UserId == UserId)
        {
            TakeFirst(message.Room)?.TrySetResult(PostedMessage.Of(message));
        }
    }

    // A batch is refused as a whole, in order, when all before it have their receipts: so it is the oldest of all.
    public override void EncodeRefused(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
        => TakeFirst(room: null)?.TrySetException(
            new PostException(PostFailure.NotKept, "Messages cannot be kept at the moment, yours was not sent, try again later"));

    // It was put out of the room, or silenced, while the message was being kept.
    public override void EncodeSilenced(RoomName room, ReadOnlySpan<byte> text, IBufferWriter<byte> output)
        => TakeFirst(room)?.TrySetException(new PostException(PostFailure.NotAllowed, NotAllowedIn(room)));

    private TaskCompletionSource<PostedMessage>? TakeFirst(RoomName? room)
    {
        lock (_gate)
        {
            for (var node = _expected.First; node is not null; node = node.Next)
            {
                if (room is null || node.Value.Room == room)
                {
                    _expected.Remove(node);
                    return node.Value.Receipt;
                }
            }
        }

        return null;
    }
}
