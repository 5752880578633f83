#:property PublishAot=false

// A channel: many producers, one consumer
//
// A channel is a queue between tasks. Any number may write, and the reader takes one item after the other, each once. Who
// sends through a channel shares nothing else, so there is nothing to lock. This one is unbounded: writing never waits.
// Each producer's items arrive in the order in which it wrote them; those of different producers mix.
//
// The trap: nobody says that it is over. The reader's loop ends when the writer is completed and the queue is empty, so
// somebody must complete it, once, after the last producer: here whoever awaits them all. And unbounded means without any
// bound: a reader that is slower than its writers costs memory until there is none (14-bounded.cs).
//
// In Parley: src/Parley.Core/Delivery/Outbox.cs is the queue between a room and a reader. It counts bytes, not items, and is
// bounded, so it is not a Channel<T>; the idea is this one.
//
// Output, in any order:
//   ana 1
//   ana 2
//   ana 3
//   ben 1
//   ben 2
//   ben 3
// Then:
//   6 messages, each sender's in order: True

using System.Threading.Channels;

var channel = Channel.CreateUnbounded<(string Name, int Number)>(new UnboundedChannelOptions { SingleReader = true });
Task[] producers = [ProduceAsync("ana"), ProduceAsync("ben")];
Task closing = CompleteAfterAsync();

List<(string Name, int Number)> received = [];
await foreach ((string name, int number) in channel.Reader.ReadAllAsync())
{
    Console.WriteLine($"{name} {number}");
    received.Add((name, number));
}

await closing;
bool inOrder = received.GroupBy(message => message.Name).All(own => own.Select(message => message.Number).SequenceEqual([1, 2, 3]));
Console.WriteLine($"{received.Count} messages, each sender's in order: {inOrder}");

Task ProduceAsync(string name) => Task.Run(async () =>
{
    for (int number = 1; number <= 3; number++)
    {
        await channel.Writer.WriteAsync((name, number));
    }
});

async Task CompleteAfterAsync()
{
    try
    {
        await Task.WhenAll(producers);
        channel.Writer.Complete();
    }
    catch (Exception e)
    {
        // A producer that failed: the reader is told, instead of taking half for the whole.
        channel.Writer.Complete(e);
    }
}
