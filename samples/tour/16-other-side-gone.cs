#:property PublishAot=false

// When the other side is gone
//
// The writer goes: it completes the channel. The reader still gets what is in it, then learns that no more comes; if the
// writer gave a reason, the reader gets that. So nothing that was written is lost, and the end cannot be mistaken for a
// pause. A late writer is refused.
//
// The trap: the reader goes. A channel cannot see that. Its writers go on filling a queue that nobody empties, or wait for
// room in it for ever. So a reader that leaves early completes the channel itself, from its end: a writer that waits is
// woken with an error, and the next one is refused. Put that in a `finally`, for the reader that fails. What was accepted
// before is still in the queue: lost, unless somebody looks.
//
// In Parley: src/Parley.Core/Delivery/Outbox.cs ends when its socket is gone, and what comes afterwards is let go at once;
// src/Parley.Server/Connections/PipeTransport.cs hears from the pipe (IsCompleted) that its reader has left.
//
// Output:
//   the reader still gets: one, two
//   then: False
//   a late writer: refused
//   and with a reason: out of paper
//   the reader takes one and leaves
//   the writer that waited: no reader any more
//   the next writer: False
//   accepted, and never read: two

using System.Threading.Channels;

var channel = Channel.CreateUnbounded<string>();
channel.Writer.TryWrite("one");
channel.Writer.TryWrite("two");
channel.Writer.Complete();
Console.WriteLine($"the reader still gets: {await channel.Reader.ReadAsync()}, {await channel.Reader.ReadAsync()}");
Console.WriteLine($"then: {await channel.Reader.WaitToReadAsync()}");
Console.WriteLine($"a late writer: {(channel.Writer.TryWrite("three") ? "accepted" : "refused")}");

var failing = Channel.CreateUnbounded<string>();
failing.Writer.Complete(new IOException("out of paper"));
try
{
    await failing.Reader.WaitToReadAsync();
}
catch (IOException e)
{
    Console.WriteLine($"and with a reason: {e.Message}");
}

var full = Channel.CreateBounded<string>(capacity: 1);
full.Writer.TryWrite("one");
Task next = full.Writer.WriteAsync("two").AsTask();
Task waiting = full.Writer.WriteAsync("three").AsTask();
await ReadOneAsync(full);
await next;
try
{
    await waiting;
}
catch (ChannelClosedException e)
{
    Console.WriteLine($"the writer that waited: {e.InnerException?.Message}");
}

Console.WriteLine($"the next writer: {full.Writer.TryWrite("four")}");
Console.WriteLine($"accepted, and never read: {await full.Reader.ReadAsync()}");

static async Task ReadOneAsync(Channel<string> channel)
{
    try
    {
        await channel.Reader.ReadAsync();
        Console.WriteLine("the reader takes one and leaves");
    }
    finally
    {
        channel.Writer.TryComplete(new IOException("no reader any more"));
    }
}
